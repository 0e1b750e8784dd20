using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.Temporal;

namespace RanCognition.Native.Exports;

/// <summary>The same core on plain arrays, for loops that cannot afford JSON. Missing values are NaN; infinities count as missing.</summary>
[HeaderChapter(30, "Temporal reasoning on arrays")]
internal static unsafe class TemporalArrayExports
{
    private const string TypeName = "rancog_temporal";

    /// <summary>Forecasts one series with an interval.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="values">n samples on a regular grid, oldest first; NaN = missing. The last 4096 are used. Without a known one the forecast is 0.</param>
    /// <param name="n">Samples, 1..67108864.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    /// <param name="horizon">Steps to forecast, 1..100000.</param>
    /// <param name="coverage">Share of outcomes that the interval is to hold, above 0 and below 1.</param>
    /// <param name="mean">Room for horizon numbers: the forecast.</param>
    /// <param name="lower">Room for horizon numbers: lower ends. May be NULL.</param>
    /// <param name="upper">Room for horizon numbers: upper ends. May be NULL.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT or RANCOG_E_INVALID_HANDLE; nothing is written on failure.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_forecast", CallConvs = [typeof(CallConvCdecl)])]
    public static int Forecast(TemporalHandle self, double* values, nuint n, ulong stepNs, nuint horizon, double coverage, double* mean, double* lower, double* upper)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            ReadOnlySpan<double> history = NativeInput.Samples(values, n, "values");
            int steps = TemporalLimits.RequireHorizon(horizon, "horizon");
            TemporalLimits.RequireCoverage(coverage, "coverage");
            Span<double> means = NativeInput.Room(mean, horizon, "mean");
            Span<double> lowers = lower is null ? default : new Span<double>(lower, steps);
            Span<double> uppers = upper is null ? default : new Span<double>(upper, steps);
            call.Core.Forecast(history, stepNs, steps, coverage, means, lowers, uppers);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Adds samples to the history that the core keeps per network and metric; later problems of that network use it where they bring none.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="networkId">UTF-8 text, 1..1024 bytes.</param>
    /// <param name="networkIdLength">Its length in bytes.</param>
    /// <param name="metric">UTF-8 text, 1..1024 bytes, a TS 28.552 name where there is one.</param>
    /// <param name="metricLength">Its length in bytes.</param>
    /// <param name="times">n times in ns since the Unix epoch, never going back, also against earlier calls. A time given twice replaces the value.</param>
    /// <param name="values">n samples; NaN = missing.</param>
    /// <param name="n">Samples, 1..67108864.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT (65536 series, 16777216 samples; the oldest of a series' 16384 samples make room) or RANCOG_E_INVALID_HANDLE; nothing is kept on failure.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_observe", CallConvs = [typeof(CallConvCdecl)])]
    public static int Observe(TemporalHandle self, byte* networkId, nuint networkIdLength, byte* metric, nuint metricLength, ulong* times, double* values, nuint n)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            string network = JsonIn.Text(NativeInput.Require(networkId, networkIdLength, "network_id"), "network_id");
            string name = JsonIn.Text(NativeInput.Require(metric, metricLength, "metric"), "metric");
            call.Core.Observe(network, name, NativeInput.Samples(times, n, "times"), NativeInput.Samples(values, n, "values"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Scores how unusual each sample is, using only samples up to it.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="values">n samples on a regular grid, oldest first; NaN = missing.</param>
    /// <param name="n">Samples, 1..67108864.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    /// <param name="scores">Room for n numbers, each &gt;= 0; larger is more unusual.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT or RANCOG_E_INVALID_HANDLE; nothing is written on failure.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_score_anomalies", CallConvs = [typeof(CallConvCdecl)])]
    public static int ScoreAnomalies(TemporalHandle self, double* values, nuint n, ulong stepNs, double* scores)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            call.Core.ScoreAnomalies(NativeInput.Samples(values, n, "values"), stepNs, NativeInput.Room(scores, n, "scores"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Raises alarms: 1 at the sample where an anomaly is noticed, else 0; the threshold is the library's own (nominally 2 alarms a week).</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="values">n samples on a regular grid, oldest first; NaN = missing.</param>
    /// <param name="n">Samples, 1..67108864.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    /// <param name="flags">Room for n bytes.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT or RANCOG_E_INVALID_HANDLE; nothing is written on failure.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_detect_anomalies", CallConvs = [typeof(CallConvCdecl)])]
    public static int DetectAnomalies(TemporalHandle self, double* values, nuint n, ulong stepNs, byte* flags)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            call.Core.DetectAnomalies(NativeInput.Samples(values, n, "values"), stepNs, NativeInput.Room(flags, n, "flags"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Finds where the level or trend of a series changes for good.</summary>
    /// <param name="self">Handle from rancog_temporal_create.</param>
    /// <param name="values">n samples on a regular grid, oldest first; NaN = missing.</param>
    /// <param name="n">Samples, 1..67108864.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    /// <param name="indices">Room for *count indices: the first sample of each new segment, ascending. May be NULL when *count is 0.</param>
    /// <param name="count">In: room in indices. Out: change points found; when that is more than the room, the first ones are written.</param>
    /// <returns>RANCOG_OK, RANCOG_E_INVALID_ARGUMENT, RANCOG_E_LIMIT or RANCOG_E_INVALID_HANDLE; nothing is written on failure.</returns>
    [Since("0.1")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_temporal_detect_change_points", CallConvs = [typeof(CallConvCdecl)])]
    public static int DetectChangePoints(TemporalHandle self, double* values, nuint n, ulong stepNs, nuint* indices, nuint* count)
    {
        try
        {
            using Call<TemporalReasoningCore> call = Gate.Enter<TemporalReasoningCore>(self.Value, HandleKind.Temporal, TypeName);
            ReadOnlySpan<double> history = NativeInput.Samples(values, n, "values");
            ref nuint room = ref NativeInput.Room(count, 1, "count")[0];
            if (indices is null && room > 0)
            {
                NativeInput.Samples(indices, room, "indices");
            }
            int[] found = call.Core.DetectChangePoints(history, stepNs);
            for (int i = 0; i < found.Length && (nuint)i < room; i++)
            {
                indices[i] = (nuint)found[i];
            }
            room = (nuint)found.Length;
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
