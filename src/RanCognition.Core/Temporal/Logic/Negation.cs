namespace RanCognition.Temporal.Logic;

/// <summary><c>not (f)</c>.</summary>
public sealed record Negation(Formula Term) : Formula
{
    internal override IReadOnlyList<Formula> Children => [Term];
}
