using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What a loop knows of its models.
public static partial class JsonIn
{
    private static readonly string[] RegretNames = ["mixture_loss", "mixability_gap", "largest_spread", "steps"];

    private static ExpertsState ReadExpertsState(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        double[]? regret = null;
        ulong steps = 0;
        List<LoopValue>? losses = null;
        List<LoopValue> weights = [];
        IReadOnlyList<string> metrics = [];
        List<double[]> values = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "weights": weights = ReadLoopValues(ref json, "null: must be a number"); break;
                case "regret":
                    regret = ReadNamedNumbers(ref json, RegretNames, ReportNames);
                    steps = Count(ref json, "steps", regret[3]);
                    break;
                case "losses": losses = ReadLoopValues(ref json, "null: must be a number"); break;
                case "open_metrics": metrics = ReadStrings(ref json); break;
                case "open_values": values = ReadOpenValues(ref json); break;
                default: json.Refuse(Unknown); break;
            }
            json.LeaveField();
        }
        if (regret is null || losses is null)
        {
            json.Refuse($"field '{(regret is null ? "regret" : "losses")}' is missing");
        }
        string[] names = new string[losses.Count];
        double[] totals = new double[losses.Count];
        for (int k = 0; k < names.Length; k++)
        {
            (names[k], totals[k]) = (losses[k].Metric, losses[k].Value);
        }
        return new ExpertsState
        {
            Names = names,
            Weights = WeightsOf(names, weights),
            Regret = double.IsNaN(regret[4]) ? null : new RegretReport(regret[4], regret[5], steps),
            Losses = totals,
            MixtureLoss = regret[0],
            MixabilityGap = regret[1],
            LargestSpread = regret[2],
            Steps = steps,
            OpenMetrics = metrics,
            OpenValues = values,
        };
    }

    /// <summary>In the order of the names; none where they are not those of these names.</summary>
    private static double[] WeightsOf(string[] names, List<LoopValue> given)
    {
        double[] weights = new double[given.Count == names.Length ? names.Length : 0];
        for (int k = 0; k < weights.Length; k++)
        {
            if (given[k].Metric != names[k])
            {
                return [];
            }
            weights[k] = given[k].Value;
        }
        return weights;
    }

    private static List<double[]> ReadOpenValues(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of rows of numbers");
        List<double[]> values = [];
        while (json.NextElement(values.Count))
        {
            RefuseMore(ref json, values.Count, StrangeLoopLimits.ExpertsMax, "rows");
            values.Add(json.NumbersWithin(StrangeLoopLimits.MetricsMax));
            json.LeaveElement();
        }
        return values;
    }
}
