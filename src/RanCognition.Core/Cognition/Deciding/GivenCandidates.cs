using System.Globalization;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>Candidates of the caller, with the present values; what changes nothing, or is said twice, is left out.</summary>
internal static class GivenCandidates
{
    public const string Source = "given";

    public static List<Candidate> Read(SituationView view, IReadOnlyList<IReadOnlyList<ConfigurationChange>> given)
    {
        List<Candidate> candidates = new(given.Count);
        for (int i = 0; i < given.Count; i++)
        {
            List<ConfigurationChange> actions = new(given[i].Count);
            for (int j = 0; j < given[i].Count; j++)
            {
                ConfigurationChange change = given[i][j];
                if (change.After is null or MetadataValue.Nothing)
                {
                    InvalidInputException.Throw(string.Create(CultureInfo.InvariantCulture, $"problem/candidates/{i}/{j}/after"), "is missing");
                }
                ConfigurationChange action = change with { Before = view.Configuration.Given(change.ManagedObject, change.Attribute) };
                if (!Equals(action.Before, action.After) && !actions.Contains(action))
                {
                    actions.Add(action);
                }
            }
            if (actions.Count > 0)
            {
                candidates.Add(new Candidate(Source, actions));
            }
        }
        return candidates;
    }
}
