using System.Globalization;

namespace RanCognition.Tests.Cognition;

/// <summary>What is expected of a real failure rate, by the hour over 60 days: it differs by factors between day and night, and ends in the spike of a New Year's Eve.</summary>
public sealed class RealRateTests
{
    private const string Metric = "ERAB.EstabFailRate";
    private const int Day = 24, Window = 4;

    [Fact]
    public void A_spike_of_the_evening_is_carried_to_the_night_as_a_factor()
    {
        double[] values = Rates();
        double most = 0;
        for (int night = Day; night + Window <= values.Length; night += Day)
        {
            most = Math.Max(most, values[night..(night + Window)].Average());
        }
        Assert.True(P50(values) < 2 * most, $"{P50(values)}, at most {most} in {values.Length / Day} nights");
    }

    [Fact]
    public void The_next_hours_are_told_better_than_by_yesterday()
    {
        double[] values = Rates();
        double error = 0, yesterday = 0;
        for (int now = values.Length - 20 * Day; now + Window <= values.Length; now += 5)
        {
            double came = values[now..(now + Window)].Average();
            error += Math.Abs(Math.Log(P50(values[..now]) / came));
            yesterday += Math.Abs(Math.Log(values[(now - Day)..(now - Day + Window)].Average() / came));
        }
        Assert.True(error < yesterday, $"{error} against {yesterday}");
    }

    private static double P50(double[] values) =>
        OutlookScene.Of(new OutlookScene { Window = Window, PeriodNs = 3_600_000_000_000 }.With(Metric, values).AtMost(Metric, 1).Model().Evaluate([]), Metric).P50!.Value;

    private static double[] Rates()
    {
        List<double> values = [];
        foreach (string line in File.ReadLines(TestPaths.InRepository("tests", "data", "erab_hourly.csv")).Skip(1))
        {
            values.Add(double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));
        }
        return [.. values];
    }
}
