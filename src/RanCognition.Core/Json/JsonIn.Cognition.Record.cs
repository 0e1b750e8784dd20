using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What a journal keeps of a decision. Members that are not known are passed over, so that an older library reads what a newer one wrote.
public static partial class JsonIn
{
    internal static DecisionRecord ReadDecisionRecord(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        DecisionRecord record = new();
        List<IgnoredField> ignored = [];
        string? mode = null;
        string? status = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "mode":
                    mode = json.KnownString();
                    record = record with { Mode = ModeOf(ref json, mode) };
                    break;
                case "status":
                    status = json.KnownString();
                    record = record with { Status = StatusOf(ref json, status) };
                    break;
                default: record = ReadRecordMember(ref json, name, record, ignored); break;
            }
            json.LeaveField();
        }
        if (record.Id == 0 || mode is null || status is null)
        {
            json.Refuse($"field '{(record.Id == 0 ? "decision_id" : mode is null ? "mode" : "status")}' is missing");
        }
        return record;
    }

    private static DecisionRecord ReadRecordMember(ref JsonCursor json, string name, DecisionRecord record, List<IgnoredField> ignored)
    {
        switch (name)
        {
            case "decision_id": return record with { Id = json.WholeWithin(1, ulong.MaxValue) };
            case "time_ns": return record with { TimeNs = json.Whole() };
            case "network_id": return record with { NetworkId = json.KnownString() };
            case "problem_type": return record with { ProblemType = json.KnownString() };
            case "cause": return record with { CauseName = json.KnownString() };
            case "managedObject": return record with { ManagedObject = json.KnownString() };
            case "actions": return record with { Actions = ReadAction(ref json, ignored, CognitiveLimits.ActionsMax) };
            case "targets": return record with { Targets = ReadStrings(ref json) };
            case "expected": return record with { Expected = ReadExpected(ref json) };
            case "before": return record with { Before = ReadKeptNumbers(ref json) };
            case "situation": return record with { Situation = ReadKeptNumbers(ref json) };
            case "raw_confidence": return record with { RawConfidence = json.NumberOrNull() };
            case "confidence": return record with { Confidence = json.NumberOrNull() };
            case "nothing_confidence": return record with { NothingConfidence = json.NumberOrNull() };
            case "rollback_condition": return record with { RollbackCondition = json.String() };
            case "observe_ns": return record with { ObserveNs = json.Whole() };
            case "vetoes": return record with { Vetoes = ReadStrings(ref json) };
            case "executed": return record with { Executed = json.OptionalBoolean() };
            case "report_sequence": return record with { ReportSequence = json.Whole() };
            case "reported_ns": return record with { ReportedNs = OptionalWhole(ref json) };
            case "observed": return record with { Observed = ReadKeptNumbers(ref json) };
            case "targets_held": return record with { TargetsHeld = json.OptionalBoolean() };
            default:
                json.Skip();
                return record;
        }
    }

    private static List<MetricExpectation> ReadExpected(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of quantiles by metric");
        List<MetricExpectation> expected = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? metric))
        {
            json.Expect(JsonTokenType.StartObject, "an object with p10, p50 and p90");
            double? p10 = null;
            double? p50 = null;
            double? p90 = null;
            double scale = 1;
            bool isChanged = false;
            FieldNames members = default;
            while (json.NextField(ref members, out string? name))
            {
                switch (name)
                {
                    case "p10": p10 = json.OptionalNumber(); break;
                    case "p50": p50 = json.OptionalNumber(); break;
                    case "p90": p90 = json.OptionalNumber(); break;
                    case "scale": scale = json.Number(); break;
                    case "changed": isChanged = json.Boolean(); break;
                    default: json.Skip(); break;
                }
                json.LeaveField();
            }
            expected.Add(new MetricExpectation { Metric = metric, P10 = p10, P50 = p50, P90 = p90, Scale = scale, IsChanged = isChanged });
            json.LeaveField();
        }
        return expected;
    }

    /// <summary>Numbers by name; null = not known, NaN.</summary>
    private static List<KeyValuePair<string, double>> ReadKeptNumbers(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        List<KeyValuePair<string, double>> numbers = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            numbers.Add(new(name, json.NumberOrNull()));
            json.LeaveField();
        }
        return numbers;
    }

    internal static DecisionMode ModeOf(ref JsonCursor json, string word)
    {
        switch (word)
        {
            case "SHADOW": return DecisionMode.Shadow;
            case "ASSIST": return DecisionMode.Assist;
            case "AUTONOMOUS": return DecisionMode.Autonomous;
            default:
                RefuseWord(ref json, word, "SHADOW, ASSIST or AUTONOMOUS");
                return default;
        }
    }

    private static DecisionStatus StatusOf(ref JsonCursor json, string word)
    {
        switch (word)
        {
            case "OPEN": return DecisionStatus.Open;
            case "KEPT": return DecisionStatus.Kept;
            case "ROLL_BACK": return DecisionStatus.RollBackAdvised;
            case "ROLLED_BACK": return DecisionStatus.RolledBack;
            default:
                RefuseWord(ref json, word, "OPEN, KEPT, ROLL_BACK or ROLLED_BACK");
                return default;
        }
    }
}
