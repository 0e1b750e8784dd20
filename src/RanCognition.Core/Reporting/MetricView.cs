using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>All that a temporal result says about one metric, gathered from its lists.</summary>
internal sealed class MetricView
{
    public required string Name { get; init; }

    /// <summary>The metric's entry in <c>series</c>; undefined when the problem did not ask for the timeline.</summary>
    public JsonElement Series { get; set; }

    /// <summary>The metric's entry in <c>metrics</c>.</summary>
    public JsonElement Info { get; set; }

    public List<JsonElement> Predictions { get; } = [];

    /// <summary>Metrics in the order in which the result first names them.</summary>
    public static List<MetricView> Gather(JsonElement result) => Gather(result.Objects("predictions"), result.Objects("series"), result.Objects("metrics"));

    /// <summary>Metrics of bare predictions.</summary>
    public static List<MetricView> Gather(List<JsonElement> predictions) => Gather(predictions, [], []);

    private static List<MetricView> Gather(List<JsonElement> predictions, List<JsonElement> series, List<JsonElement> metrics)
    {
        var order = new List<MetricView>();
        var byName = new Dictionary<string, MetricView>(StringComparer.Ordinal);
        MetricView Of(JsonElement entry)
        {
            var name = entry.Text("metric");
            if (!byName.TryGetValue(name, out var view))
            {
                byName.Add(name, view = new MetricView { Name = name });
                order.Add(view);
            }
            return view;
        }
        foreach (var entry in series)
        {
            Of(entry).Series = entry;
        }
        foreach (var entry in predictions)
        {
            Of(entry).Predictions.Add(entry);
        }
        foreach (var entry in metrics)
        {
            Of(entry).Info = entry;
        }
        return order;
    }

    /// <summary>Above this p-value a change of level is only a candidate: it is listed, but neither drawn nor told.</summary>
    private const double ChangePValueMax = 0.05;

    /// <summary>Changes of level that are more than candidates.</summary>
    public static List<JsonElement> LastingChanges(JsonElement series) =>
        series.Objects("change_points").FindAll(change => !(change.Number("p_value") > ChangePValueMax));

    public bool HasChart => Series.Count("values") > 0 || Series.Member("forecast").Count("mean") > 0;

    public string Title => Name.Length == 0 ? "Metric without a name" : Name;

    /// <summary>Time of the last sample; null when unknown.</summary>
    public ulong? EndNs => Info.Nanoseconds("end_ns") ?? SampleTime(Math.Max(0, Series.Count("values") - 1));

    public ulong? SampleTime(long index)
    {
        var start = Series.Nanoseconds("start_ns");
        var step = Series.Nanoseconds("step_ns");
        if (start is null || step is null or 0 || index < 0)
        {
            return null;
        }
        var time = (UInt128)start.Value + (UInt128)step.Value * (UInt128)index;
        return time > ulong.MaxValue ? null : (ulong)time;
    }
}
