namespace RanCognition.Temporal.Logic;

/// <summary>Always or eventually, at every sample whose window lies within the paths.</summary>
/// <param name="term">What must hold.</param>
/// <param name="isAlways">Always, else eventually.</param>
/// <param name="first">First sample of the window, steps after the instant.</param>
/// <param name="last">Last sample of the window, or -1 for the end of the paths.</param>
internal sealed class WindowNode(InstantNode term, bool isAlways, int first, int last)
    : InstantNode(term.Valid - Math.Max(first, last))
{
    private readonly SlidingExtremum _extremum = new(term.Valid);

    public override void Evaluate(int scenario)
    {
        term.Evaluate(scenario);
        if (last < 0)
        {
            SlidingExtremum.Open(term.Truth, first, isAlways, Truth);
        }
        else
        {
            _extremum.Bounded(term.Truth, first, last, isAlways, Truth);
        }
    }
}
