using System.Reflection;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>The core's LatenessHistogram, found by its name.</summary>
internal sealed class ReflectedHistogram
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    private static readonly Type Histogram = typeof(NanoScheduler).Assembly.GetType("RanCognition.Scheduling.LatenessHistogram", throwOnError: true)!;

    private readonly object _histogram;

    public ReflectedHistogram()
    {
        _histogram = Activator.CreateInstance(Histogram, nonPublic: true)!;
        Record = Histogram.GetMethod("Record", Any, [typeof(ulong)])!.CreateDelegate<Action<ulong>>(_histogram);
        Quantile = Histogram.GetMethod("Quantile", Any, [typeof(double)])!.CreateDelegate<Func<double, ulong>>(_histogram);
    }

    public Action<ulong> Record { get; }

    public Func<double, ulong> Quantile { get; }

    public ulong Count => Convert.ToUInt64(Histogram.GetProperty("Count", Any)!.GetValue(_histogram));

    public ulong Max => Convert.ToUInt64(Histogram.GetProperty("Max", Any)!.GetValue(_histogram));
}
