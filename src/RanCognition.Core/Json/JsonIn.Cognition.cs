using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>Empty text gives the defaults.</summary>
    public static CognitiveOptions CognitiveOptions(ReadOnlySpan<byte> text, string argument)
    {
        CognitiveOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "path": options = options with { Path = isNull ? null : ReadPath(ref json) }; break;
                case "record_to": options = options with { RecordTo = isNull ? null : ReadPath(ref json) }; break;
                case "seed": options = options with { Seed = OptionalWhole(ref json) }; break;
                case "max_message_bytes": options = options with { MaxMessageBytes = json.OptionalWhole(1, CognitiveLimits.MessageBytesMax) ?? options.MaxMessageBytes }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        return options with { Ignored = ignored };
    }

    /// <summary>A question to decide: a problem or an intent of TS 28.312, and what else is known. Every member may be missing.</summary>
    public static DecisionProblem DecisionProblem(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        DecisionProblem problem = new DecisionProblemReader().Read(ref json);
        json.End();
        return problem;
    }

    /// <summary>A question with the constraints given beside it, objects or texts (empty text = none); what was not used of either is noted in the problem, each by its pointer.</summary>
    public static (DecisionProblem Problem, IReadOnlyList<Constraint> Constraints) DecisionQuestion(
        ReadOnlySpan<byte> problemText, string problemArgument, ReadOnlySpan<byte> constraintsText, string constraintsArgument)
    {
        DecisionProblem question = DecisionProblem(problemText, problemArgument);
        List<IgnoredField> ignored = [];
        List<Constraint> constraints = Constraints(constraintsText, constraintsArgument, ignored, takesTexts: true);
        return (question with { Problem = question.Problem with { Ignored = [.. question.Problem.Ignored, .. ignored] } }, constraints);
    }

    /// <summary>What came of a decision.</summary>
    public static DecisionOutcome DecisionOutcome(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object with decision_id and observed");
        List<IgnoredField> ignored = [];
        ulong? decision = null;
        ulong? time = null;
        IReadOnlyList<KeyValuePair<string, double>> observed = [];
        bool? executed = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "decision_id": decision = json.Whole(); break;
                case "time_ns": time = OptionalWhole(ref json); break;
                case "observed": observed = json.IsNull ? [] : ReadNumbers(ref json, ignored, CognitiveLimits.MetricsMax, "null: not observed"); break;
                case "executed": executed = json.OptionalBoolean(); break;
                case "op": json.Skip(); break;   // of the task that it stands in
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (decision is null)
        {
            json.Refuse("field 'decision_id' is missing");
        }
        json.End();
        return new DecisionOutcome { DecisionId = decision.Value, TimeNs = time, Observed = observed, Executed = executed, Ignored = ignored };
    }

    /// <summary>Present settings by managed object and attribute; null = not known.</summary>
    internal static List<AttributeSetting> ReadConfiguration(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of managed objects");
        List<AttributeSetting> settings = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? managedObject))
        {
            CheckName(ref json, managedObject);
            json.Expect(JsonTokenType.StartObject, "an object of attributes");
            FieldNames attributes = default;
            while (json.NextField(ref attributes, out string? attribute))
            {
                CheckName(ref json, attribute);
                MetadataValue value = json.Scalar();
                if (value is not MetadataValue.Nothing)
                {
                    settings.Add(new AttributeSetting(managedObject, attribute, value));
                }
                json.LeaveField();
            }
            json.LeaveField();
        }
        return settings;
    }

    /// <summary>Sets of changes to choose from.</summary>
    internal static List<IReadOnlyList<ConfigurationChange>> ReadCandidates(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of candidates");
        List<IReadOnlyList<ConfigurationChange>> candidates = [];
        while (json.NextElement(candidates.Count))
        {
            RefuseMore(ref json, candidates.Count, CognitiveLimits.CandidatesMax, "candidates");
            candidates.Add(ReadCandidate(ref json, ignored));
            json.LeaveElement();
        }
        return candidates;
    }

    private static List<ConfigurationChange> ReadCandidate(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of changes");
        List<ConfigurationChange> changes = [];
        Dictionary<(string, string), MetadataValue> set = [];
        while (json.NextElement(changes.Count))
        {
            RefuseMore(ref json, changes.Count, CognitiveLimits.ActionsMax, "changes");
            ConfigurationChange change = ReadChange(ref json, ignored);
            if (change.After is null or MetadataValue.Nothing)
            {
                json.Refuse("field 'after' is missing");
            }
            if (!set.TryAdd((change.ManagedObject, change.Attribute), change.After) && !set[(change.ManagedObject, change.Attribute)].Equals(change.After))
            {
                json.RefuseValue($"{change.Attribute} of {change.ManagedObject} is set to another value before");
            }
            changes.Add(change);
            json.LeaveElement();
        }
        return changes;
    }
}
