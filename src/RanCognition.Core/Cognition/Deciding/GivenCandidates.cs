using System.Globalization;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>Candidates of the caller, with the present values.</summary>
internal static class GivenCandidates
{
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
                actions.Add(change with { Before = view.Configuration.Given(change.ManagedObject, change.Attribute) });
            }
            candidates.Add(new Candidate("given", actions));
        }
        return candidates;
    }
}
