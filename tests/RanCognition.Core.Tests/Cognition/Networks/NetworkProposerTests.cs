using RanCognition.Cognition.Networks;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Optimization;
using RanCognition.RadioNetwork;
using RanCognition.Temporal.Logic;
using RanCognition.Tests.RadioNetwork;

namespace RanCognition.Tests.Cognition;

/// <summary>Proposals of the network model, compared with an enumeration that evaluates every network anew.</summary>
public sealed class NetworkProposerTests
{
    private static readonly double[] Offsets = [-2, -1, 0, 1, 2];

    [Fact]
    public void The_best_of_a_small_energy_saving_case_is_the_optimum()
    {
        int acted = 0, impossible = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            int cells = 3 + (int)(seed % 4);
            NetworkModel model = NetworkCases.Small(1000 + seed, cells);
            NetworkEvaluation present = new OptimizationCore(new OptimizationOptions(), new FixedHost()).EvaluateNetwork(model);
            var random = new RandomStream(seed);
            Limit[] limits = [new("max_load", true, 0.5 + 0.6 * random.NextDouble()), new("uncovered_share", true, present.UncoveredShare + 0.15 * random.NextDouble()), new("throughput_p5_mbps", false, random.NextDouble() * present.ThroughputP5Mbps!.Value)];
            var points = new List<List<ConfigurationChange>>();
            for (int bits = 0; bits < 1 << cells; bits++)
            {
                List<ConfigurationChange> actions = [];
                for (int cell = 0; cell < cells; cell++)
                {
                    if ((bits >> cell & 1) != 0)
                    {
                        actions.Add(NetworkCases.Change(cell, "administrativeState", model.Cells![cell].On ? "LOCKED" : "UNLOCKED"));
                    }
                }
                points.Add(actions);
            }
            AssertOptimum(model, "ES", limits, "energy_w", maximize: false, points, seed, ref acted, ref impossible);
        }
        Assert.True(acted > 50 && impossible > 5, $"{acted} {impossible}");
    }

    [Fact]
    public void The_best_of_a_small_load_balancing_case_is_the_optimum()
    {
        int acted = 0, impossible = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            int cells = 2 + (int)(seed % 2);
            NetworkModel model = NetworkCases.Small(3000 + seed, cells);
            for (ulong attempt = 1; !new RadioNetworkEvaluator(model = WithoutOffsets(model), "network").IsFeasible; attempt++)
            {
                model = NetworkCases.Small(3000 + seed + 777_777 * attempt, cells);
            }
            var random = new RandomStream(seed);
            Limit[] limits = random.NextDouble() < 0.3 ? [] : [new("max_load", true, 0.2 + 0.9 * random.NextDouble()), new("NRCellDU=1/RRU.PrbTotDl", true, 20 + 80 * random.NextDouble())];
            var points = new List<List<ConfigurationChange>>();
            for (int index = 0; index < (int)Math.Pow(5, cells); index++)
            {
                List<ConfigurationChange> actions = [];
                for (int cell = 0, rest = index; cell < cells; cell++, rest /= 5)
                {
                    if (Offsets[rest % 5] != 0)
                    {
                        actions.Add(NetworkCases.Change(cell, "cellIndividualOffset", Offsets[rest % 5]));
                    }
                }
                points.Add(actions);
            }
            bool utility = seed % 3 == 0;
            AssertOptimum(model, "MLB", limits, utility ? "utility" : "max_load", utility, points, seed, ref acted, ref impossible);
        }
        Assert.True(acted > 35 && impossible is > 5 and < 60, $"{acted} {impossible}");
    }

    [Fact]
    public void Proposals_keep_to_the_guards()
    {
        string[] types = ["MLB", "CCO", "ES", "outage", "something else"];
        int changes = 0;
        for (ulong seed = 0; seed < 150; seed++)
        {
            var random = new RandomStream(seed);
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 60, severalCarriers: seed % 2 == 0);
            int cells = model.Cells!.Count;
            GuardSettings guards = new()
            {
                Bounds = [KeyValuePair.Create("cellIndividualOffset", (-3.0, 4.0)), KeyValuePair.Create("digitalTilt", (20.0, 140.0))],
                MaxChanges = [KeyValuePair.Create("digitalTilt", 25.0), KeyValuePair.Create("configuredMaxTxPower", 2.5)],
                AllowedAttributes = seed % 4 == 0 ? ["digitalTilt"] : null,
            };
            string protectedCell = (seed % 2 == 0 ? "NRCellDU=" : "NRCellCU=") + (1 + RandomNetworks.Below(ref random, cells));
            DecisionProblem question = new() { Network = model, Guards = guards, Protected = [protectedCell, "NRCellRelation=1-2"], Problem = new RanProblem { ProblemType = types[seed % 5] } };
            NetworkGoal goal = new() { Targets = new LimitJudge(new Limit("max_load", true, 0.3)), Objective = new MetricReference("utility"), Maximize = true };
            double strongest = model.Cells.Max(cell => cell.PowerDbm);
            foreach (Candidate candidate in NetworkProposer.Propose(NetworkCases.View(question), NetworkCases.Answers(model), goal, []))
            {
                Assert.Equal("network", candidate.Source);
                Assert.NotEmpty(candidate.Actions);
                Assert.Equal(candidate.Actions.Count, candidate.Actions.Select(action => (action.ManagedObject, action.Attribute)).Distinct().Count());
                foreach (ConfigurationChange action in candidate.Actions)
                {
                    changes++;
                    Assert.NotEqual(ManagedObjects.CellOf(protectedCell), ManagedObjects.CellOf(action.ManagedObject));
                    Assert.NotEqual(action.Before, action.After);
                    AttributeRule rule = AttributeRules.Find(action.Attribute)!;
                    if (action.After is MetadataValue.Number after && action.Before is MetadataValue.Number before)
                    {
                        double limit = action.Attribute switch { "digitalTilt" => 25, "configuredMaxTxPower" => 2.5, _ => 2 };
                        Assert.True(rule.Allows(after.Value) && Math.Abs(after.Value - before.Value) <= limit, action.ToString());
                        Assert.True(action.Attribute != "cellIndividualOffset" || after.Value is >= -3 and <= 4, action.ToString());
                        Assert.True(action.Attribute != "digitalTilt" || after.Value is >= 20 and <= 140, action.ToString());
                        Assert.True(action.Attribute != "configuredMaxTxPower" || after.Value <= strongest, action.ToString());
                    }
                    else
                    {
                        Assert.True(rule.Allows(Assert.IsType<MetadataValue.Text>(action.After).Value));
                    }
                    Assert.True(seed % 4 != 0 || action.Attribute == "digitalTilt");
                }
            }
        }
        Assert.True(changes > 100, changes.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_larger_network_is_improved_step_by_step_and_each_proposal_is_better_than_the_shorter_one()
    {
        int improved = 0;
        foreach (string type in (string[])["MLB", "CCO", "ES", "outage", "whatever"])
        {
            for (ulong seed = 0; seed < 4; seed++)
            {
                NetworkModel model = Hexagonal(seed, 21, 300, type == "ES" ? 60 : 220);
                if (type == "outage")
                {
                    model = model with { Cells = CellPlacement.ThreeSectors(7).Select((cell, index) => index == 4 ? cell with { On = false } : cell).ToArray() };
                }
                (string objective, bool maximize) = type switch { "MLB" => ("max_load", false), "ES" => ("energy_w", false), _ => ("utility", true) };
                NetworkGoal goal = new() { Targets = new LimitJudge(new Limit("uncovered_share", true, 0.2)), Objective = new MetricReference(objective), Maximize = maximize };
                DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = type } };
                NetworkAnswers answers = NetworkCases.Answers(model);
                List<Candidate> found = NetworkProposer.Propose(NetworkCases.View(question), answers, goal, []);
                Assert.InRange(found.Count, 0, 3);
                double worse = answers.Values([], [objective])[0];
                for (int i = found.Count - 1; i >= 0; i--)
                {
                    double value = answers.Values(found[i].Actions, [objective])[0];
                    Assert.True(maximize ? value > worse : value < worse, $"{type} {seed}: {worse} {value}");
                    Assert.True(type != "ES" || i == 0 || found[i].Actions.All(found[0].Actions.Contains), $"{type} {seed}");
                    worse = value;
                    improved++;
                }
            }
        }
        Assert.True(improved >= 40, improved.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Proposals_for_an_outage_turn_its_neighbours_only()
    {
        int helped = 0;
        for (ulong seed = 0; seed < 6; seed++)
        {
            NetworkModel model = Hexagonal(seed, 21, 200, 40);
            CellSpec[] cells = CellPlacement.ThreeSectors(7);
            cells[7] = cells[7] with { On = false };
            model = model with { Cells = cells };
            var awake = new RadioNetworkEvaluator(model with { Cells = CellPlacement.ThreeSectors(7) }, "network");
            List<int> neighbours = CellNeighbours.Of(awake, 7, 6);
            NetworkGoal goal = new() { Targets = new LimitJudge(), Objective = new MetricReference("throughput_p5_mbps"), Maximize = true };
            DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = "CELL_OUTAGE" } };
            List<Candidate> found = NetworkProposer.Propose(NetworkCases.View(question), NetworkCases.Answers(model), goal, []);
            foreach (ConfigurationChange action in found.SelectMany(candidate => candidate.Actions))
            {
                Assert.Contains(CellAttributes.CellOf(action.ManagedObject, 21), neighbours);
                Assert.Contains(action.Attribute, (string[])["digitalTilt", "configuredMaxTxPower"]);
            }
            helped += found.Count > 0 ? 1 : 0;
        }
        Assert.InRange(helped, 4, 6);
    }

    [Fact]
    public void What_is_well_and_what_the_model_does_not_know_is_left_alone()
    {
        NetworkModel model = Hexagonal(1, 21, 200, 10);
        NetworkGoal held = new() { Targets = new LimitJudge(new Limit("max_load", true, 0.99)) };
        foreach (string type in (string[])["MLB", "CCO", "ES", "outage", ""])
        {
            Assert.Empty(NetworkProposer.Propose(NetworkCases.View(new DecisionProblem { Network = model, Problem = new RanProblem { ProblemType = type } }), NetworkCases.Answers(model), held, []));
        }
        NetworkGoal wanted = new() { Targets = new LimitJudge(new Limit("max_load", true, 0.01)), Objective = new MetricReference("utility"), Maximize = true };
        foreach (string type in (string[])["MRO", "mobility robustness", "PCI", "SLICE", "handover"])
        {
            Assert.Empty(NetworkProposer.Propose(NetworkCases.View(new DecisionProblem { Network = model, Problem = new RanProblem { ProblemType = type } }), NetworkCases.Answers(model), wanted, []));
        }
    }

    [Fact]
    public void Without_targets_saving_energy_overloads_nobody_and_keeps_coverage()
    {
        int saved = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            NetworkModel model = Hexagonal(seed, seed % 2 == 0 ? 21 : 9, 200, 80);
            NetworkGoal goal = new() { Targets = new LimitJudge(), Objective = new MetricReference("energy_w") };
            NetworkAnswers answers = NetworkCases.Answers(model);
            double[] before = answers.Values([], ["max_load", "uncovered_share", "energy_w"]);
            List<Candidate> found = NetworkProposer.Propose(NetworkCases.View(new DecisionProblem { Network = model, Problem = new RanProblem { ProblemType = "ES" } }), answers, goal, []);
            double[] after = found.Count == 0 ? before : answers.Values(found[0].Actions, ["max_load", "uncovered_share", "energy_w"]);
            Assert.True(after[0] <= Math.Max(1, before[0]) && after[1] <= before[1] + 0.01 && after[2] <= before[2], $"{seed}");
            saved += after[2] < before[2] ? 1 : 0;
        }
        Assert.InRange(saved, 6, 10);
    }

    [Fact]
    public void The_same_question_gets_the_same_proposals_whatever_was_asked_before()
    {
        NetworkModel model = Hexagonal(3, 21, 250, 200);
        DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = "optimise" } };
        NetworkGoal goal = new() { Targets = new LimitJudge(new Limit("max_load", true, 0.4)), Objective = new MetricReference("utility"), Maximize = true };
        NetworkAnswers used = NetworkCases.Answers(model);
        string first = Text(NetworkProposer.Propose(NetworkCases.View(question), used, goal, []));
        used.Values([NetworkCases.Change(3, "digitalTilt", 0)], ["utility"]);
        Assert.Equal(first, Text(NetworkProposer.Propose(NetworkCases.View(question), used, goal, [])));
        Assert.Equal(first, Text(NetworkProposer.Propose(NetworkCases.View(question), NetworkCases.Answers(model), goal, [])));
        Assert.NotEqual("", first);
    }

    [Fact]
    public void A_deadline_ends_the_search()
    {
        NetworkModel model = Hexagonal(3, 21, 250, 200);
        DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = "CCO" } };
        NetworkGoal goal = new() { Targets = new LimitJudge(new Limit("max_load", true, 0.4)), Objective = new MetricReference("utility"), Maximize = true };
        Assert.Empty(NetworkProposer.Propose(NetworkCases.View(question, 1000, new FixedHost(step: 10_000)), NetworkCases.Answers(model), goal, []));
        SituationView view = NetworkCases.View(question, 300_000, new FixedHost(step: 10_000));
        NetworkProposer.Propose(view, NetworkCases.Answers(model), goal, []);
        Assert.True(view.Budget.CutShort);
    }

    [Fact]
    public void Hostile_networks_and_guards_are_survived()
    {
        for (ulong seed = 0; seed < 84; seed++)
        {
            var random = new RandomStream(seed);
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 12, cellsMax: 5);
            CellSpec[] cells = [.. model.Cells!];
            int which = RandomNetworks.Below(ref random, cells.Length);
            cells[which] = (seed % 7) switch
            {
                0 => cells[which] with { PowerDbm = 299 },
                1 => cells[which] with { PowerDbm = -300 },
                2 => cells[which] with { TiltDeg = -360 },
                3 => cells[which] with { CioDb = 1e300 },
                4 => cells[which] with { TiltDeg = 91.23456789 },
                _ => cells[which] with { On = false },
            };
            model = model with { Cells = seed % 7 == 6 ? cells.Select(cell => cell with { On = false }).ToArray() : cells, TrafficMbps = seed % 3 == 0 ? 1e12 : seed % 5 == 0 ? 0 : model.TrafficMbps };
            GuardSettings guards = new()
            {
                Bounds = [KeyValuePair.Create("digitalTilt", (500.0, -500.0)), KeyValuePair.Create("cellIndividualOffset", (double.NegativeInfinity, double.PositiveInfinity)), KeyValuePair.Create("configuredMaxTxPower", (-1e300, 1e300))],
                MaxChanges = [KeyValuePair.Create("cellIndividualOffset", seed % 2 == 0 ? 1e300 : -1.0), KeyValuePair.Create("digitalTilt", 0.0)],
                AtBound = seed % 4 != 0,
                MaxChange = seed % 8 != 1,
            };
            string type = (string[])["MLB", "CCO", "ES", "outage", "\0\uD800", ""] is var types ? types[seed % 6] : "";
            DecisionProblem question = new()
            {
                Network = model,
                Guards = guards,
                Protected = ["", "NRCellDU=", "NRCellDU=99999999999", "NRCellDU=1 "],
                Configuration = [new("NRCellDU=1", "digitalTilt", double.NaN), new("NRCellDU=1", "administrativeState", 3), new("NRCellDU=-2", "configuredMaxTxPower", 1e308)],
                Problem = new RanProblem { ProblemType = type, CurrentState = [KeyValuePair.Create("max_load", double.NaN), KeyValuePair.Create("utility", 1e308)] },
            };
            NetworkGoal goal = new()
            {
                Targets = new LimitJudge(new Limit("max_load", true, 0.5), new Limit("no.such", true, 1), new Limit("NRCellDU=1/RRU.PrbTotDl / NRCellDU=2/RRU.PrbTotDl", true, 1), new Limit("geometry_db.p50", false, 1e308)),
                Objective = new MetricReference(seed % 2 == 0 ? "utility" : "no.such.metric"),
                Maximize = true,
            };
            CauseFinding[] causes = [new() { Name = CauseNames.Outage, ManagedObject = "NRCellDU=1" }, new() { Name = CauseNames.Overload, ManagedObject = "NRCellRelation=1-2" }, new() { Name = "?", ManagedObject = "NRCellDU=12345" }];
            NetworkAnswers answers = NetworkCases.Answers(model, [.. question.Configuration]);
            foreach (Candidate candidate in NetworkProposer.Propose(NetworkCases.View(question), answers, goal, causes))
            {
                double[] after = answers.Values(candidate.Actions, NetworkCases.NetworkMetrics);
                Assert.All(after, value => Assert.False(double.IsInfinity(value)));
                Assert.False(double.IsNaN(after[0]));
            }
        }
    }

    [Fact]
    public void What_was_measured_is_scaled_by_the_model()
    {
        // The model is at its own level, the counters at another: the target is sought from where the counters are.
        int reached = 0;
        for (ulong seed = 0; seed < 6; seed++)
        {
            NetworkModel model = Hexagonal(seed, 9, 200, 60);
            NetworkAnswers answers = NetworkCases.Answers(model);
            double before = answers.Values([], ["NRCellDU=1/RRU.PrbTotDl"])[0];
            double measured = seed % 2 == 0 ? 40 : 80, limit = seed % 2 == 0 ? 37 : 79;
            DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = "MLB", CurrentState = [KeyValuePair.Create("NRCellDU=1/RRU.PrbTotDl", measured)] } };
            NetworkGoal goal = new() { Targets = new LimitJudge(new Limit("NRCellDU=1/RRU.PrbTotDl", true, limit)) };
            List<Candidate> found = NetworkProposer.Propose(NetworkCases.View(question), answers, goal, []);
            Assert.NotEmpty(found);
            double after = answers.Values(found[0].Actions, ["NRCellDU=1/RRU.PrbTotDl"])[0];
            double expected = seed % 2 == 0 || before >= 100 || after >= 100 ? measured * after / before : 100 - 20 * (100 - after) / (100 - before);
            Assert.True(expected < measured, FormattableString.Invariant($"{seed}: {before} {after}"));
            reached += expected <= limit ? 1 : 0;
        }
        Assert.InRange(reached, 4, 6);
    }

    [Fact]
    public void With_measured_values_one_proposal_keeps_a_wide_margin()
    {
        int wider = 0;
        for (ulong seed = 0; seed < 30; seed++)
        {
            NetworkModel model = NetworkCases.Small(7000 + seed, 4);
            NetworkAnswers answers = NetworkCases.Answers(model);
            double largest = answers.Values([], ["max_load"])[0];
            DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = "ES", CurrentState = [KeyValuePair.Create("max_load", 0.4)] } };
            NetworkGoal goal = new() { Targets = new LimitJudge(new Limit("max_load", true, 0.5)), Objective = new MetricReference("energy_w") };
            double[] loads = NetworkProposer.Propose(NetworkCases.View(question), answers, goal, []).Select(candidate => 0.4 * answers.Values(candidate.Actions, ["max_load"])[0] / largest).ToArray();
            double least = double.PositiveInfinity;
            for (int bits = 0; bits < 16; bits++)
            {
                List<ConfigurationChange> actions = [];
                for (int cell = 0; cell < 4; cell++)
                {
                    actions.Add(NetworkCases.Change(cell, "administrativeState", (bits >> cell & 1) != 0 ? "LOCKED" : "UNLOCKED"));
                }
                double[] values = answers.Values(actions, ["max_load", "feasible"]);
                least = values[1] == 1 ? Math.Min(least, 0.4 * values[0] / largest) : least;
            }
            if (loads.Length > 0 && least < 0.4 * (1 - 1e-6))
            {
                NetworkCases.Near(least, loads.Min(), 1e-3, $"{seed}");
                wider += loads[0] > least * 1.01 ? 1 : 0;
            }
        }
        Assert.True(wider >= 2, $"{wider}");
    }

    private static NetworkModel WithoutOffsets(NetworkModel model) => model with { Cells = model.Cells!.Select(cell => cell with { CioDb = 0 }).ToArray() };

    private static NetworkModel Hexagonal(ulong seed, int cells, int users, double trafficMbps) => new()
    {
        Layout = cells == 21 ? new LayoutSpec { Sites = 7, InterSiteDistanceM = 500, Wraparound = true } : new LayoutSpec { List = [new SiteSpec(0, 0, null), new SiteSpec(400, 100, null), new SiteSpec(100, 450, null)] },
        Propagation = new PropagationSpec { Seed = seed },
        Users = cells == 21 ? new UsersSpec { Count = users, Seed = seed } : null,
        Points = cells == 21 ? null : Points(seed, users),
        TrafficMbps = trafficMbps,
        Cells = CellPlacement.ThreeSectors(cells / 3),
    };

    private static TrafficPoint[] Points(ulong seed, int users)
    {
        var random = new RandomStream(seed);
        var points = new TrafficPoint[users];
        for (int i = 0; i < users; i++)
        {
            points[i] = new TrafficPoint(-200 + 800 * random.NextDouble(), -200 + 800 * random.NextDouble(), 0.5 + random.NextDouble(), random.NextDouble() < 0.5);
        }
        return points;
    }

    /// <summary>Compares the best proposal (or doing nothing) with every point, each evaluated as a network of its own.</summary>
    private static void AssertOptimum(
        NetworkModel model, string type, Limit[] limits, string objective, bool maximize, List<List<ConfigurationChange>> points, ulong seed, ref int acted, ref int impossible)
    {
        var core = new OptimizationCore(new OptimizationOptions(), new FixedHost());
        double best = double.PositiveInfinity;
        int held = -1, fewest = 0;
        bool feasible = false;
        double uncoveredBefore = core.EvaluateNetwork(model).UncoveredShare, maxLoadBefore = core.EvaluateNetwork(model).Loads!.Max();
        foreach (List<ConfigurationChange> actions in points)
        {
            (bool isFeasible, int count, double value) = Judge(core.EvaluateNetwork(model with { Cells = NetworkCases.Applied(model, actions) }));
            bool same = isFeasible == feasible && count == held && Math.Abs(value - best) <= 1e-8 * Math.Max(Math.Abs(value), Math.Abs(best));
            bool better = isFeasible != feasible ? isFeasible : count != held ? count > held : value < best && !same;
            if (better || (same && actions.Count < fewest))
            {
                (feasible, held, best, fewest) = (isFeasible, count, value, actions.Count);
            }
        }
        DecisionProblem question = new() { Network = model, Problem = new RanProblem { ProblemType = type } };
        NetworkGoal goal = new() { Targets = new LimitJudge(limits), Objective = new MetricReference(objective), Maximize = maximize };
        List<Candidate> found = NetworkProposer.Propose(NetworkCases.View(question), NetworkCases.Answers(model), goal, []);
        IReadOnlyList<ConfigurationChange> proposed = fewest == 0 ? [] : found[0].Actions;
        (bool isFound, int heldFound, double valueFound) = Judge(core.EvaluateNetwork(model with { Cells = NetworkCases.Applied(model, proposed) }));
        Assert.Equal((feasible, held, fewest), (isFound, heldFound, proposed.Count));
        NetworkCases.Near(best, valueFound, 1e-8, $"{type} {seed}");
        acted += fewest > 0 ? 1 : 0;
        impossible += held < limits.Length ? 1 : 0;

        (bool IsFeasible, int Held, double Value) Judge(NetworkEvaluation evaluation)
        {
            if (!evaluation.Feasible)
            {
                return (false, 0, 0);
            }
            double maxLoad = evaluation.Loads!.Max();
            int count = limits.Count(limit => limit.Metric switch
            {
                "max_load" => maxLoad <= limit.Value,
                "uncovered_share" => evaluation.UncoveredShare <= limit.Value,
                "throughput_p5_mbps" => evaluation.ThroughputP5Mbps >= limit.Value,
                _ => 100 * evaluation.Loads![0] <= limit.Value,
            });
            if (limits.Length == 0)
            {
                count = (maxLoad <= Math.Max(1, maxLoadBefore) ? 1 : 0) + (evaluation.UncoveredShare <= uncoveredBefore + 0.01 ? 1 : 0);
            }
            double value = objective switch { "energy_w" => evaluation.EnergyW!.Value, "utility" => evaluation.Utility ?? -1e9, _ => maxLoad };
            return (true, count, maximize ? -value : value);
        }
    }

    private static string Text(List<Candidate> candidates) => string.Join("\n", candidates.Select(candidate => string.Join(" ", candidate.Actions)));
}
