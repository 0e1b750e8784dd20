using RanCognition.Contracts;

namespace RanCognition.Tests.Optimization;

/// <summary>Small random networks with given links.</summary>
internal static class SmallNetworks
{
    public static NetworkModel Make(int seed, int cellsMax, double trafficMaxMbps)
    {
        var random = new Random(seed);
        int cells = random.Next(2, cellsMax + 1), sites = random.Next(1, cells + 1), users = random.Next(4, 25), links = users * sites;
        double[] loss = new double[links], azimuth = new double[links], zenith = new double[links], weights = new double[users];
        for (int i = 0; i < links; i++)
        {
            loss[i] = 95 + 35 * random.NextDouble();
            azimuth[i] = 360 * random.NextDouble() - 180;
            zenith[i] = 91 + 14 * random.NextDouble();
        }
        for (int user = 0; user < users; user++)
        {
            weights[user] = 0.1 + random.NextDouble();
        }
        return new NetworkModel
        {
            Links = new LinkSpec { Users = users, Sites = sites, LossDb = loss, AzimuthDeg = azimuth, ZenithDeg = zenith, Weights = weights },
            TrafficMbps = trafficMaxMbps * random.NextDouble(),
            CoverageRsrpDbm = -105 + 10 * random.NextDouble(),
            Cells = [.. Enumerable.Range(0, cells).Select(i => new CellSpec { AzimuthDeg = 30 + 120 * i, TiltDeg = 94 + random.Next(10), PowerDbm = 40 + random.Next(7) })],
        };
    }

    public static NetworkModel Layout(int sites, int users, double trafficMbps) => new()
    {
        Layout = new LayoutSpec { Sites = sites }, Users = new UsersSpec { Count = users, Seed = 3 }, TrafficMbps = trafficMbps,
    };

    /// <summary>All combinations of numbers.</summary>
    public static IEnumerable<double[]> Combinations(int count, double[] values)
    {
        int total = (int)Math.Round(Math.Pow(values.Length, count));
        for (int code = 0; code < total; code++)
        {
            double[] x = new double[count];
            for (int i = 0, rest = code; i < count; i++, rest /= values.Length)
            {
                x[i] = values[rest % values.Length];
            }
            yield return x;
        }
    }
}
