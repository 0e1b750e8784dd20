using RanCognition.Cognition.Causes;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

public class LevelCauseTests
{
    private const string Cell = "NRCellDU=1";

    [Theory]
    [InlineData("L1M.SS-SINR", 18, 2, 1, "interference", "sinr_fall")]
    [InlineData("RS-SINR.Mean", 15, 7, 1, "interference", "sinr_fall")]
    [InlineData("AvgCqi", 11, 5, .5, "interference", "cqi_fall")]
    [InlineData("UL.RSSI", -110, -92, 1, "interference", "uplink_interference_rise")]
    [InlineData("UL.ThermalNoise", -112, -104, .7, "interference", "uplink_interference_rise")]
    [InlineData("PuschInterferencePower", -112, -100, 1, "interference", "uplink_interference_rise")]
    [InlineData("L1M.SS-RSRP", -95, -124, 1, "coverage_hole", "weak_rsrp_periods")]
    [InlineData("AvgRsrp", -85, -95, 1, "coverage_hole", "rsrp_fall")]
    [InlineData("WeakRSRPRatio", 2, 40, .5, "coverage_hole", "weak_share_periods")]
    [InlineData("DRB.UEThpDl", 30, 1.5, .3, "unknown", "service_collapse")]
    [InlineData("DRB.UEThpUl.3", 30, 1.5, .3, "", "")]   // bins are counts: not looked at
    [InlineData("RRC.ConnEstabSuccRatio", 99, 30, .3, "unknown", "service_collapse")]
    [InlineData("L1M.SS-SINR", 18, 14, 1, "healthy", "")]
    [InlineData("L1M.SS-SINR", 4, 20, 1, "healthy", "")]
    [InlineData("UL.RSSI", -110, -107, 1, "healthy", "")]
    [InlineData("UL.RSSI", -92, -110, 1, "healthy", "")]
    [InlineData("L1M.SS-RSRP", -95, -92, 1, "healthy", "")]
    [InlineData("WeakRSRPRatio", 2, 15, .5, "healthy", "")]
    public void A_level_that_leaves_its_past_is_named(string name, double past, double present, double noise, string cause, string test)
    {
        // One day with the fault in its last quarter, two days (the times of day are known), and little more than two windows.
        foreach ((int periods, int since) in ((int, int)[])[(96, 72), (192, 170), (40, 32)])
        {
            for (ulong seed = 0; seed < 40; seed++)
            {
                RandomStream random = new(7_000 + seed);
                double[] values = new double[periods], use = new double[periods];
                for (int t = 0; t < periods; t++)
                {
                    values[t] = Math.Clamp((t < since ? past : present) + noise * random.NextNormal(), -140, 100);
                    use[t] = 40 + 4 * random.NextNormal();
                }
                CauseSituation situation = new CauseSituation().History(Cell + "/RRU.PrbTotDl", use).History(Cell + "/" + name, values);
                CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
                Assert.Equal((cause.Length == 0 ? "healthy" : cause, Cell), (finding.Name, finding.ManagedObject));
                if (test.Length == 0)
                {
                    continue;
                }
                CauseTest stated = Assert.Single(finding.Tests);
                Assert.Equal((test, Cell + "/" + name, true), (stated.Name, stated.Metric, stated.Holds));
                Assert.InRange(stated.PValue!.Value, 0, test.EndsWith("_periods", StringComparison.Ordinal) ? .01 : LevelShift.ChanceLimit);
                Assert.True(cause == "unknown" ? finding.Confidence == 0 : finding.Confidence > (cause == "interference" && test != "uplink_interference_rise" ? .45 : .9));
            }
        }
    }

    [Fact]
    public void The_tests_state_the_medians_and_the_chance()
    {
        double[] values = new double[96 * 9];   // at each time of day 8 values of the past: the days' offsets
        double[] days = [0, 1, -1, 2, -2, 3, -3, 4, -20];
        for (int t = 0; t < values.Length; t++)
        {
            values[t] = 20 + days[t / 96] + 8 * Math.Sin(2 * Math.PI * (t / 8) / 12);
        }
        CauseTest test = CauseFinder.Find(new CauseSituation().History("L1M.SS-SINR", values).Constant("AvgRsrp", -90, 96).View())[0].Tests[0];
        // Offsets -3..4, each eight times: the upper median 1, its median absolute deviation 2 (1.4826 of it is the spread), 64 values.
        double level = 20 + 8 * Math.Sin(2 * Math.PI * 11 / 12);
        Assert.Equal(level - 20, test.Value!.Value, 1e-12);
        Assert.Equal(level + 1 - 6, test.Limit!.Value, 1e-12);
        Assert.Equal(TailProbability.StudentTwoSided(21 / (2 * 1.4826), 63) / 2, test.PValue!.Value, 1e-15);
    }

    [Fact]
    public void A_weaker_signal_explains_poor_quality()
    {
        Assert.Equal("coverage_hole", Name(-95, -105, 18, 6));
        Assert.Equal("interference", Name(-95, -95, 18, 6));
        Assert.Equal("unknown", Name(-95, -99, 18, 6));   // either

        static string Name(double rsrpPast, double rsrp, double sinrPast, double sinr)
        {
            CauseFinding finding = Assert.Single(CauseFinder.Find(new CauseSituation().History(Cell + "/AvgRsrp", Step(rsrpPast, rsrp)).History(Cell + "/AvgSinr", Step(sinrPast, sinr)).View()));
            Assert.True(finding.Confidence > .9 || finding.Name == "unknown");
            return finding.Name;
        }
    }

    [Fact]
    public void A_collapse_that_overload_explains_is_overload()
    {
        CauseSituation situation = new CauseSituation().History(Cell + "/RRU.PrbTotDl", Step(40, 97)).History(Cell + "/DRB.UEThpDl", Step(30, 2));
        Assert.Equal("overload", Assert.Single(CauseFinder.Find(situation.View())).Name);
    }

    [Fact]
    public void The_present_alone_says_less()
    {
        CauseFinding load = Assert.Single(CauseFinder.Find(new CauseSituation().Present(Cell + "/RRU.PrbTotDl", 40).View()));
        Assert.Equal("healthy", load.Name);
        Assert.InRange(load.Confidence, .3, .5);
        foreach (string metric in (string[])["DRB.UEThpDl", "L1M.SS-SINR", "UL.RSSI", "DRB.PdcpSduVolumeDL", "Kpi", "RRC.ConnMean"])
        {
            CauseFinding other = Assert.Single(CauseFinder.Find(new CauseSituation().Present(Cell + "/" + metric, 5).View()));
            Assert.Equal(("unknown", 0.0), (other.Name, other.Confidence));
        }
        Assert.Equal("coverage_hole", CauseFinder.Find(new CauseSituation().Present(Cell + "/AvgRsrp", -118).View())[0].Name);
        Assert.Equal("coverage_hole", CauseFinder.Find(new CauseSituation().Present(Cell + "/WeakRSRPRatio", 30).View())[0].Name);
        Assert.Equal("overload", CauseFinder.Find(new CauseSituation().Present(Cell + "/RRU.PrbTotDl", 97).View())[0].Name);
    }

    [Fact]
    public void Healthy_cells_stay_healthy_through_days_and_weekends()
    {
        for (ulong seed = 310_000; seed < 310_500; seed++)
        {
            RandomStream random = new(seed);
            int perDay = random.NextDouble() < .3 ? 24 : 96, periods = 24 + (int)(random.NextDouble() * 9 * perDay), firstDay = (int)(random.NextDouble() * 7);
            double phase = random.NextDouble() * perDay, weekend = .4 + .6 * random.NextDouble(), fade = 0;
            double[][] rows = new double[9][];
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = new double[periods];
            }
            for (int t = 0; t < periods; t++)
            {
                double load = .55 + .45 * Math.Sin(2 * Math.PI * (t + phase) / perDay);
                load *= (firstDay + (int)((t + phase) / perDay)) % 7 >= 5 && periods >= 8 * perDay ? weekend : 1;   // a week of the past knows weekends
                fade = .8 * fade + .6 * random.NextNormal();   // neighbouring periods depend on each other
                rows[0][t] = Math.Clamp(10 + 60 * load + 4 * random.NextNormal(), 0, 89);
                rows[1][t] = (50 - 22 * load) * Math.Exp(.12 * random.NextNormal());
                rows[2][t] = 1e6 * load * Math.Exp(.2 * random.NextNormal());
                rows[3][t] = 16 - 4 * load + fade;
                rows[4][t] = Math.Clamp(11 - 2 * load + .5 * fade, 0, 15);
                rows[5][t] = -112 + 5 * load + .7 * random.NextNormal();
                rows[6][t] = -92 + fade;
                rows[7][t] = Math.Clamp(4 + 2 * random.NextNormal(), 0, 100);
                rows[8][t] = 99 - 2 * load * random.NextDouble();
            }
            CauseSituation situation = new();
            string[] metrics = ["RRU.PrbTotDl", "DRB.UEThpDl", "DRB.PdcpSduVolumeDL", "L1M.SS-SINR", "AvgCqi", "UL.RSSI", "L1M.SS-RSRP", "WeakRSRPRatio", "HoSuccRate"];
            for (int row = 0; row < metrics.Length; row++)
            {
                situation.History(Cell + "/" + metrics[row], rows[row], step: CauseSituation.Quarter * 96 / (ulong)perDay);
            }
            CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
            Assert.True(finding.Name == "healthy", $"{seed} {perDay} {periods} {finding.Name} {finding.Tests[0].Metric} {finding.Tests[0].Value} {finding.Tests[0].Limit}");
        }
    }

    private static double[] Step(double past, double present)
    {
        double[] values = new double[96];
        for (int t = 0; t < values.Length; t++)
        {
            values[t] = (t < 72 ? past : present) + .1 * (t % 3);
        }
        return values;
    }
}
