using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Explaining;

/// <summary>Sentences made of fields of a decision: every number in them is the value of a field that they name.</summary>
internal static class ExplanationWriter
{
    private const int ActionsTold = 5;
    private const int ExpectationsTold = 4;
    private const int TestsTold = 2;

    public static List<ExplanationSentence> Write(Decision decision)
    {
        List<ExplanationSentence> sentences = [];
        Cause(sentences, decision.Cause);
        Infeasible(sentences, decision);
        Actions(sentences, decision);
        Expectations(sentences, decision);
        Confidence(sentences, decision);
        Evidence(sentences, decision);
        Guards(sentences, decision);
        Rollback(sentences, decision);
        return sentences;
    }

    private static void Cause(List<ExplanationSentence> sentences, CauseFinding cause)
    {
        string where = cause.ManagedObject.Length == 0 ? "" : cause.ManagedObject + ": ";
        List<string> fields = ["/cause/name", "/cause/confidence"];
        if (cause.ManagedObject.Length > 0)
        {
            fields.Add("/cause/managedObject");
        }
        sentences.Add(new ExplanationSentence($"{where}{cause.Name}, with a probability of {NumberText.Percent(cause.Confidence)}.", fields));
        int told = 0;
        for (int i = 0; i < cause.Tests.Count && told < TestsTold; i++)
        {
            CauseTest test = cause.Tests[i];
            if (test.Value is not { } value || test.Limit is not { } limit || !test.Holds)
            {
                continue;
            }
            string place = string.Create(CultureInfo.InvariantCulture, $"/cause/tests/{i}/");
            sentences.Add(new ExplanationSentence(
                $"{test.Name} is {NumberText.Of(value)}, held against {NumberText.Of(limit)}.", [place + "name", place + "value", place + "limit"]));
            told++;
        }
    }

    private static void Infeasible(List<ExplanationSentence> sentences, Decision decision)
    {
        if (decision.Infeasible is not null)
        {
            sentences.Add(new ExplanationSentence("No value satisfies these constraints together.", ["/infeasible/constraints"]));
        }
    }

    private static void Actions(List<ExplanationSentence> sentences, Decision decision)
    {
        if (decision.Actions.Count == 0)
        {
            sentences.Add(new ExplanationSentence("Nothing is changed.", ["/actions", "/reason"]));
        }
        for (int i = 0; i < Math.Min(decision.Actions.Count, ActionsTold); i++)
        {
            ConfigurationChange action = decision.Actions[i];
            string place = string.Create(CultureInfo.InvariantCulture, $"/actions/{i}/");
            string what = $"{action.Attribute} of {action.ManagedObject}";
            string after = Text(action.After);
            if (action.Before is null or MetadataValue.Nothing)
            {
                sentences.Add(new ExplanationSentence($"{what} is set to {after}.", [place + "managedObject", place + "attribute", place + "after"]));
                continue;
            }
            sentences.Add(new ExplanationSentence(
                $"{what} goes from {Text(action.Before)} to {after}.", [place + "managedObject", place + "attribute", place + "before", place + "after"]));
        }
        if (decision.Actions.Count > ActionsTold)
        {
            sentences.Add(new ExplanationSentence("There are further changes.", ["/actions"]));
        }
    }

    private static void Expectations(List<ExplanationSentence> sentences, Decision decision)
    {
        int told = 0;
        foreach (MetricExpectation metric in decision.Expected)
        {
            if (metric.P50 is not { } middle || metric.P10 is not { } low || metric.P90 is not { } high || told == ExpectationsTold)
            {
                continue;
            }
            string place = "/expected/" + Escaped(metric.Metric) + "/";
            sentences.Add(new ExplanationSentence(
                $"{metric.Metric} is expected to be {NumberText.Of(middle)}, most likely between {NumberText.Of(low)} and {NumberText.Of(high)}.", [place + "p50", place + "p10", place + "p90"]));
            told++;
        }
    }

    private static void Confidence(List<ExplanationSentence> sentences, Decision decision)
    {
        sentences.Add(decision.Targets.Count == 0
            ? new ExplanationSentence("There are no targets that could be missed.", ["/targets", "/confidence"])
            : new ExplanationSentence($"All targets hold with a probability of {NumberText.Percent(decision.Confidence)}.", ["/confidence"]));
    }

    private static void Evidence(List<ExplanationSentence> sentences, Decision decision)
    {
        if (decision.Similar.Count == 0)
        {
            return;
        }
        SimilarCase nearest = decision.Similar[0];
        string end = nearest.Success switch { true => ", and what was done then was kept", false => ", and what was done then did not help", _ => "" };
        List<string> fields = ["/evidence/similar/0/id", "/evidence/similar/0/distance"];
        if (nearest.Success is not null)
        {
            fields.Add("/evidence/similar/0/success");
        }
        sentences.Add(new ExplanationSentence($"The most similar case is episode {NumberText.Of(nearest.Id)} at a distance of {NumberText.Of(nearest.Distance)}{end}.", fields));
    }

    private static void Guards(List<ExplanationSentence> sentences, Decision decision)
    {
        for (int i = 0; i < decision.Guards.Count; i++)
        {
            if (!decision.Guards[i].Passed)
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"/guards/{i}/");
                sentences.Add(new ExplanationSentence($"{decision.Guards[i].Name} took changes out.", [place + "name", place + "passed", place + "reason"]));
            }
        }
    }

    private static void Rollback(List<ExplanationSentence> sentences, Decision decision)
    {
        if (decision.Rollback.Condition is not null)
        {
            sentences.Add(new ExplanationSentence(
                $"The outcome is watched for {NumberText.Of(decision.Rollback.ObserveNs)} ns; the old values come back when the rollback condition holds.", ["/rollback/observe_ns", "/rollback/condition", "/rollback/restore"]));
        }
    }

    private static string Text(MetadataValue? value) => value switch
    {
        MetadataValue.Number number => number.Exact ?? NumberText.Of(number.Value),
        MetadataValue.Text text => text.Value,
        MetadataValue.Truth truth => truth.Value ? "true" : "false",
        _ => "null",
    };

    /// <summary>A name as a step of a JSON pointer (RFC 6901).</summary>
    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
