using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Counts of a part and of its whole over the periods in which both are known.</summary>
internal readonly struct WindowCounts
{
    /// <summary>Of the part.</summary>
    public double Count { get; private init; }

    /// <summary>Of the whole.</summary>
    public double Attempts { get; private init; }

    /// <summary>Smallest number below 0 that was met, of either; 0 when there was none.</summary>
    public double Least { get; private init; }

    /// <summary>With both.</summary>
    public int Periods { get; private init; }

    /// <summary>They are numbers of things and of some of them.</summary>
    public bool AreSound => Least == 0 && Count <= Attempts && double.IsFinite(Attempts);

    /// <summary>Sums over the newest periods of the whole.</summary>
    /// <param name="part">Of the whole.</param>
    /// <param name="whole">Attempts; its grid says which the newest periods are.</param>
    /// <param name="second">More attempts, added to the whole; null when there are none.</param>
    /// <param name="periods">How many periods at most.</param>
    public static WindowCounts Of(MetricGrid part, MetricGrid whole, MetricGrid? second, int periods)
    {
        double count = 0, attempts = 0, least = 0;
        int known = 0;
        long secondOffset = 0;
        if (!Alignment.TryOffset(part, whole, out long partOffset) || (second is not null && !Alignment.TryOffset(second, whole, out secondOffset)))
        {
            return default;
        }
        double[] wholes = whole.Values, parts = part.Values, seconds = second?.Values ?? [];
        for (int k = Math.Max(0, wholes.Length - periods); k < wholes.Length; k++)
        {
            long i = k - partOffset, j = k - secondOffset;
            double value = (ulong)i < (ulong)parts.Length ? parts[i] : double.NaN, of = wholes[k], smaller = of;
            if (second is not null)
            {
                double more = (ulong)j < (ulong)seconds.Length ? seconds[j] : double.NaN;
                smaller = more < of ? more : of;
                of += more;
            }
            if (!double.IsFinite(value) || !double.IsFinite(of))
            {
                continue;
            }
            count += value;
            attempts += of;
            known++;
            if (value < 0 || smaller < 0)
            {
                least = Math.Min(least, Math.Min(value, smaller));
            }
        }
        return new WindowCounts { Count = count, Attempts = attempts, Least = least, Periods = known };
    }
}
