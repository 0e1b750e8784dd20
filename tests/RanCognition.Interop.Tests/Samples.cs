using RanCognition.Contracts;

namespace RanCognition.Tests.Interop;

/// <summary>Inputs of several tests.</summary>
internal static class Samples
{
    public const ulong QuarterHour = 900_000_000_000;
    public const ulong FirstEpisodeNs = 1_500_000_000_000_000_000;

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

    /// <summary>Episodes of cells c1..c3 with numbers by seed; every third one says what was done.</summary>
    public static Episode[] Episodes(int count, int seed = 1)
    {
        Random noise = new(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Episode
        {
            TimeNs = FirstEpisodeNs + (ulong)i, NetworkId = "n1", Cell = $"c{1 + (i % 3)}", ProblemType = "coverage",
            Situation = [new("RRU.PrbTotDl", 100 * noise.NextDouble()), new("RRC.ConnMean", noise.Next(60))],
            Action = i % 3 == 0 ? [new("NRCellDU=1", "digitalTilt", i, i + 1)] : [],
            Outcome = [new("DRB.UEThpDl", 30 * noise.NextDouble())], Reward = i / 10.0, Success = i % 2 == 0, Tags = [$"t{i % 4}"],
            Metadata = new([new("vendor", i % 2 == 0 ? "a" : "b"), new("band", 78), new("serial", 9_007_199_254_740_993 + i)]), Text = i % 5 == 0 ? "energy saving" : "",
        })];
    }

    private static MetricHistory History(int samples, int seed) => new() { StartNs = 1_700_000_000_000_000_000, StepNs = QuarterHour, Values = Wave(samples, seed) };
}
