namespace RanCognition.Temporal.Logic;

/// <summary><c>f until[a,b] g</c>: g holds at some sample in the window, and f at every sample before that one.</summary>
public sealed record UntilFormula(Formula Hold, TimeWindow Window, Formula Release) : Formula
{
    internal override IReadOnlyList<Formula> Children => [Hold, Release];
}
