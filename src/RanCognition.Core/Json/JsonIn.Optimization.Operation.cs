using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const string OptimizationOps = "optimize or evaluate_network";

    /// <summary>
    /// What a task of the kind Optimization does: {"op":"optimize","problem":{..}}, or the problem's members beside op, or a problem without op;
    /// {"op":"evaluate_network","network":{..}}.
    /// </summary>
    public static OptimizationOperation OptimizationOperation(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        (string? op, bool hasProblem) = OptimizationAhead(json);
        OptimizationOperation operation = op == "evaluate_network"
            ? ReadEvaluateNetwork(ref json)
            : new OptimizationOperation.Optimize(hasProblem ? ReadWrappedProblem(ref json) : ReadOptimizationProblem(ref json, "op"), hasProblem);
        json.End();
        return operation;
    }

    /// <summary>The member op, wherever it stands, as it decides what the others are; and whether problem is among them.</summary>
    /// <param name="json">A copy, so that the caller's stays where it is.</param>
    private static (string? Op, bool HasProblem) OptimizationAhead(JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        string? op = null;
        bool hasProblem = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "op")
            {
                op = json.String();
                if (op is not ("optimize" or "evaluate_network"))
                {
                    RefuseWord(ref json, op, OptimizationOps);
                }
            }
            hasProblem |= name == "problem";
            json.Skip();
            json.LeaveField();
        }
        return (op, hasProblem);
    }

    private static OptimizationProblem ReadWrappedProblem(ref JsonCursor json)
    {
        OptimizationProblem problem = new();
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "problem": problem = ReadOptimizationProblem(ref json, null); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return problem with { Ignored = [.. problem.Ignored, .. ignored] };
    }

    private static OptimizationOperation.EvaluateNetwork ReadEvaluateNetwork(ref JsonCursor json)
    {
        NetworkModel? network = null;
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "op": break;
                case "network": network = ReadNetwork(ref json, ignored); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (network is null)
        {
            json.Refuse("field 'network' is missing");
        }
        return new OptimizationOperation.EvaluateNetwork(network with { Ignored = ignored });
    }
}
