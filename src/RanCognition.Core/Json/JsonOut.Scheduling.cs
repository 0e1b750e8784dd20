using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    // A result holds a reply four levels deep; with it, it must be readable here again.
    private const int ReplyDepthMax = JsonIn.DepthMax - 4;

    public static void ExecutionResults(ExecutionResults results, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteStartArray("tasks_executed"u8);
        foreach (TaskResult task in results.TasksExecuted)
        {
            WriteTaskResult(json, task);
        }
        json.WriteEndArray();
        json.WriteNumber("total_tasks"u8, results.TotalTasks);
        json.WriteNumber("current_time"u8, results.CurrentTime);
        WriteSchedulerMetrics(json, results.PerformanceMetrics);
        json.WriteNumber("execution_time"u8, results.ExecutionTime);
        json.WriteEndObject();
        json.Flush();
    }

    public static void QueueStatus(QueueStatus status, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteNumber("pending_tasks"u8, status.PendingTasks);
        json.WriteNumber("active_tasks"u8, status.ActiveTasks);
        json.WriteNumber("completed_tasks"u8, status.CompletedTasks);
        json.WriteNumber("current_time"u8, status.CurrentTime);
        json.WriteNumber("next_execution_time"u8, status.NextExecutionTime);
        WriteSchedulerMetrics(json, status.PerformanceMetrics);
        json.WriteNumber("waiting_tasks"u8, status.WaitingTasks);
        json.WriteNumber("capacity"u8, status.Capacity);
        json.WriteNumber("data_bytes"u8, status.DataBytes);
        json.WriteNumber("execution_time"u8, status.ExecutionTime);
        WriteIgnored(json, status.Ignored);
        json.WriteEndObject();
        json.Flush();
    }

    public static void Snapshot(SchedulerSnapshot snapshot, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteSnapshot(json, snapshot);
        json.Flush();
    }

    internal static void WriteSnapshot(Utf8JsonWriter json, SchedulerSnapshot snapshot)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, SchedulerSnapshot.CurrentVersion);
        json.WriteString("mode"u8, snapshot.Mode == TimeMode.Virtual ? "virtual"u8 : "real"u8);
        json.WriteNumber("current_time"u8, snapshot.CurrentTime);
        json.WriteNumber("next_task_id"u8, snapshot.NextTaskId);
        json.WriteStartArray("tasks"u8);
        foreach (SnapshotTask task in snapshot.Tasks)
        {
            WriteSnapshotTask(json, task);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteTaskResult(Utf8JsonWriter json, TaskResult task)
    {
        json.WriteStartObject();
        json.WriteNumber("task_id"u8, task.TaskId);
        json.WritePropertyName("task_type"u8);
        WriteTaskType(json, task.TaskType);
        json.WriteBoolean("success"u8, task.Success);
        json.WriteNumber("execution_time"u8, task.ExecutionTime);
        json.WriteStartObject("data"u8);
        if (task.Success)
        {
            json.WritePropertyName("Ok"u8);
            WriteReply(json, task.Reply.Span);
        }
        else
        {
            json.WriteString("Err"u8, task.Error);
        }
        json.WriteEndObject();
        json.WriteString("error"u8, task.Error);
        json.WriteNumber("execute_time"u8, task.ExecuteTime);
        json.WriteNumber("lateness_ns"u8, task.LatenessNs);
        json.WriteNumber("attempt"u8, task.Attempt);
        if (task.RetryAt is { } retryAt)
        {
            json.WriteNumber("retry_at"u8, retryAt);
        }
        json.WriteEndObject();
    }

    /// <summary>JSON as it is, other text as a string, other bytes as {"data_base64":..}, nothing as null.</summary>
    private static void WriteReply(Utf8JsonWriter json, ReadOnlySpan<byte> reply)
    {
        if (reply.IsEmpty)
        {
            json.WriteNullValue();
        }
        else if (!Utf8.IsValid(reply))
        {
            json.WriteStartObject();
            json.WriteBase64String("data_base64"u8, reply);
            json.WriteEndObject();
        }
        else if (IsJson(reply))
        {
            json.WriteRawValue(reply, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(reply);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        // Most of what is not JSON shows it at its first character, which is quicker told than by an exception.
        ReadOnlySpan<byte> value = text.TrimStart(" \t\r\n"u8);
        if (value.IsEmpty || !"{[\"-0123456789tfn"u8.Contains(value[0]))
        {
            return false;
        }
        try
        {
            JsonCursor json = new(text, "reply", ReplyDepthMax);
            json.Next();
            json.Check();
            json.End();
            return true;
        }
        catch (Exception error) when (error is InvalidJsonException or LimitExceededException)
        {
            return false;
        }
    }

    private static void WriteSchedulerMetrics(Utf8JsonWriter json, SchedulerMetrics metrics)
    {
        json.WriteStartObject("performance_metrics"u8);
        json.WriteNumber("tasks_scheduled"u8, metrics.TasksScheduled);
        json.WriteNumber("tasks_executed"u8, metrics.TasksExecuted);
        json.WriteNumber("tasks_failed"u8, metrics.TasksFailed);
        json.WriteNumber("last_execution_time"u8, metrics.LastExecutionTime);
        json.Number("average_execution_time"u8, Math.Round(metrics.AverageExecutionTime, 3));
        json.WriteNumber("error_count"u8, metrics.ErrorCount);
        json.WriteNumber("tasks_cancelled"u8, metrics.TasksCancelled);
        json.WriteNumber("tasks_retried"u8, metrics.TasksRetried);
        json.WriteNumber("deadlines_missed"u8, metrics.DeadlinesMissed);
        json.WriteNumber("tasks_dropped"u8, metrics.TasksDropped);
        json.WriteNumber("periods_skipped"u8, metrics.PeriodsSkipped);
        json.WriteStartObject("lateness"u8);
        json.WriteNumber("count"u8, metrics.Lateness.Count);
        json.WriteNumber("p50"u8, metrics.Lateness.P50);
        json.WriteNumber("p99"u8, metrics.Lateness.P99);
        json.WriteNumber("p999"u8, metrics.Lateness.P999);
        json.WriteNumber("max"u8, metrics.Lateness.Max);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static void WriteTaskType(Utf8JsonWriter json, TaskType type)
    {
        if (type.Kind == TaskKind.Custom)
        {
            json.WriteStartObject();
            json.WriteString("Custom"u8, type.Name);
            json.WriteEndObject();
            return;
        }
        json.WriteStringValue(type.Kind switch
        {
            TaskKind.TemporalAnalysis => "TemporalAnalysis"u8,
            TaskKind.CognitiveProcessing => "CognitiveProcessing"u8,
            TaskKind.MemoryOperation => "MemoryOperation"u8,
            TaskKind.Optimization => "Optimization"u8,
            _ => "StrangeLoop"u8,
        });
    }

    /// <summary>As JsonIn.TaskSpec reads it.</summary>
    internal static void WriteTaskSpec(Utf8JsonWriter json, TaskSpec spec)
    {
        if (spec.IsPlain)
        {
            WriteTaskType(json, spec.Type);
            return;
        }
        json.WriteStartObject();
        json.WritePropertyName("type"u8);
        WriteTaskType(json, spec.Type);
        if (spec.After.Count > 0)
        {
            json.WriteStartArray("after"u8);
            foreach (ulong id in spec.After)
            {
                json.WriteNumberValue(id);
            }
            json.WriteEndArray();
        }
        if (spec.DeadlineNs is { } deadline)
        {
            json.WriteNumber("deadline_ns"u8, deadline);
            json.WriteBoolean("drop_late"u8, spec.DropLate);
        }
        if (spec.Retry is { } retry)
        {
            json.WriteStartObject("retry"u8);
            json.WriteNumber("attempts"u8, retry.Attempts);
            json.WriteNumber("backoff_ns"u8, retry.BackoffNs);
            json.WriteNumber("factor"u8, retry.Factor);
            json.WriteNumber("backoff_max_ns"u8, retry.BackoffMaxNs);
            json.WriteEndObject();
        }
        if (spec.Missed is { } missed)
        {
            json.WriteString("missed"u8, Word(missed));
        }
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Word(MissedPeriods missed) => missed switch { MissedPeriods.Skip => "skip"u8, MissedPeriods.FromNow => "from_now"u8, _ => "catch_up"u8 };

    private static void WriteSnapshotTask(Utf8JsonWriter json, SnapshotTask task)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, task.Id);
        json.WriteNumber("execute_time"u8, task.ExecuteTime);
        json.WriteNumber("priority"u8, task.Priority);
        json.WritePropertyName("type"u8);
        WriteTaskSpec(json, task.Spec);
        if (task.Data is null)
        {
            json.WriteNumber("payload"u8, task.Payload);
        }
        else if (Utf8.IsValid(task.Data))
        {
            json.WriteString("data"u8, task.Data);
        }
        else
        {
            json.WriteBase64String("data_base64"u8, task.Data);
        }
        if (task.SeriesId != 0)
        {
            json.WriteNumber("series_id"u8, task.SeriesId);
            json.WriteNumber("interval"u8, task.Interval);
            json.WriteNumber("max_executions"u8, task.MaxExecutions);
            json.WriteNumber("executions"u8, task.Executions);
            json.WriteNumber("period_time"u8, task.PeriodTime);
            if (task.NextPeriodTime is { } next)
            {
                json.WriteNumber("next_period_time"u8, next);
            }
        }
        if (task.FailedAttempts != 0)
        {
            json.WriteNumber("failed_attempts"u8, task.FailedAttempts);
        }
        if (task.FailedDependency != 0)
        {
            json.WriteNumber("failed_dependency"u8, task.FailedDependency);
        }
        json.WriteEndObject();
    }
}
