using RanCognition.Contracts;
using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class MobilityProblemTests
{
    private static readonly double[] TimesToTrigger = [0, 40, 80, 160, 320, 640, 1280];

    [Fact]
    public void Counts_are_those_of_a_simulation_that_looks_back_over_the_trace()
    {
        var seen = new HandoverCounts();
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            MobilitySpec spec = RandomSpec(random);
            double[] x = [0.5 * random.Next(-6, 8), 0.5 * random.Next(0, 6), TimesToTrigger[random.Next(TimesToTrigger.Length)], random.Next(-3, 4), random.Next(-3, 4)];
            var problem = new MobilityProblem(new OptimizationProblem { Mobility = spec });

            HandoverCounts counts = problem.Replay(x);

            var naive = new NaiveMobility(spec, spec.Traces![0], x[0] + x[1], x[2], (serving, cell) => (serving, cell) switch { (0, 1) => x[3], (1, 2) => x[4], _ => 0 });
            naive.Run();
            Assert.Equal((naive.Handovers, naive.TooLate, naive.TooEarly, naive.WrongCell, naive.PingPongs, naive.Coverage),
                (counts.Handovers, counts.TooLate, counts.TooEarly, counts.WrongCell, counts.PingPongs, counts.CoverageFailures));
            seen.Add(counts);
        }
        // the comparison is worth something only when everything happens
        Assert.True(seen.Handovers > 300 && seen.TooLate > 30 && seen.TooEarly > 30 && seen.WrongCell > 30 && seen.PingPongs > 30 && seen.CoverageFailures > 30,
            $"{seen.Handovers} {seen.TooLate} {seen.TooEarly} {seen.WrongCell} {seen.PingPongs} {seen.CoverageFailures}");
    }

    [Fact]
    public void Fast_users_and_a_long_time_to_trigger_are_too_late()
    {
        MobilityProblem problem = Crossing(noiseDb: 0, fallDbPerSample: 0.6);
        HandoverCounts slow = problem.Replay([3, 1, 5120]), quick = problem.Replay([3, 1, 80]);
        Assert.True(slow.TooLate > 0);
        Assert.Equal(0, quick.TooLate);
        Assert.True(quick.Handovers > 0);
    }

    [Fact]
    public void Noise_and_a_short_time_to_trigger_are_ping_pongs()
    {
        MobilityProblem problem = Crossing(noiseDb: 3, fallDbPerSample: 0.05);
        HandoverCounts nervous = problem.Replay([0, 0, 0]), calm = problem.Replay([3, 1, 320]);
        Assert.True(nervous.PingPongs > 10);
        Assert.True(calm.PingPongs < nervous.PingPongs / 5);
    }

    [Fact]
    public void Planted_faults_have_an_optimum_that_beats_them()
    {
        foreach (HandoverSettings present in new[] { new HandoverSettings { A3OffsetDb = 0, HysteresisDb = 0, TimeToTriggerMs = 0 }, new HandoverSettings { A3OffsetDb = 8, HysteresisDb = 4, TimeToTriggerMs = 2560 } })
        {
            MobilityProblem problem = Crossing(noiseDb: 2, fallDbPerSample: 0.3, present);
            double[] here = [.. problem.Variables.Select(variable => variable.Initial!.Value)], objective = new double[1];
            problem.Evaluate(here, objective, []);
            double before = objective[0];
            problem.Evaluate([3, 1, 160], objective, []);
            Assert.True(objective[0] < 0.5 * before);
            Dictionary<string, ExpectedChange> expected = problem.Expected([3, 1, 160]).ToDictionary(pair => pair.Key, pair => pair.Value);
            Assert.Equal(new ExpectedChange(before, objective[0]), expected["mobility_cost"]);
            Assert.Equal(6, problem.Actions([3, 1, 160]).Count);
            Assert.Equal(new ConfigurationChange("NRCellCU=1", "a3Offset", present.A3OffsetDb, 3.0), problem.Actions([3, 1, 160])[0]);
            Assert.Empty(problem.Actions(here));
        }
    }

    [Fact]
    public void Users_that_drive_through_a_network_are_the_same_for_a_seed()
    {
        var network = new NetworkModel { Layout = new LayoutSpec { Sites = 7 } };
        var spec = new MobilitySpec { Users = 12, DurationS = 20 };
        double[] x = [1, 0.5, 80];
        HandoverCounts first = Drive(spec), again = Drive(spec), other = Drive(spec with { Seed = 9 });
        Assert.True(first.Handovers > 5);
        Assert.Equal((first.Handovers, first.TooLate, first.PingPongs), (again.Handovers, again.TooLate, again.PingPongs));
        Assert.NotEqual((first.Handovers, first.TooLate, first.PingPongs), (other.Handovers, other.TooLate, other.PingPongs));

        HandoverCounts Drive(MobilitySpec mobility) => new MobilityProblem(new OptimizationProblem { Mobility = mobility, Network = network }).Replay(x);
    }

    [Fact]
    public void Settings_of_each_cell_act_in_that_cell_only()
    {
        var random = new Random(4);
        MobilitySpec spec = RandomSpec(random) with { PerCell = true, CioRelations = [], CioPresent = null };
        var problem = new MobilityProblem(new OptimizationProblem { Mobility = spec });
        var common = new MobilityProblem(new OptimizationProblem { Mobility = spec with { PerCell = false } });
        double[] each = [.. Enumerable.Range(0, spec.Traces![0].Cells).SelectMany(_ => new double[] { 2, 1, 160 })];
        Assert.Equal(common.Replay([2, 1, 160]).Handovers, problem.Replay(each).Handovers);
        each[3] = 10;
        Assert.Equal("NRCellCU=2", Assert.Single(problem.Actions(each), change => Equals(change.After, (MetadataValue)10.0)).ManagedObject);
    }

    [Theory]
    [InlineData("problem/mobility/traces/0")]
    [InlineData("problem/mobility/step_ms")]
    [InlineData("problem/mobility/cio_relations/0")]
    [InlineData("problem/mobility/qin_db")]
    [InlineData("problem/network")]
    public void Bad_input_is_named(string place)
    {
        var spec = new MobilitySpec { Traces = [new MobilityTrace { Cells = 2, Samples = 1, RsrpDbm = [-80, -90] }] };
        spec = place switch
        {
            "problem/mobility/traces/0" => spec with { Traces = [new MobilityTrace { Cells = 2, Samples = 1, RsrpDbm = [double.NaN, -90] }] },
            "problem/mobility/step_ms" => spec with { StepMs = 0 },
            "problem/mobility/cio_relations/0" => spec with { CioRelations = [1, 3] },
            "problem/mobility/qin_db" => spec with { QinDb = -20 },
            _ => spec with { Traces = null },
        };
        var error = Assert.Throws<InvalidInputException>(() => SonProblem.Create(new OptimizationProblem { ProblemType = SonProblemType.Mro, Mobility = spec }));
        Assert.Equal(place, error.Argument);
    }

    /// <summary>Users that go from cell 1 to cell 2 and back.</summary>
    private static MobilityProblem Crossing(double noiseDb, double fallDbPerSample, HandoverSettings? present = null)
    {
        var random = new Random(1);
        var traces = new List<MobilityTrace>();
        for (int user = 0; user < 10; user++)
        {
            double[] rsrp = new double[2 * 600];
            double first = -80, second = -110, direction = -1;
            for (int sample = 0; sample < 600; sample++)
            {
                first += direction * fallDbPerSample;
                second -= direction * fallDbPerSample;
                direction = first < -110 ? 1 : second < -110 ? -1 : direction;
                rsrp[2 * sample] = first + noiseDb * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
                rsrp[2 * sample + 1] = second + noiseDb * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
            }
            traces.Add(new MobilityTrace { Cells = 2, Samples = 600, RsrpDbm = rsrp });
        }
        return new MobilityProblem(new OptimizationProblem { Mobility = new MobilitySpec { Traces = traces, FilterK = 0, Load = 1, T310Ms = 500, Present = present ?? new HandoverSettings() } });
    }

    private static MobilitySpec RandomSpec(Random random)
    {
        int cells = random.Next(3, 6), samples = random.Next(20, 400);
        double[] rsrp = new double[samples * cells], level = new double[cells];
        double agility = 0.2 + 4 * random.NextDouble();
        for (int cell = 0; cell < cells; cell++)
        {
            level[cell] = -90 + 20 * (random.NextDouble() - 0.5);
        }
        for (int sample = 0; sample < samples; sample++)
        {
            for (int cell = 0; cell < cells; cell++)
            {
                level[cell] += agility * (random.NextDouble() - 0.5) + 0.02 * (-95 - level[cell]);
                rsrp[sample * cells + cell] = level[cell] + 2 * random.NextDouble();
            }
        }
        return new MobilitySpec
        {
            Traces = [new MobilityTrace { Cells = cells, Samples = samples, RsrpDbm = rsrp }],
            StepMs = random.Next(2) == 0 ? 40 : 100,
            FilterK = random.Next(0, 9),
            Load = random.NextDouble(),
            NoiseDbm = -100,
            QoutDb = -6 + 3 * random.NextDouble(),
            QinDb = -2,
            T310Ms = random.Next(0, 5) * 100,
            ExecutionMs = random.Next(0, 4) * 40,
            ReestablishmentMs = random.Next(0, 4) * 100,
            MinStayMs = 1000,
            CioRelations = [1, 2, 2, 3],
        };
    }
}
