using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>Empty text gives the defaults.</summary>
    public static OptimizationOptions OptimizationOptions(ReadOnlySpan<byte> text, string argument)
    {
        OptimizationOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "seed": options = options with { Seed = OptionalWhole(ref json) ?? options.Seed }; break;
                case "threads": options = options with { Threads = ReadThreads(ref json) ?? options.Threads }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        return options with { Ignored = ignored };
    }

    /// <summary>What is to be found.</summary>
    public static OptimizationProblem OptimizationProblem(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        OptimizationProblem problem = ReadOptimizationProblem(ref json, null);
        json.End();
        return problem;
    }

    /// <summary>A problem; beside names a member that stands among its own and is passed over.</summary>
    private static OptimizationProblem ReadOptimizationProblem(ref JsonCursor json, string? beside)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        OptimizationProblem problem = new() { Ignored = ignored };
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name != beside)
            {
                problem = ReadProblemMember(ref json, name, problem, ignored);
            }
            json.LeaveField();
        }
        return problem;
    }

    private static OptimizationProblem ReadProblemMember(ref JsonCursor json, string name, OptimizationProblem problem, List<IgnoredField> ignored)
    {
        bool isNull = json.IsNull;
        switch (name)
        {
            case "variables": return isNull ? problem : problem with { Variables = ReadVariables(ref json, ignored) };
            case "objectives": return isNull ? problem : problem with { Objectives = ReadObjectives(ref json, ignored) };
            case "constraints": return isNull ? problem : problem with { Constraints = ReadConstraintNames(ref json, ignored) };
            case "function": return isNull ? problem : problem with { Function = ReadFunction(ref json, ignored) };
            case "network": return isNull ? problem : problem with { Network = ReadNetwork(ref json, ignored) };
            case "problem_type": return isNull ? problem : problem with { ProblemType = ReadSonProblemType(ref json) };
            case "pci": return isNull ? problem : problem with { Pci = ReadPci(ref json, ignored) };
            case "slices": return isNull ? problem : problem with { Slices = ReadSlices(ref json, ignored) };
            case "mobility": return isNull ? problem : problem with { Mobility = ReadMobility(ref json, ignored) };
            case "limits": return isNull ? problem : problem with { Limits = ReadSonLimits(ref json, ignored) };
            case "budget": return isNull ? problem : problem with { Budget = ReadBudget(ref json, ignored) };
            case "target": return problem with { Target = json.OptionalNumber() };
            case "best_known": return problem with { BestKnown = json.OptionalNumber() };
            case "reference_point": return isNull ? problem : problem with { ReferencePoint = json.NumbersWithin(OptimizationLimits.ObjectivesMax) };
            case "starts": return isNull ? problem : problem with { Starts = ReadStarts(ref json) };
            case "include_map": return problem with { IncludeMap = json.OptionalBoolean() ?? false };
            case "seed": return problem with { Seed = OptionalWhole(ref json) };
            case "threads": return problem with { Threads = ReadThreads(ref json) };
            default:
                json.Ignore(ignored, Unknown);
                return problem;
        }
    }

    private static FunctionSpec ReadFunction(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with suite, id and dimension");
        string? suite = null;
        int? id = null;
        int? dimension = null;
        int instance = 1;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "suite":
                    suite = json.String();
                    if (suite != "bbob")
                    {
                        RefuseWord(ref json, suite, "bbob");
                    }
                    break;
                case "id": id = json.OptionalCount(1, 24); break;
                case "dimension": dimension = json.OptionalCount(1, OptimizationLimits.VariablesMax); break;
                case "instance": instance = json.OptionalCount(1, int.MaxValue) ?? instance; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (suite is null || id is null || dimension is null)
        {
            json.Refuse($"field '{(suite is null ? "suite" : id is null ? "id" : "dimension")}' is missing");
        }
        return new FunctionSpec(id.Value, dimension.Value, instance);
    }

    private static OptimizationBudget ReadBudget(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with evaluations");
        OptimizationBudget budget = new();
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "evaluations": budget = budget with { Evaluations = json.OptionalWhole(1, OptimizationLimits.EvaluationsMax) }; break;
                case "deadline_ns": budget = budget with { DeadlineNs = OptionalWhole(ref json) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return budget;
    }

    private static List<double[]> ReadStarts(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of points");
        List<double[]> starts = [];
        while (json.NextElement(starts.Count))
        {
            RefuseMore(ref json, starts.Count, OptimizationLimits.StartsMax, "points");
            starts.Add(json.NumbersWithin(OptimizationLimits.VariablesMax));
            json.LeaveElement();
        }
        return starts;
    }

    private static int? ReadThreads(ref JsonCursor json) => json.OptionalCount(1, OptimizationLimits.ThreadsMax);

    private static string ReadKnobName(ref JsonCursor json)
    {
        string name = ReadFilled(ref json);
        CheckKnobName(ref json, name);
        return name;
    }

    private static void CheckKnobName(ref JsonCursor json, string name) => CheckBytes(ref json, name, OptimizationLimits.NameBytesMax);

    /// <summary>A field that the object just read must have.</summary>
    [DoesNotReturn]
    private static double Missing(ref JsonCursor json, string field)
    {
        json.Refuse($"field '{field}' is missing");
        return default;
    }

    /// <summary>Within an element of an array that has as many as it may have.</summary>
    private static void RefuseMore(ref JsonCursor json, int count, int most, string what)
    {
        if (count >= most)
        {
            json.LeaveElement();
            json.RefuseBeyond(most, what);
        }
    }

    private static void RefuseEmpty(ref JsonCursor json, int count, string what)
    {
        if (count == 0)
        {
            json.RefuseValue($"is empty: at least one {what} is needed");
        }
    }
}
