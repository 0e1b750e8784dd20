using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void OptimizationResult(OptimizationResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteOptimizationResult(json, result);
        json.Flush();
    }

    internal static void WriteOptimizationResult(Utf8JsonWriter json, OptimizationResult result)
    {
        json.WriteStartObject();
        WriteBest(json, result);
        json.WriteNumber("evaluations"u8, result.Evaluations);
        json.WriteNumber("failed_evaluations"u8, result.FailedEvaluations);
        json.WriteString("stopped"u8, Word(result.Stopped));
        json.NumberOrNull("optimization_score"u8, result.OptimizationScore);
        WriteBound(json, result.Bound);
        WriteTrace(json, result.Trace);
        WriteFront(json, result.Pareto);
        json.NumberOrNull("hypervolume"u8, result.Hypervolume);
        WriteSensitivity(json, result);
        json.WriteStartObject("arms"u8);
        foreach ((string arm, ulong evaluations) in result.Arms)
        {
            json.WriteNumber(arm, evaluations);
        }
        json.WriteEndObject();
        if (result.InfeasibleSubset is { } subset)
        {
            json.Strings("infeasible_subset"u8, subset);
        }
        if (result.Actions is { } actions)
        {
            WriteChanges(json, "actions"u8, actions);
        }
        if (result.Expected is { } expected)
        {
            WriteExpected(json, expected);
        }
        if (result.Map is { } map)
        {
            json.WritePropertyName("map"u8);
            WriteMap(json, map);
        }
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    /// <summary>The best point; values has its variables and its objectives by name.</summary>
    private static void WriteBest(Utf8JsonWriter json, OptimizationResult result)
    {
        if (result.Best is not { } best)
        {
            json.WriteNull("best"u8);
            return;
        }
        json.WriteStartObject("best"u8);
        json.Numbers("x"u8, best.X);
        json.WriteStartObject("values"u8);
        for (int i = 0; i < Math.Min(result.VariableNames.Count, best.X.Length); i++)
        {
            json.WritePropertyName(result.VariableNames[i]);
            json.Number(best.X[i]);
        }
        for (int i = 0; i < Math.Min(result.ObjectiveNames.Count, best.F.Length); i++)
        {
            if (!result.VariableNames.Contains(result.ObjectiveNames[i]))   // of a variable and an objective of one name the variable stands there
            {
                json.WritePropertyName(result.ObjectiveNames[i]);
                json.Number(best.F[i]);
            }
        }
        json.WriteEndObject();
        json.Numbers("f"u8, best.F);
        json.WriteBoolean("feasible"u8, best.Feasible);
        json.WriteStartArray("constraints"u8);
        foreach (ConstraintValue constraint in best.Constraints)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, constraint.Name);
            json.Number("value"u8, constraint.Value);
            json.Number("slack"u8, 0 - constraint.Value);   // not -0
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBound(Utf8JsonWriter json, ObjectiveBound? bound)
    {
        if (bound is null)
        {
            json.WriteNull("bound"u8);
            return;
        }
        json.WriteStartObject("bound"u8);
        json.Number("value"u8, bound.Value);
        json.WriteString("kind"u8, Word(bound.Kind));
        json.WriteEndObject();
    }

    private static void WriteTrace(Utf8JsonWriter json, IReadOnlyList<TraceEntry> trace)
    {
        json.WriteStartArray("trace"u8);
        foreach (TraceEntry entry in trace)
        {
            json.WriteStartObject();
            json.WriteNumber("evaluations"u8, entry.Evaluations);
            json.NumberOrNull("f"u8, entry.F);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFront(Utf8JsonWriter json, IReadOnlyList<FrontPoint> front)
    {
        json.WriteStartArray("pareto"u8);
        foreach (FrontPoint point in front)
        {
            json.WriteStartObject();
            json.Numbers("x"u8, point.X);
            json.Numbers("f"u8, point.F);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Every variable by name; null where the share is not known.</summary>
    private static void WriteSensitivity(Utf8JsonWriter json, OptimizationResult result)
    {
        json.WriteStartObject("sensitivity"u8);
        for (int i = 0; i < result.VariableNames.Count; i++)
        {
            json.WritePropertyName(result.VariableNames[i]);
            json.Number(i < result.Sensitivity.Count ? result.Sensitivity[i] ?? double.NaN : double.NaN);
        }
        json.WriteEndObject();
    }

    private static void WriteExpected(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, ExpectedChange>> expected)
    {
        json.WriteStartObject("expected"u8);
        foreach ((string metric, ExpectedChange change) in expected)
        {
            json.WriteStartObject(metric);
            json.NumberOrNull("before"u8, change.Before);
            json.NumberOrNull("after"u8, change.After);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    internal static ReadOnlySpan<byte> Word(SearchStop stop) => stop switch
    {
        SearchStop.Target => "target"u8,
        SearchStop.Deadline => "deadline"u8,
        SearchStop.Converged => "converged"u8,
        SearchStop.Exact => "exact"u8,
        SearchStop.Cancelled => "cancelled"u8,
        _ => "budget"u8,
    };

    internal static ReadOnlySpan<byte> Word(BoundKind kind) => kind switch
    {
        BoundKind.Proven => "proven"u8,
        BoundKind.Enumerated => "enumerated"u8,
        _ => "best_known"u8,
    };
}
