namespace RanCognition.Temporal.Logic;

/// <summary><c>during[t1,t2](f)</c>: f holds at every sample between two absolute times, ns since the epoch. Only outermost.</summary>
/// <param name="StartNs">First moment, ns since the epoch.</param>
/// <param name="EndNs">Last moment, ns since the epoch; <see cref="TimeWindow.OpenEnd"/> = for ever.</param>
/// <param name="Term">What must hold.</param>
public sealed record DuringFormula(ulong StartNs, ulong EndNs, Formula Term) : Formula
{
    internal override IReadOnlyList<Formula> Children => [Term];
}
