namespace RanCognition.Temporal.Logic;

/// <summary><c>always[a,b](f)</c> or <c>eventually[a,b](f)</c>.</summary>
/// <param name="IsAlways">True for always, false for eventually.</param>
/// <param name="Window">Window relative to the instant of evaluation.</param>
/// <param name="Term">What must hold at every, or at some, sample in it.</param>
public sealed record WindowedFormula(bool IsAlways, TimeWindow Window, Formula Term) : Formula
{
    internal override IReadOnlyList<Formula> Children => [Term];
}
