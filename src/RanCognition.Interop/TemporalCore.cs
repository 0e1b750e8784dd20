using System.Text;

namespace RanCognition.Interop;

/// <summary>A temporal reasoning core of the native library: JSON in and out here, arrays in the other half.</summary>
/// <remarks>
/// Any thread may call it; calls on one core queue, different cores run in parallel. JSON shapes are those of rancognition.h.
/// Every method throws <see cref="RanCognitionException"/> with the library's status and message, and <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe partial class TemporalCore : IDisposable
{
    private readonly TemporalHandle _handle;

    /// <summary>Creates a core on the library's own clock and a fixed seed.</summary>
    /// <param name="expansionFactor">Scenario paths simulated over the look-ahead window, 1..1000000.</param>
    /// <param name="temporalResolution">Points on the expanded timeline, 1..1000000.</param>
    public TemporalCore(ulong expansionFactor = 200, ulong temporalResolution = 48)
        : this(expansionFactor, temporalResolution, null)
    {
    }

    /// <summary>Creates a core on the host's clock, log, random and progress.</summary>
    /// <param name="expansionFactor">Scenario paths simulated over the look-ahead window, 1..1000000.</param>
    /// <param name="temporalResolution">Points on the expanded timeline, 1..1000000.</param>
    /// <param name="host">Callbacks, copied; they must stay valid until the core is disposed of and must not throw. May be null.</param>
    public TemporalCore(ulong expansionFactor, ulong temporalResolution, RancogHost* host)
    {
        RanCognitionLibrary.RequireAbi();
        nint handle = NativeMethods.rancog_temporal_create(expansionFactor, temporalResolution, host);
        NativeCall.Check(NativeMethods.rancog_last_status());
        _handle = new TemporalHandle(handle);
    }

    internal TemporalCore(TemporalHandle handle) => _handle = handle;

    /// <summary>Expands one RAN problem into a timeline of possible futures and analyses it.</summary>
    /// <param name="problem">JSON object.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <returns>JSON: patterns, insights, predictions, verdicts.</returns>
    public string ExpandSubjectiveTime(string problem, string? constraints = null) =>
        ExpandSubjectiveTime(Encoding.UTF8.GetBytes(problem), constraints is null ? default : Encoding.UTF8.GetBytes(constraints));

    /// <inheritdoc cref="ExpandSubjectiveTime(string, string?)"/>
    public string ExpandSubjectiveTime(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints = default)
    {
        using HandleUse use = new(_handle);
        fixed (byte* problemText = problem, constraintsText = constraints)
        {
            return NativeCall.TakeText(NativeMethods.rancog_temporal_expand_subjective_time(
                use.Value, problemText, (nuint)problem.Length, constraintsText, (nuint)constraints.Length));
        }
    }

    /// <summary>Analyses many problems on several threads; one that fails does not stop the others.</summary>
    /// <param name="problems">JSON array of problems.</param>
    /// <param name="threadCount">Threads, the calling one included; 0 means one for each processor. Results do not depend on it.</param>
    /// <returns>JSON with one {"Ok":..} or {"Err":..} a problem.</returns>
    public string ParallelTemporalAnalysis(string problems, int threadCount = 0) => ParallelTemporalAnalysis(Encoding.UTF8.GetBytes(problems), threadCount);

    /// <inheritdoc cref="ParallelTemporalAnalysis(string, int)"/>
    public string ParallelTemporalAnalysis(ReadOnlySpan<byte> problems, int threadCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threadCount);
        using HandleUse use = new(_handle);
        fixed (byte* text = problems)
        {
            return NativeCall.TakeText(NativeMethods.rancog_temporal_parallel_temporal_analysis(use.Value, text, (nuint)problems.Length, (nuint)threadCount));
        }
    }

    /// <summary>Sets the deliberation effort, 0..1: the share of models and scenarios that is used. It starts at 1.</summary>
    public void SetConsciousnessLevel(double level)
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_temporal_set_consciousness_level(use.Value, level));
    }

    /// <summary>What the calls on this core cost so far, as JSON.</summary>
    public string GetPerformanceMetrics()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_temporal_get_performance_metrics(use.Value));
    }

    /// <summary>Finds seasons, trends, shifts, anomalies, motifs, lead and lag in a timeline.</summary>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <returns>JSON array of patterns.</returns>
    public string AnalyzeTemporalPatterns(string timeline) => AnalyzeTemporalPatterns(Encoding.UTF8.GetBytes(timeline));

    /// <inheritdoc cref="AnalyzeTemporalPatterns(string)"/>
    public string AnalyzeTemporalPatterns(ReadOnlySpan<byte> timeline)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = timeline)
        {
            return NativeCall.TakeText(NativeMethods.rancog_temporal_analyze_temporal_patterns(use.Value, text, (nuint)timeline.Length));
        }
    }

    /// <summary>Forecasts every metric of a timeline.</summary>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <param name="horizonNs">Look-ahead window in ns, at least 1.</param>
    /// <returns>JSON array of predictions.</returns>
    public string PredictFutureStates(string timeline, ulong horizonNs) => PredictFutureStates(Encoding.UTF8.GetBytes(timeline), horizonNs);

    /// <inheritdoc cref="PredictFutureStates(string, ulong)"/>
    public string PredictFutureStates(ReadOnlySpan<byte> timeline, ulong horizonNs)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = timeline)
        {
            return NativeCall.TakeText(NativeMethods.rancog_temporal_predict_future_states(use.Value, text, (nuint)timeline.Length, horizonNs));
        }
    }

    /// <summary>Measures how many scenario paths a timeline needs.</summary>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <returns>JSON with the curve of error and time, and the recommended expansion factor.</returns>
    public string OptimizeTemporalExpansion(string timeline) => OptimizeTemporalExpansion(Encoding.UTF8.GetBytes(timeline));

    /// <inheritdoc cref="OptimizeTemporalExpansion(string)"/>
    public string OptimizeTemporalExpansion(ReadOnlySpan<byte> timeline)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = timeline)
        {
            return NativeCall.TakeText(NativeMethods.rancog_temporal_optimize_temporal_expansion(use.Value, text, (nuint)timeline.Length));
        }
    }

    /// <summary>Destroys the core, unless a loader owns it. Safe while another thread uses it: that call finishes first.</summary>
    public void Dispose() => _handle.Dispose();
}
