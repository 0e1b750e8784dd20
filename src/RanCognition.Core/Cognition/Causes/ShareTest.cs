using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Whether a part of a count is too large a share of it over the newest periods.</summary>
internal sealed class ShareTest
{
    private readonly WindowCounts _counts;
    private readonly double _limit, _healthy;

    private ShareTest(string name, string metric, WindowCounts counts, double limit, double healthy)
    {
        (Name, Metric, _counts, _limit, _healthy) = (name, metric, counts, limit, healthy);
    }

    public string Name { get; }

    public string Metric { get; }

    public bool Holds => _counts.Count >= _limit * _counts.Attempts;

    /// <summary>Probability that the true share is at least what is healthy.</summary>
    public double Confidence => RateTests.AtLeast(_counts.Count, _counts.Attempts, _healthy);

    /// <summary>Probability that the true share is at least the limit.</summary>
    public double BeyondLimit => RateTests.AtLeast(_counts.Count, _counts.Attempts, _limit);

    /// <summary>Count beyond a healthy share.</summary>
    public double Excess => _counts.Count - _healthy * _counts.Attempts;

    public double Samples => _counts.Attempts;

    /// <summary>Null when either is not known, or they cannot be a part and its whole.</summary>
    /// <param name="name">Of the test.</param>
    /// <param name="counters">Of the cell.</param>
    /// <param name="part">Counted.</param>
    /// <param name="whole">Of these.</param>
    /// <param name="limit">From this share on the test holds.</param>
    /// <param name="healthy">A share that is still in order.</param>
    public static ShareTest? Of(string name, ObjectCounters counters, Counter part, Counter whole, double limit, double healthy)
    {
        if (counters.Find(part) is not { } counted || counters.Find(whole) is not { } attempts)
        {
            return null;
        }
        return Of(name, counted, attempts, null, counted.Metric + " / " + attempts.Metric, limit, healthy);
    }

    /// <summary>The same where the part is counted beside the whole, which is then the sum of both.</summary>
    public static ShareTest? Beside(string name, ObjectCounters counters, Counter part, Counter rest, double limit, double healthy)
    {
        if (counters.Find(part) is not { } counted || counters.Find(rest) is not { } others)
        {
            return null;
        }
        return Of(name, counted, others, counted, counted.Metric, limit, healthy);
    }

    private static ShareTest? Of(string name, MetricGrid counted, MetricGrid attempts, MetricGrid? more, string metric, double limit, double healthy)
    {
        AttemptWindow window = new();
        window.Fill(attempts, more);
        WindowCounts counts = WindowCounts.Of(counted, window);
        return counts.Attempts > 0 && counts.AreSound ? new ShareTest(name, metric, counts, limit, healthy) : null;
    }

    /// <param name="expected">What speaks for the cause: that the test holds, or that it does not.</param>
    public CauseTest Write(bool expected) => new()
    {
        Name = Name,
        Metric = Metric,
        Value = _counts.Count / _counts.Attempts,
        Limit = _limit,
        PValue = expected ? RateTests.UpperTail(_counts.Count, _counts.Attempts, _limit) : RateTests.LowerTail(_counts.Count, _counts.Attempts, _limit),
        Holds = Holds == expected,
    };
}
