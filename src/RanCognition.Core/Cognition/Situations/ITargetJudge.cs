using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Situations;

/// <summary>Tells which targets hold for observed values.</summary>
internal interface ITargetJudge
{
    /// <summary>Metrics, and quotients, that some target reads; each once.</summary>
    IReadOnlyList<MetricReference> References { get; }

    /// <summary>Targets.</summary>
    int Count { get; }

    /// <summary>Whether a target holds; null when a value that it needs is not known.</summary>
    /// <param name="target">0-based.</param>
    /// <param name="values">In the order of <see cref="References"/>; NaN where not known.</param>
    bool? Holds(int target, ReadOnlySpan<double> values);

    /// <summary>Whether a target reads a reference; what it does not read cannot change it.</summary>
    bool Reads(int target, int reference) => true;
}
