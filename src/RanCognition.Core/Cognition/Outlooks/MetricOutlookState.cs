using RanCognition.Contracts;

namespace RanCognition.Cognition.Outlooks;

/// <summary>One metric in the futures of a decision: what it is when nothing is changed, and the noise that every candidate meets.</summary>
internal sealed class MetricOutlookState
{
    /// <summary>Different sizes of an effect: so many equally likely ones stand for its distribution.</summary>
    public const int EffectLevels = 128;

    public required MetricPlace Place { get; init; }

    public required string Text { get; init; }

    /// <summary>Name of what ails its object; empty when nothing is known to.</summary>
    public required string Cause { get; init; }

    public required WindowFuture Future { get; init; }

    /// <summary>On the distance from p50, when nothing is changed.</summary>
    public required double IntervalScale { get; init; }

    /// <summary>The same when actions change it.</summary>
    public required double ChangedScale { get; init; }

    /// <summary>Of the model or the host when nothing is changed; NaN when it cannot tell.</summary>
    public required double Answer { get; init; }

    /// <summary>Value by future, before the interval's scale; empty when nothing is known.</summary>
    public double[] Values { get; set; } = [];

    /// <summary>The same with the interval's scale, which is what is judged.</summary>
    public double[] Judged { get; set; } = [];

    /// <summary>Place of the effect's size among <see cref="EffectLevels"/>, by future.</summary>
    public byte[] EffectPlaces { get; set; } = [];

    public required MetricExpectation Expected { get; set; }

    public double Mean { get; set; } = double.NaN;

    public bool IsKnown => Future.Values.Length > 0;

    /// <summary>Whether the values can be scaled: none is below 0.</summary>
    public bool IsNonNegative => Future.Lower >= 0;
}
