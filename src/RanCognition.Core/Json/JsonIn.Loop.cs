using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const double CoverageDefault = 0.95;

    /// <summary>What a loop saw and what it expects.</summary>
    public static LoopObservation LoopObservation(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        LoopObservation observation = ReadLoopObservation(ref json, null);
        json.End();
        return observation;
    }

    /// <summary>An observation; beside names a member that stands among its own and is passed over.</summary>
    private static LoopObservation ReadLoopObservation(ref JsonCursor json, string? beside)
    {
        json.Expect(JsonTokenType.StartObject, "an object with loop_id");
        List<IgnoredField> ignored = [];
        string? loop = null;
        ulong? time = null;
        IReadOnlyList<LoopForecast> predict = [];
        IReadOnlyList<LoopExpert> experts = [];
        IReadOnlyList<LoopValue> observed = [];
        IReadOnlyList<ConfigurationChange> actions = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "loop_id":
                    loop = ReadFilled(ref json);
                    CheckLoopName(ref json, loop);
                    break;
                case "time_ns": time = OptionalWhole(ref json); break;
                case "predict": predict = isNull ? [] : ReadForecasts(ref json, ignored); break;
                case "experts": experts = isNull ? [] : ReadExperts(ref json); break;
                case "observed": observed = isNull ? [] : ReadLoopValues(ref json, "null: leave out what was not observed"); break;
                case "actions": actions = isNull ? [] : ReadAction(ref json, ignored, StrangeLoopLimits.ActionsMax); break;
                default:
                    if (name != beside)
                    {
                        json.Ignore(ignored, Unknown);
                    }
                    break;
            }
            json.LeaveField();
        }
        if (loop is null)
        {
            json.Refuse("field 'loop_id' is missing");
        }
        return new LoopObservation { LoopId = loop, TimeNs = time, Predict = predict, Experts = experts, Observed = observed, Actions = actions, Ignored = ignored };
    }

    private static List<LoopForecast> ReadForecasts(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object of predictions");
        List<LoopForecast> forecasts = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? metric))
        {
            CheckEntry(ref json, metric, forecasts.Count, StrangeLoopLimits.MetricsMax, "metrics");
            forecasts.Add(ReadForecast(ref json, metric, ignored));
            json.LeaveField();
        }
        return forecasts;
    }

    private static LoopForecast ReadForecast(ref JsonCursor json, string metric, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with mean, lower, upper and coverage");
        double? mean = null;
        double? lower = null;
        double? upper = null;
        double coverage = CoverageDefault;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "mean": mean = json.OptionalNumber(); break;
                case "lower": lower = json.OptionalNumber(); break;
                case "upper": upper = json.OptionalNumber(); break;
                case "coverage": coverage = ReadShare(ref json, isOneAllowed: false) ?? CoverageDefault; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        return new LoopForecast(metric, mean, lower, upper, coverage);
    }

    private static List<LoopExpert> ReadExperts(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object of experts");
        List<LoopExpert> experts = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? expert))
        {
            CheckEntry(ref json, expert, experts.Count, StrangeLoopLimits.ExpertsMax, "experts");
            experts.Add(new LoopExpert(expert, ReadLoopValues(ref json, "null: leave out what the expert does not predict")));
            json.LeaveField();
        }
        return experts;
    }

    private static List<LoopValue> ReadLoopValues(ref JsonCursor json, string ifNull)
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        List<LoopValue> values = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? metric))
        {
            CheckEntry(ref json, metric, values.Count, StrangeLoopLimits.MetricsMax, "metrics");
            if (json.IsNull)
            {
                json.RefuseValue(ifNull);
            }
            values.Add(new LoopValue(metric, json.Number()));
            json.LeaveField();
        }
        return values;
    }

    /// <summary>Within a field of an object whose names are the caller's: it may not have more, and not too long ones.</summary>
    private static void CheckEntry(ref JsonCursor json, string name, int count, int most, string what)
    {
        CheckLoopName(ref json, name);
        if (count >= most)
        {
            json.LeaveField();
            json.RefuseBeyond(most, what);
        }
    }
}
