using RanCognition.Performance;

namespace RanCognition.Temporal.Logic;

/// <summary>Always or eventually over a fixed range of samples.</summary>
/// <param name="simd">Kernels to use.</param>
/// <param name="term">What must hold.</param>
/// <param name="isAlways">Always, else eventually.</param>
/// <param name="first">First lead of the window, from 1.</param>
/// <param name="last">Last lead of the window, at most the term's valid samples.</param>
internal sealed class NowWindow(SimdOps simd, InstantNode term, bool isAlways, int first, int last) : NowNode
{
    public override void Evaluate(int scenario)
    {
        term.Evaluate(scenario);
        Truth = Robustness.Extremum(simd, term.Truth.AsSpan(first - 1, last - first + 1), smallest: isAlways);
    }

    public override int SettledAt()
    {
        // The first sample that violates an always, or satisfies an eventually, settles it; the opposite is known at the end only.
        for (var lead = first; lead <= last; lead++)
        {
            var truth = term.Truth[lead - 1];
            if (isAlways ? Robustness.IsViolated(truth) : Robustness.IsSatisfied(truth))
            {
                return lead;
            }
        }
        return last;
    }
}
