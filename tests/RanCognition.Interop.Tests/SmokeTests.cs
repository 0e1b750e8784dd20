using System.Text.Json;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Real calls through the built library.</summary>
public class SmokeTests
{
    private const ulong QuarterHour = 900_000_000_000;

    private const string Problem = """
        {"id":"p1","network_id":"cell-7","problem_type":"congestion","objectives":["minimize RRU.PrbTotDl"],"constraints":["RRU.PrbTotDl <= 80"],
         "history":{"RRU.PrbTotDl":{"start_ns":1700000000000000000,"step_ns":900000000000,"values":[41,42,44,43,47,50,49,53,56,58,57,61,64,63,67,70]}}}
        """;

    [Fact]
    public void The_library_has_the_version_and_the_abi_that_the_binding_was_generated_from()
    {
        Assert.Equal(NativeMethods.AbiVersion, RanCognitionLibrary.AbiVersion);
        Assert.Matches(@"^\d+\.\d+\.\d+$", RanCognitionLibrary.Version);
        using JsonDocument info = JsonDocument.Parse(RanCognitionLibrary.RuntimeInfoJson());
        Assert.Equal(RanCognitionLibrary.Version, info.RootElement.GetProperty("version").GetString());
        Assert.True(RanCognitionLibrary.NanoTime > 1_700_000_000_000_000_000);
    }

    [Fact]
    public void A_problem_is_analysed_and_no_buffer_stays_behind()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        using TemporalCore core = new();
        string result = core.ExpandSubjectiveTime(Problem, "[]");
        using (JsonDocument json = JsonDocument.Parse(result))
        {
            Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("predictions").ValueKind);
            Assert.InRange(json.RootElement.GetProperty("confidence").GetDouble(), 0, 1);
        }
        Assert.Contains("<html", RanCognitionLibrary.RenderReport(result), StringComparison.OrdinalIgnoreCase);
        using JsonDocument metrics = JsonDocument.Parse(core.GetPerformanceMetricsJson());
        Assert.True(metrics.RootElement.GetProperty("total_executions").GetUInt64() > 0);
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void Arrays_go_in_and_come_out()
    {
        double[] values = [.. Enumerable.Range(0, 96).Select(i => 50 + (20 * Math.Sin(i * Math.PI / 12)))];
        using TemporalCore core = new(100, 10);
        TemporalForecast forecast = core.Forecast(values, QuarterHour, 8, 0.9);
        Assert.Equal(8, forecast.Mean.Length);
        Assert.All(forecast.Mean, mean => Assert.True(double.IsFinite(mean)));
        Assert.All(Enumerable.Range(0, 8), i => Assert.True(forecast.Lower[i] <= forecast.Upper[i]));

        double[] meanOnly = new double[8];
        core.Forecast(values, QuarterHour, 0.9, meanOnly);
        Assert.Equal(forecast.Mean, meanOnly);

        Assert.All(core.ScoreAnomalies(values, QuarterHour), score => Assert.True(score >= 0));
        Assert.Equal(values.Length, core.DetectAnomalies(values, QuarterHour).Length);
        core.Observe("cell-7", "RRU.PrbTotDl", [1_700_000_000_000_000_000, 1_700_000_900_000_000_000], [41, 42]);
    }

    [Fact]
    public void A_lasting_shift_of_the_level_is_found()
    {
        Random noise = new(1);
        double[] values = [.. Enumerable.Range(0, 200).Select(i => (i < 120 ? 10 : 40) + noise.NextDouble() + noise.NextDouble())];
        using TemporalCore core = new();
        Assert.Contains(core.DetectChangePoints(values, QuarterHour), index => Math.Abs(index - 120) <= 1);
    }

    [Fact]
    public void Errors_are_exceptions_with_status_and_the_librarys_message()
    {
        ulong before = RanCognitionLibrary.BuffersOutstanding;
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.OfNew(() => new TemporalCore(0, 1)));
        using TemporalCore core = new();
        RanCognitionJsonException error = Assert.Throws<RanCognitionJsonException>(() => core.ExpandSubjectiveTime("{\"id\":"));
        Assert.Equal(RanCognitionStatus.InvalidJson, error.Status);
        Assert.StartsWith("problem", error.Message);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => core.Forecast([], 0, 1)));
        Assert.Throws<RanCognitionArgumentException>(() => core.SetConsciousnessLevel(double.NaN));
        Assert.Equal(before, RanCognitionLibrary.BuffersOutstanding);
    }

    [Fact]
    public void A_disposed_core_refuses_calls()
    {
        TemporalCore core = new();
        core.Dispose();
        core.Dispose();
        Assert.Throws<ObjectDisposedException>(() => core.GetPerformanceMetrics());
    }
}
