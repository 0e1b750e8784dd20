using RanCognition.Contracts;

namespace RanCognition.Cognition.Recalling;

/// <summary>What makes one situation like another: the tests of its cause, and the present state.</summary>
internal static class SituationFeatures
{
    private const int FeaturesMax = 64;

    public static List<KeyValuePair<string, double>> Of(DecisionProblem question, CauseFinding cause)
    {
        List<KeyValuePair<string, double>> features = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (CauseTest test in cause.Tests)
        {
            if (test.Value is { } value && double.IsFinite(value) && features.Count < FeaturesMax && names.Add(test.Name))
            {
                features.Add(new KeyValuePair<string, double>(test.Name, value));
            }
        }
        foreach ((string metric, double value) in question.Problem.CurrentState)
        {
            if (double.IsFinite(value) && features.Count < FeaturesMax && names.Add(metric))
            {
                features.Add(new KeyValuePair<string, double>(metric, value));
            }
        }
        return features;
    }
}
