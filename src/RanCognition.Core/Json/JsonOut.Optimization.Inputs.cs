using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What the calls of an optimization core take, as JsonIn reads it. What is absent in a record is left out, as are the notes of what was ignored when it was read.
public static partial class JsonOut
{
    internal static void WriteOptimizationOptions(Utf8JsonWriter json, OptimizationOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber("seed"u8, options.Seed);
        json.WriteNumber("threads"u8, options.Threads);
        json.WriteEndObject();
    }

    internal static void WriteOptimizationOperation(Utf8JsonWriter json, OptimizationOperation operation)
    {
        json.WriteStartObject();
        switch (operation)
        {
            case OptimizationOperation.Optimize optimize:
                json.WriteString("op"u8, "optimize"u8);
                json.WritePropertyName("problem"u8);
                WriteOptimizationProblem(json, optimize.Problem);
                break;
            case OptimizationOperation.EvaluateNetwork evaluate:
                json.WriteString("op"u8, "evaluate_network"u8);
                json.WritePropertyName("network"u8);
                WriteNetworkModel(json, evaluate.Network);
                break;
            default: throw new ArgumentException($"no operation that JSON knows: {operation.GetType().Name}", nameof(operation));
        }
        json.WriteEndObject();
    }

    internal static void WriteOptimizationProblem(Utf8JsonWriter json, OptimizationProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem.Variables);
        ArgumentNullException.ThrowIfNull(problem.Objectives);
        ArgumentNullException.ThrowIfNull(problem.Constraints);
        ArgumentNullException.ThrowIfNull(problem.Limits);
        ArgumentNullException.ThrowIfNull(problem.Budget);
        ArgumentNullException.ThrowIfNull(problem.Starts);
        json.WriteStartObject();
        WriteVariables(json, problem.Variables);
        WriteGoals(json, problem);
        if (problem.Function is { } function)
        {
            json.WriteStartObject("function"u8);
            json.WriteString("suite"u8, "bbob"u8);
            json.WriteNumber("id"u8, function.Id);
            json.WriteNumber("dimension"u8, function.Dimension);
            json.WriteNumber("instance"u8, function.Instance);
            json.WriteEndObject();
        }
        if (problem.Network is { } network)
        {
            json.WritePropertyName("network"u8);
            WriteNetworkModel(json, network);
        }
        WriteSonInputs(json, problem);
        json.WriteStartObject("budget"u8);
        Optional(json, "evaluations"u8, problem.Budget.Evaluations);
        Optional(json, "deadline_ns"u8, problem.Budget.DeadlineNs);
        json.WriteEndObject();
        Optional(json, "target"u8, problem.Target);
        Optional(json, "best_known"u8, problem.BestKnown);
        OptionalNumbers(json, "reference_point"u8, problem.ReferencePoint);
        WriteStarts(json, problem.Starts);
        if (problem.IncludeMap)
        {
            json.WriteBoolean("include_map"u8, true);
        }
        Optional(json, "seed"u8, problem.Seed);
        Optional(json, "threads"u8, (ulong?)problem.Threads);
        json.WriteEndObject();
    }

    private static void WriteVariables(Utf8JsonWriter json, IReadOnlyList<DecisionVariable> variables)
    {
        if (variables.Count == 0)
        {
            return;
        }
        json.WriteStartArray("variables"u8);
        foreach (DecisionVariable variable in variables)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, variable.Name);
            json.WriteString("type"u8, Word(variable.Kind));
            if (variable.Kind is VariableKind.Real or VariableKind.Integer)
            {
                json.Number("lower"u8, variable.Lower);
                json.Number("upper"u8, variable.Upper);
                Optional(json, "step"u8, variable.Step);
            }
            OptionalNumbers(json, "values"u8, variable.Kind == VariableKind.Ordered ? variable.Values : null);
            if (variable is { Kind: VariableKind.Category, Categories: { } categories })
            {
                json.Strings("values"u8, categories);
            }
            Optional(json, "initial"u8, variable.Initial);
            Optional(json, "max_change"u8, variable.MaxChange);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteGoals(Utf8JsonWriter json, OptimizationProblem problem)
    {
        if (problem.Objectives.Count > 0)
        {
            json.WriteStartArray("objectives"u8);
            foreach (ObjectiveSpec objective in problem.Objectives)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, objective.Name);
                json.WriteString("sense"u8, objective.Maximize ? "max"u8 : "min"u8);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (problem.Constraints.Count > 0)
        {
            json.WriteStartArray("constraints"u8);
            foreach (string constraint in problem.Constraints)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, constraint);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private static void WriteStarts(Utf8JsonWriter json, IReadOnlyList<double[]> starts)
    {
        if (starts.Count == 0)
        {
            return;
        }
        json.WriteStartArray("starts"u8);
        foreach (double[] start in starts)
        {
            WriteArray(json, start);
        }
        json.WriteEndArray();
    }

    private static void WriteArray(Utf8JsonWriter json, IReadOnlyList<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
        {
            json.Number(value);
        }
        json.WriteEndArray();
    }

    private static void OptionalNumbers(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<double>? values)
    {
        if (values is not null)
        {
            json.WritePropertyName(name);
            WriteArray(json, values);
        }
    }

    internal static ReadOnlySpan<byte> Word(VariableKind kind) => kind switch
    {
        VariableKind.Integer => "integer"u8,
        VariableKind.Ordered => "ordered"u8,
        VariableKind.Binary => "binary"u8,
        VariableKind.Category => "category"u8,
        _ => "real"u8,
    };
}
