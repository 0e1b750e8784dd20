using RanCognition.Contracts;

namespace RanCognition.Tests.Optimization;

/// <summary>What a network with given links gives, written down from the definitions: decibels for every pair, loads by plain iteration.</summary>
internal sealed class NaiveNetwork(NetworkModel network)
{
    private readonly double _noise = Math.Pow(10, (-174 + network.NoiseFigureDb + 10 * Math.Log10(network.BandwidthMHz * 1e6)) / 10);

    public double[]? Loads { get; private set; }

    public double EnergyW { get; private set; }

    public double Uncovered { get; private set; }

    public double P5Mbps { get; private set; }

    public double Utility { get; private set; }

    public NaiveNetwork Evaluate(IReadOnlyList<CellSpec> cells)
    {
        LinkSpec links = network.Links!;
        double weightSum = links.Weights!.Sum();
        int[] serving = new int[links.Users];
        double[][] received = new double[links.Users][];
        Uncovered = 0;
        for (int user = 0; user < links.Users; user++)
        {
            received[user] = new double[cells.Count];
            serving[user] = -1;
            double bestWithOffset = double.NegativeInfinity, best = double.NegativeInfinity;
            for (int cell = 0; cell < cells.Count; cell++)
            {
                int link = user * links.Sites + (cells[cell].Site ?? cell * links.Sites / cells.Count);
                received[user][cell] = cells[cell].On ? cells[cell].PowerDbm + Gain(cells[cell], links.AzimuthDeg[link], links.ZenithDeg[link]) - links.LossDb[link] : double.NegativeInfinity;
                best = Math.Max(best, received[user][cell]);
                if (cells[cell].On && received[user][cell] + cells[cell].CioDb > bestWithOffset)
                {
                    (serving[user], bestWithOffset) = (cell, received[user][cell] + cells[cell].CioDb);
                }
            }
            double rsrp = best - 10 * Math.Log10(12 * 5 * network.BandwidthMHz);
            Uncovered += rsrp < network.CoverageRsrpDbm ? links.Weights![user] / weightSum : 0;
        }
        foreach (double[] row in received)
        {
            for (int cell = 0; cell < row.Length; cell++)
            {
                row[cell] = Math.Pow(10, row[cell] / 10);
            }
        }
        Loads = cells.Any(cell => cell.On) ? FixedPoint(cells, received, serving, weightSum) : null;
        EnergyW = cells.Select((cell, i) => !cell.On ? network.Energy.SleepW : network.Energy.ActiveW + network.Energy.LoadW * Math.Min(1, Loads?[i] ?? 1)).Sum();
        if (Loads is not null)
        {
            double[] rates = Enumerable.Range(0, links.Users).Select(user => (1 - Math.Min(0.99, Loads[serving[user]])) * Rate(user, Loads, cells, received, serving)).ToArray();
            Utility = Enumerable.Range(0, links.Users).Sum(user => links.Weights![user] / weightSum * Math.Log(1e6 * rates[user]));
            double below = 0;
            foreach (int user in Enumerable.Range(0, links.Users).OrderBy(user => rates[user]))
            {
                below += links.Weights![user] / weightSum;
                P5Mbps = rates[user];
                if (below >= 0.05 - 1e-12)
                {
                    break;
                }
            }
        }
        return this;
    }

    private double[]? FixedPoint(IReadOnlyList<CellSpec> cells, double[][] received, int[] serving, double weightSum)
    {
        double[] loads = new double[cells.Count];
        for (int step = 0; step < 50_000; step++)
        {
            double[] next = new double[cells.Count];
            for (int user = 0; user < serving.Length; user++)
            {
                next[serving[user]] += network.Links!.Weights![user] / weightSum * network.TrafficMbps / Rate(user, loads, cells, received, serving);
            }
            double change = next.Zip(loads, (a, b) => Math.Abs(a - b)).Max();
            loads = next;
            if (change < 1e-13)
            {
                return loads;
            }
            if (loads.Max() > 1e5)
            {
                return null;
            }
        }
        return null;
    }

    private double Rate(int user, double[] loads, IReadOnlyList<CellSpec> cells, double[][] received, int[] serving)
    {
        double interference = _noise;
        for (int cell = 0; cell < cells.Count; cell++)
        {
            interference += cell != serving[user] && cells[cell].On ? loads[cell] * received[user][cell] : 0;
        }
        return network.BandwidthEfficiency * network.BandwidthMHz * Math.Log2(1 + network.SinrEfficiency * received[user][serving[user]] / interference);
    }

    private double Gain(CellSpec cell, double azimuth, double zenith)
    {
        if (network.Antenna.Model == AntennaModel.Omni)
        {
            return 0;
        }
        double offset = ((azimuth - cell.AzimuthDeg) % 360 + 540) % 360 - 180;
        double element = 8 - Math.Min(30, Math.Min(30, 12 * Math.Pow(offset / 65, 2)) + Math.Min(30, 12 * Math.Pow((zenith - 90) / 65, 2)));
        double real = 0, imaginary = 0, phase = Math.PI * (Math.Cos(zenith * Math.PI / 180) - Math.Cos(cell.TiltDeg * Math.PI / 180));
        for (int row = 0; row < network.Antenna.Rows; row++)
        {
            real += Math.Cos(row * phase);
            imaginary += Math.Sin(row * phase);
        }
        return element + 10 * Math.Log10(Math.Max(1e-6, (real * real + imaginary * imaginary) / network.Antenna.Rows));
    }
}
