namespace RanCognition.Temporal.Logic;

/// <summary>And, or, at every sample; an implication is an or whose first term is negated.</summary>
internal sealed class JunctionNode(InstantNode[] terms, bool isAnd, int valid) : InstantNode(valid)
{
    public override void Evaluate(int scenario)
    {
        terms[0].Evaluate(scenario);
        terms[0].Truth.AsSpan(0, Valid).CopyTo(Truth);
        for (var t = 1; t < terms.Length; t++)
        {
            terms[t].Evaluate(scenario);
            var other = terms[t].Truth;
            for (var i = 0; i < Truth.Length; i++)
            {
                Truth[i] = isAnd ? Robustness.And(Truth[i], other[i]) : Robustness.Or(Truth[i], other[i]);
            }
        }
    }
}
