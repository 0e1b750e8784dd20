using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Reads one question to decide, member by member.</summary>
internal sealed class DecisionProblemReader
{
    private readonly List<IgnoredField> _ignored = [];
    private readonly IntentReader _intent;
    private RanProblem _problem;
    private DecisionProblem _question = new();
    private string? _condition;   // the member that told the rollback condition
    private string? _observe;   // the member that told how long is observed

    public DecisionProblemReader()
    {
        _intent = new IntentReader(_ignored);
        _problem = new RanProblem { Ignored = _ignored };
    }

    public DecisionProblem Read(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (!JsonIn.ReadRanProblemMember(ref json, name, ref _problem, _ignored, CognitiveLimits.MetricsMax) && !ReadMember(ref json, name) && !_intent.ReadMember(ref json, name))
            {
                json.Ignore(_ignored, JsonIn.Unknown);
            }
            json.LeaveField();
        }
        return _question with { Problem = _problem, Intent = _intent.Intent(_problem.Id) };
    }

    /// <summary>A member that problems have only when there is something to decide; false when it is none.</summary>
    private bool ReadMember(ref JsonCursor json, string name)
    {
        bool isNull = json.IsNull;
        switch (name)
        {
            case "op": json.Skip(); break;   // of the task that it stands in
            case "mode" or "candidates" or "network" or "guards" or "protected" or "configuration" or "rollback" or "commands" when isNull: break;   // as if it were not there
            case "mode": _question = _question with { Mode = JsonIn.ModeOf(ref json, json.String()) }; break;
            case "candidates": _question = _question with { Candidates = JsonIn.ReadCandidates(ref json, _ignored) }; break;
            case "network": ReadNetwork(ref json); break;
            case "guards": _question = _question with { Guards = new GuardSettingsReader(_ignored).Read(ref json) }; break;
            case "protected": _question = _question with { Protected = JsonIn.ReadStrings(ref json) }; break;
            case "configuration": _question = _question with { Configuration = JsonIn.ReadConfiguration(ref json) }; break;
            case "time_ns": _question = _question with { TimeNs = JsonIn.OptionalWhole(ref json) }; break;
            case "observe_ns": ReadObserve(ref json, name); break;
            case "rollback_condition": ReadCondition(ref json, name); break;
            case "rollback": ReadRollback(ref json); break;
            case "target_probability": _question = _question with { TargetProbability = json.OptionalNumber(0, 1) ?? _question.TargetProbability }; break;
            case "commands": _question = _question with { Commands = JsonIn.ReadCommands(ref json, _ignored) }; break;
            default: return false;
        }
        return true;
    }

    private void ReadNetwork(ref JsonCursor json)
    {
        int start = json.TokenStart;
        NetworkModel network = JsonIn.ReadNetwork(ref json, _ignored);
        _question = _question with { Network = network, NetworkText = json.TextSince(start).ToArray() };
    }

    private void ReadRollback(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object with condition and observe_ns");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "condition": ReadCondition(ref json, "rollback/condition"); break;
                case "observe_ns": ReadObserve(ref json, "rollback/observe_ns"); break;
                default: json.Ignore(_ignored, JsonIn.Unknown); break;
            }
            json.LeaveField();
        }
    }

    private void ReadCondition(ref JsonCursor json, string member)
    {
        if (!json.IsNull)
        {
            OnlyOnce(ref json, ref _condition, member);
            _question = _question with { RollbackCondition = json.String() };
        }
    }

    private void ReadObserve(ref JsonCursor json, string member)
    {
        if (!json.IsNull)
        {
            OnlyOnce(ref json, ref _observe, member);
            _question = _question with { ObserveNs = json.Whole() };
        }
    }

    private static void OnlyOnce(ref JsonCursor json, ref string? given, string member)
    {
        if (given is not null)
        {
            json.RefuseValue($"{given} and {member} cannot both be given");
        }
        given = member;
    }
}
