using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>A candidate, what guards leave of it, and what would come of that.</summary>
internal sealed class WeighedCandidate
{
    public required Candidate Proposed { get; init; }

    /// <summary>Changes that no guard took out.</summary>
    public required IReadOnlyList<ConfigurationChange> Kept { get; set; }

    public required Outlook Outlook { get; init; }

    /// <summary>Calibrated probability of all targets with what is kept.</summary>
    public required double Probability { get; init; }

    /// <summary>What ails, in units of what it would be if nothing was done, summed over the causes; smaller is better.</summary>
    public required double Ailment { get; init; }

    /// <summary>Names of the guards that took something out.</summary>
    public required List<string> Vetoes { get; init; }

    /// <summary>A guard forbids the whole.</summary>
    public bool IsForbidden { get; set; }
}
