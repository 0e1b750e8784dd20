using RanCognition.Contracts;

namespace RanCognition.Cognition.Situations;

/// <summary>Something that can tell what metrics would be after changes: the network model, or the host.</summary>
internal interface IOutcomeAnswers
{
    /// <summary>Value of each metric after the changes; NaN where it cannot be told.</summary>
    /// <param name="actions">Changes to the present setting; none = as it is.</param>
    /// <param name="metrics">Keys, object prefix included.</param>
    double[] Values(IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics);
}
