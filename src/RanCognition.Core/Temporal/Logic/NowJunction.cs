namespace RanCognition.Temporal.Logic;

/// <summary>And, or.</summary>
internal sealed class NowJunction(NowNode[] terms, bool isAnd) : NowNode
{
    public override void Evaluate(int scenario)
    {
        terms[0].Evaluate(scenario);
        var truth = terms[0].Truth;
        for (var t = 1; t < terms.Length; t++)
        {
            terms[t].Evaluate(scenario);
            truth = isAnd ? Robustness.And(truth, terms[t].Truth) : Robustness.Or(truth, terms[t].Truth);
        }
        Truth = truth;
    }

    public override int SettledAt()
    {
        // A violated and is settled by its first violated term; a satisfied one by its last. An or is the mirror of it.
        var byOne = isAnd ? Robustness.IsViolated(Truth) : Robustness.IsSatisfied(Truth);
        var settled = byOne ? int.MaxValue : 0;
        foreach (var term in terms)
        {
            var agrees = double.IsNegative(term.Truth) == double.IsNegative(Truth) && !double.IsNaN(term.Truth);
            if (agrees)
            {
                settled = byOne ? Math.Min(settled, term.SettledAt()) : Math.Max(settled, term.SettledAt());
            }
        }
        return settled;
    }
}
