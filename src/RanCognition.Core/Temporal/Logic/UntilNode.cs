namespace RanCognition.Temporal.Logic;

/// <summary>Until, at every sample whose window lies within the paths, in O(samples) whatever the window.</summary>
/// <remarks>
/// By the rewriting of Donzé, Ferrère and Maler (2013): f until[a,b] g is the least of f over [0, a), of (f until g) at a, and of the
/// greatest g over [a, b]. A sample at which g is undecided cannot be the one that releases; one at which f is undecided is skipped.
/// </remarks>
/// <param name="hold">What holds before the release.</param>
/// <param name="release">What ends it.</param>
/// <param name="first">First sample of the window, steps after the instant.</param>
/// <param name="last">Last sample of the window, or -1 for the end of the paths.</param>
/// <param name="common">Samples at which both terms can be evaluated.</param>
internal sealed class UntilNode(InstantNode hold, InstantNode release, int first, int last, int common)
    : InstantNode(common - Math.Max(first, last))
{
    private readonly SlidingExtremum _extremum = new(common);
    private readonly double[] _unbounded = new double[common];
    private readonly double[] _released = new double[common];

    public override void Evaluate(int scenario)
    {
        hold.Evaluate(scenario);
        release.Evaluate(scenario);
        var holds = hold.Truth.AsSpan(0, common);
        var releases = release.Truth.AsSpan(0, common);
        var later = double.NegativeInfinity;
        for (var i = common - 1; i >= 0; i--)
        {
            var kept = double.IsNaN(holds[i]) ? later : Robustness.Lower(holds[i], later);
            later = double.IsNaN(releases[i]) ? kept : Robustness.Higher(releases[i], kept);
            _unbounded[i] = later;
        }
        if (last >= 0)
        {
            _extremum.Bounded(releases, first, last, smallest: false, _released.AsSpan(0, Valid));
        }
        if (first > 0)
        {
            _extremum.Bounded(holds, 0, first - 1, smallest: true, Truth);
        }
        for (var i = 0; i < Truth.Length; i++)
        {
            var truth = _unbounded[i + first];
            if (last >= 0)
            {
                truth = double.IsNaN(_released[i]) ? double.NegativeInfinity : Robustness.Lower(truth, _released[i]);
            }
            truth = first > 0 && !double.IsNaN(Truth[i]) ? Robustness.Lower(truth, Truth[i]) : truth;
            Truth[i] = double.IsNegativeInfinity(truth) ? double.NaN : truth;
        }
    }
}
