using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void Decision(Decision decision, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteDecision(json, decision);
        json.Flush();
    }

    internal static void WriteDecision(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject();
        json.WriteNumber("decision_id"u8, decision.DecisionId);
        json.WriteString("mode"u8, Word(decision.Mode));
        json.WriteString("problem_type"u8, decision.ProblemType);
        json.WriteNumber("time_ns"u8, decision.TimeNs);
        json.WriteNumber("seed"u8, decision.Seed);
        json.WritePropertyName("cause"u8);
        WriteCause(json, decision.Cause);
        json.WriteStartArray("causes"u8);
        foreach (CauseFinding cause in decision.Causes)
        {
            WriteCause(json, cause);
        }
        json.WriteEndArray();
        WriteActions(json, "actions"u8, decision.Actions);
        json.WriteString("reason"u8, decision.Reason);
        WriteAlternatives(json, decision.Alternatives);
        WriteExpected(json, decision.Expected);
        json.Number("confidence"u8, decision.Confidence);
        WriteTargets(json, decision.Targets);
        WriteEvidence(json, decision);
        WriteGuards(json, decision.Guards);
        WriteRollback(json, decision.Rollback);
        WriteExplanation(json, decision.Explanation);
        WriteTiming(json, decision.Timing);
        if (decision.Infeasible is { } conflicting)
        {
            json.WriteStartObject("infeasible"u8);
            json.Strings("constraints"u8, conflicting);
            json.WriteEndObject();
        }
        json.NumberOrNull("consciousness_level"u8, decision.ConsciousnessLevel);
        WriteIgnored(json, decision.Ignored);
        json.WriteNumber("execution_time"u8, decision.ExecutionTime);
        json.WriteEndObject();
    }

    private static void WriteCause(Utf8JsonWriter json, CauseFinding cause)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, cause.Name);
        json.Number("confidence"u8, cause.Confidence);
        json.WriteString("managedObject"u8, cause.ManagedObject);
        json.WriteString("metric"u8, cause.Metric);
        json.Number("samples"u8, cause.Samples);
        json.WriteStartArray("tests"u8);
        foreach (CauseTest test in cause.Tests)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, test.Name);
            json.WriteString("metric"u8, test.Metric);
            json.NumberOrNull("value"u8, test.Value);
            json.NumberOrNull("limit"u8, test.Limit);
            json.NumberOrNull("p_value"u8, test.PValue);
            json.WriteBoolean("holds"u8, test.Holds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAlternatives(Utf8JsonWriter json, IReadOnlyList<DecisionAlternative> alternatives)
    {
        json.WriteStartArray("alternatives"u8);
        foreach (DecisionAlternative alternative in alternatives)
        {
            json.WriteStartObject();
            WriteActions(json, "actions"u8, alternative.Actions);
            WriteExpected(json, alternative.Expected);
            json.Number("p_all_targets"u8, alternative.PAllTargets);
            json.WriteString("source"u8, alternative.Source);
            json.Strings("vetoes"u8, alternative.Vetoes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTargets(Utf8JsonWriter json, IReadOnlyList<TargetOutlook> targets)
    {
        json.WriteStartArray("targets"u8);
        foreach (TargetOutlook target in targets)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, target.Id);
            json.WriteString("expression"u8, target.Expression);
            json.NumberOrNull("probability"u8, target.Probability);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteEvidence(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject("evidence"u8);
        json.WriteStartArray("similar"u8);
        foreach (SimilarCase similar in decision.Similar)
        {
            json.WriteStartObject();
            json.WriteNumber("id"u8, similar.Id);
            json.Number("distance"u8, similar.Distance);
            json.NumberMap("outcome"u8, similar.Outcome);
            WriteActions(json, "action"u8, similar.Action);
            TruthOrNull(json, "success"u8, similar.Success);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.NumberMap("sensitivities"u8, decision.Sensitivities);
        json.WriteEndObject();
    }

    private static void WriteGuards(Utf8JsonWriter json, IReadOnlyList<GuardVerdict> guards)
    {
        json.WriteStartArray("guards"u8);
        foreach (GuardVerdict guard in guards)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, guard.Name);
            json.WriteBoolean("passed"u8, guard.Passed);
            json.WriteString("reason"u8, guard.Reason);
            if (guard.Vetoed.Count > 0)
            {
                WriteActions(json, "vetoed"u8, guard.Vetoed);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteRollback(Utf8JsonWriter json, RollbackPlan plan)
    {
        json.WriteStartObject("rollback"u8);
        json.WriteString("condition"u8, plan.Condition);
        json.WriteNumber("observe_ns"u8, plan.ObserveNs);
        WriteRestore(json, plan.Restore);
        json.WriteEndObject();
    }

    private static void WriteExplanation(Utf8JsonWriter json, IReadOnlyList<ExplanationSentence> sentences)
    {
        json.WriteStartArray("explanation"u8);
        foreach (ExplanationSentence sentence in sentences)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, sentence.Text);
            json.Strings("fields"u8, sentence.Fields);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTiming(Utf8JsonWriter json, StageTimes timing)
    {
        json.WriteStartObject("timing_ns"u8);
        json.WriteNumber("recall"u8, timing.Recall);
        json.WriteNumber("forecast"u8, timing.Forecast);
        json.WriteNumber("optimise"u8, timing.Optimise);
        json.WriteNumber("whatif"u8, timing.Whatif);
        json.WriteNumber("guards"u8, timing.Guards);
        json.WriteEndObject();
    }

    /// <summary>Changes with the value before, null where it is not known, and the one after.</summary>
    private static void WriteActions(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ConfigurationChange> actions)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < actions.Count; i++)
        {
            ConfigurationChange action = actions[i];
            json.WriteStartObject();
            json.WriteString("managedObject"u8, action.ManagedObject);
            json.WriteString("attribute"u8, action.Attribute);
            json.WritePropertyName("before"u8);
            WriteMetadata(json, action.Before ?? MetadataValue.Nothing.Instance);
            json.WritePropertyName("after"u8);
            WriteMetadata(json, action.After ?? MetadataValue.Nothing.Instance);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Values to set; null = the attribute had none.</summary>
    private static void WriteRestore(Utf8JsonWriter json, IReadOnlyList<ConfigurationChange> changes)
    {
        json.WriteStartArray("restore"u8);
        for (int i = 0; i < changes.Count; i++)
        {
            ConfigurationChange change = changes[i];
            json.WriteStartObject();
            json.WriteString("managedObject"u8, change.ManagedObject);
            json.WriteString("attribute"u8, change.Attribute);
            json.WritePropertyName("after"u8);
            WriteMetadata(json, change.After ?? MetadataValue.Nothing.Instance);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void TruthOrNull(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
