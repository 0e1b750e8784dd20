using RanCognition.Cognition.Situations;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Outlooks;

/// <summary>A metric, and where it is measured: split once, asked often.</summary>
internal sealed class MetricPlace
{
    public MetricPlace(MetricReference reference)
    {
        Reference = reference;
        Family = MetricFamily.Of(reference);
        ManagedObject = MetricFamily.ObjectOf(reference);
        IsRelation = ManagedObjects.TryRelation(ManagedObject, out string from, out string to);
        (From, To) = (from, to);
        Cell = ManagedObjects.CellOf(ManagedObject);
        UpperBound = reference.IsRatio ? 1 : MetricFamily.UpperBoundOf(reference);
    }

    public MetricReference Reference { get; }

    public string Family { get; }

    /// <summary>Empty for a metric of the whole network.</summary>
    public string ManagedObject { get; }

    public bool IsRelation { get; }

    /// <summary>Cell that a relation is from; empty otherwise.</summary>
    public string From { get; }

    public string To { get; }

    /// <summary>Name of the cell that is measured; null when it is none.</summary>
    public string? Cell { get; }

    /// <summary>Largest value that the name lets expect; of a quotient 1, unless more was seen.</summary>
    public double UpperBound { get; }
}
