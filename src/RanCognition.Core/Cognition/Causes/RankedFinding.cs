using RanCognition.Contracts;

namespace RanCognition.Cognition.Causes;

/// <summary>A finding, and how far up it belongs.</summary>
internal sealed class RankedFinding
{
    public required CauseFinding Finding { get; init; }

    /// <summary>0 = first.</summary>
    public int Group { get; set; }

    /// <summary>Within the group: count beyond what would be healthy.</summary>
    public double Excess { get; init; }

    /// <summary>Place in which it was found: the last to decide.</summary>
    public int Order { get; set; }

    public static int Compare(RankedFinding left, RankedFinding right)
    {
        int by = left.Group.CompareTo(right.Group);
        by = by != 0 ? by : right.Excess.CompareTo(left.Excess);
        by = by != 0 ? by : right.Finding.Confidence.CompareTo(left.Finding.Confidence);
        return by != 0 ? by : left.Order.CompareTo(right.Order);
    }
}
