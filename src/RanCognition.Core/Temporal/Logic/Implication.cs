namespace RanCognition.Temporal.Logic;

/// <summary><c>f -> g</c>: not f, or g.</summary>
public sealed record Implication(Formula Premise, Formula Conclusion) : Formula
{
    internal override IReadOnlyList<Formula> Children => [Premise, Conclusion];
}
