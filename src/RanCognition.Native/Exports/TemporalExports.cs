using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.Temporal;

namespace RanCognition.Native.Exports;

/// <summary>
/// What is going on, what happens next, and how sure that is: history in, patterns, forecasts with intervals, constraint verdicts and insights out.
/// </summary>
[HeaderChapter(20, "Temporal reasoning")]
internal static unsafe class TemporalExports
{
    private const string TypeName = "rancog_temporal";

    /// <summary>Creates a temporal core.</summary>
    /// <param name="expansionFactor">Alternative futures (scenario paths) simulated over the look-ahead window, 1..1000000. 200 is a good start.</param>
    /// <param name="temporalResolution">Points on the expanded timeline, 1..1000000.</param>
    /// <param name="host">Clock, log, random and progress of the host. May be NULL. Copied.</param>
    /// <returns>Handle owned by the caller; release with rancog_temporal_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_LIMIT beyond 1048576 live handles).</returns>
    [Since("0.1")]
    [Phase4Name("new")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_create", CallConvs = [typeof(CallConvCdecl)])]
    public static TemporalHandle Create(ulong expansionFactor, ulong temporalResolution, HostTable* host)
    {
        try
        {
            Gate.Enter();
            TemporalReasoningCore core = new(expansionFactor, temporalResolution, NativeHost.From(host));
            return new TemporalHandle(HandleTable.Create(HandleKind.Temporal, core));
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Destroys a core. Safe while another thread uses it: that call finishes first, later ones get RANCOG_E_INVALID_HANDLE.</summary>
    /// <param name="self">Handle from rancog_temporal_create. May be NULL.</param>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(TemporalHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.Temporal, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Expands one RAN problem into a timeline of possible futures and analyses it: patterns, insights, predictions, verdicts.</summary>
    /// <remarks>
    /// The result: timeline_id, problem_id, network_id, expansion_factor, temporal_resolution, scenarios (futures simulated; fewer than the factor under a deadline
    /// or when 2^23 values are full) and their seed, base_duration and expanded_duration (ns), deadline_reached; patterns (rancog_temporal_analyze_temporal_patterns),
    /// predictions (predicted_value, lower, upper, coverage, confidence that the outcome lies within tolerance, time_horizon in ns after the newest sample), verdicts
    /// (per constraint the probability that it holds, robustness, first_violation_ns), objectives, insights (sentences with the fields they rest on), metrics (what
    /// was known of each), confidence, execution_time, performance_metrics, ignored (what was not used and why). include_timeline adds series and timeline.
    /// A constraint that looks farther ahead than horizon_ns is judged on longer futures. A quotient "a / b" is forecast from its own history.
    /// </remarks>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="problem">
    /// UTF-8 JSON object: id, network_id, problem_type, current_state{metric:number}, objectives[], constraints[] and optionally
    /// history{metric:{start_ns,step_ns,values[number|null]}|{times_ns[],values[]}}, horizon_ns, deadline_ns, seed, include_timeline, tolerance{metric:number}.
    /// May be freed after the call.
    /// </param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <param name="constraints">UTF-8 JSON array of {id, constraint_type: max|min|max_rate|equals|window, parameters{metric:number}, priority}. NULL with length 0 means none.</param>
    /// <param name="constraintsLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_JSON, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT, RANCOG_E_CANCELLED).
    /// NULL only when memory is exhausted.
    /// </returns>
    [Since("0.1")]
    [Phase4Name("expand_subjective_time")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_expand_subjective_time", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* ExpandSubjectiveTime(TemporalHandle self, byte* problem, nuint problemLength, byte* constraints, nuint constraintsLength)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            using CallMeter meter = call.Core.StartCall();
            ReadOnlySpan<byte> problemText = NativeInput.Require(problem, problemLength, "problem");
            ReadOnlySpan<byte> constraintsText = NativeInput.Optional(constraints, constraintsLength, "constraints");
            var (question, limits) = JsonIn.Question(problemText, "problem", constraintsText, "constraints");
            var result = call.Core.ExpandSubjectiveTime(question, limits, meter);
            return ResultBuffer.Write(result, JsonOut.TemporalAnalysis);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Analyses many problems on several threads; a problem that fails does not stop the others.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="problems">UTF-8 JSON array of at most 100000 problems, as rancog_temporal_expand_subjective_time takes them. May be freed after the call.</param>
    /// <param name="problemsLength">Its length in bytes.</param>
    /// <param name="threadCount">Threads to use, the calling one included; 0 means one for each processor; at most 256. They end with the call. Results do not depend on it.</param>
    /// <returns>
    /// Result buffer {"results":[{"Ok":{..}}|{"Err":".."}],..} owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_JSON, RANCOG_E_LIMIT, RANCOG_E_CANCELLED).
    /// NULL only when memory is exhausted.
    /// </returns>
    [Since("0.1")]
    [Phase4Name("parallel_temporal_analysis")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_parallel_temporal_analysis", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* ParallelTemporalAnalysis(TemporalHandle self, byte* problems, nuint problemsLength, nuint threadCount)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            using CallMeter meter = call.Core.StartCall();
            ReadOnlySpan<byte> text = NativeInput.Require(problems, problemsLength, "problems");
            var result = call.Core.ParallelTemporalAnalysis(JsonIn.Problems(text, "problems"), (int)Math.Min(threadCount, int.MaxValue), meter);
            return ResultBuffer.Write(result, JsonOut.ParallelAnalysis);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Sets the deliberation effort: the share of the model pool and of the scenarios that is used. It starts at 1.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="level">0..1; values outside are clamped, NaN is refused.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT or RANCOG_E_INVALID_HANDLE.</returns>
    [Since("0.1")]
    [Phase4Name("set_consciousness_level")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_set_consciousness_level", CallConvs = [typeof(CallConvCdecl)])]
    public static int SetConsciousnessLevel(TemporalHandle self, double level)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            call.Core.SetConsciousnessLevel(level);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>What the calls on this core cost so far: executions, times in ns, errors, and the bytes of observed history that it holds.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. NULL only when memory is exhausted.</returns>
    [Since("0.1")]
    [Phase4Name("get_performance_metrics")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_get_performance_metrics", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetPerformanceMetrics(TemporalHandle self)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            Span<byte> text = ResultBuffer.Begin(JsonOut.MetricsBytesMax, out byte* buffer);
            ResultBuffer.End(buffer, JsonOut.Metrics(call.Core.GetPerformanceMetrics(), text));
            return buffer;
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Finds what is there in a timeline: seasons, trends, shifts, anomalies, motifs, lead and lag; each tested, with its numbers.</summary>
    /// <remarks>
    /// A pattern is {id, pattern_type, confidence, start_time, end_time, metric, parameters{name:number}, p_value}, with other_metric for lead_lag and for a
    /// quotient, and constraint for constraint_violation. p_value is corrected for all tests of the call (Benjamini and Hochberg) and at most 0.01, confidence is
    /// 1 - p_value. Types and their parameters: seasonality (period_ns, period_steps, strength, cycles), trend and drift (slope_per_day, change, samples; trend is
    /// of the whole history), level_shift (before, after), variance_shift (before, after, ratio), outage, spike, dip and surge (value, expected, deviation,
    /// samples), flatline (value, samples), motif (length_steps, occurrences, correlation, second_after_steps), lead_lag (lag_steps, lag_ns, correlation, samples;
    /// metric runs ahead of other_metric), constraint_violation (limit, worst_value, worst_excess, samples; a fact, p_value 0). At most 20 of a type and metric.
    /// </remarks>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="timeline">UTF-8 JSON object {id, metrics{metric:{start_ns,step_ns,values[]}|{times_ns[],values[]}}, constraints[]}. May be freed after the call.</param>
    /// <param name="timelineLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer with a JSON array of patterns, owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_JSON,
    /// RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT, RANCOG_E_CANCELLED). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.1")]
    [Phase4Name("analyze_temporal_patterns")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_analyze_temporal_patterns", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* AnalyzeTemporalPatterns(TemporalHandle self, byte* timeline, nuint timelineLength)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            using CallMeter meter = call.Core.StartCall();
            ReadOnlySpan<byte> text = NativeInput.Require(timeline, timelineLength, "timeline");
            return ResultBuffer.Write(call.Core.AnalyzeTemporalPatterns(JsonIn.Timeline(text, "timeline"), meter), JsonOut.Patterns);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Forecasts every metric of a timeline.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="timeline">UTF-8 JSON object, as rancog_temporal_analyze_temporal_patterns takes it.</param>
    /// <param name="timelineLength">Its length in bytes.</param>
    /// <param name="horizonNs">Look-ahead window in ns, at least 1; rounded to steps of the history, of which 1..4096 are looked at.</param>
    /// <returns>
    /// Result buffer with a JSON array of predictions (per metric at one step, a quarter, half and all of the window), owned by the caller; release with rancog_buffer_free.
    /// On failure the error JSON (RANCOG_E_INVALID_JSON, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT, RANCOG_E_CANCELLED). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.1")]
    [Phase4Name("predict_future_states")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_predict_future_states", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* PredictFutureStates(TemporalHandle self, byte* timeline, nuint timelineLength, ulong horizonNs)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            using CallMeter meter = call.Core.StartCall();
            ReadOnlySpan<byte> text = NativeInput.Require(timeline, timelineLength, "timeline");
            return ResultBuffer.Write(call.Core.PredictFutureStates(JsonIn.Timeline(text, "timeline"), horizonNs, meter), JsonOut.Predictions);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Measures how many scenario paths a timeline needs: error of the scenario quantiles and time spent, for growing expansion factors.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="timeline">UTF-8 JSON object, as rancog_temporal_analyze_temporal_patterns takes it.</param>
    /// <param name="timelineLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer with the curve and the recommended expansion factor, owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_JSON, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT, RANCOG_E_CANCELLED).
    /// NULL only when memory is exhausted.
    /// </returns>
    [Since("0.1")]
    [Phase4Name("optimize_temporal_expansion")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_optimize_temporal_expansion", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* OptimizeTemporalExpansion(TemporalHandle self, byte* timeline, nuint timelineLength)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            using CallMeter meter = call.Core.StartCall();
            ReadOnlySpan<byte> text = NativeInput.Require(timeline, timelineLength, "timeline");
            return ResultBuffer.Write(call.Core.OptimizeTemporalExpansion(JsonIn.Timeline(text, "timeline"), meter), JsonOut.OptimizedTimeline);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }
}
