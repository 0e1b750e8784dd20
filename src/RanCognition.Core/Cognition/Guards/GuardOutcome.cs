using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>What the guards leave of a candidate.</summary>
/// <param name="Kept">Changes that no guard takes out, in their order.</param>
/// <param name="Verdicts">Of every guard that was evaluated.</param>
internal sealed record GuardOutcome(IReadOnlyList<ConfigurationChange> Kept, IReadOnlyList<GuardVerdict> Verdicts)
{
    /// <summary>Names of the guards that took something out.</summary>
    public IReadOnlyList<string> Vetoes()
    {
        List<string> names = [];
        foreach (GuardVerdict verdict in Verdicts)
        {
            if (!verdict.Passed)
            {
                names.Add(verdict.Name);
            }
        }
        return names;
    }
}
