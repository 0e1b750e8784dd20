using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>Guard LOW_CONFIDENCE: a decision whose targets are not likely enough to hold is not made. A veto takes out all changes.</summary>
internal static class ConfidenceGuard
{
    /// <param name="confidence">Probability of all targets with the changes.</param>
    /// <param name="least">What it must reach.</param>
    /// <param name="changes">The candidate's; doing nothing always passes.</param>
    public static GuardVerdict Examine(double confidence, double least, IReadOnlyList<ConfigurationChange> changes)
    {
        if (changes.Count == 0)
        {
            return new GuardVerdict { Name = GuardNames.LowConfidence, Passed = true, Reason = "nothing is changed" };
        }
        bool isLow = !(confidence >= least);
        return new GuardVerdict
        {
            Name = GuardNames.LowConfidence,
            Passed = !isLow,
            Reason = $"confidence {GuardText.Number(confidence)} is {(isLow ? "below" : "at least")} {GuardText.Number(least)}",
            Vetoed = isLow ? changes : [],
        };
    }
}
