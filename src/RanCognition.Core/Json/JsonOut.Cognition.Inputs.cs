using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What the calls of a cognitive core take, as JsonIn reads it. What is absent in a record is left out, as are the notes of what was ignored when it was read.
public static partial class JsonOut
{
    internal static void WriteCognitiveOptions(Utf8JsonWriter json, CognitiveOptions options)
    {
        json.WriteStartObject();
        Filled(json, "path"u8, options.Path);
        Filled(json, "record_to"u8, options.RecordTo);
        Optional(json, "seed"u8, options.Seed);
        json.WriteNumber("max_message_bytes"u8, options.MaxMessageBytes);
        json.WriteEndObject();
    }

    /// <summary>What is JSON stands in it as it is, a message of another kind as a string.</summary>
    internal static void WriteCognitiveOperation(Utf8JsonWriter json, CognitiveOperation operation)
    {
        json.WriteStartObject();
        switch (operation.Kind)
        {
            case CognitiveOperationKind.Decide:
                json.WriteString("op"u8, "decide"u8);
                json.WritePropertyName("problem"u8);
                json.WriteRawValue(operation.First.Span);
                if (!operation.Second.IsEmpty)
                {
                    json.WritePropertyName("constraints"u8);
                    json.WriteRawValue(operation.Second.Span);
                }
                break;
            case CognitiveOperationKind.ReportOutcome:
                json.WriteString("op"u8, "report_outcome"u8);
                json.WritePropertyName("outcome"u8);
                json.WriteRawValue(operation.First.Span);
                break;
            case CognitiveOperationKind.Rollback:
                json.WriteString("op"u8, "rollback"u8);
                json.WriteNumber("decision_id"u8, operation.DecisionId);
                break;
            case CognitiveOperationKind.GetState: json.WriteString("op"u8, "get_state"u8); break;
            case CognitiveOperationKind.Ingest:
                json.WriteString("op"u8, "ingest"u8);
                json.WritePropertyName("message"u8);
                if (JsonIn.IsRecordable(operation.First.Span))
                {
                    json.WriteRawValue(operation.First.Span, skipInputValidation: true);
                }
                else
                {
                    json.WriteStringValue(operation.First.Span);
                }
                break;
            default: throw new ArgumentException($"no operation that JSON knows: {(byte)operation.Kind}", nameof(operation));
        }
        json.WriteEndObject();
    }

    internal static void WriteDecisionOutcome(Utf8JsonWriter json, DecisionOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteNumber("decision_id"u8, outcome.DecisionId);
        Optional(json, "time_ns"u8, outcome.TimeNs);
        json.NumberMap("observed"u8, outcome.Observed);
        if (outcome.Executed is { } executed)
        {
            json.WriteBoolean("executed"u8, executed);
        }
        json.WriteEndObject();
    }

    internal static void WriteDecisionProblem(Utf8JsonWriter json, DecisionProblem question)
    {
        json.WriteStartObject();
        WriteProblemMembers(json, question.Problem);
        json.WriteString("mode"u8, Word(question.Mode));
        if (question.Candidates is { } candidates)
        {
            json.WriteStartArray("candidates"u8);
            foreach (IReadOnlyList<ConfigurationChange> candidate in candidates)
            {
                json.WriteStartArray();
                foreach (ConfigurationChange change in candidate)
                {
                    WriteChange(json, change.ManagedObject, change.Attribute, change.Before, change.After);
                }
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        if (question.Network is { } network)
        {
            json.WritePropertyName("network"u8);
            WriteNetworkModel(json, network);
        }
        WriteGuardSettings(json, question.Guards);
        FilledStrings(json, "protected"u8, question.Protected);
        WriteConfiguration(json, question.Configuration);
        Optional(json, "time_ns"u8, question.TimeNs);
        Optional(json, "observe_ns"u8, question.ObserveNs);
        if (question.RollbackCondition is { } condition)
        {
            json.WriteString("rollback_condition"u8, condition);
        }
        json.Number("target_probability"u8, question.TargetProbability);
        if (question.Commands.Count > 0)
        {
            json.WriteStartArray("commands"u8);
            foreach (ControlCommand command in question.Commands)
            {
                WriteCommand(json, command);
            }
            json.WriteEndArray();
        }
        if (question.Intent is { } intent)
        {
            WriteIntent(json, intent);
        }
        json.WriteEndObject();
    }

    private static void WriteGuardSettings(Utf8JsonWriter json, GuardSettings guards)
    {
        json.WriteStartObject("guards"u8);
        WriteGuard(json, GuardNames.InsufficientSamples, guards.InsufficientSamples, () => json.Number("min_attempts"u8, guards.MinAttempts));
        WriteGuard(json, GuardNames.Pacing, guards.Pacing, () => json.WriteNumber("min_interval_ns"u8, guards.PacingNs));
        WriteGuard(json, GuardNames.AtBound, guards.AtBound, () => WriteBounds(json, guards.Bounds));
        WriteGuard(json, GuardNames.MaxChange, guards.MaxChange, () => WriteMaxChanges(json, guards.MaxChanges));
        WriteGuard(json, GuardNames.LowConfidence, guards.LowConfidence, () => json.Number("min"u8, guards.MinConfidence));
        WriteGuard(json, GuardNames.TargetAsleep, guards.TargetAsleep, static () => { });
        WriteGuard(json, GuardNames.TargetRecentlyWoken, guards.TargetRecentlyWoken, () => json.WriteNumber("min_ns"u8, guards.WokenNs));
        WriteGuard(json, GuardNames.Conflict, guards.Conflict, static () => { });
        if (guards.AllowedAttributes is { } allowed)
        {
            json.WriteStartObject(GuardNames.NotAllowed);
            json.Strings("attributes"u8, allowed);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>The settings of one guard, or false.</summary>
    private static void WriteGuard(Utf8JsonWriter json, string guard, bool isOn, Action settings)
    {
        if (!isOn)
        {
            json.WriteBoolean(guard, false);
            return;
        }
        json.WriteStartObject(guard);
        settings();
        json.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, (double Lower, double Upper)>> bounds)
    {
        foreach ((string attribute, (double lower, double upper)) in bounds)
        {
            json.WriteStartArray(attribute);
            json.Number(lower);
            json.Number(upper);
            json.WriteEndArray();
        }
    }

    private static void WriteMaxChanges(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, double>> changes)
    {
        foreach ((string attribute, double change) in changes)
        {
            NamedNumber(json, attribute, change);
        }
    }

    /// <summary>By managed object, in the order in which each is first named.</summary>
    private static void WriteConfiguration(Utf8JsonWriter json, IReadOnlyList<AttributeSetting> settings)
    {
        if (settings.Count == 0)
        {
            return;
        }
        Dictionary<string, List<AttributeSetting>> byObject = new(StringComparer.Ordinal);
        List<string> order = [];
        foreach (AttributeSetting setting in settings)
        {
            if (!byObject.TryGetValue(setting.ManagedObject, out List<AttributeSetting>? own))
            {
                byObject.Add(setting.ManagedObject, own = []);
                order.Add(setting.ManagedObject);
            }
            own.Add(setting);
        }
        json.WriteStartObject("configuration"u8);
        foreach (string managedObject in order)
        {
            json.WriteStartObject(managedObject);
            foreach (AttributeSetting setting in byObject[managedObject])
            {
                json.WritePropertyName(setting.Attribute);
                WriteMetadata(json, setting.Value);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteIntent(Utf8JsonWriter json, NetworkIntent intent)
    {
        json.WriteStartObject("intent"u8);
        json.WriteString("id"u8, intent.Id);
        json.WriteStartArray("intentExpectations"u8);
        foreach (IntentExpectation expectation in intent.Expectations)
        {
            json.WriteStartObject();
            json.WriteString("expectationId"u8, expectation.Id);
            if (expectation.Objects.Count > 0)
            {
                json.WriteStartObject("expectationObject"u8);
                json.Strings("objectInstance"u8, expectation.Objects);
                json.WriteEndObject();
            }
            json.WriteStartArray("expectationTargets"u8);
            foreach (IntentTarget target in expectation.Targets)
            {
                json.WriteStartObject();
                json.WriteString("targetName"u8, target.Name);
                json.WriteString("targetCondition"u8, target.Condition);
                OptionalNumbers(json, "targetValueRange"u8, target.Values);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
