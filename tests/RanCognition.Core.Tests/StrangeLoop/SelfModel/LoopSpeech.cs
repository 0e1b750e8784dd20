using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using RanCognition.Contracts;
using RanCognition.StrangeLoop.SelfModel;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Short ways to say what the tests of a loop's model of itself say often.</summary>
internal static class LoopSpeech
{
    public static LoopForecast Forecast(double? mean, double? lower, double? upper, double coverage = .9, string metric = "m") => new(metric, mean, lower, upper, coverage);

    public static LoopObservation Say(double? observed, params LoopForecast[] forecasts) => new()
    {
        LoopId = "loop",
        TimeNs = 0,
        Observed = observed is { } value ? [new LoopValue("m", value)] : [],
        Predict = forecasts,
    };

    public static LoopExpert Expert(string name, params double[] values)
    {
        List<LoopValue> list = [];
        foreach (double value in values)
        {
            list.Add(new LoopValue("m" + list.Count, value));
        }
        return new LoopExpert(name, list);
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static StrangeLoopState StateOf(LoopBook book) => new() { AciStep = book.Options.AciStep, Levels = book.Options.Levels, Loops = book.State() };

    /// <summary>Every number of every property, each in the text that gives it back.</summary>
    public static string TextOf(object? value)
    {
        StringBuilder text = new();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or bool:
                text.Append(value);
                break;
            case IFormattable number when value.GetType().IsPrimitive:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (object? item in items)
                {
                    Write(item, text);
                    text.Append(", ");
                }
                text.Append(']');
                break;
            default:
                text.Append('{');
                foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    text.Append(property.Name).Append('=');
                    Write(property.GetValue(value), text);
                    text.Append("; ");
                }
                text.Append('}');
                break;
        }
    }
}
