using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Reporting;
using static RanCognition.Tests.Reporting.ReportPages;

namespace RanCognition.Tests.Reporting;

public sealed class ChartDataTests
{
    [Fact]
    public void A_short_series_is_drawn_point_for_point()
    {
        var chart = ChartData(Parse(Render(TemporalResult(points: 100)))).Single();
        Assert.True(chart.GetProperty("utc").GetBoolean());
        Assert.Equal(1577836800, chart.GetProperty("t0").GetDouble());
        Assert.Equal(3600, chart.GetProperty("step").GetDouble());
        Assert.False(chart.TryGetProperty("d", out _));
        Assert.Equal(100, chart.GetProperty("v").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, chart.GetProperty("v")[5].ValueKind);
        Assert.Equal(50 + 20 * Math.Sin(2) + 0.613, chart.GetProperty("v")[8].GetDouble(), 1e-3);
        var forecast = chart.GetProperty("f");
        Assert.Equal(360000, forecast.GetProperty("x")[0].GetDouble());
        string[] curves = ["lo", "hi", "qlo", "qhi", "mean"];
        Assert.Equal([41.0, 59, 47, 53, 50], curves.Select(name => forecast.GetProperty(name)[0].GetDouble()));
        Assert.Equal(180000, chart.GetProperty("a")[0][0].GetDouble());
        Assert.Equal(99.5, chart.GetProperty("a")[0][1].GetDouble());
        Assert.Equal(33 * 3600, chart.GetProperty("c")[0].GetDouble());
        Assert.Equal(80, chart.GetProperty("l")[0].GetProperty("v").GetDouble());
    }

    [Fact]
    public void Steps_below_a_millisecond_count_from_the_first_sample()
    {
        var json = """{"series":[{"metric":"m","start_ns":1577836800123456789,"step_ns":100000,"values":[1,2,3],"forecast":{"start_ns":1577836800123756789,"step_ns":100000,"mean":[4]}}]}""";
        var page = Parse(Render(json));
        var chart = ChartData(page).Single();
        Assert.False(chart.GetProperty("utc").GetBoolean());
        Assert.Equal(0, chart.GetProperty("t0").GetDouble());
        Assert.Equal(0.0003, chart.GetProperty("f").GetProperty("x")[0].GetDouble(), 1e-12);
        Assert.Contains("Axis counts from 2020-01-01 00:00:00.123456789\u00A0UTC", page.Value);
    }

    [Fact]
    public void Fifty_metrics_of_100000_points_stay_below_two_megabytes()
    {
        var one = Series("m", 100_000, horizon: 1000);
        var json = "{\"series\":[" + string.Join(",", Enumerable.Range(0, 50).Select(i => one.Replace("\"m\"", $"\"m{i}\""))) + "]}";
        var html = Render(json);
        Assert.Equal(50, ChartData(Parse(html)).Count);
        Assert.InRange(html.Length, 500_000, 2_000_000);
    }

    [Fact]
    public void Beyond_the_charts_a_page_can_hold_words_remain()
    {
        var json = "{\"series\":[" + string.Join(",", Enumerable.Range(0, 60).Select(i => Series("m", 600).Replace("\"m\"", $"\"m{i}\""))) + "]}";
        var all = "{\"results\":[" + string.Join(",", Enumerable.Repeat("{\"Ok\":" + json + "}", 18)) + "]}";
        var html = Render(all);
        var page = Parse(html);
        Assert.Equal(ChartRoom.ChartsMax, ChartData(page).Count);
        Assert.Contains("No chart: this page has as many as it can hold.", page.Value);
        Assert.InRange(html.Length, 500_000, 9_500_000);
    }

    [Fact]
    public void Thinning_keeps_the_extremes_the_ends_and_the_marks_within_its_room()
    {
        var cases = from n in Gen.Choose(1, 3000) from room in Gen.Choose(20, 400) from recent in Gen.Choose(0, 500) from seed in Gen.Choose(0, 1 << 30) select (n, room, recent, seed);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (n, room, recent, seed) = given;
            var random = new System.Random(seed);
            var values = Enumerable.Range(0, n).Select(_ => random.NextDouble() < 0.1 ? double.NaN : random.NextDouble()).ToArray();
            int[] marks = [random.Next(n), -1, n];
            var kept = Thinning.Keep(values, room, recent, marks);
            var ordered = kept.Zip(kept.Skip(1)).All(pair => pair.First < pair.Second);
            var present = values.Where(value => !double.IsNaN(value)).ToList();
            var extremes = present.Count == 0 || (kept.Any(i => values[i] == present.Min()) && kept.Any(i => values[i] == present.Max()));
            return ordered && extremes && kept[0] == 0 && kept[^1] == n - 1 && kept.Contains(marks[0]) && kept.Length <= room + 4
                && (n > room || kept.Length == n);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Thinning_keeps_long_gaps_and_the_newest_points_in_full()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => i is > 2000 and < 4000 ? double.NaN : Math.Sin(i)).ToArray();
        var kept = Thinning.Keep(values, 400, 150, []);
        Assert.Contains(kept, i => double.IsNaN(values[i]));
        Assert.Equal(Enumerable.Range(9850, 150), kept.Where(i => i >= 9850));
    }

    [Fact]
    public void A_thinned_fan_is_never_narrower_than_the_forecast()
    {
        var lower = Enumerable.Range(0, 5000).Select(i => i == 2500 ? -1000.0 : -1).ToArray();
        var mean = lower.Select((_, i) => Math.Sin(i));
        var json = $$"""{"series":[{"metric":"m","start_ns":0,"step_ns":1000000000,"values":[1],"forecast":{"mean":{{JsonSerializer.Serialize(mean)}},"lower":{{JsonSerializer.Serialize(lower)}} } }]}""";
        var band = ChartData(Parse(Render(json))).Single().GetProperty("f").GetProperty("lo").EnumerateArray().Select(value => value.GetDouble()).ToList();
        Assert.InRange(band.Count, 100, 404);
        Assert.Equal(-1000, band.Min());
    }
}
