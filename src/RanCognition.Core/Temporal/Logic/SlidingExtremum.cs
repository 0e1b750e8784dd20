namespace RanCognition.Temporal.Logic;

/// <summary>Minimum or maximum over a window that slides along a row of truth values, in O(1) amortised a step (Lemire 2006).</summary>
/// <param name="capacity">Longest row.</param>
internal sealed class SlidingExtremum(int capacity)
{
    private readonly int[] _queue = new int[capacity];   // indices, their values rising from head to tail: the head is the extremum

    /// <summary>result[i] = extremum of the decided values in source[i + first .. i + last]; NaN when none is decided.</summary>
    /// <param name="source">Truth values; its length is at least result.Length + last.</param>
    /// <param name="first">Offset of the first sample of the window.</param>
    /// <param name="last">Offset of its last sample, at least <paramref name="first"/>.</param>
    /// <param name="smallest">Minimum, else maximum.</param>
    /// <param name="result">Where the extrema go.</param>
    public void Bounded(ReadOnlySpan<double> source, int first, int last, bool smallest, Span<double> result)
    {
        var head = 0;
        var tail = 0;
        for (var end = first; end < result.Length + last; end++)
        {
            var value = Signed(source[end], smallest);
            if (!double.IsNaN(value))
            {
                while (tail > head && Robustness.IsLower(value, Signed(source[_queue[tail - 1]], smallest)))
                {
                    tail--;
                }
                _queue[tail++] = end;
            }
            var i = end - last;
            if (i < 0)
            {
                continue;
            }
            while (tail > head && _queue[head] < i + first)
            {
                head++;
            }
            result[i] = tail > head ? source[_queue[head]] : double.NaN;
        }
    }

    /// <summary>result[i] = extremum of the decided values in source[i + first ..]; NaN when none is decided.</summary>
    public static void Open(ReadOnlySpan<double> source, int first, bool smallest, Span<double> result)
    {
        var best = double.NaN;
        for (var start = source.Length - 1; start >= first; start--)
        {
            best = Join(best, source[start], smallest);
            if (start - first < result.Length)
            {
                result[start - first] = best;
            }
        }
    }

    private static double Join(double best, double value, bool smallest)
    {
        if (double.IsNaN(best) || double.IsNaN(value))
        {
            return double.IsNaN(best) ? value : best;
        }
        return smallest ? Robustness.Lower(best, value) : Robustness.Higher(best, value);
    }

    private static double Signed(double value, bool smallest) => smallest ? value : -value;
}
