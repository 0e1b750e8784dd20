namespace RanCognition.Interop;

// Plain arrays, for loops that cannot afford JSON. Samples are on a regular grid, oldest first; NaN = missing; stepNs 0 = unknown.
public sealed unsafe partial class TemporalCore
{
    /// <summary>Forecasts one series with an interval.</summary>
    /// <param name="values">At least 1 sample.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    /// <param name="horizon">Steps to forecast, 1..100000.</param>
    /// <param name="coverage">Share of outcomes that the interval is to hold, above 0 and below 1.</param>
    public TemporalForecast Forecast(ReadOnlySpan<double> values, ulong stepNs, int horizon, double coverage = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        TemporalForecast forecast = new(new double[horizon], new double[horizon], new double[horizon]);
        Forecast(values, stepNs, coverage, forecast.Mean, forecast.Lower, forecast.Upper);
        return forecast;
    }

    /// <summary>The same into the caller's memory; the length of mean is the horizon, the interval's ends may be empty.</summary>
    /// <param name="values">At least 1 sample.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    /// <param name="coverage">Share of outcomes that the interval is to hold, above 0 and below 1.</param>
    /// <param name="mean">Receives the forecast.</param>
    /// <param name="lower">Receives the lower ends; empty, or as long as mean.</param>
    /// <param name="upper">Receives the upper ends; empty, or as long as mean.</param>
    public void Forecast(ReadOnlySpan<double> values, ulong stepNs, double coverage, Span<double> mean, Span<double> lower = default, Span<double> upper = default)
    {
        RequireRoom(lower, mean, nameof(lower));
        RequireRoom(upper, mean, nameof(upper));
        using HandleUse use = new(_handle);
        fixed (double* samples = &NativeCall.Start<double>(values), means = mean, lowers = lower, uppers = upper)
        {
            NativeCall.Check(NativeMethods.rancog_temporal_forecast(
                use.Value, samples, (nuint)values.Length, stepNs, (nuint)mean.Length, coverage, means, lowers, uppers));
        }
    }

    /// <summary>Adds samples to the history that the core keeps per network and metric.</summary>
    /// <param name="networkId">1..1024 bytes of UTF-8.</param>
    /// <param name="metric">1..1024 bytes of UTF-8, a TS 28.552 name where there is one.</param>
    /// <param name="times">Ns since the Unix epoch, never going back.</param>
    /// <param name="values">As many samples as times.</param>
    public void Observe(string networkId, string metric, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        if (times.Length != values.Length)
        {
            throw new ArgumentException($"{values.Length} values for {times.Length} times", nameof(values));
        }
        byte[] network = NativeCall.Utf8(networkId);
        byte[] name = NativeCall.Utf8(metric);
        using HandleUse use = new(_handle);
        fixed (byte* networkText = &NativeCall.Start<byte>(network), metricText = &NativeCall.Start<byte>(name))
        fixed (ulong* moments = times)
        fixed (double* samples = &NativeCall.Start<double>(values))
        {
            NativeCall.Check(NativeMethods.rancog_temporal_observe(
                use.Value, networkText, (nuint)network.Length, metricText, (nuint)name.Length, moments, samples, (nuint)values.Length));
        }
    }

    /// <summary>Scores how unusual each sample is, using only samples up to it; 0 or more, larger is more unusual.</summary>
    /// <param name="values">At least 1 sample.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    public double[] ScoreAnomalies(ReadOnlySpan<double> values, ulong stepNs)
    {
        double[] scores = new double[values.Length];
        using HandleUse use = new(_handle);
        fixed (double* samples = &NativeCall.Start<double>(values), room = scores)
        {
            NativeCall.Check(NativeMethods.rancog_temporal_score_anomalies(use.Value, samples, (nuint)values.Length, stepNs, room));
        }
        return scores;
    }

    /// <summary>Raises alarms by the library's own threshold: true at the sample where an anomaly is noticed.</summary>
    /// <param name="values">At least 1 sample.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    public bool[] DetectAnomalies(ReadOnlySpan<double> values, ulong stepNs)
    {
        byte[] flags = new byte[values.Length];
        using HandleUse use = new(_handle);
        fixed (double* samples = &NativeCall.Start<double>(values))
        fixed (byte* room = flags)
        {
            NativeCall.Check(NativeMethods.rancog_temporal_detect_anomalies(use.Value, samples, (nuint)values.Length, stepNs, room));
        }
        return Array.ConvertAll(flags, flag => flag != 0);
    }

    /// <summary>Finds where the level or trend of a series changes for good: the first sample of each new segment, ascending.</summary>
    /// <param name="values">At least 1 sample.</param>
    /// <param name="stepNs">Sampling step in ns; 0 = unknown.</param>
    public int[] DetectChangePoints(ReadOnlySpan<double> values, ulong stepNs)
    {
        nuint[] indices = new nuint[values.Length];   // there cannot be more
        nuint count = (nuint)indices.Length;
        using HandleUse use = new(_handle);
        fixed (double* samples = &NativeCall.Start<double>(values))
        fixed (nuint* room = indices)
        {
            NativeCall.Check(NativeMethods.rancog_temporal_detect_change_points(use.Value, samples, (nuint)values.Length, stepNs, room, &count));
        }
        return Array.ConvertAll(indices[..(int)count], index => (int)index);
    }

    private static void RequireRoom(Span<double> room, Span<double> mean, string name)
    {
        if (room.Length != 0 && room.Length != mean.Length)
        {
            throw new ArgumentException($"has room for {room.Length} of {mean.Length} steps", name);
        }
    }
}
