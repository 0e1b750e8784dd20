using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What a journal keeps of a decision.
public static partial class JsonOut
{
    internal static void WriteDecisionRecord(Utf8JsonWriter json, DecisionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        json.WriteStartObject();
        json.WriteNumber("decision_id"u8, record.Id);
        json.WriteNumber("time_ns"u8, record.TimeNs);
        Filled(json, "network_id"u8, record.NetworkId);
        Filled(json, "problem_type"u8, record.ProblemType);
        json.WriteString("mode"u8, Word(record.Mode));
        json.WriteString("status"u8, Word(record.Status));
        Filled(json, "cause"u8, record.CauseName);
        Filled(json, "managedObject"u8, record.ManagedObject);
        if (record.Actions.Count > 0)
        {
            WriteChanges(json, "actions"u8, record.Actions);
        }
        FilledStrings(json, "targets"u8, record.Targets);
        if (record.Expected.Count > 0)
        {
            WriteExpected(json, record.Expected, isRecord: true);
        }
        FilledNumbers(json, "before"u8, record.Before);
        FilledNumbers(json, "situation"u8, record.Situation);
        json.Number("raw_confidence"u8, record.RawConfidence);
        json.Number("confidence"u8, record.Confidence);
        json.Number("nothing_confidence"u8, record.NothingConfidence);
        if (record.RollbackCondition is { } condition)
        {
            json.WriteString("rollback_condition"u8, condition);
        }
        json.WriteNumber("observe_ns"u8, record.ObserveNs);
        FilledStrings(json, "vetoes"u8, record.Vetoes);
        if (record.Executed is { } executed)
        {
            json.WriteBoolean("executed"u8, executed);
        }
        if (record.ReportSequence != 0)
        {
            json.WriteNumber("report_sequence"u8, record.ReportSequence);
        }
        if (record.ReportedNs is { } reported)
        {
            json.WriteNumber("reported_ns"u8, reported);
        }
        FilledNumbers(json, "observed"u8, record.Observed);
        if (record.TargetsHeld is { } held)
        {
            json.WriteBoolean("targets_held"u8, held);
        }
        json.WriteEndObject();
    }

    /// <summary>Quantiles by metric; in a record also what is learned from them.</summary>
    private static void WriteExpected(Utf8JsonWriter json, IReadOnlyList<MetricExpectation> expected, bool isRecord = false)
    {
        json.WriteStartObject("expected"u8);
        foreach (MetricExpectation expectation in expected)
        {
            json.WriteStartObject(expectation.Metric);
            json.NumberOrNull("p10"u8, expectation.P10);
            json.NumberOrNull("p50"u8, expectation.P50);
            json.NumberOrNull("p90"u8, expectation.P90);
            if (isRecord && expectation.Scale != 1)
            {
                json.Number("scale"u8, expectation.Scale);
            }
            if (isRecord && expectation.IsChanged)
            {
                json.WriteBoolean("changed"u8, true);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void FilledStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            json.Strings(name, values);
        }
    }

    private static void FilledNumbers(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        if (values.Count > 0)
        {
            json.NumberMap(name, values);
        }
    }

    internal static ReadOnlySpan<byte> Word(DecisionMode mode) => mode switch
    {
        DecisionMode.Shadow => "SHADOW"u8,
        DecisionMode.Autonomous => "AUTONOMOUS"u8,
        _ => "ASSIST"u8,
    };

    internal static ReadOnlySpan<byte> Word(DecisionStatus status) => status switch
    {
        DecisionStatus.Kept => "KEPT"u8,
        DecisionStatus.RollBackAdvised => "ROLL_BACK"u8,
        DecisionStatus.RolledBack => "ROLLED_BACK"u8,
        _ => "OPEN"u8,
    };
}
