using RanCognition.Cognition.Networks;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Optimization;
using RanCognition.RadioNetwork;
using RanCognition.Tests.RadioNetwork;

namespace RanCognition.Tests.Cognition;

/// <summary>Answers of the network model, compared with an evaluation of the network that the changes make.</summary>
public sealed class NetworkAnswersTests
{
    [Fact]
    public void Values_after_changes_are_those_of_the_network_with_its_cells_changed()
    {
        int feasible = 0, infeasible = 0;
        for (ulong seed = 0; seed < 250; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            NetworkAnswers answers = NetworkCases.Answers(model);
            var random = new RandomStream(seed);
            for (int round = 0; round < 4; round++)
            {
                List<ConfigurationChange> actions = round == 0 ? [] : NetworkCases.RandomActions(ref random, model.Cells!.Count);
                NetworkModel changed = model with { Cells = NetworkCases.Applied(model, actions) };
                NetworkEvaluation expected = new OptimizationCore(new OptimizationOptions(), new FixedHost()).EvaluateNetwork(changed);
                Check(expected, changed, answers.Values(actions, NetworkCases.NetworkMetrics), $"{seed}/{round}");
                CheckCells(expected, changed, answers, actions, $"{seed}/{round}");
                feasible += expected.Feasible ? 1 : 0;
                infeasible += expected.Feasible ? 0 : 1;
            }
        }
        Assert.True(feasible > 500 && infeasible > 50, $"{feasible} {infeasible}");
    }

    [Fact]
    public void Answers_do_not_depend_on_what_was_asked_before()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 120);
            NetworkAnswers used = NetworkCases.Answers(model);
            var random = new RandomStream(seed + 99);
            for (int round = 0; round < 12; round++)
            {
                List<ConfigurationChange> actions = NetworkCases.RandomActions(ref random, model.Cells!.Count);
                double[] fresh = NetworkCases.Answers(model).Values(actions, NetworkCases.NetworkMetrics);
                Assert.Equal(fresh.Select(BitConverter.DoubleToInt64Bits), used.Values(actions, NetworkCases.NetworkMetrics).Select(BitConverter.DoubleToInt64Bits));
            }
        }
    }

    [Theory]
    [InlineData(SonProblemType.Cco)]
    [InlineData(SonProblemType.Mlb)]
    [InlineData(SonProblemType.Es)]
    public void Actions_of_the_optimisation_do_what_it_expects(SonProblemType type)
    {
        int compared = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            NetworkModel model = NetworkCases.Small(500 + seed, 3);
            OptimizationResult result = new OptimizationCore(new OptimizationOptions(), new FixedHost()).Optimize(new OptimizationProblem
            {
                ProblemType = type,
                Network = model,
                Limits = type == SonProblemType.Cco ? new SonLimits { PowerMin = 30, PowerMax = 46, CoverageLoss = LimitValue.Of(null) } : new SonLimits(),
                Budget = new OptimizationBudget { Evaluations = 120 },
                Seed = 3,
            });
            NetworkAnswers answers = NetworkCases.Answers(model);
            foreach ((string metric, ExpectedChange change) in result.Expected!)
            {
                if (change is { Before: { } before, After: { } after })
                {
                    NetworkCases.Near(before, answers.Values([], [metric])[0], 1e-9, metric + " before");
                    NetworkCases.Near(after, answers.Values(result.Actions!, [metric])[0], 1e-4, metric + " after");   // a tilt of an action has seven digits
                    compared += result.Actions!.Count > 0 ? 1 : 0;
                }
            }
        }
        Assert.True(compared > 20, compared.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_tilt_of_tenths_is_the_number_as_written()
    {
        Assert.Equal(102.3, CellAttributes.ZenithDeg(123));
        Assert.Equal(89.9, CellAttributes.ZenithDeg(-1));
        for (int tilt = -900; tilt <= 900; tilt++)
        {
            Assert.Equal(double.Parse(FormattableString.Invariant($"{90 + tilt / 10m}"), System.Globalization.CultureInfo.InvariantCulture), CellAttributes.ZenithDeg(tilt));
            Assert.Equal(tilt, CellAttributes.DigitalTilt(CellAttributes.ZenithDeg(tilt)));
        }
    }

    [Fact]
    public void What_the_model_cannot_tell_is_not_a_number()
    {
        NetworkModel model = NetworkCases.Small(1, 3);
        NetworkAnswers answers = NetworkCases.Answers(model);
        string[] metrics = ["max_load", "NRCellDU=1/RRU.PrbTotDl"];
        ConfigurationChange[] unknown =
        [
            new("NRCellRelation=1-2", "cellIndividualOffset", 0, 2), new("NRCellDU=4", "digitalTilt", null, 120), new("NRCellDU=0", "digitalTilt", null, 120), new("NRCellDU=01", "digitalTilt", null, 120),
            new("NRCellDU=1", "vendorSpecific", null, 1), new("NRCellDU=1", "digitalTilt", null, "down"), new("NRCellDU=1", "digitalTilt", null, null), new("NRCellDU=1", "digitalTilt", null, double.NaN),
            new("NRCellDU=1", "digitalTilt", null, 1e9), new("NRCellDU=1", "configuredMaxTxPower", null, 1e9), new("NRCellDU=1", "administrativeState", null, 1), new("NRCellDU=1", "administrativeState", null, "asleep"),
            new("NRCellDU=1", "cellIndividualOffset", null, double.PositiveInfinity), new("", "digitalTilt", null, 1), new("NRCellDU=99999999999999999999", "digitalTilt", null, 1), new("NRCellDU=-1", "digitalTilt", null, 1),
        ];
        foreach (ConfigurationChange change in unknown)
        {
            Assert.All(answers.Values([change], metrics), value => Assert.True(double.IsNaN(value), change.ToString()));
            Assert.All(answers.Values([NetworkCases.Change(1, "digitalTilt", 100), change], metrics), value => Assert.True(double.IsNaN(value), change.ToString()));
        }
        double[] absent = answers.Values([], ["", "/", "HO.IntraSys.TooLate", "NRCellDU=1/utility", "NRCellDU=9/RRU.PrbTotDl", "NRCellRelation=1-2/MM.HoExeInterReq", "load", "loads", "NRCellDU=1/"]);
        Assert.All(absent, value => Assert.True(double.IsNaN(value)));
        Assert.Equal(answers.Values([], metrics), answers.Values([new("NRCellCU=1", "a3Offset", 3, 2), new("NRCellCU=9", "timeToTrigger", 160, 40)], metrics));
    }

    [Fact]
    public void The_configuration_counts_over_the_network()
    {
        NetworkModel model = NetworkCases.Small(5, 4);
        CellSpec[] cells = [.. model.Cells!];
        cells[1] = cells[1] with { TiltDeg = 99.5, PowerDbm = 40 };
        cells[2] = cells[2] with { On = false };
        NetworkAnswers configured = NetworkCases.Answers(
            model, new("NRCellDU=2", "digitalTilt", 95), new("NRCellCU=2", "configuredMaxTxPower", 40), new("NRCellDU=3", "energySavingState", "isEnergySaving"), new("NRCellDU=77", "digitalTilt", 3), new("NRCellDU=1", "a3Offset", 3));
        NetworkAnswers written = NetworkCases.Answers(model with { Cells = cells });
        AssertSame(written.Values([], NetworkCases.NetworkMetrics), configured.Values([], NetworkCases.NetworkMetrics));

        // It saves energy: unlocking it does not wake it.
        AssertSame(written.Values([], NetworkCases.NetworkMetrics), configured.Values([NetworkCases.Change(2, "administrativeState", "UNLOCKED")], NetworkCases.NetworkMetrics));
        cells[2] = cells[2] with { On = true };
        NetworkAnswers awake = NetworkCases.Answers(model with { Cells = cells });
        AssertSame(awake.Values([], NetworkCases.NetworkMetrics), configured.Values([NetworkCases.Change(2, "energySavingState", "isNotEnergySaving")], NetworkCases.NetworkMetrics));
    }

    [Fact]
    public void Users_of_a_cell_get_what_the_plain_formulas_give()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            NetworkEvaluation evaluation = new RadioNetworkEvaluator(model, "network").Evaluate();
            if (!evaluation.Feasible)
            {
                continue;
            }
            var naive = new NaiveNetwork(model, model.Cells!);
            NetworkAnswers answers = NetworkCases.Answers(model);
            for (int cell = 0; cell < model.Cells!.Count; cell++)
            {
                double weights = 0, sum = 0;
                for (int user = 0; user < model.Links!.Users; user++)
                {
                    double weight = model.Links.Weights?[user] ?? 1;
                    bool isOwn = naive.Serving(user) == cell;
                    weights += isOwn ? weight : 0;
                    sum += isOwn ? weight * (1 - Math.Min(evaluation.Loads![cell], 0.99)) * naive.RateMbps(user, evaluation.Loads!) : 0;
                }
                NetworkCases.Near(weights > 0 ? 1000 * sum / weights : 0, answers.Values([], [$"NRCellDU={cell + 1}/DRB.UEThpDl"])[0], 1e-6, $"{seed}/{cell}");
            }
        }
    }

    private static void Check(NetworkEvaluation expected, NetworkModel changed, double[] found, string what)
    {
        double largest = 0, sum = 0;
        int on = changed.Cells!.Count(cell => cell.On);
        foreach (double load in expected.Loads ?? [])
        {
            largest = Math.Max(largest, load);
            sum += load;
        }
        double fullPower = changed.Cells!.Sum(cell => cell.On ? changed.Energy.ActiveW + changed.Energy.LoadW : changed.Energy.SleepW);
        double mean = expected.Feasible ? sum / on : 1e9, power = expected.EnergyW ?? fullPower;
        double[] numbers =
        [
            expected.Utility ?? -1e9, power, expected.UncoveredShare, expected.ThroughputP5Mbps ?? 0, expected.ThroughputP50Mbps ?? 0, expected.ThroughputMeanMbps ?? 0, expected.Feasible ? largest : 1e9, mean,
            expected.CriticalScale ?? 1e9, expected.GeometryDb.P5 ?? double.NaN, expected.GeometryDb.P50 ?? double.NaN, expected.GeometryDb.P95 ?? double.NaN, expected.CouplingLossDb.P5 ?? double.NaN,
            expected.CouplingLossDb.P50 ?? double.NaN, expected.CouplingLossDb.P95 ?? double.NaN, 100 * mean, 1000 * (expected.ThroughputMeanMbps ?? 0), power, power / 1000, expected.Feasible ? 1 : 0,
            expected.Feasible ? expected.OverloadedCells.Count : on, on,
        ];
        double tolerance = Tolerance(expected);
        for (int i = 0; i < numbers.Length; i++)
        {
            NetworkCases.Near(numbers[i], found[i], 10 * tolerance, $"{what} {NetworkCases.NetworkMetrics[i]}");
        }
    }

    private static void CheckCells(NetworkEvaluation expected, NetworkModel changed, NetworkAnswers answers, List<ConfigurationChange> actions, string what)
    {
        double tolerance = Tolerance(expected);
        for (int cell = 0; cell < changed.Cells!.Count; cell++)
        {
            double load = expected.Loads?[cell] ?? (changed.Cells[cell].On ? 1e9 : 0);
            double power = changed.Cells[cell].On ? changed.Energy.ActiveW + changed.Energy.LoadW * Math.Min(load, 1) : changed.Energy.SleepW;
            string prefix = "NRCellDU=" + (cell + 1);
            double[] found = answers.Values(actions, [prefix + "/RRU.PrbTotDl", prefix + "/load", prefix + "/PEE.AvgPower", prefix + "/PEE.Energy"]);
            NetworkCases.Near(100 * load, found[0], tolerance, what);
            NetworkCases.Near(load, found[1], tolerance, what);
            NetworkCases.Near(power, found[2], tolerance, what);
            NetworkCases.Near(power / 1000, found[3], tolerance, what);
        }
    }

    /// <summary>Of loads, which start from different bases here: close to the critical traffic they agree to fewer digits. Rates are those of the last step but one.</summary>
    private static double Tolerance(NetworkEvaluation expected) => expected.CriticalScale is { } scale ? Math.Max(1e-9, 1e-10 / Math.Abs(scale - 1)) : 1e-9;

    private static void AssertSame(double[] expected, double[] found)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            NetworkCases.Near(expected[i], found[i], 1e-9, NetworkCases.NetworkMetrics[i]);
        }
    }
}
