using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.Maps;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Loads of networks near the largest demand they can carry: plain steps first rise, then take thousands of steps.</summary>
public sealed class NearLimitTests
{
    private const int Sites = 7;
    private const int Users = 90;

    [Fact]
    public void Newton_is_there_in_a_few_steps_from_any_start()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            foreach ((double share, int stepsMax) in new[] { (0.3, 6), (0.82, 6), (0.95, 8), (0.999, 12), (0.9999, 12) })
            {
                foreach (FixedPointMethod method in new[] { FixedPointMethod.Newton, FixedPointMethod.Auto })
                {
                    for (int start = -1; start < 3; start++)
                    {
                        LoadCouplingMap map = Map(seed, share);
                        double[] x0 = new double[map.Dimension];
                        Array.Fill(x0, Math.Pow(start, 4));   // 0, 1, 16
                        FixedPointResult result = FixedPoints.Solve(map, new FixedPointRequest { Method = method, X0 = start < 0 ? null : x0 });
                        Assert.True(result.State == FixedPointState.Converged && result.Iterations <= stepsMax, $"{method}, seed {seed}, {share} of the limit, start {start}: {result.Iterations} steps, {result.State}, {result.Reason}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Accelerated_methods_go_on_while_there_are_steps()
    {
        int converged = 0;
        for (ulong seed = 1; seed <= 8; seed++)
        {
            foreach (double share in new[] { 0.99, 0.999 })
            {
                foreach (FixedPointMethod method in new[] { FixedPointMethod.Anderson, FixedPointMethod.Aitken })
                {
                    FixedPointResult result = FixedPoints.Solve(Map(seed, share), new FixedPointRequest { Method = method, MaxIterations = 4000 });
                    Assert.True(result.State == FixedPointState.Converged || result.Iterations == 4000, $"{method}, seed {seed}, {share} of the limit: {result.State} after {result.Iterations} steps, {result.Reason}");
                    Assert.True(method == FixedPointMethod.Aitken && share > 0.99 || result.State == FixedPointState.Converged, $"{method}, seed {seed}, {share} of the limit: {result.Reason}");
                    converged += result.State == FixedPointState.Converged ? 1 : 0;
                }
            }
        }
        Assert.True(converged >= 24, $"{converged} of 32");
    }

    [Theory]
    [InlineData(FixedPointMethod.Newton)]
    [InlineData(FixedPointMethod.Anderson)]
    [InlineData(FixedPointMethod.Aitken)]
    public void Where_better_steps_are_refused_plain_ones_lead_on(object method)
    {
        // Up to 3.3 steps lead to the right, through a hundred dips of the residual; the fixed point is behind them.
        static double Image(double x) => x < 3.3 ? x + 0.02 + 0.0199 * Math.Cos(200 * x) : 4 + (x - 4) * 0.5;
        FixedPointResult result = FixedPoints.Solve(TestMap.Of(Image), new FixedPointRequest { Method = (FixedPointMethod)method, X0 = [0], MaxIterations = 20_000 });
        Assert.True(result.State == FixedPointState.Converged, $"{result.State} after {result.Iterations} steps at {result.X![0]}: {result.Reason}");
        Assert.Equal(4, result.X![0], 1e-9);
    }

    private static LoadCouplingMap Map(ulong seed, double share)
    {
        double limit = new LoadCouplingMap(Network(seed, 1), "network").CriticalScale!.Value;
        return new LoadCouplingMap(Network(seed, share * limit), "network");
    }

    /// <summary>Seven sites in a hexagon with three sectors each, users anywhere between them; loss by distance with shadowing.</summary>
    private static NetworkModel Network(ulong seed, double trafficMbps)
    {
        var random = new RandomStream(seed);
        const double apartM = 500;
        double[] loss = new double[Users * Sites], azimuth = new double[Users * Sites], zenith = new double[Users * Sites];
        for (int user = 0; user < Users; user++)
        {
            double x = 1.4 * apartM * (2 * random.NextDouble() - 1), y = 1.4 * apartM * (2 * random.NextDouble() - 1);
            for (int site = 0; site < Sites; site++)
            {
                double angle = site * Math.PI / 3, reach = site == 0 ? 0 : apartM, east = x - reach * Math.Cos(angle), north = y - reach * Math.Sin(angle);
                double distanceM = Math.Max(35, Math.Sqrt(east * east + north * north));
                int link = user * Sites + site;
                loss[link] = 128.1 + 37.6 * Math.Log10(distanceM / 1000) + 8 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
                azimuth[link] = Math.Atan2(north, east) * 180 / Math.PI;
                zenith[link] = 90 + Math.Atan2(23.5, distanceM) * 180 / Math.PI;
            }
        }
        var cells = new CellSpec[3 * Sites];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = new CellSpec { Site = cell / 3, AzimuthDeg = 30 + 120 * (cell % 3), TiltDeg = 100 };
        }
        return new NetworkModel
        {
            Links = new LinkSpec { Users = Users, Sites = Sites, LossDb = loss, AzimuthDeg = azimuth, ZenithDeg = zenith },
            BandwidthMHz = 20,
            NoiseFigureDb = 9,
            TrafficMbps = trafficMbps,
            Cells = cells,
        };
    }
}
