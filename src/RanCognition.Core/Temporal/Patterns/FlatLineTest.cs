using RanCognition.Contracts;

namespace RanCognition.Temporal.Patterns;

/// <summary>Tests whether values stand still for longer than they do by chance.</summary>
/// <remarks>
/// Runs of equal values as a Markov chain: the probability that a repeat begins, and that one goes on, are counted outside the run in question. Runs that are
/// not longer than twice the next longest are usual in this series, whatever the chain says: idle hours come together.
/// </remarks>
internal static class FlatLineTest
{
    private const int SamplesMin = 4;
    private const double LongerThanUsual = 2;

    /// <summary>The longest run of equal values with its p-value; null when none is remarkable.</summary>
    public static TestedEvent? Longest(ReadOnlySpan<double> values)
    {
        (int From, int To) longest = (0, 0);
        int next = 0;   // length of the longest other run
        for (int from = 0; from < values.Length;)
        {
            int to = from;
            while (to + 1 < values.Length && values[to + 1] == values[from])
            {
                to++;
            }
            int length = to - from + 1, best = longest.To - longest.From + 1;
            if (length > best)
            {
                (longest, next) = ((from, to), Math.Max(next, best));
            }
            else if (from > 0)
            {
                next = Math.Max(next, length);
            }
            from = to + 1;
        }
        int samples = longest.To - longest.From + 1;
        if (samples < SamplesMin || samples <= LongerThanUsual * next || samples > values.Length / 2)
        {
            return null;
        }
        return new TestedEvent(
            PatternTypes.Flatline, longest.From, longest.To, values[longest.From], double.NaN, double.NaN, PValue(values, longest.From, longest.To));
    }

    private static double PValue(ReadOnlySpan<double> values, int from, int to)
    {
        int repeats = 0, goingOn = 0, steps = 0;
        bool before = false;
        for (int t = 1; t < values.Length; t++)
        {
            if (t >= from && t <= to + 1)
            {
                before = false;
                continue;
            }
            bool repeat = values[t] == values[t - 1];
            steps++;
            repeats += repeat ? 1 : 0;
            goingOn += repeat && before ? 1 : 0;
            before = repeat;
        }
        // A value never seen to repeat may still do so; and one that just repeated is a frequent one, no less likely to come again than any.
        double begins = (repeats + 1.0) / (steps + 2), goesOn = Math.Max(begins, (goingOn + .2) / (repeats + 1));
        return Math.Min(1, values.Length * begins * Math.Pow(goesOn, to - from - 1));
    }
}
