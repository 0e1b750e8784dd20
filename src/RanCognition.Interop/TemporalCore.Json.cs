namespace RanCognition.Interop;

// The same calls with the JSON of rancognition.h, as text or UTF-8 bytes.
public sealed unsafe partial class TemporalCore
{
    /// <summary>Expands one RAN problem into a timeline of possible futures and analyses it.</summary>
    /// <param name="problem">JSON object.</param>
    /// <param name="constraints">JSON array; null means none.</param>
    /// <returns>JSON: patterns, insights, predictions, verdicts.</returns>
    public string ExpandSubjectiveTime(string problem, string? constraints = null) =>
        ExpandSubjectiveTime(NativeCall.Utf8(problem), constraints is null ? default : NativeCall.Utf8(constraints));

    /// <inheritdoc cref="ExpandSubjectiveTime(string, string?)"/>
    public string ExpandSubjectiveTime(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints = default) => Expand(problem, constraints, NativeCall.TakeText);

    /// <summary>Analyses many problems on several threads; one that fails does not stop the others.</summary>
    /// <param name="problems">JSON array of problems.</param>
    /// <param name="threadCount">Threads, the calling one included; 0 means one for each processor. Results do not depend on it.</param>
    /// <returns>JSON with one {"Ok":..} or {"Err":..} a problem.</returns>
    public string ParallelTemporalAnalysis(string problems, int threadCount = 0) => ParallelTemporalAnalysis(NativeCall.Utf8(problems), threadCount);

    /// <inheritdoc cref="ParallelTemporalAnalysis(string, int)"/>
    public string ParallelTemporalAnalysis(ReadOnlySpan<byte> problems, int threadCount = 0) => Parallel(problems, threadCount, NativeCall.TakeText);

    /// <summary>Finds seasons, trends, shifts, anomalies, motifs, lead and lag in a timeline.</summary>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <returns>JSON array of patterns.</returns>
    public string AnalyzeTemporalPatterns(string timeline) => AnalyzeTemporalPatterns(NativeCall.Utf8(timeline));

    /// <inheritdoc cref="AnalyzeTemporalPatterns(string)"/>
    public string AnalyzeTemporalPatterns(ReadOnlySpan<byte> timeline) => Analyze(timeline, NativeCall.TakeText);

    /// <summary>Forecasts every metric of a timeline.</summary>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <param name="horizonNs">Look-ahead window in ns, at least 1.</param>
    /// <returns>JSON array of predictions.</returns>
    public string PredictFutureStates(string timeline, ulong horizonNs) => PredictFutureStates(NativeCall.Utf8(timeline), horizonNs);

    /// <inheritdoc cref="PredictFutureStates(string, ulong)"/>
    public string PredictFutureStates(ReadOnlySpan<byte> timeline, ulong horizonNs) => Predict(timeline, horizonNs, NativeCall.TakeText);

    /// <summary>Measures how many scenario paths a timeline needs.</summary>
    /// <param name="timeline">JSON object {id, metrics{..}, constraints[]}.</param>
    /// <returns>JSON with the curve of error and time, and the recommended expansion factor.</returns>
    public string OptimizeTemporalExpansion(string timeline) => OptimizeTemporalExpansion(NativeCall.Utf8(timeline));

    /// <inheritdoc cref="OptimizeTemporalExpansion(string)"/>
    public string OptimizeTemporalExpansion(ReadOnlySpan<byte> timeline) => Optimize(timeline, NativeCall.TakeText);

    /// <summary>What the calls on this core cost so far.</summary>
    /// <returns>JSON.</returns>
    public string GetPerformanceMetricsJson()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeText(NativeMethods.rancog_temporal_get_performance_metrics(use.Value));
    }
}
