using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>Cells of a network that are neighbours: many users of the one receive the other nearly as strongly.</summary>
/// <remarks>
/// A user counts for its strongest cell and every other cell within 6 dB of it. Two cells are neighbours when at least 2 % of the traffic of either counts for both. The weight of a relation is the traffic that
/// counts for both, over the mean of all relations.
/// </remarks>
internal sealed class NetworkNeighbours
{
    private const double WithinDb = 6;
    private const double LeastShare = 0.02;

    /// <param name="network">The network.</param>
    /// <param name="argument">Its name in messages.</param>
    public NetworkNeighbours(NetworkModel network, string argument)
    {
        LinkTable table = LinkTable.From(network, argument);
        var constants = new NetworkConstants(network, argument);
        var links = new LinkFactors(table, constants.Antenna);
        IReadOnlyList<CellSpec> cells = network.Cells ?? CellPlacement.ThreeSectors(table.Sites);
        if (cells.Count is 0 or > OptimizationLimits.VariablesMax)
        {
            InvalidInputException.Throw(argument + "/cells", $"must be 1..{OptimizationLimits.VariablesMax}");
        }
        int[] sites = CellPlacement.Sites(cells, table.Sites, argument + "/cells");
        Cells = cells.Count;
        double[][] received = new double[Cells][];
        for (int cell = 0; cell < Cells; cell++)
        {
            constants.CheckCell(cells[cell], cell);
            received[cell] = Received(cells[cell], sites[cell], constants, links);
        }
        double[] own = new double[Cells], shared = new double[Cells * Cells];
        double factor = NetworkConstants.Milliwatts(-WithinDb);
        for (int user = 0; user < table.Users; user++)
        {
            int strongest = 0;
            for (int cell = 1; cell < Cells; cell++)
            {
                strongest = received[cell][user] > received[strongest][user] ? cell : strongest;
            }
            own[strongest] += table.Weights[user];
            for (int cell = 0; cell < Cells; cell++)
            {
                bool counts = cell != strongest && received[cell][user] > 0 && received[cell][user] >= factor * received[strongest][user];
                shared[Math.Min(cell, strongest) * Cells + Math.Max(cell, strongest)] += counts ? table.Weights[user] : 0;
            }
        }
        (Relations, Weights) = Listed(own, shared);
    }

    public int Cells { get; }

    /// <summary>Pairs of cells, counted from 1.</summary>
    public int[] Relations { get; }

    public double[] Weights { get; }

    private (int[] Relations, double[] Weights) Listed(double[] own, double[] shared)
    {
        var relations = new List<int>();
        var weights = new List<double>();
        double sum = 0;
        for (int a = 0; a < Cells; a++)
        {
            for (int b = a + 1; b < Cells; b++)
            {
                double weight = shared[a * Cells + b];
                if (weight > 0 && (weight >= LeastShare * own[a] || weight >= LeastShare * own[b]))
                {
                    relations.Add(a + 1);
                    relations.Add(b + 1);
                    weights.Add(weight);
                    sum += weight;
                }
            }
        }
        double[] scaled = new double[weights.Count];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = weights[i] * scaled.Length / sum;
        }
        return ([.. relations], scaled);
    }

    private static double[] Received(CellSpec cell, int site, NetworkConstants constants, LinkFactors links)
    {
        double[] power = new double[links.Users], fixedPart = new double[links.Users];
        if (!cell.On)
        {
            return power;
        }
        constants.Antenna.FixedPart(links.AzimuthDeg(site), links.ZenithDeg(site), cell.AzimuthDeg, fixedPart);
        constants.Antenna.LinearGains(fixedPart, links.FirstTerm(site), links.SecondTerm(site), cell.TiltDeg, power);
        ReadOnlySpan<double> loss = links.LossFactor(site);
        double sent = NetworkConstants.Milliwatts(cell.PowerDbm);
        for (int user = 0; user < power.Length; user++)
        {
            power[user] *= sent * loss[user];
        }
        return power;
    }
}
