using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>What a network gives, compared with the plain formulas.</summary>
public sealed class RadioNetworkEvaluatorTests
{
    [Fact]
    public void Every_field_agrees_with_the_plain_formulas()
    {
        int feasible = 0, infeasible = 0;
        for (ulong seed = 0; seed < 250; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            var naive = new NaiveNetwork(model, model.Cells!);
            NetworkEvaluation found = new RadioNetworkEvaluator(model, "network").Evaluate();
            double radius = naive.SpectralRadius();
            Assert.Equal(radius < 1, found.Feasible);
            Near(radius > 0 ? 1 / radius : null, found.CriticalScale, 1e-9, seed);
            Near(naive.WeightedSum(j => naive.IsUncovered(j) ? 1 : 0), found.UncoveredShare, 1e-12, seed);
            Near(Finite(naive.Percentile(j => 10 * Math.Log10(naive.Geometry(j)), 0.05)), found.GeometryDb.P5, 1e-6, seed);   // noise is taken out by a difference
            Near(Finite(naive.Percentile(j => 10 * Math.Log10(naive.Geometry(j)), 0.5)), found.GeometryDb.P50, 1e-6, seed);   // noise is taken out by a difference
            Near(Finite(naive.Percentile(j => 10 * Math.Log10(naive.Geometry(j)), 0.95)), found.GeometryDb.P95, 1e-6, seed);   // noise is taken out by a difference
            Near(naive.Percentile(naive.GainMinusLossDb, 0.05), found.CouplingLossDb.P5, 1e-9, seed);
            Near(naive.Percentile(naive.GainMinusLossDb, 0.5), found.CouplingLossDb.P50, 1e-9, seed);
            Near(naive.Percentile(naive.GainMinusLossDb, 0.95), found.CouplingLossDb.P95, 1e-9, seed);
            if (!found.Feasible)
            {
                infeasible++;
                Assert.Null(found.Loads);
                Assert.Null(found.Utility);
                Assert.Null(found.EnergyW);
                Assert.Null(found.ThroughputP5Mbps);
                Assert.Null(found.ThroughputP50Mbps);
                Assert.Null(found.ThroughputMeanMbps);
                Assert.Empty(found.OverloadedCells);
                continue;
            }
            feasible++;
            double[] loads = naive.Loads()!;
            for (int i = 0; i < loads.Length; i++)
            {
                Near(loads[i], found.Loads![i], 1e-10, seed);
            }
            Assert.Equal(Enumerable.Range(0, loads.Length).Where(i => loads[i] > 1), found.OverloadedCells);
            Near(naive.Percentile(j => naive.UserRateMbps(j, loads), 0.05), found.ThroughputP5Mbps, 1e-9, seed);
            Near(naive.Percentile(j => naive.UserRateMbps(j, loads), 0.5), found.ThroughputP50Mbps, 1e-9, seed);
            Near(naive.WeightedSum(j => naive.UserRateMbps(j, loads)), found.ThroughputMeanMbps, 1e-9, seed);
            Near(naive.WeightedSum(j => Math.Log(1e6 * naive.UserRateMbps(j, loads))), found.Utility, 1e-9, seed);
            Near(naive.EnergyW(loads), found.EnergyW, 1e-10, seed);
        }
        Assert.True(feasible > 120 && infeasible > 12, $"{feasible} feasible, {infeasible} infeasible");
    }

    [Fact]
    public void A_sequence_of_changes_gives_the_bits_of_a_new_start()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 150, cellsMax: 14, severalCarriers: seed % 3 == 0);
            var stepwise = new RadioNetworkEvaluator(model, "network");
            var base1 = new RadioNetworkEvaluator(model, "network");
            var random = new RandomStream(seed + 1000);
            var cells = model.Cells!.ToArray();
            for (int step = 0; step < 25; step++)
            {
                int changes = step % 6 == 5 ? cells.Length : 1 + RandomNetworks.Below(ref random, 3);
                for (int change = 0; change < changes; change++)
                {
                    int i = RandomNetworks.Below(ref random, cells.Length);
                    CellSpec other = RandomNetworks.RandomCell(ref random, model.Carriers?.Count ?? 1, true);
                    cells[i] = RandomNetworks.Below(ref random, 7) switch
                    {
                        0 => cells[i] with { TiltDeg = other.TiltDeg },
                        1 => cells[i] with { PowerDbm = other.PowerDbm },
                        2 => cells[i] with { AzimuthDeg = other.AzimuthDeg },
                        3 => cells[i] with { CioDb = other.CioDb },
                        4 => cells[i] with { On = !cells[i].On },
                        5 => model.Cells![i],
                        _ => other,
                    };
                }
                NetworkEvaluation incremental = stepwise.Evaluate(cells.ToArray());
                NetworkEvaluation anew = base1.CloneForThread().Evaluate(cells.ToArray());
                SameBits(anew, incremental);
            }
        }
    }

    [Fact]
    public void The_loads_after_changes_are_the_fixed_point_of_the_plain_formulas()
    {
        int compared = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 100, cellsMax: 12);
            var evaluator = new RadioNetworkEvaluator(model, "network");
            var random = new RandomStream(seed + 77);
            var cells = model.Cells!.ToArray();
            for (int step = 0; step < 6; step++)
            {
                int i = RandomNetworks.Below(ref random, cells.Length);
                cells[i] = RandomNetworks.RandomCell(ref random, model.Carriers?.Count ?? 1, true);
                evaluator.Set(cells.ToArray());
                if (!cells.Any(cell => cell.On))
                {
                    Assert.False(evaluator.IsFeasible);
                    continue;
                }
                var naive = new NaiveNetwork(model, cells);
                double radius = naive.SpectralRadius();
                Assert.Equal(radius < 1, evaluator.IsFeasible);
                if (radius < 0.97)
                {
                    double[] loads = naive.Loads()!;
                    for (int k = 0; k < loads.Length; k++)
                    {
                        Near(loads[k], evaluator.Loads[k], 1e-9, seed);
                    }
                    compared++;
                }
            }
        }
        Assert.True(compared > 120);
    }

    [Fact]
    public void A_dropped_network_agrees_with_the_plain_formulas_before_and_after_changes()
    {
        var model = new NetworkModel
        {
            Layout = new LayoutSpec { Sites = 19 }, Users = new UsersSpec { Count = 600, Seed = 4 }, Propagation = new PropagationSpec { Seed = 9 }, TrafficMbps = 200,
        };
        LinkTable links = LinkTable.From(model, "network");
        NetworkModel given = model with
        {
            Layout = null, Users = null,
            Links = new LinkSpec { Users = links.Users, Sites = links.Sites, LossDb = links.LossDb, AzimuthDeg = links.AzimuthDeg, ZenithDeg = links.ZenithDeg, Weights = links.Weights },
        };
        var evaluator = new RadioNetworkEvaluator(model, "network");
        var cells = evaluator.InitialCells.ToArray();
        Assert.Equal(57, cells.Length);
        for (int step = 0; step < 5; step++)
        {
            NetworkEvaluation found = evaluator.Evaluate(cells.ToArray());
            var naive = new NaiveNetwork(given, cells);
            double[]? loads = naive.Loads();
            Assert.Equal(loads is not null, found.Feasible);
            for (int i = 0; i < cells.Length; i++)
            {
                Near(loads![i], found.Loads![i], 1e-9, (ulong)step);
            }
            Near(naive.WeightedSum(j => Math.Log(1e6 * naive.UserRateMbps(j, loads!))), found.Utility, 1e-9, (ulong)step);
            Near(1 / naive.SpectralRadius(), found.CriticalScale, 1e-9, (ulong)step);
            cells[step * 11] = step switch
            {
                0 => cells[0] with { TiltDeg = 98 },
                1 => cells[11] with { On = false },
                2 => cells[22] with { CioDb = 4 },
                _ => cells[step * 11] with { PowerDbm = 43 },
            };
        }
    }

    [Fact]
    public void The_limit_is_where_repeated_application_stops_to_settle()
    {
        for (ulong seed = 0; seed < 14; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 12, cellsMax: 6, severalCarriers: false, someOff: false);
            var evaluator = new RadioNetworkEvaluator(model, "network");
            if (evaluator.CriticalScale is not { } scale)
            {
                continue;
            }
            NetworkModel below = model with { TrafficMbps = model.TrafficMbps * scale * 0.999 }, above = model with { TrafficMbps = model.TrafficMbps * scale * 1.001 };
            double[]? loads = new NaiveNetwork(below, below.Cells!).Loads(40000);
            var near = new RadioNetworkEvaluator(below, "network");
            Assert.True(near.IsFeasible);
            Assert.NotNull(loads);
            for (int i = 0; i < loads.Length; i++)
            {
                Near(loads[i], near.Loads[i], 1e-8, seed);
            }
            Assert.False(new RadioNetworkEvaluator(above, "network").IsFeasible);
            Assert.Null(new NaiveNetwork(above, above.Cells!).Loads(5000));
            Near(1 / 0.999, near.CriticalScale, 1e-10, seed);
            Assert.True(near.Iterations <= 6, $"{near.Iterations} iterations");
        }
    }

    [Fact]
    public void More_traffic_gives_no_smaller_load_and_a_cell_off_no_larger_signal()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            var one = new RadioNetworkEvaluator(model, "network");
            var more = new RadioNetworkEvaluator(model with { TrafficMbps = model.TrafficMbps * 1.01 }, "network");
            Assert.True(one.IsFeasible || !more.IsFeasible);
            for (int i = 0; more.IsFeasible && i < one.Cells; i++)
            {
                Assert.True(more.Loads[i] >= one.Loads[i]);
            }
            double uncovered = one.UncoveredShare;
            double? coupling = one.CouplingLossDb().P50;
            CellSpec[] cells = model.Cells!.Select(cell => cell with { CioDb = 0, PowerDbm = 43 }).ToArray();
            one.Set(cells);
            uncovered = one.UncoveredShare;
            coupling = one.CouplingLossDb().P50;
            int off = (int)(seed % (ulong)one.Cells);
            cells = cells.ToArray();
            cells[off] = cells[off] with { On = false };
            one.Set(cells);
            Assert.True(one.UncoveredShare >= uncovered);
            Assert.True(model.Carriers is not null || one.CouplingLossDb().P50 is not { } after || after <= coupling);
        }
    }

    [Fact]
    public void Names_of_cells_and_users_do_not_matter()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            LinkSpec links = model.Links!;
            CellSpec[] cells = model.Cells!.Select((cell, i) => cell with { Site = (int)((long)i * links.Sites / model.Cells!.Count) }).ToArray();
            int users = links.Users, sites = links.Sites;
            double[] Reversed(double[] values) => Enumerable.Range(0, users * sites).Select(i => values[(users - 1 - i / sites) * sites + i % sites]).ToArray();
            NetworkModel turned = model with
            {
                Cells = cells.Reverse().ToArray(),
                Links = links with
                {
                    LossDb = Reversed(links.LossDb), AzimuthDeg = Reversed(links.AzimuthDeg), ZenithDeg = Reversed(links.ZenithDeg), Weights = links.Weights?.Reverse().ToArray(),
                },
            };
            NetworkEvaluation one = new RadioNetworkEvaluator(model, "network").Evaluate(), other = new RadioNetworkEvaluator(turned, "network").Evaluate();
            Assert.Equal(one.Feasible, other.Feasible);
            Near(one.CriticalScale, other.CriticalScale, 1e-10, seed);
            Near(one.Utility, other.Utility, 1e-10, seed);
            Near(one.EnergyW, other.EnergyW, 1e-10, seed);
            Near(one.UncoveredShare, other.UncoveredShare, 1e-12, seed);
            Near(one.GeometryDb.P50, other.GeometryDb.P50, 1e-10, seed);
            Near(one.ThroughputP5Mbps, other.ThroughputP5Mbps, 1e-10, seed);
            for (int i = 0; one.Feasible && i < cells.Length; i++)
            {
                Near(one.Loads![i], other.Loads![cells.Length - 1 - i], 1e-10, seed);
            }
        }
    }

    [Fact]
    public void Another_base_gives_the_same_loads()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed, usersMax: 100, cellsMax: 12);
            var evaluator = new RadioNetworkEvaluator(model, "network");
            var random = new RandomStream(seed + 5);
            CellSpec[] cells = model.Cells!.Select(cell => cell with { TiltDeg = cell.TiltDeg + 3 * random.NextDouble() }).ToArray();
            evaluator.Set(cells);
            bool feasible = evaluator.IsFeasible;
            double[] loads = evaluator.Loads.ToArray();
            evaluator.Rebase();
            Assert.Equal(feasible, evaluator.IsFeasible);
            for (int i = 0; feasible && i < loads.Length; i++)
            {
                Near(loads[i], evaluator.Loads[i], 1e-9, seed);
            }
        }
    }

    [Fact]
    public void Equal_powers_are_served_by_the_first_cell()
    {
        // 46 - 100 + 3 = 46 - 97, and 46 - 90 twice: sums of decibels that are equal, products of powers that are not.
        NetworkModel model = Omni([100, 97, 90, 90], 2, 2, [new CellSpec { CioDb = 3 }, new CellSpec()]) with { TrafficMbps = 10 };
        var evaluator = new RadioNetworkEvaluator(model, "network");
        Assert.True(evaluator.Loads[0] > 0);
        Assert.Equal(0, evaluator.Loads[1]);
        evaluator.Set([new CellSpec { CioDb = 2.9 }, new CellSpec()]);
        Assert.True(evaluator.Loads[1] > 0);
        evaluator.Set([new CellSpec { CioDb = 3 }, new CellSpec()]);
        Assert.Equal(0, evaluator.Loads[1]);
    }

    [Fact]
    public void Without_traffic_loads_are_zero_and_any_scale_is_carried()
    {
        NetworkModel model = Omni([100, 97, 90, 95], 2, 2, [new CellSpec(), new CellSpec()]);
        NetworkEvaluation found = new RadioNetworkEvaluator(model, "network").Evaluate();
        Assert.True(found.Feasible);
        Assert.Null(found.CriticalScale);
        Assert.Equal([0.0, 0.0], found.Loads!);
        Assert.Equal(260, found.EnergyW);
        Assert.True(found.Utility > 0);
    }

    [Fact]
    public void One_cell_carries_any_demand()
    {
        NetworkModel model = Omni([100, 110], 2, 1, [new CellSpec()]) with { TrafficMbps = 1e6 };
        NetworkEvaluation found = new RadioNetworkEvaluator(model, "network").Evaluate();
        Assert.True(found.Feasible);
        Assert.Null(found.CriticalScale);
        Assert.Equal([0], found.OverloadedCells);
        Assert.Equal(130 + 94, found.EnergyW);
        Near(new NaiveNetwork(model, model.Cells!).Loads()![0], found.Loads![0], 1e-13, 0);
    }

    [Fact]
    public void With_every_cell_off_nothing_is_feasible()
    {
        NetworkModel model = Omni([100, 110], 2, 1, [new CellSpec { On = false }]) with { TrafficMbps = 1 };
        NetworkEvaluation found = new RadioNetworkEvaluator(model, "network").Evaluate();
        Assert.False(found.Feasible);
        Assert.Null(found.Loads);
        Assert.Null(found.EnergyW);
        Assert.Equal(1, found.UncoveredShare, 12);
        Assert.Null(found.GeometryDb.P50);
        Assert.Null(found.CouplingLossDb.P50);
        var evaluator = new RadioNetworkEvaluator(model, "network");
        evaluator.Set([new CellSpec()]);
        Assert.True(evaluator.IsFeasible);
    }

    [Fact]
    public void A_user_out_of_reach_that_asks_makes_the_network_infeasible()
    {
        NetworkModel model = Omni([100, 1e6], 2, 1, [new CellSpec()]);
        NetworkEvaluation asks = new RadioNetworkEvaluator(model with { TrafficMbps = 1 }, "network").Evaluate();
        Assert.False(asks.Feasible);
        Assert.Equal(0, asks.CriticalScale);
        NetworkEvaluation silent = new RadioNetworkEvaluator(model, "network").Evaluate();
        Assert.True(silent.Feasible);
        Assert.Null(silent.Utility);
        Assert.Equal(0, silent.ThroughputP5Mbps);
        NetworkModel weightless = model with { TrafficMbps = 1, Links = model.Links! with { Weights = [1, 0] } };
        NetworkEvaluation nobody = new RadioNetworkEvaluator(weightless, "network").Evaluate();
        Assert.True(nobody.Feasible);
        Assert.True(double.IsFinite(nobody.Utility!.Value));
    }

    [Fact]
    public void A_huge_offset_takes_every_user()
    {
        NetworkModel model = Omni([90, 130, 90, 125], 2, 2, [new CellSpec(), new CellSpec { CioDb = 1e9 }]) with { TrafficMbps = 1 };
        var evaluator = new RadioNetworkEvaluator(model, "network");
        Assert.Equal(0, evaluator.Loads[0]);
        Assert.True(evaluator.Loads[1] > 0);
    }

    [Fact]
    public void What_cannot_be_is_named()
    {
        NetworkModel model = Omni([100, 97, 90, 90], 2, 2, [new CellSpec(), new CellSpec()]) with { TrafficMbps = 10 };
        Named(model with { Cells = [] }, "network/cells");
        Named(model with { Cells = [new CellSpec { TiltDeg = double.NaN }] }, "network/cells/0/tilt_deg");
        Named(model with { Cells = [new CellSpec(), new CellSpec { PowerDbm = 1e9 }] }, "network/cells/1/power_dbm");
        Named(model with { Cells = [new CellSpec { CioDb = double.PositiveInfinity }] }, "network/cells/0/cio_db");
        Named(model with { Cells = [new CellSpec { AzimuthDeg = double.NegativeInfinity }] }, "network/cells/0/azimuth_deg");
        Named(model with { Cells = [new CellSpec { Site = 2 }] }, "network/cells/0/site");
        Named(model with { Cells = [new CellSpec { Carrier = 1 }] }, "network/cells/0/carrier");
        Named(model with { TrafficMbps = -1 }, "network/traffic_mbps");
        Named(model with { TrafficMbps = double.NaN }, "network/traffic_mbps");
        Named(model with { BandwidthMHz = 0 }, "network/bandwidth_mhz");
        Named(model with { SinrEfficiency = 0 }, "network/efficiency/sinr");
        Named(model with { Energy = new EnergySpec { SleepW = double.NaN } }, "network/energy/sleep_w");
        Named(model with { Carriers = [] }, "network/carriers");
        Named(model with { Carriers = [new CarrierSpec(0, 20)] }, "network/carriers/0/frequency_ghz");
        Named(model with { Links = model.Links! with { LossDb = [1, double.NaN, 1, 1] } }, "network/links/loss_db/1");
        var evaluator = new RadioNetworkEvaluator(model, "network");
        double before = evaluator.Loads[0];
        Assert.Equal("network/cells", Assert.Throws<InvalidInputException>(() => evaluator.Set([new CellSpec()])).Argument);
        Assert.Equal("network/cells/1/tilt_deg", Assert.Throws<InvalidInputException>(() => evaluator.Set([new CellSpec { TiltDeg = 95 }, new CellSpec { TiltDeg = double.NaN }])).Argument);
        evaluator.Set([new CellSpec(), new CellSpec()]);
        Assert.Equal(before, evaluator.Loads[0]);
    }

    private static void Named(NetworkModel model, string argument) =>
        Assert.Equal(argument, Assert.Throws<InvalidInputException>(() => new RadioNetworkEvaluator(model, "network")).Argument);

    private static NetworkModel Omni(double[] lossDb, int users, int sites, CellSpec[] cells) => new()
    {
        Links = new LinkSpec
        {
            Users = users, Sites = sites, LossDb = lossDb, AzimuthDeg = new double[lossDb.Length], ZenithDeg = Enumerable.Repeat(95.0, lossDb.Length).ToArray(),
        },
        Antenna = new AntennaSpec { Model = AntennaModel.Omni },
        Cells = cells,
    };

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static void Near(double? expected, double? found, double tolerance, ulong seed)
    {
        Assert.True(expected is null == found is null, $"seed {seed}: {expected} and {found}");
        if (expected is { } a && found is { } b)
        {
            Assert.True(Math.Abs(a - b) <= tolerance * Math.Max(Math.Abs(a), 1e-3), $"seed {seed}: expected {a:R}, found {b:R}");
        }
    }

    private static void SameBits(NetworkEvaluation expected, NetworkEvaluation found)
    {
        Assert.Equal(expected.Feasible, found.Feasible);
        Assert.Equal(expected.Loads, found.Loads);
        Assert.Equal(expected.CriticalScale, found.CriticalScale);
        Assert.Equal(expected.OverloadedCells, found.OverloadedCells);
        Assert.Equal(expected.ThroughputP5Mbps, found.ThroughputP5Mbps);
        Assert.Equal(expected.ThroughputP50Mbps, found.ThroughputP50Mbps);
        Assert.Equal(expected.ThroughputMeanMbps, found.ThroughputMeanMbps);
        Assert.Equal(expected.Utility, found.Utility);
        Assert.Equal(expected.EnergyW, found.EnergyW);
        Assert.Equal(expected.UncoveredShare, found.UncoveredShare);
        Assert.Equal(expected.GeometryDb, found.GeometryDb);
        Assert.Equal(expected.CouplingLossDb, found.CouplingLossDb);
        Assert.Equal(expected.Iterations, found.Iterations);
    }
}
