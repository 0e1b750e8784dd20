using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>What JsonOut.Snapshot wrote. Strict: a field that is not understood would be lost.</summary>
    public static SchedulerSnapshot Snapshot(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        ulong? version = null;
        TimeMode? mode = null;
        ulong? now = null;
        ulong? next = null;
        List<SnapshotTask>? tasks = null;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "version": version = json.WholeWithin(SchedulerSnapshot.CurrentVersion, SchedulerSnapshot.CurrentVersion); break;
                case "mode": mode = ReadMode(ref json); break;
                case "current_time": now = json.Whole(); break;
                case "next_task_id": next = json.Whole(); break;
                case "tasks": tasks = ReadSnapshotTasks(ref json); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (version is null || mode is null || now is null || next is null || tasks is null)
        {
            json.Refuse($"field '{(version is null ? "version" : mode is null ? "mode" : now is null ? "current_time" : next is null ? "next_task_id" : "tasks")}' is missing");
        }
        json.End();
        return new SchedulerSnapshot { Mode = mode.Value, CurrentTime = now.Value, NextTaskId = next.Value, Tasks = tasks };
    }

    private static List<SnapshotTask> ReadSnapshotTasks(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of tasks");
        List<SnapshotTask> tasks = [];
        while (json.NextElement(tasks.Count))
        {
            if (tasks.Count >= SchedulingLimits.CapacityTasksMax)
            {
                json.RefuseBeyond((int)SchedulingLimits.CapacityTasksMax, "tasks");
            }
            tasks.Add(ReadSnapshotTask(ref json));
            json.LeaveElement();
        }
        return tasks;
    }

    private static SnapshotTask ReadSnapshotTask(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        ulong? id = null;
        ulong? time = null;
        byte? priority = null;
        TaskSpec? spec = null;
        byte[]? data = null;
        ulong? payload = null;
        ulong series = 0;
        ulong interval = 0;
        uint most = 0;
        ulong executions = 0;
        ulong? periodTime = null;
        ulong? nextPeriodTime = null;
        uint failed = 0;
        ulong failedDependency = 0;
        while (json.NextField(ref seen, out string? name))
        {
            if (name is "data" or "data_base64" or "payload" && (data is not null || payload is not null))
            {
                json.Refuse("a task has one of data, data_base64 and payload");
            }
            switch (name)
            {
                case "id": id = json.Whole(); break;
                case "execute_time": time = json.Whole(); break;
                case "priority": priority = (byte)json.WholeWithin(0, byte.MaxValue); break;
                case "type": spec = ReadTaskSpec(ref json); break;
                case "data": data = json.Utf8Bytes(); break;
                case "data_base64": data = json.Base64Bytes(); break;
                case "payload": payload = json.Whole(); break;
                case "series_id": series = json.Whole(); break;
                case "interval": interval = json.Whole(); break;
                case "max_executions": most = (uint)json.WholeWithin(0, uint.MaxValue); break;
                case "executions": executions = json.Whole(); break;
                case "period_time": periodTime = json.Whole(); break;
                case "next_period_time": nextPeriodTime = json.Whole(); break;
                case "failed_dependency": failedDependency = json.Whole(); break;
                case "failed_attempts": failed = (uint)json.WholeWithin(0, uint.MaxValue); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (id is null || time is null || priority is null || spec is null)
        {
            json.Refuse($"field '{(id is null ? "id" : time is null ? "execute_time" : priority is null ? "priority" : "type")}' is missing");
        }
        if (data is null && payload is null)
        {
            json.Refuse("none of data, data_base64 and payload is there");
        }
        return new SnapshotTask
        {
            Id = id.Value,
            ExecuteTime = time.Value,
            Priority = priority.Value,
            Spec = spec,
            Data = data,
            Payload = payload ?? 0,
            SeriesId = series,
            Interval = interval,
            MaxExecutions = most,
            Executions = executions,
            PeriodTime = periodTime ?? (series == 0 ? 0 : time.Value),
            NextPeriodTime = nextPeriodTime,
            FailedAttempts = failed,
            FailedDependency = failedDependency,
        };
    }
}
