using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Strict: a field that is not understood would be lost. What follows from other numbers is there for the reader, and the core does without it; whether the numbers can be a state at all, it judges.
public static partial class JsonIn
{
    private const ulong CountMax = 1UL << 53;   // a double counts that far

    private static readonly string[] CoverageNames = ["target", "miscoverage", "steps", "covered"];
    private static readonly string[] ReportNames = ["value", "bound"];

    /// <summary>What JsonOut.StrangeLoopState wrote.</summary>
    public static StrangeLoopState StrangeLoopState(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        ulong? version = null;
        double? step = null;
        int? levels = null;
        List<LoopState>? loops = null;
        IReadOnlyList<ParameterGroup> groups = [];
        List<ControlCommand> commands = [];
        ulong[] places = [];
        ulong? next = null;
        ulong executionTime = 0;
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "version": version = json.WholeWithin(Contracts.StrangeLoopState.CurrentVersion, Contracts.StrangeLoopState.CurrentVersion); break;
                case "aci_step": step = json.NumberWithin(double.Epsilon, 1); break;
                case "levels": levels = (int)json.WholeWithin(0, StrangeLoopLimits.LevelsMax); break;
                case "loops": loops = ReadLoopStates(ref json); break;
                case "groups": groups = Known(ReadGroups, ref json); break;
                case "live_commands": commands = Known(ReadCommands, ref json); break;
                case "live_places": places = json.Wholes(StrangeLoopLimits.CommandsMax); break;
                case "next_command": next = json.Whole(); break;
                case "execution_time": executionTime = json.Whole(); break;
                case "ignored": ignored = ReadIgnored(ref json); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (version is null || step is null || levels is null || loops is null || next is null)
        {
            json.Refuse($"field '{(version is null ? "version" : step is null ? "aci_step" : levels is null ? "levels" : loops is null ? "loops" : "next_command")}' is missing");
        }
        json.End();
        return new StrangeLoopState
        {
            AciStep = step.Value, Levels = levels.Value, Loops = loops, Groups = groups, LiveCommands = commands, LivePlaces = places, NextCommand = next.Value,
            ExecutionTime = executionTime, Ignored = ignored,
        };
    }

    private delegate T IgnoringReader<T>(ref JsonCursor json, List<IgnoredField> ignored);

    /// <summary>Reads what elsewhere may have fields that are ignored; here nothing is.</summary>
    private static T Known<T>(IgnoringReader<T> read, ref JsonCursor json)
        where T : class
    {
        List<IgnoredField> ignored = [];
        T value = read(ref json, ignored);
        if (ignored.Count > 0)
        {
            json.Refuse($"{ignored[0].Field}: {ignored[0].Reason}");
        }
        return value;
    }

    private static List<LoopState> ReadLoopStates(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of loops");
        List<LoopState> loops = [];
        while (json.NextElement(loops.Count))
        {
            RefuseMore(ref json, loops.Count, StrangeLoopLimits.LoopsMax, "loops");
            loops.Add(ReadLoopState(ref json));
            json.LeaveElement();
        }
        return loops;
    }

    private static LoopState ReadLoopState(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        string? id = null;
        ulong? time = null;
        List<MetricState> metrics = [];
        ExpertsState? experts = null;
        IReadOnlyList<ConfigurationChange> actions = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "loop_id": id = ReadFilled(ref json); break;
                case "time_ns": time = json.Whole(); break;
                case "metrics": metrics = ReadMetricStates(ref json); break;
                case "experts": experts = ReadExpertsState(ref json); break;
                case "actions": actions = Known(ReadKeptActions, ref json); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (id is null || time is null)
        {
            json.Refuse($"field '{(id is null ? "loop_id" : "time_ns")}' is missing");
        }
        return new LoopState { LoopId = id, TimeNs = time.Value, Metrics = metrics, Experts = experts, Actions = actions };
    }

    private static IReadOnlyList<ConfigurationChange> ReadKeptActions(ref JsonCursor json, List<IgnoredField> ignored) => ReadAction(ref json, ignored, StrangeLoopLimits.ActionsKeptMax);

    private static List<MetricState> ReadMetricStates(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of metrics");
        List<MetricState> metrics = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? metric))
        {
            CheckEntry(ref json, metric, metrics.Count, StrangeLoopLimits.MetricsMax, "metrics");
            metrics.Add(ReadMetricState(ref json, metric));
            json.LeaveField();
        }
        return metrics;
    }

    private static MetricState ReadMetricState(ref JsonCursor json, string metric)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        ulong? observations = null;
        LoopSetting? setting = null;
        IntervalState? coverage = null;
        OpenForecastState? open = null;
        double[] scores = [];
        List<ErrorRecordState> records = [];
        TuningState? tuning = null;
        double bias = 0;
        double gain = 0;
        double? scale = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "observations": observations = json.WholeWithin(0, CountMax); break;
                case "bias": bias = json.OptionalNumber() ?? double.NaN; break;
                case "gain": gain = json.OptionalNumber() ?? double.NaN; break;
                case "interval_scale": scale = json.OptionalNumber(); break;
                case "coverage": coverage = ReadIntervalState(ref json); break;
                case "open": open = ReadOpenForecast(ref json); break;
                case "setting": setting = ReadLoopSetting(ref json); break;
                case "scores": scores = json.NumbersWithin(ScoresMax, 0); break;
                case "records": records = ReadErrorRecords(ref json); break;
                case "tuning": tuning = ReadTuning(ref json); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (observations is null || setting is null)
        {
            json.Refuse($"field '{(observations is null ? "observations" : "setting")}' is missing");
        }
        return new MetricState
        {
            Metric = metric, Observations = observations.Value, Setting = setting, Coverage = coverage, Open = open, Scores = scores, Records = records, Tuning = tuning,
            Bias = bias, Gain = gain, IntervalScale = scale,
        };
    }

    private static IntervalState ReadIntervalState(ref JsonCursor json)
    {
        double[] numbers = ReadNamedNumbers(ref json, CoverageNames, ReportNames);
        return new IntervalState
        {
            Coverage = numbers[0], Miscoverage = numbers[1], Steps = Count(ref json, "steps", numbers[2]), Covered = Count(ref json, "covered", numbers[3]), Bound = Given(numbers[5]),
        };
    }

    private static OpenForecastState ReadOpenForecast(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        double? mean = null;
        double? halfLower = null;
        double? halfUpper = null;
        double centreOffset = 0;
        double? corrected = null;
        double? lower = null;
        double? upper = null;
        bool? hasInterval = null;
        bool isEmpty = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "mean": mean = json.Number(); break;
                case "has_interval": hasInterval = json.Boolean(); break;
                case "half_lower": halfLower = json.OptionalNumber(); break;
                case "half_upper": halfUpper = json.OptionalNumber(); break;
                case "centre_offset": centreOffset = json.Number(); break;
                case "corrected_mean": corrected = json.Number(); break;
                case "lower": lower = json.OptionalNumber(); break;
                case "upper": upper = json.OptionalNumber(); break;
                case "empty": isEmpty = json.Boolean(); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (mean is null || corrected is null || hasInterval is null)
        {
            json.Refuse($"field '{(mean is null ? "mean" : corrected is null ? "corrected_mean" : "has_interval")}' is missing");
        }
        return new OpenForecastState
        {
            Mean = mean.Value, HasInterval = hasInterval.Value, HalfLower = halfLower, HalfUpper = halfUpper, CentreOffset = centreOffset, CorrectedMean = corrected.Value, Lower = lower, Upper = upper, Empty = isEmpty,
        };
    }

    private static List<IgnoredField> ReadIgnored(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of fields");
        List<IgnoredField> ignored = [];
        while (json.NextElement(ignored.Count))
        {
            json.Expect(JsonTokenType.StartObject, "an object of field and reason");
            string field = "";
            string reason = "";
            FieldNames seen = default;
            while (json.NextField(ref seen, out string? name))
            {
                switch (name)
                {
                    case "field": field = json.String(); break;
                    case "reason": reason = json.String(); break;
                    default: json.Refuse(Unknown); break;
                }
                json.LeaveField();
            }
            ignored.Add(new IgnoredField(field, reason));
            json.LeaveElement();
        }
        return ignored;
    }

    private static double? Given(double number) => double.IsNaN(number) ? null : number;
}
