namespace RanCognition.Cognition.Networks;

/// <summary>A choice for every knob, and what came of it.</summary>
internal sealed class NetworkPoint
{
    // Loads are found to about 1e-12; a smaller difference of objectives than this is none.
    private const double SameWithin = 1e-9;

    /// <summary>Place of the value in each knob's list.</summary>
    public required int[] Choices { get; init; }

    /// <summary>Finite loads exist.</summary>
    public bool IsFeasible { get; init; }

    /// <summary>Targets that do not hold.</summary>
    public int Unheld { get; init; }

    /// <summary>How far the targets that do not hold are from holding, relative to their metrics.</summary>
    public double Violation { get; init; }

    /// <summary>Where all targets hold and something was measured: the least relative change of a metric that breaks one; else 0.</summary>
    public double Margin { get; init; }

    /// <summary>Less is better.</summary>
    public double Objective { get; init; }

    /// <summary>Attributes that change.</summary>
    public int Changes { get; init; }

    /// <summary>Whether targets and objective make this better than another, changes aside.</summary>
    /// <param name="other">The other.</param>
    /// <param name="byViolation">Whether the way to the targets counts where not all hold.</param>
    public int Compare(NetworkPoint other, bool byViolation)
    {
        if (IsFeasible != other.IsFeasible)
        {
            return IsFeasible ? -1 : 1;
        }
        if (Unheld != other.Unheld)
        {
            return Unheld.CompareTo(other.Unheld);
        }
        if (byViolation && Unheld > 0 && !IsSame(Violation, other.Violation))
        {
            return Violation.CompareTo(other.Violation);
        }
        return IsSame(Objective, other.Objective) ? 0 : Objective.CompareTo(other.Objective);
    }

    private static bool IsSame(double a, double b) => a == b || Math.Abs(a - b) <= SameWithin * Math.Max(Math.Abs(a), Math.Abs(b));
}
