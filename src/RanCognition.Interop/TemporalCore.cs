using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Interop;

/// <summary>A temporal reasoning core of the native library: records in and out here; JSON, asynchronous calls and arrays in the other parts.</summary>
/// <remarks>
/// Any thread may call it; calls on one core queue, different cores run in parallel. A call that fails throws what <see cref="IRanCognitionError"/> tells of, and
/// <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe partial class TemporalCore : IDisposable
{
    private readonly TemporalHandle _handle;
    private readonly TurnQueue _turns = new();

    /// <summary>Creates a core.</summary>
    /// <param name="expansionFactor">Scenario paths simulated over the look-ahead window, 1..1000000.</param>
    /// <param name="temporalResolution">Points on the expanded timeline, 1..1000000.</param>
    /// <param name="host">Clock, log, random and progress; null means the library's own clock and a fixed seed.</param>
    public TemporalCore(ulong expansionFactor = 200, ulong temporalResolution = 48, Host? host = null)
    {
        RanCognitionLibrary.RequireAbi();
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        _handle = new TemporalHandle(NativeMethods.rancog_temporal_create(expansionFactor, temporalResolution, &table), bridge);
        _handle.RequireCreated();
    }

    internal TemporalCore(TemporalHandle handle) => _handle = handle;

    /// <summary>Expands one RAN problem into a timeline of possible futures and analyses it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="constraints">More limits; null means none.</param>
    /// <returns>Patterns, insights, predictions, verdicts.</returns>
    public TemporalAnalysisResult ExpandSubjectiveTime(RanProblem problem, IReadOnlyList<Constraint>? constraints = null) =>
        Expand(NativeCall.Json(problem), Limits(constraints), NativeCall.TakeRecord<TemporalAnalysisResult>);

    /// <summary>Analyses many problems on several threads; one that fails does not stop the others.</summary>
    /// <param name="problems">At most 100000.</param>
    /// <param name="threadCount">Threads, the calling one included; 0 means one for each processor. Results do not depend on it.</param>
    /// <returns>One answer or reason a problem.</returns>
    public ParallelTemporalAnalysisResult ParallelTemporalAnalysis(IReadOnlyList<RanProblem> problems, int threadCount = 0) =>
        Parallel(NativeCall.Json(problems), threadCount, NativeCall.TakeRecord<ParallelTemporalAnalysisResult>);

    /// <summary>Finds seasons, trends, shifts, anomalies, motifs, lead and lag in a timeline.</summary>
    public IReadOnlyList<TemporalPattern> AnalyzeTemporalPatterns(Timeline timeline) =>
        Analyze(NativeCall.Json(timeline), NativeCall.TakeRecord<IReadOnlyList<TemporalPattern>>);

    /// <summary>Forecasts every metric of a timeline.</summary>
    /// <param name="timeline">The metrics' history.</param>
    /// <param name="horizonNs">Look-ahead window in ns, at least 1.</param>
    public IReadOnlyList<TemporalPrediction> PredictFutureStates(Timeline timeline, ulong horizonNs) =>
        Predict(NativeCall.Json(timeline), horizonNs, NativeCall.TakeRecord<IReadOnlyList<TemporalPrediction>>);

    /// <summary>Measures how many scenario paths a timeline needs: the curve of error and time, and the recommended expansion factor.</summary>
    public OptimizedTimeline OptimizeTemporalExpansion(Timeline timeline) =>
        Optimize(NativeCall.Json(timeline), NativeCall.TakeRecord<OptimizedTimeline>);

    /// <summary>What the calls on this core cost so far.</summary>
    public PerformanceMetrics GetPerformanceMetrics()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<PerformanceMetrics>(NativeMethods.rancog_temporal_get_performance_metrics(use.Value));
    }

    /// <summary>Sets the deliberation effort, 0..1: the share of models and scenarios that is used. It starts at 1.</summary>
    public void SetConsciousnessLevel(double level)
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_temporal_set_consciousness_level(use.Value, level));
    }

    /// <summary>Destroys the core, unless a loader owns it. Safe while another thread uses it: that call finishes first, later ones are refused.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Destroy();   // at once, although a call may still keep the handle
            _handle.Dispose();
        }
    }

    private static byte[] Limits(IReadOnlyList<Constraint>? constraints) => constraints is null ? [] : ContractJson.Write(constraints);

    private T Expand<T>(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* problemText = &NativeCall.Start<byte>(problem), constraintsText = constraints)
        {
            return read(NativeMethods.rancog_temporal_expand_subjective_time(use.Value, problemText, (nuint)problem.Length, constraintsText, (nuint)constraints.Length));
        }
    }

    private T Parallel<T>(ReadOnlySpan<byte> problems, int threadCount, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threadCount);
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(problems))
        {
            return read(NativeMethods.rancog_temporal_parallel_temporal_analysis(use.Value, text, (nuint)problems.Length, (nuint)threadCount));
        }
    }

    private T Analyze<T>(ReadOnlySpan<byte> timeline, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(timeline))
        {
            return read(NativeMethods.rancog_temporal_analyze_temporal_patterns(use.Value, text, (nuint)timeline.Length));
        }
    }

    private T Predict<T>(ReadOnlySpan<byte> timeline, ulong horizonNs, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(timeline))
        {
            return read(NativeMethods.rancog_temporal_predict_future_states(use.Value, text, (nuint)timeline.Length, horizonNs));
        }
    }

    private T Optimize<T>(ReadOnlySpan<byte> timeline, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(timeline))
        {
            return read(NativeMethods.rancog_temporal_optimize_temporal_expansion(use.Value, text, (nuint)timeline.Length));
        }
    }
}
