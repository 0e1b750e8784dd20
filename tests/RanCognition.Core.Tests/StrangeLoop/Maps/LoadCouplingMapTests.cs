using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;
using RanCognition.StrangeLoop.FixedPoints;
using RanCognition.StrangeLoop.Maps;
using RanCognition.Tests.RadioNetwork;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Loads that loads bring about, compared with the plain formulas.</summary>
public sealed class LoadCouplingMapTests
{
    [Fact]
    public void Values_and_slopes_are_those_of_the_plain_formulas()
    {
        for (ulong seed = 0; seed < 120; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            var naive = new NaiveNetwork(model, model.Cells!);
            IProvenMap map = Compile(model);
            int n = map.Dimension;
            Assert.Equal(model.Cells!.Count, n);
            var random = new RandomStream(seed + 5);
            double[] x = new double[n], image = new double[n], again = new double[n], slopes = new double[n * n];
            for (int i = 0; i < n; i++)
            {
                x[i] = 3 * random.NextDouble() - 0.7;
            }
            map.Apply(x, image);
            map.ApplyWithSlopes(x, again, slopes);
            double[] clamped = x.Select(value => Math.Max(value, 0)).ToArray(), expected = naive.Apply(clamped);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(expected[i], image[i], 1e-11 * expected[i]);
                Assert.Equal(image[i], again[i]);
                for (int k = 0; k < n; k++)
                {
                    double step = 1e-5;
                    double Shifted(double by) => naive.Apply(clamped.Select((value, place) => place == k ? value + by : value).ToArray())[i];
                    double difference = x[k] < 0 ? 0 : clamped[k] < step ? (Shifted(step) - Shifted(0)) / step : (Shifted(step) - Shifted(-step)) / (2 * step);
                    Assert.Equal(difference, slopes[i * n + k], 1e-4 * Math.Abs(difference) + 1e-8 * expected[i]);
                }
            }
        }
    }

    [Fact]
    public void Verdicts_and_scales_are_those_of_the_spectral_radius()
    {
        int feasible = 0, infeasible = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            double radius = new NaiveNetwork(model, model.Cells!).SpectralRadius();
            IProvenMap map = Compile(model);
            Assert.Equal(radius >= 1, map.Infeasibility is not null);
            Assert.Equal(radius < 1, map.SureStart is not null);
            Assert.Equal(radius > 0, map.CriticalScale is not null);
            Assert.Equal(radius > 0 ? 1 / radius : 0, map.CriticalScale ?? 0, 1e-9 / Math.Max(radius, 1e-3));
            if (radius >= 1)
            {
                infeasible++;
                Assert.Equal(radius, map.VerdictRadius!.Value, 1e-9 * radius);
                Assert.Null(map.ErrorBound(new double[map.Dimension], new double[map.Dimension]));
            }
            else
            {
                feasible++;
                Assert.Null(map.VerdictRadius);
            }
        }
        Assert.True(feasible > 100 && infeasible > 10, $"{feasible} feasible, {infeasible} infeasible");
    }

    [Fact]
    public void The_verdict_is_right_close_to_the_limit()
    {
        int judged = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed);
            if (Compile(model).CriticalScale is not { } scale)
            {
                continue;
            }
            foreach (double away in (double[])[1e-3, 1e-6, 1e-9, 1e-11])
            {
                IProvenMap below = Compile(model with { TrafficMbps = model.TrafficMbps * scale * (1 - away) }), above = Compile(model with { TrafficMbps = model.TrafficMbps * scale * (1 + away) });
                Assert.Null(below.Infeasibility);
                Assert.True(below.CriticalScale >= 1);
                Assert.Contains("critical scale 0.99", above.Infeasibility, StringComparison.Ordinal);
                Assert.StartsWith("no finite loads exist: the demand of ", above.Infeasibility, StringComparison.Ordinal);
                Assert.True(above.CriticalScale <= 1);
                Assert.True(above.VerdictRadius >= 1);
                judged++;
            }
        }
        Assert.True(judged > 80, $"{judged} judged");
    }

    [Fact]
    public void Newton_from_the_sure_start_takes_few_steps_however_near_the_limit_is()
    {
        var model = new NetworkModel { Layout = new LayoutSpec { Sites = 19 }, Users = new UsersSpec { Count = 150, Seed = 4 }, Propagation = new PropagationSpec { Seed = 9 }, TrafficMbps = 100 };
        double limit = 100 * Compile(model).CriticalScale!.Value;
        LinkTable links = LinkTable.From(model, "network");
        var given = new LinkSpec { Users = links.Users, Sites = links.Sites, LossDb = links.LossDb, AzimuthDeg = links.AzimuthDeg, ZenithDeg = links.ZenithDeg, Weights = links.Weights };
        foreach (double share in (double[])[0.1, 0.5, 0.8, 0.99, 0.999])
        {
            NetworkModel loaded = model with { TrafficMbps = share * limit };
            IProvenMap map = Compile(loaded);
            (double[] x, int steps) = Newton(map, map.SureStart!, 1e-9);
            Assert.True(steps <= 6, $"{steps} steps at {share} of the limit");
            double[] image = new double[x.Length];
            map.Apply(x, image);
            double bound = map.ErrorBound(x, image)!.Value;
            Assert.True(bound <= 1e-5, $"bound {bound} at {share} of the limit");
            if (share < 0.9)
            {
                NetworkModel plain = loaded with { Layout = null, Users = null, Links = given };
                double[] loads = new NaiveNetwork(plain, CellPlacement.ThreeSectors(19)).Loads()!;
                for (int i = 0; i < x.Length; i++)
                {
                    Assert.Equal(loads[i], x[i], 1e-8);
                }
            }
        }
    }

    [Fact]
    public void No_error_is_above_its_bound()
    {
        int points = 0, given = 0;
        double loosest = 0;
        for (ulong seed = 0; seed < 250; seed++)
        {
            NetworkModel model = RandomNetworks.Of(seed, cellsMax: 12);
            IProvenMap map = Compile(model);
            var evaluator = new RadioNetworkEvaluator(model, "network");
            if (!evaluator.IsFeasible)
            {
                continue;
            }
            int n = map.Dimension;
            double[] loads = evaluator.Loads.ToArray(), x = new double[n], image = new double[n];
            var random = new RandomStream(seed + 99);
            for (int point = 0; point < 8; point++)
            {
                double distance = Math.Pow(10, -14 + 15 * random.NextDouble()), error = 0, largest = 0;
                for (int i = 0; i < n; i++)
                {
                    // Around the fixed point, from below, from above, or anywhere.
                    x[i] = point switch
                    {
                        < 4 => loads[i] * (1 + distance * (random.NextDouble() - 0.5)),
                        4 => loads[i] * random.NextDouble(),
                        5 => loads[i] * (1 + 4 * random.NextDouble()),
                        6 => map.SureStart![i],
                        _ => 4 * random.NextDouble() - 1,
                    };
                    error = Math.Max(error, Math.Abs(x[i] - loads[i]));
                    largest = Math.Max(largest, loads[i]);
                }
                map.Apply(x, image);
                points++;
                if (map.ErrorBound(x, image) is { } bound)
                {
                    given++;
                    Assert.True(bound >= error - 1e-12 * largest, $"seed {seed}, point {point}: error {error:R}, bound {bound:R}");
                    loosest = point < 4 && distance < 1e-3 && error > 1e-9 * largest ? Math.Max(loosest, bound / error) : loosest;
                }
            }
        }
        Assert.True(points > 1000 && given >= points, $"{given} bounds of {points}");
        Assert.True(loosest < 100, $"{loosest} times the error");
    }

    [Fact]
    public void Cells_that_are_off_or_not_asked_have_no_load_and_any_load_of_them_is_an_error()
    {
        NetworkModel model = TwoSites(on: true);
        IProvenMap map = Compile(model);
        double[] x = [0.3, 0.3], image = new double[2];
        map.Apply(x, image);
        Assert.True(image[0] > 0);
        Assert.Equal(0, image[1]);   // both users are near the first
        (double[] solved, _) = Newton(map, map.SureStart!, 1e-13);
        Assert.Equal(0, solved[1]);
        map.Apply(solved, image);
        Assert.True(map.ErrorBound(solved, image) < 1e-12);
        solved[1] = 0.25;
        map.Apply(solved, image);
        Assert.InRange(map.ErrorBound(solved, image)!.Value, 0.25, 0.25 + 1e-12);
        Assert.Null(Compile(TwoSites(on: false) with { TrafficMbps = 0 }).Infeasibility);
    }

    [Fact]
    public void A_network_that_reaches_a_user_with_no_cell_has_no_loads()
    {
        IProvenMap off = Compile(TwoSites(on: false));
        Assert.Equal("no finite loads exist: user 0 asks for traffic, and no cell that is on reaches it", off.Infeasibility);
        Assert.Equal(0, off.CriticalScale);
        Assert.Null(off.VerdictRadius);
        Assert.Null(off.SureStart);
    }

    [Fact]
    public void Networks_without_traffic_have_the_loads_0()
    {
        IProvenMap map = Compile(RandomNetworks.Of(3) with { TrafficMbps = 0 });
        double[] x = new double[map.Dimension], image = new double[map.Dimension];
        map.Apply(x, image);
        Assert.Equal(x, image);
        Assert.Null(map.Infeasibility);
        Assert.Null(map.CriticalScale);
        Assert.Equal(0, map.ErrorBound(x, image)!.Value, 1e-300);
    }

    [Fact]
    public void What_is_not_a_number_is_passed_on_and_a_bad_network_is_named()
    {
        IProvenMap map = Compile(RandomNetworks.Of(12, someOff: false, severalCarriers: false));
        double[] x = new double[map.Dimension], image = new double[map.Dimension];
        Array.Fill(x, double.NaN);
        map.Apply(x, image);
        Assert.All(image, value => Assert.True(double.IsNaN(value)));
        Assert.Null(map.ErrorBound(x, image));
        var error = Assert.Throws<InvalidInputException>(() => Compile(RandomNetworks.Of(12) with { TrafficMbps = -1 }));
        Assert.StartsWith("request/map/network/traffic_mbps: ", error.Message, StringComparison.Ordinal);
    }

    private static NetworkModel TwoSites(bool on) => new()
    {
        Links = new LinkSpec { Users = 2, Sites = 2, LossDb = [90, 130, 95, 128], AzimuthDeg = new double[4], ZenithDeg = [100, 100, 100, 100] },
        Antenna = new AntennaSpec { Model = AntennaModel.Omni },
        TrafficMbps = 20,
        Cells = [new CellSpec { On = on }, new CellSpec { On = on }],
    };

    private static IProvenMap Compile(NetworkModel model) => (IProvenMap)MapCompiler.Compile(new FixedPointMapSpec.LoadCoupling(model), "request");

    private static (double[] X, int Steps) Newton(IProvenMap map, double[] start, double tolerance)
    {
        int n = map.Dimension, steps = 0;
        double[] x = (double[])start.Clone(), image = new double[n], slopes = new double[n * n];
        for (; steps < 40; steps++)
        {
            map.ApplyWithSlopes(x, image, slopes);
            double residual = 0;
            for (int i = 0; i < n; i++)
            {
                residual = Math.Max(residual, Math.Abs(image[i] - x[i]));
            }
            if (residual <= tolerance)
            {
                break;
            }
            double[] direction = Solved(slopes, image, x);
            for (int i = 0; i < n; i++)
            {
                x[i] += direction[i];
            }
        }
        return (x, steps);
    }

    /// <summary>(I - slopes)^-1 (image - x) by plain elimination.</summary>
    private static double[] Solved(double[] slopes, double[] image, double[] x)
    {
        int n = x.Length;
        double[,] rows = new double[n, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                rows[i, k] = (i == k ? 1 : 0) - slopes[i * n + k];
            }
            rows[i, n] = image[i] - x[i];
        }
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                double factor = i == k ? 0 : rows[i, k] / rows[k, k];
                for (int j = k; j <= n; j++)
                {
                    rows[i, j] -= factor * rows[k, j];
                }
            }
        }
        return Enumerable.Range(0, n).Select(i => rows[i, n] / rows[i, i]).ToArray();
    }
}
