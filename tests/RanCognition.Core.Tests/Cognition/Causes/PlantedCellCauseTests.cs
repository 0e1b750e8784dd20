using RanCognition.Cognition.Causes;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

public class PlantedCellCauseTests
{
    private static readonly string[] Planted = ["overload", "outage", "interference", "coverage_hole", "healthy"];

    [Fact]
    public void What_ails_one_cell_of_a_busy_network_is_named()
    {
        int[] right = new int[Planted.Length], made = new int[Planted.Length];
        for (ulong seed = 990_000; seed < 991_500; seed++)
        {
            RandomStream random = new(seed);
            int planted = (int)(random.NextDouble() * Planted.Length), cells = 2 + (int)(random.NextDouble() * 4), ill = 1 + (int)(random.NextDouble() * cells);
            int periods = 40 + (int)(random.NextDouble() * 300), since = periods - 13 - (int)(random.NextDouble() * 8), silentSince = periods - 3 - (int)(random.NextDouble() * 8);
            // Radio faults lie in more than half of the 24 periods that are judged, so that the rate over all of them shows them.
            double start = random.NextDouble() * 96;
            CauseSituation situation = new();
            for (int cell = 1; cell <= cells; cell++)
            {
                double size = .5 + random.NextDouble(), errorShare = .06 + .05 * random.NextDouble(), weakShare = .04 * random.NextDouble();
                double[][] rows = new double[8][];
                for (int row = 0; row < rows.Length; row++)
                {
                    rows[row] = new double[periods];
                }
                for (int t = 0; t < periods; t++)
                {
                    string cause = cell == ill && t >= (planted == 1 ? silentSince : since) ? Planted[planted] : "healthy";
                    double load = size * (.6 + .4 * Math.Sin(2 * Math.PI * (t + start) / 96)) * Math.Max(.2, 1 + .15 * random.NextNormal());
                    rows[0][t] = cause == "overload" ? 91 + 9 * random.NextDouble() : Math.Min(85, 50 * load);
                    rows[1][t] = Math.Round(1e5 * load);
                    rows[2][t] = Math.Round(30 * load);
                    rows[3][t] = Math.Round(5e4 * load) + 10;
                    rows[4][t] = Math.Round(rows[3][t] * (cause == "interference" ? .55 : errorShare));
                    rows[5][t] = Math.Round(4000 * load) + 10;
                    rows[6][t] = Math.Round(rows[5][t] * (cause == "coverage_hole" ? .4 : weakShare));
                    rows[5][t] -= rows[6][t];
                    if (cause == "outage")
                    {
                        foreach (double[] row in rows)
                        {
                            row[t] = 0;
                        }
                    }
                }
                string name = "NRCellDU=" + cell + "/";
                string[] metrics = ["RRU.PrbTotDl", "DRB.PdcpSduVolumeDL", "DRB.MeanActiveUeDl", "TB.TotNbrUlInit", "TB.ErrNbrUlInitial", "L1M.SS-RSRP.Bin70", "L1M.SS-RSRP.Bin40"];
                for (int row = 0; row < metrics.Length; row++)
                {
                    situation.History(name + metrics[row], rows[row]);
                }
            }
            List<CauseFinding> causes = CauseFinder.Find(situation.View());
            made[planted]++;
            bool alone = causes.Count == 1 || causes[1].Name == "healthy";
            right[planted] += causes[0].Name == Planted[planted] && alone && (planted == 4 || causes[0].ManagedObject == "NRCellDU=" + ill) ? 1 : 0;
        }
        for (int kind = 0; kind < Planted.Length; kind++)
        {
            Assert.True(made[kind] > 200);
            Assert.True(right[kind] >= .99 * made[kind], $"{Planted[kind]}: {right[kind]} of {made[kind]}");
        }
    }
}
