using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What the library's calls take, as JsonIn reads it. A field that has its default is left out, as are the notes of what was ignored when it was read.
public static partial class JsonOut
{
    internal static void WriteProblem(Utf8JsonWriter json, RanProblem problem)
    {
        json.WriteStartObject();
        WriteProblemMembers(json, problem);
        json.WriteEndObject();
    }

    private static void WriteProblemMembers(Utf8JsonWriter json, RanProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem.CurrentState);
        ArgumentNullException.ThrowIfNull(problem.Objectives);
        ArgumentNullException.ThrowIfNull(problem.Constraints);
        ArgumentNullException.ThrowIfNull(problem.History);
        ArgumentNullException.ThrowIfNull(problem.Tolerance);
        json.WriteString("id"u8, problem.Id);
        json.WriteString("network_id"u8, problem.NetworkId);
        json.WriteString("problem_type"u8, problem.ProblemType);
        json.NumberMap("current_state"u8, problem.CurrentState);
        json.Strings("objectives"u8, problem.Objectives);
        json.Strings("constraints"u8, problem.Constraints);
        if (problem.History.Count > 0)
        {
            WriteHistories(json, "history"u8, problem.History);
        }
        Optional(json, "horizon_ns"u8, problem.HorizonNs);
        Optional(json, "deadline_ns"u8, problem.DeadlineNs);
        Optional(json, "seed"u8, problem.Seed);
        if (problem.IncludeTimeline)
        {
            json.WriteBoolean("include_timeline"u8, true);
        }
        if (problem.Tolerance.Count > 0)
        {
            json.NumberMap("tolerance"u8, [.. problem.Tolerance]);
        }
    }

    internal static void WriteTimelineInput(Utf8JsonWriter json, Timeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline.Metrics);
        ArgumentNullException.ThrowIfNull(timeline.Constraints);
        json.WriteStartObject();
        json.WriteString("id"u8, timeline.Id);
        WriteHistories(json, "metrics"u8, timeline.Metrics);
        json.WriteStartArray("constraints"u8);
        foreach (Constraint constraint in timeline.Constraints)
        {
            WriteConstraint(json, constraint);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteSchedulerOptions(Utf8JsonWriter json, SchedulerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("mode"u8, options.Mode == TimeMode.Virtual ? "virtual"u8 : "real"u8);
        if (options.StartTime != 0)
        {
            json.WriteNumber("start_time"u8, options.StartTime);
        }
        json.WriteNumber("capacity"u8, options.CapacityTasks);
        json.WriteNumber("data_bytes"u8, options.DataBytes);
        Optional(json, "spin_ns"u8, options.SpinNs);
        json.WriteString("missed"u8, Word(options.Missed));
        json.WriteNumber("expansion_factor"u8, options.ExpansionFactor);
        json.WriteNumber("temporal_resolution"u8, options.TemporalResolution);
        if (options.Memory is { } memory)
        {
            json.WritePropertyName("memory"u8);
            WriteMemoryOptions(json, memory);
        }
        json.WriteEndObject();
    }

    internal static void WriteLoaderOptions(Utf8JsonWriter json, LoaderOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber("memory_size"u8, options.MemoryPages);
        json.WriteNumber("max_memory_size"u8, options.MaxMemoryPages);
        json.WriteBoolean("enable_simd"u8, options.Simd);
        json.WriteBoolean("enable_bulk_memory"u8, options.BulkMemory);
        json.WriteBoolean("enable_multi_threading"u8, options.MultiThreading);
        json.WriteEndObject();
    }

    internal static void WriteTemporalOptions(Utf8JsonWriter json, TemporalOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber("expansion_factor"u8, options.ExpansionFactor);
        json.WriteNumber("temporal_resolution"u8, options.TemporalResolution);
        json.WriteEndObject();
    }

    internal static void WriteMemoryPoolOptions(Utf8JsonWriter json, MemoryPoolOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber("budget_bytes"u8, options.BudgetBytes);
        Optional(json, "retain_bytes"u8, options.RetainBytes);
        json.WriteEndObject();
    }

    private static void WriteHistories(Utf8JsonWriter json, ReadOnlySpan<byte> field, IReadOnlyList<KeyValuePair<string, MetricHistory>> histories)
    {
        json.WriteStartObject(field);
        foreach ((string metric, MetricHistory history) in histories)
        {
            ArgumentNullException.ThrowIfNull(metric);
            ArgumentNullException.ThrowIfNull(history);
            json.WriteStartObject(metric);
            if (history.TimesNs is { } times)
            {
                json.WriteStartArray("times_ns"u8);
                foreach (ulong time in times)
                {
                    json.WriteNumberValue(time);
                }
                json.WriteEndArray();
            }
            else
            {
                json.WriteNumber("start_ns"u8, history.StartNs);
                json.WriteNumber("step_ns"u8, history.StepNs);
            }
            json.Numbers("values"u8, history.Values);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> field, ulong? value)
    {
        if (value is { } given)
        {
            json.WriteNumber(field, given);
        }
    }
}
