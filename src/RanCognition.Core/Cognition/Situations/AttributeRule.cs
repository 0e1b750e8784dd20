namespace RanCognition.Cognition.Situations;

/// <summary>What values an attribute can take.</summary>
internal sealed class AttributeRule
{
    public required string Name { get; init; }

    /// <summary>Of the 3GPP range, in the unit of the attribute. Of administrativeState and energySavingState unused.</summary>
    public double Lower { get; init; }

    public double Upper { get; init; }

    /// <summary>Distance of two values; 0 = Values, or any.</summary>
    public double Step { get; init; }

    /// <summary>Every value, ascending; null = by Step.</summary>
    public double[]? Values { get; init; }

    /// <summary>Every value of one that is text.</summary>
    public string[]? Words { get; init; }

    /// <summary>Value of an object that does not say.</summary>
    public double Default { get; init; }

    /// <summary>Guard AT_BOUND's bounds, unless the caller gives others.</summary>
    public double BoundLower { get; init; }

    public double BoundUpper { get; init; }

    /// <summary>Guard MAX_CHANGE's limit, unless the caller gives another; infinite = none.</summary>
    public double MaxChange { get; init; } = double.PositiveInfinity;

    public bool Allows(double value)
    {
        if (Words is not null || !(value >= Lower && value <= Upper))
        {
            return false;
        }
        if (Values is not null)
        {
            return Array.BinarySearch(Values, value) >= 0;
        }
        return Step == 0 || Math.Abs(Math.Round((value - Lower) / Step) * Step + Lower - value) < 1e-9;
    }

    public bool Allows(string word) => Words is not null && Array.IndexOf(Words, word) >= 0;
}
