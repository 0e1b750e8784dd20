namespace RanCognition.Temporal.Logic;

/// <summary>Until over a fixed range of samples; what is undecided is treated as in <see cref="UntilNode"/>.</summary>
/// <param name="hold">What holds before the release, from lead 1.</param>
/// <param name="release">What ends it.</param>
/// <param name="first">First lead at which it may end, from 1.</param>
/// <param name="last">Last lead at which it may end.</param>
internal sealed class NowUntil(InstantNode hold, InstantNode release, int first, int last) : NowNode
{
    private int _settled;

    public override void Evaluate(int scenario)
    {
        hold.Evaluate(scenario);
        release.Evaluate(scenario);
        var kept = double.PositiveInfinity;
        var best = double.NegativeInfinity;
        _settled = 0;
        for (var lead = 1; lead <= last; lead++)
        {
            var releases = release.Truth[lead - 1];
            if (lead >= first && !double.IsNaN(releases))
            {
                best = Robustness.Higher(best, Robustness.Lower(releases, kept));
            }
            var holds = hold.Truth[lead - 1];
            kept = double.IsNaN(holds) ? kept : Robustness.Lower(kept, holds);
            // Settled once it is released, or can no longer be.
            if (_settled == 0 && (!double.IsNegative(best) || double.IsNegative(kept)))
            {
                _settled = lead;
            }
        }
        _settled = _settled == 0 ? last : _settled;
        Truth = double.IsNegativeInfinity(best) ? double.NaN : best;
    }

    public override int SettledAt() => _settled;
}
