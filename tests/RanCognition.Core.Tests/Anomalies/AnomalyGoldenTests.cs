using System.Text.Json;
using RanCognition.Temporal.Patterns;

namespace RanCognition.Tests.Anomalies;

public sealed class AnomalyGoldenTests
{
    [Fact]
    public void Scores_likelihoods_and_alarms_equal_those_of_the_reference_program()
    {
        var cases = 0;
        foreach (var golden in GoldenCases.Read("anomaly.json"))
        {
            var name = GoldenCases.Name(golden);
            var values = GoldenCases.Values(golden);
            var detector = new AnomalyDetector(golden.GetProperty("step").GetDouble());
            var points = values.Select(detector.Step).ToArray();
            var every = golden.GetProperty("every").GetInt32();
            AssertNear(name + ": score", golden.GetProperty("scores"), points.Select(p => p.Score), every);
            AssertNear(name + ": likelihood", golden.GetProperty("likelihoods"), points.Select(p => p.Likelihood), every);
            if (golden.GetProperty("alarms") is { ValueKind: JsonValueKind.Array } alarms)
            {
                var raised = Enumerable.Range(0, points.Length).Where(i => points[i].Alarm);
                Assert.True(raised.SequenceEqual(GoldenCases.Indices(alarms)), name + ": alarms");
            }
            cases++;
        }
        Assert.True(cases >= 25);
    }

    [Fact]
    public void Scan_gives_the_same_answers_as_the_detector()
    {
        foreach (var golden in GoldenCases.Read("anomaly.json"))
        {
            var values = GoldenCases.Values(golden);
            var step = golden.GetProperty("step").GetDouble();
            var detector = new AnomalyDetector(step);
            var points = values.Select(detector.Step).ToArray();
            var scores = new double[values.Length];
            var flags = new byte[values.Length];
            AnomalyScan.Score(values, step, scores);
            AnomalyScan.Detect(values, step, flags);
            Assert.Equal(points.Select(p => p.Score), scores);
            Assert.Equal(points.Select(p => (byte)(p.Alarm ? 1 : 0)), flags);
        }
    }

    private static void AssertNear(string name, JsonElement expected, IEnumerable<double> found, int every)
    {
        var mine = found.Where((_, i) => i % every == 0).ToArray();
        var theirs = GoldenCases.Numbers(expected);
        Assert.Equal(theirs.Length, mine.Length);
        for (var i = 0; i < mine.Length; i++)
        {
            Assert.True(Math.Abs(mine[i] - theirs[i]) <= 1e-9 * Math.Abs(theirs[i]) + 1e-12,
                $"{name} at {i * every}: {mine[i]:R}, reference {theirs[i]:R}");
        }
    }
}
