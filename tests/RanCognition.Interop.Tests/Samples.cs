using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Inputs of several tests.</summary>
internal static class Samples
{
    public const ulong QuarterHour = 900_000_000_000;
    public const ulong FirstEpisodeNs = 1_500_000_000_000_000_000;
    public const ulong DecisionNs = 1_700_000_000_000_000_000;
    public const string Relation = "NRCellRelation=1-2";

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

    /// <summary>Two sites with three sectors each, users by seed who can do with fewer of them.</summary>
    public static NetworkModel Network(int users = 8, int seed = 1)
    {
        const int Sites = 2;
        Random noise = new(seed);
        return new NetworkModel
        {
            Links = new LinkSpec
            {
                Users = users, Sites = Sites, LossDb = Numbers(i => i % Sites == i / Sites % Sites ? 90 : 110, 14), AzimuthDeg = Numbers(_ => -180, 360), ZenithDeg = Numbers(_ => 92, 12),
            },
            TrafficMbps = 90, Cells = [.. Enumerable.Range(0, 3 * Sites).Select(i => new CellSpec { AzimuthDeg = 30 + (120 * (i % 3)), TiltDeg = 98 + (i % 2) })],
            Energy = new EnergySpec { SleepW = 15 }, CoverageRsrpDbm = -110,
        };

        double[] Numbers(Func<int, double> from, double width) => [.. Enumerable.Range(0, users * Sites).Select(i => Math.Round(from(i) + (width * noise.NextDouble()), 2))];
    }

    /// <summary>Knobs of every kind under a constraint; its points are few enough to be counted when the real one is left out.</summary>
    public static OptimizationProblem Knobs(ulong evaluations = 200, bool isReal = true) => new()
    {
        Variables =
        [
            isReal ? new DecisionVariable { Name = "a", Kind = VariableKind.Real, Lower = -3, Upper = 3 } : new DecisionVariable { Name = "a", Kind = VariableKind.Integer, Lower = -3, Upper = 3 },
            new DecisionVariable { Name = "b", Kind = VariableKind.Integer, Lower = -5, Upper = 5 }, new DecisionVariable { Name = "c", Kind = VariableKind.Ordered, Values = [0.5, 1, 2, 4] },
            new DecisionVariable { Name = "d", Kind = VariableKind.Binary }, new DecisionVariable { Name = "e", Kind = VariableKind.Category, Categories = ["x", "y", "z"] },
        ],
        Objectives = [new ObjectiveSpec("cost", Maximize: false)], Constraints = ["room"], Budget = new OptimizationBudget { Evaluations = evaluations }, Seed = 11,
    };

    /// <summary>Evaluates a point of <see cref="Knobs"/>.</summary>
    public static bool Cost(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = Math.Pow(x[0] - 0.5, 2) + Math.Pow(x[1] - 2, 2) + Math.Pow(x[2] - 2, 2) + (3 * x[3]) + Math.Pow(x[4] - 1, 2);
        constraints[0] = 4 - x[0] - x[1];
        return true;
    }

    /// <summary>What a loop tells hour by hour: predictions that are too high by 5, three models of which one is good, and what came of it. The last one only observes.</summary>
    public static IEnumerable<LoopObservation> Hours(int count, int seed = 1)
    {
        Random noise = new(seed);
        double observed = 0;
        for (int i = 0; i <= count; i++)
        {
            double next = 60 + (10 * Math.Sin(i * Math.PI / 12)), before = observed;
            observed = next + (4 * (noise.NextDouble() - 0.5));
            yield return new LoopObservation
            {
                LoopId = "tilt of c1", TimeNs = FirstEpisodeNs + ((ulong)i * QuarterHour), Observed = i == 0 ? [] : [new("RRU.PrbTotDl", before), new("DRB.UEThpDl", before / 3)],
                Predict = i == count ? [] : [new("RRU.PrbTotDl", null, next - 6, next + 6, 0.9), new("DRB.UEThpDl", (next / 3) + 5, (next / 3) + 3, (next / 3) + 7, 0.8)],
                Experts = i == count ? [] : [Expert("good", next), Expert("high", next + 8), Expert("flat", 60)],
                Actions = i % 7 == 3 ? [new("NRCellDU=1", "digitalTilt", i, i + 1)] : [],
            };
        }

        static LoopExpert Expert(string name, double value) => new(name, [new("RRU.PrbTotDl", value)]);
    }

    /// <summary>A command in force for a minute.</summary>
    public static ControlCommand Command(string source, string parameter, string value, string cell, ulong startNs) => new()
    {
        Source = source, Command = "set", TargetParameter = parameter, TargetValue = value, TargetCell = cell, StartNs = startNs, SpanNs = 60_000_000_000,
    };

    /// <summary>One conflict of each kind: commands 0 and 1, 2 and 3, 4 and 5; the functions MLB and MRO answer each other by the gains given.</summary>
    public static ConflictRequest Conflicts(double mlbToMro = 1.2, double mroToMlb = -1.5)
    {
        const ulong Second = 1_000_000_000;
        return new ConflictRequest
        {
            Groups = [new("mobility", [new("cell", "cellIndividualOffset"), new("cell", "hysteresis")])],
            Commands =
            [
                Command("MLB", "cellIndividualOffset", "3", "c1", 0), Command("MRO", "cellIndividualOffset", "-2", "c1", 30 * Second),
                Command("MLB", "cellIndividualOffset", "1", "c2", 0), Command("MRO", "hysteresis", "2", "c2", 59 * Second),
                Command("CCO", "digitalTilt", "6", "c3", 100 * Second), Command("ES", "administrativeState", "LOCKED", "c3", 130 * Second),
                Command("MRO", "hysteresis", "2", "c1", 300 * Second), Command("MRO", "hysteresis", "4", "c1", 301 * Second),
            ],
            Kpis = [.. Enumerable.Range(0, 90).Select(i => new KpiSample("c3", "DRB.UEThpDl", (ulong)(70 + i) * Second, (i >= 60 ? 10 : 30) + (i % 3), LowIsBetter: false))],
            Loops = new ControlLoops { Names = ["MLB", "MRO"], Gain = [[0, mroToMlb], [mlbToMro, 0]] },
        };
    }

    /// <summary>Counters of one relation over six hours: how many of 400 handovers a quarter of an hour come too late, and too early.</summary>
    public static DecisionProblem Handovers(double tooLate, double tooEarly = 0, string id = "late") => new()
    {
        Problem = new RanProblem
        {
            Id = id, NetworkId = "site 7", ProblemType = "MRO", Seed = 5,
            History = [new($"{Relation}/MM.HoExeInterReq", Counter(400)), new($"{Relation}/HO.IntraSys.TooLate", Counter(tooLate)), new($"{Relation}/HO.IntraSys.TooEarly", Counter(tooEarly))],
        },
        TimeNs = DecisionNs, Configuration = [new(Relation, "cellIndividualOffset", 0)],
    };

    /// <summary>Tilts of a cell to choose from, in tenths of a degree; it stands at 30.</summary>
    public static DecisionProblem Tilts(params int[] tilts) => new()
    {
        Problem = new RanProblem { Id = "tilt", NetworkId = "site 7", CurrentState = [new("DRB.UEThpDl", 10), new("RRU.PrbTotDl", 50)], Objectives = ["maximize DRB.UEThpDl"], Constraints = ["RRU.PrbTotDl <= 90"], Seed = 5 },
        TimeNs = DecisionNs, ObserveNs = QuarterHour, Configuration = [new("NRCellDU=1", "digitalTilt", 30)], Guards = new GuardSettings { MaxChange = false },
        Candidates = [.. tilts.Select(tilt => new[] { new ConfigurationChange("NRCellDU=1", "digitalTilt", null, tilt) })],
    };

    /// <summary>A simulator of <see cref="Tilts"/>: the throughput is best at one tilt, the load is always the same.</summary>
    public static WhatIfModel Simulated(double best) => (question, values) =>
    {
        double tilt = question.Actions is [{ After: MetadataValue.Number after }] ? after.Value : 30;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = question.Metrics[i] == "DRB.UEThpDl" ? 20 - (Math.Abs(tilt - best) / 4) : 50;
        }
        return true;
    };

    /// <summary>A message with measurements of two cells: 23 numbers, and a word.</summary>
    public static string Rows() => $$"""{"rows":[{{string.Join(',', Enumerable.Range(0, 24).Select(i =>
        $$"""{"time_ns":{{DecisionNs - QuarterHour + ((ulong)i * 30_000_000_000)}},"object":"NRCellDU={{1 + (i % 2)}}","metric":"RRU.PrbTotDl","value":{{(i == 7 ? "\"many\"" : $"{40 + (i % 5)}")}}}"""))}}]}""";

    private static MetricHistory Counter(double value) => new() { StartNs = DecisionNs - (24 * QuarterHour), StepNs = QuarterHour, Values = [.. Enumerable.Repeat(value, 24)] };

    private static MetricHistory History(int samples, int seed) => new() { StartNs = 1_700_000_000_000_000_000, StepNs = QuarterHour, Values = Wave(samples, seed) };
}
