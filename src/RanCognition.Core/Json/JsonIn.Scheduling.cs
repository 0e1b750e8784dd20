using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string TaskTypes = "TemporalAnalysis, CognitiveProcessing, MemoryOperation, Optimization, StrangeLoop or {\"Custom\":\"name\"}";

    /// <summary>Empty text gives the defaults.</summary>
    public static SchedulerOptions SchedulerOptions(ReadOnlySpan<byte> text, string argument)
    {
        SchedulerOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        bool hasStart = false;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "mode": options = options with { Mode = ReadMode(ref json) }; break;
                case "start_time": options = options with { StartTime = json.WholeWithin(0, SchedulingLimits.TimeMax) }; hasStart = true; break;
                case "capacity": options = options with { CapacityTasks = (uint)json.WholeWithin(1, SchedulingLimits.CapacityTasksMax) }; break;
                case "data_bytes": options = options with { DataBytes = json.WholeWithin(0, SchedulingLimits.DataBytesMax) }; break;
                case "spin_ns": options = options with { SpinNs = json.WholeWithin(0, SchedulingLimits.SpinNsMax) }; break;
                case "missed": options = options with { Missed = ReadMissed(ref json) }; break;
                case "expansion_factor": options = options with { ExpansionFactor = json.WholeWithin(1, TemporalLimits.ExpansionFactorMax) }; break;
                case "memory": options = options with { Memory = ReadMemoryOptions(ref json) }; break;
                case "temporal_resolution": options = options with { TemporalResolution = json.WholeWithin(1, TemporalLimits.TemporalResolutionMax) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (hasStart && options.Mode == TimeMode.Real)
        {
            json.Unused(ignored, "start_time", "real time begins now");
            options = options with { StartTime = 0 };
        }
        json.End();
        return options with { Ignored = ignored };
    }

    /// <summary>
    /// A task type as serde writes it, or {"type":..} with what else is wished of the task. Strict: what is not understood is refused, so that no task runs as another.
    /// </summary>
    public static TaskSpec TaskSpec(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        TaskSpec spec = ReadTaskSpec(ref json);
        json.End();
        return spec;
    }

    private static TaskSpec ReadTaskSpec(ref JsonCursor json)
    {
        if (json.Token != JsonTokenType.StartObject)
        {
            return new TaskSpec { Type = ReadTaskType(ref json) };
        }
        FieldNames seen = default;
        bool bare = false;   // {"Custom":"name"} itself, with nothing around it
        TaskType? type = null;
        IReadOnlyList<ulong> after = [];
        ulong? deadline = null;
        bool dropLate = false;
        RetryPolicy? retry = null;
        MissedPeriods? missed = null;
        while (json.NextField(ref seen, out string? name))
        {
            if (bare)
            {
                json.Refuse("a field beside the task type; write {\"type\":<task type>, ..}");
            }
            switch (name)
            {
                case "type": type = ReadTaskType(ref json); break;
                case "after": after = ReadAfter(ref json); break;
                case "deadline_ns": deadline = OptionalWhole(ref json); break;
                case "drop_late": dropLate = json.Boolean(); break;
                case "retry": retry = json.Token == JsonTokenType.Null ? null : ReadRetry(ref json); break;
                case "missed": missed = json.Token == JsonTokenType.Null ? null : ReadMissed(ref json); break;
                default:
                    if (seen.Count > 1)
                    {
                        json.Refuse(Unknown);
                    }
                    type = ReadVariant(ref json, name);
                    bare = true;
                    break;
            }
            json.LeaveField();
        }
        if (type is null)
        {
            json.Refuse("field 'type' is missing");
        }
        if (dropLate && deadline is null)
        {
            json.RefuseValue("drop_late without deadline_ns");
        }
        return new TaskSpec { Type = type.Value, After = after, DeadlineNs = deadline, DropLate = dropLate, Retry = retry, Missed = missed };
    }

    /// <summary>"TemporalAnalysis" or {"Custom":"name"}.</summary>
    private static TaskType ReadTaskType(ref JsonCursor json)
    {
        if (json.Token == JsonTokenType.String)
        {
            return new TaskType(UnitKind(ref json, json.String()));
        }
        json.Expect(JsonTokenType.StartObject, $"a task type ({TaskTypes})");
        FieldNames seen = default;
        if (!json.NextField(ref seen, out string? name))
        {
            json.Refuse($"expected a task type ({TaskTypes})");
        }
        TaskType type = ReadVariant(ref json, name);
        json.LeaveField();
        if (json.NextField(ref seen, out _))
        {
            json.Refuse("a second field in a task type");
        }
        return type;
    }

    /// <summary>The value of {"Custom":"name"}, or the null that serde takes for a variant without one.</summary>
    private static TaskType ReadVariant(ref JsonCursor json, string variant)
    {
        if (variant != "Custom")
        {
            TaskKind kind = UnitKind(ref json, variant);
            json.Expect(JsonTokenType.Null, "null");
            return new TaskType(kind);
        }
        string name = json.String();
        if (name.Length == 0)
        {
            json.RefuseValue("the name is empty");
        }
        if (Encoding.UTF8.GetByteCount(name) > SchedulingLimits.HandlerNameBytesMax)
        {
            json.RefuseBeyond(SchedulingLimits.HandlerNameBytesMax, "bytes");
        }
        return new TaskType(TaskKind.Custom, name);
    }

    private static TaskKind UnitKind(ref JsonCursor json, string variant)
    {
        switch (variant)
        {
            case "TemporalAnalysis": return TaskKind.TemporalAnalysis;
            case "CognitiveProcessing": return TaskKind.CognitiveProcessing;
            case "MemoryOperation": return TaskKind.MemoryOperation;
            case "Optimization": return TaskKind.Optimization;
            case "StrangeLoop": return TaskKind.StrangeLoop;
            default:
                RefuseWord(ref json, variant, TaskTypes);
                return default;
        }
    }

    private static ulong[] ReadAfter(ref JsonCursor json)
    {
        ulong[] ids = json.Wholes(SchedulingLimits.AfterMax);
        if (ids.Contains(0UL))
        {
            json.RefuseValue("0 is no id");
        }
        return ids;
    }

    private static RetryPolicy ReadRetry(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object with attempts");
        FieldNames seen = default;
        uint attempts = 0;
        ulong backoff = 0;
        double factor = 1;
        ulong longest = SchedulingLimits.TimeMax;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "attempts": attempts = (uint)json.WholeWithin(1, SchedulingLimits.AttemptsMax); break;
                case "backoff_ns": backoff = json.WholeWithin(0, SchedulingLimits.TimeMax); break;
                case "backoff_max_ns": longest = json.WholeWithin(0, SchedulingLimits.TimeMax); break;
                case "factor":
                    factor = json.Number();
                    if (factor < 1)
                    {
                        json.RefuseValue("must be 1 or more");
                    }
                    break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (attempts == 0)
        {
            json.Refuse("field 'attempts' is missing");
        }
        return new RetryPolicy(attempts, backoff, factor, longest);
    }

    private static TimeMode ReadMode(ref JsonCursor json)
    {
        string word = json.String();
        if (word is not ("real" or "virtual"))
        {
            RefuseWord(ref json, word, "real or virtual");
        }
        return word == "real" ? TimeMode.Real : TimeMode.Virtual;
    }

    private static MissedPeriods ReadMissed(ref JsonCursor json)
    {
        string word = json.String();
        if (word is not ("catch_up" or "skip" or "from_now"))
        {
            RefuseWord(ref json, word, "catch_up, skip or from_now");
        }
        return word switch { "skip" => MissedPeriods.Skip, "from_now" => MissedPeriods.FromNow, _ => MissedPeriods.CatchUp };
    }

    [DoesNotReturn]
    private static void RefuseWord(ref JsonCursor json, string word, string known) =>
        json.Refuse($"'{(word.Length > 100 ? string.Concat(word.AsSpan(0, 100), "…") : word)}' is none of: {known}");
}
