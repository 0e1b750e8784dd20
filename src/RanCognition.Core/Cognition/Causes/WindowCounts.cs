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

    /// <summary>Sums over the periods of a window.</summary>
    /// <param name="part">What is counted.</param>
    /// <param name="whole">Attempts.</param>
    public static WindowCounts Of(MetricGrid part, AttemptWindow whole)
    {
        if (whole.Grid is null || !GridPair.TryBring(part, whole.Grid, out part, out MetricGrid grid) || !Alignment.TryOffset(part, grid, out long offset))
        {
            return default;
        }
        whole = ReferenceEquals(grid, whole.Grid) ? whole : whole.On(grid);
        double count = 0, attempts = 0, least = whole.Least;
        int known = 0;
        double[] parts = part.Values;
        ReadOnlySpan<double> wholes = whole.Values;
        long first = whole.First - offset;
        for (int k = 0; k < wholes.Length; k++)
        {
            long i = first + k;
            double value = (ulong)i < (ulong)parts.Length ? parts[i] : double.NaN, of = wholes[k];
            if (!double.IsFinite(value) || !double.IsFinite(of))
            {
                continue;
            }
            count += value;
            attempts += of;
            known++;
            if (value < 0)
            {
                least = Math.Min(least, value);
            }
        }
        return new WindowCounts { Count = count, Attempts = attempts, Least = least, Periods = known };
    }
}
