using System.Text;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Bytes to records. Throws InvalidJsonException, InvalidInputException or LimitExceededException; never anything else for any bytes.</summary>
public static partial class JsonIn
{
    public const int DepthMax = 64;

    /// <summary>Entries of ignored[]; more are dropped.</summary>
    public const int IgnoredMax = 64;

    /// <summary>Samples of one metric in JSON.</summary>
    public const int HistoryValuesMax = 1 << 22;

    /// <summary>Fields of one object.</summary>
    public const int FieldsMax = 1 << 16;

    private const int StringsMax = 10_000;
    internal const string Unknown = "unknown field";

    public static RanProblem Problem(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        RanProblem problem = ReadProblem(ref json);
        json.End();
        return problem;
    }

    /// <summary>A batch: an element that cannot be used becomes its own error, a broken array refuses the batch.</summary>
    public static IReadOnlyList<ProblemInput> Problems(ReadOnlySpan<byte> text, string argument)
    {
        List<(int Start, int Length)> places = ElementPlaces(text, argument);
        List<ProblemInput> problems = new(places.Count);
        foreach ((int start, int length) in places)
        {
            problems.Add(ReadOne(text.Slice(start, length), $"{argument}[{problems.Count}]"));
        }
        return problems;
    }

    /// <summary>A problem with the constraints given beside it; what was not used of either is noted in the problem.</summary>
    public static (RanProblem Problem, IReadOnlyList<Constraint> Constraints) Question(
        ReadOnlySpan<byte> problemText, string problemArgument, ReadOnlySpan<byte> constraintsText, string constraintsArgument)
    {
        RanProblem problem = Problem(problemText, problemArgument);
        List<IgnoredField> ignored = [];
        IReadOnlyList<Constraint> constraints = Constraints(constraintsText, constraintsArgument, ignored);
        return (problem with { Ignored = [.. problem.Ignored, .. ignored.Select(i => i with { Field = constraintsArgument + i.Field })] }, constraints);
    }

    /// <param name="text">Empty = none.</param>
    /// <param name="argument">Named in errors.</param>
    /// <param name="ignored">Gets what was not used.</param>
    /// <param name="takesTexts">Whether a constraint may be given as text; else each has to be an object.</param>
    private static List<Constraint> Constraints(ReadOnlySpan<byte> text, string argument, List<IgnoredField> ignored, bool takesTexts = false)
    {
        if (text.IsEmpty)
        {
            return [];
        }
        JsonCursor json = new(text, argument);
        json.Next();
        List<Constraint> constraints = ReadConstraints(ref json, ignored, takesTexts);
        json.End();
        return constraints;
    }

    public static Timeline Timeline(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        string id = "";
        IReadOnlyList<KeyValuePair<string, MetricHistory>>? metrics = null;
        IReadOnlyList<Constraint> constraints = [];
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "id": id = json.String(); break;
                case "metrics": metrics = ReadHistories(ref json, ignored); break;
                case "constraints": constraints = ReadConstraints(ref json, ignored); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (metrics is null)
        {
            json.Refuse("field 'metrics' is missing");
        }
        json.End();
        return new Timeline { Id = id, Metrics = metrics, Constraints = constraints, Ignored = ignored };
    }

    /// <summary>A name given as plain UTF-8 text.</summary>
    public static string Text(ReadOnlySpan<byte> text, string argument, int bytesMax = TemporalLimits.NameBytesMax)
    {
        if (text.Length > bytesMax)
        {
            throw new LimitExceededException(argument, $"{text.Length} bytes, at most {bytesMax}");
        }
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidInputException(argument, $"not valid UTF-8 at byte {error.Index}");
        }
    }

    /// <summary>Any JSON, checked; dispose it.</summary>
    public static JsonDocument Document(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        json.Check();
        json.End();
        return JsonDocument.Parse(text.ToArray(), new JsonDocumentOptions { MaxDepth = DepthMax });
    }

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static List<(int Start, int Length)> ElementPlaces(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartArray, "an array of problems");
        List<(int, int)> places = [];
        while (json.NextElement(places.Count))
        {
            if (places.Count >= TemporalLimits.ProblemsMax)
            {
                throw new LimitExceededException(argument, $"more than {TemporalLimits.ProblemsMax} problems");
            }
            int start = json.TokenStart;
            json.Skip();
            places.Add((start, json.Consumed - start));
            json.LeaveElement();
        }
        json.End();
        return places;
    }

    private static ProblemInput ReadOne(ReadOnlySpan<byte> text, string argument)
    {
        try
        {
            return new ProblemInput(Problem(text, argument), null);
        }
        catch (Exception error) when (error is InvalidJsonException or InvalidInputException or LimitExceededException)
        {
            return new ProblemInput(null, error.Message);
        }
    }

    private static RanProblem ReadProblem(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        RanProblem problem = new() { Ignored = ignored };
        bool hasId = false;
        while (json.NextField(ref seen, out string? name))
        {
            hasId |= name == "id";
            if (!ReadRanProblemMember(ref json, name, ref problem, ignored, TemporalLimits.MetricsMax))
            {
                json.Ignore(ignored, Unknown);
            }
            json.LeaveField();
        }
        if (!hasId)
        {
            json.Refuse("field 'id' is missing");
        }
        return problem;
    }

    /// <summary>One member of a problem; false when it is none and was not read.</summary>
    internal static bool ReadRanProblemMember(ref JsonCursor json, string name, ref RanProblem problem, List<IgnoredField> ignored, int metricsMax)
    {
        switch (name)
        {
            case "id": problem = problem with { Id = json.String() }; return true;
            case "network_id": problem = problem with { NetworkId = json.String() }; return true;
            case "problem_type": problem = problem with { ProblemType = json.String() }; return true;
            case "current_state": problem = problem with { CurrentState = ReadNumbers(ref json, ignored, metricsMax) }; return true;
            case "objectives": problem = problem with { Objectives = ReadStrings(ref json) }; return true;
            case "constraints": problem = problem with { Constraints = ReadStrings(ref json) }; return true;
            case "history": problem = problem with { History = ReadHistories(ref json, ignored, metricsMax) }; return true;
            case "horizon_ns": problem = problem with { HorizonNs = OptionalWhole(ref json) }; return true;
            case "deadline_ns": problem = problem with { DeadlineNs = OptionalWhole(ref json) }; return true;
            case "seed": problem = problem with { Seed = OptionalWhole(ref json) }; return true;
            case "include_timeline": problem = problem with { IncludeTimeline = json.Boolean() }; return true;
            case "tolerance": problem = problem with { Tolerance = ReadTolerance(ref json, ignored) }; return true;
            default: return false;
        }
    }

    internal static ulong? OptionalWhole(ref JsonCursor json) => json.Token == JsonTokenType.Null ? null : json.Whole();

    internal static List<string> ReadStrings(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of strings");
        List<string> strings = [];
        while (json.NextElement(strings.Count))
        {
            if (strings.Count >= StringsMax)
            {
                json.RefuseBeyond(StringsMax, "entries");
            }
            strings.Add(json.String());
            json.LeaveElement();
        }
        return strings;
    }

    private static List<KeyValuePair<string, double>> ReadNumbers(
        ref JsonCursor json, List<IgnoredField> ignored, int most = TemporalLimits.MetricsMax, string ifNull = "null: not known")
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        List<KeyValuePair<string, double>> numbers = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            double value = json.NumberOrNull();
            if (double.IsNaN(value))
            {
                json.Ignore(ignored, ifNull);
            }
            else
            {
                if (numbers.Count >= most)
                {
                    json.RefuseBeyond(most, "numbers");
                }
                numbers.Add(new(name, value));
            }
            json.LeaveField();
        }
        return numbers;
    }

    private static Dictionary<string, double> ReadTolerance(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        Dictionary<string, double> tolerance = new(StringComparer.Ordinal);
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            double value = json.NumberOrNull();
            if (double.IsNaN(value))
            {
                json.Ignore(ignored, "null: the default tolerance is used");
            }
            else if (value < 0)
            {
                json.Refuse("a tolerance must be 0 or more");
            }
            else
            {
                tolerance.Add(name, value);
            }
            json.LeaveField();
        }
        return tolerance;
    }

    private static List<Constraint> ReadConstraints(ref JsonCursor json, List<IgnoredField> ignored, bool takesTexts = false)
    {
        json.Expect(JsonTokenType.StartArray, "an array of constraints");
        List<Constraint> constraints = [];
        while (json.NextElement(constraints.Count))
        {
            if (constraints.Count >= StringsMax)
            {
                json.RefuseBeyond(StringsMax, "constraints");
            }
            constraints.Add(takesTexts && json.Token == JsonTokenType.String ? Constraint.OfText(json.String()) : ReadConstraint(ref json, ignored));
            json.LeaveElement();
        }
        return constraints;
    }

    private static Constraint ReadConstraint(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        string? id = null;
        string? type = null;
        byte priority = 0;
        List<KeyValuePair<string, double>> parameters = [];
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "id": id = json.String(); break;
                case "constraint_type": type = json.String(); break;
                case "parameters": parameters = ReadNumbers(ref json, ignored); break;
                case "priority":
                    ulong value = json.Whole();
                    if (value > byte.MaxValue)
                    {
                        json.Refuse("priority must be 0..255");
                    }
                    priority = (byte)value;
                    break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (id is null || type is null)
        {
            json.Refuse($"field '{(id is null ? "id" : "constraint_type")}' is missing");
        }
        return new Constraint { Id = id, ConstraintType = type, Parameters = parameters, Priority = priority };
    }

    private static List<KeyValuePair<string, MetricHistory>> ReadHistories(ref JsonCursor json, List<IgnoredField> ignored, int most = TemporalLimits.MetricsMax)
    {
        json.Expect(JsonTokenType.StartObject, "an object of histories");
        List<KeyValuePair<string, MetricHistory>> histories = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (histories.Count >= most)
            {
                json.RefuseBeyond(most, "metrics");
            }
            histories.Add(new(name, ReadHistory(ref json, ignored)));
            json.LeaveField();
        }
        return histories;
    }

    private static MetricHistory ReadHistory(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with values");
        FieldNames seen = default;
        ulong? start = null;
        ulong? step = null;
        ulong[]? times = null;
        double[]? values = null;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "start_ns": start = json.Whole(); break;
                case "step_ns": step = json.Whole(); break;
                case "times_ns": times = json.Wholes(HistoryValuesMax); break;
                case "values": values = json.Numbers(HistoryValuesMax); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (values is null)
        {
            json.Refuse("field 'values' is missing");
        }
        if (times is not null)
        {
            CheckTimes(ref json, times, values.Length);
            if (start is not null || step is not null)
            {
                json.Unused(ignored, start is null ? "step_ns" : "start_ns", "times_ns is given");
            }
            return new MetricHistory { TimesNs = times, Values = values };
        }
        if (start is null && step is null && values.Length > 0)
        {
            json.Refuse("neither start_ns with step_ns nor times_ns is given");
        }
        MetricHistory history = new() { StartNs = start ?? 0, StepNs = step ?? 0, Values = values };
        if ((UInt128)history.StartNs + (UInt128)history.StepNs * (ulong)Math.Max(0, values.Length - 1) > ulong.MaxValue)
        {
            json.Refuse("start_ns + step_ns x samples is beyond 2^64 ns");
        }
        return history;
    }

    private static void CheckTimes(ref JsonCursor json, ulong[] times, int values)
    {
        if (times.Length != values)
        {
            json.Refuse($"{times.Length} times_ns for {values} values");
        }
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] < times[i - 1])
            {
                json.Refuse($"times_ns goes back at element {i}");
            }
        }
    }
}
