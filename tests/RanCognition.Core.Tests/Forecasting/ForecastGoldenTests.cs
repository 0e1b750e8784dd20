using System.Text.Json;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;
using RanCognition.Tests.Anomalies;

namespace RanCognition.Tests.Forecasting;

public sealed class ForecastGoldenTests
{
    [Fact]
    public void Forecasts_and_interval_ends_equal_those_of_the_reference_program()
    {
        var forecaster = new Forecaster(SimdOps.Vector);
        var failures = new List<string>();
        var cases = GoldenCases.Read("forecast.json").ToList();
        foreach (var golden in cases)
        {
            var values = Values(golden);
            var result = forecaster.Forecast(values, golden.GetProperty("step").GetDouble(), golden.GetProperty("horizon").GetInt32());
            if (golden.TryGetProperty("seasons", out var seasons))
            {
                Assert.Equal(GoldenCases.Indices(seasons), new[] { result.Season, result.LongSeason }.Where(p => p > 1));
            }
            var scale = NearZero(values);
            Compare("mean", result.Mean);
            Compare("lower", result.Lower);
            Compare("upper", result.Upper);

            void Compare(string what, double[] found)
            {
                var expected = GoldenCases.Numbers(golden.GetProperty(what));
                Assert.Equal(expected.Length, found.Length);
                for (var j = 0; j < found.Length; j++)
                {
                    if (!(Math.Abs(found[j] - expected[j]) <= 1e-9 * Math.Max(Math.Abs(expected[j]), scale)))
                    {
                        failures.Add($"{Name(golden)}: {what}[{j}] = {found[j]:R}, reference {expected[j]:R}");
                    }
                }
            }
        }
        Assert.True(failures.Count == 0, $"{failures.Count} values differ\n" + string.Join('\n', failures.Take(20)));
        Assert.True(cases.Count >= 100);
    }

    /// <summary>Below a millionth of the history's mean magnitude, agreement is measured against that.</summary>
    private static double NearZero(double[] values)
    {
        var finite = values.Where(double.IsFinite).Select(Math.Abs).ToArray();
        var top = finite.DefaultIfEmpty(0).Max();
        return top == 0 ? 0 : 1e-6 * top * finite.Average(v => v / top);
    }

    private static double[] Values(JsonElement golden)
    {
        var n = golden.GetProperty("n").GetInt32();
        if (golden.TryGetProperty("kind", out var kind))
        {
            return ForecastSeries.Make(kind.GetString()!, n, golden.GetProperty("day").GetInt32(), golden.GetProperty("week").GetInt32(), golden.GetProperty("seed").GetUInt64());
        }
        var cell = golden.TryGetProperty("cell", out var name) ? name.GetString() : null;
        return RealSeries.Read(golden.GetProperty("file").GetString()!, golden.GetProperty("column").GetString()!, cell).AsSpan(golden.GetProperty("start").GetInt32(), n).ToArray();
    }

    private static string Name(JsonElement golden)
        => string.Join(' ', golden.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Array).Select(p => $"{p.Name}={p.Value}"));
}
