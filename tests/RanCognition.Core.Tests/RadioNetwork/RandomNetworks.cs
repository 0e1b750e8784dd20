using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>Networks out of a seed.</summary>
internal static class RandomNetworks
{
    public static NetworkModel Of(ulong seed, int usersMax = 40, int cellsMax = 9, bool severalCarriers = true, bool someOff = true)
    {
        var random = new RandomStream(seed * 7919 + 1);
        int sites = 1 + Below(ref random, 4), users = 1 + Below(ref random, usersMax), count = 1 + Below(ref random, cellsMax);
        int carriers = severalCarriers ? 1 + Below(ref random, 3) : 1;
        double[] loss = new double[users * sites], azimuth = new double[users * sites], zenith = new double[users * sites], weights = new double[users];
        for (int i = 0; i < loss.Length; i++)
        {
            loss[i] = 75 + 60 * random.NextDouble();
            azimuth[i] = -180 + 360 * random.NextDouble();
            zenith[i] = 88 + 25 * random.NextDouble();
        }
        for (int j = 0; j < users; j++)
        {
            weights[j] = j > 0 && random.NextDouble() < 0.1 ? 0 : 0.2 + random.NextDouble();
        }
        var cells = new CellSpec[count];
        for (int i = 0; i < count; i++)
        {
            cells[i] = RandomCell(ref random, carriers, someOff && i > 0);
        }
        AntennaModel antenna = (AntennaModel)Below(ref random, 3);
        var model = new NetworkModel
        {
            Links = new LinkSpec { Users = users, Sites = sites, LossDb = loss, AzimuthDeg = azimuth, ZenithDeg = zenith, Weights = Below(ref random, 3) == 0 ? null : weights },
            Antenna = new AntennaSpec { Model = antenna, Rows = 1 + Below(ref random, 12) },
            BandwidthMHz = 5 + Below(ref random, 20),
            NoiseFigureDb = 5 + 4 * random.NextDouble(),
            BandwidthEfficiency = 0.4 + 0.5 * random.NextDouble(),
            SinrEfficiency = 0.4 + 0.6 * random.NextDouble(),
            TrafficMbps = 1,
            Cells = cells,
            CoverageRsrpDbm = -115 + 20 * random.NextDouble(),
            Carriers = carriers == 1 ? null : [new CarrierSpec(2, 20), new CarrierSpec(0.8, 10), new CarrierSpec(3.5, 40)],
        };
        // Demands from far below to just above what can be carried.
        double radius = new NaiveNetwork(model, cells).SpectralRadius();
        double share = random.NextDouble() switch { < 0.3 => 0.05, < 0.6 => 0.4, < 0.85 => 0.9, _ => 1.05 };
        return model with { TrafficMbps = radius > 0 ? share / radius : 10 + 100 * random.NextDouble() };
    }

    public static CellSpec RandomCell(ref RandomStream random, int carriers, bool mayBeOff) => new()
    {
        AzimuthDeg = 360 * random.NextDouble(),
        TiltDeg = 90 + 20 * random.NextDouble(),
        PowerDbm = 36 + 10 * random.NextDouble(),
        CioDb = Below(ref random, 3) == 0 ? -6 + 12 * random.NextDouble() : 0,
        On = !mayBeOff || random.NextDouble() < 0.85,
        Carrier = Below(ref random, carriers),
    };

    public static int Below(ref RandomStream random, int count) => (int)(random.NextDouble() * count);
}
