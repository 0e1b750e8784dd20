using System.Buffers;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Temporal;

namespace RanCognition.Tests.Reasoning;

/// <summary>Histories with a fixed seed, and calls of the temporal core on them.</summary>
internal static class TemporalCalls
{
    public const ulong Minute = 60_000_000_000;
    public const ulong Hour = 60 * Minute;
    public const ulong Day = 24 * Hour;
    public const ulong Start = 1_600_000_000_000_000_000;

    public static TemporalReasoningCore Core(FixedHost? host = null, ulong factor = 200, ulong resolution = 12) => new(factor, resolution, host ?? new FixedHost());

    public static TemporalAnalysisResult Expand(TemporalReasoningCore core, RanProblem problem, params Constraint[] constraints)
    {
        using CallMeter meter = core.StartCall();
        return core.ExpandSubjectiveTime(problem, constraints, meter);
    }

    public static RanProblem Problem(params (string Metric, MetricHistory History)[] history) => new()
    {
        Id = "p",
        NetworkId = "n",
        History = [.. history.Select(pair => new KeyValuePair<string, MetricHistory>(pair.Metric, pair.History))],
        Seed = 3,
    };

    public static MetricHistory Series(double[] values, ulong step = Hour, ulong start = Start) => new() { StartNs = start, StepNs = step, Values = values };

    /// <summary>A daily sine in autoregressive noise.</summary>
    public static double[] Daily(int samples, int day = 24, double level = 50, double swing = 20, double noise = 2, ulong seed = 1)
    {
        RandomStream random = new(seed);
        double[] values = new double[samples];
        double carried = 0;
        for (int t = 0; t < samples; t++)
        {
            carried = .6 * carried + random.NextNormal();
            values[t] = level + swing * Math.Sin(2 * Math.PI * t / day) + noise * carried;
        }
        return values;
    }

    public static string Written<T>(T value, Action<T, IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        write(value, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
