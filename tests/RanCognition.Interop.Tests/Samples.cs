using RanCognition.Contracts;

namespace RanCognition.Tests.Interop;

/// <summary>Inputs of several tests.</summary>
internal static class Samples
{
    public const ulong QuarterHour = 900_000_000_000;

    /// <summary>A daily wave with noise, by seed.</summary>
    public static double[] Wave(int count, int seed)
    {
        Random noise = new(seed);
        return [.. Enumerable.Range(0, count).Select(i => 50 + (20 * Math.Sin(i * Math.PI / 12)) + (3 * noise.NextDouble()))];
    }

    public static RanProblem Problem(string id = "p1", int samples = 96, int seed = 1) => new()
    {
        Id = id, NetworkId = "cell-7", ProblemType = "congestion", Objectives = ["minimize RRU.PrbTotDl"], Constraints = ["RRU.PrbTotDl <= 80"],
        CurrentState = [new("DRB.UEThpDl", 12.5)], History = [new("RRU.PrbTotDl", History(samples, seed))], IncludeTimeline = true,
    };

    public static Timeline Timeline(int samples = 200, int seed = 1) => new() { Id = "t1", Metrics = [new("RRU.PrbTotDl", History(samples, seed))] };

    public static RanProblem[] Problems(int count) => [.. Enumerable.Range(0, count).Select(i => Problem($"p{i}", seed: i))];

    private static MetricHistory History(int samples, int seed) => new() { StartNs = 1_700_000_000_000_000_000, StepNs = QuarterHour, Values = Wave(samples, seed) };
}
