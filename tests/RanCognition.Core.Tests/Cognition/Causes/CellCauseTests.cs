using RanCognition.Cognition.Candidates;
using RanCognition.Cognition.Causes;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

public class CellCauseTests
{
    private const string Cell = "NRCellDU=1";

    [Fact]
    public void A_full_cell_is_overloaded_and_its_numbers_are_in_the_tests()
    {
        double[] use = [40, 45, 50, 60, 70, 92, 95, 89, 97, 99, 98, 96, 97];
        CauseFinding finding = Assert.Single(CauseFinder.Find(new CauseSituation().History(Cell + "/RRU.PrbTotDl", use).View()));
        Assert.Equal(("overload", Cell, Cell + "/RRU.PrbTotDl"), (finding.Name, finding.ManagedObject, finding.Metric));
        Assert.Equal(96.5, finding.Tests[0].Value);   // median of the last eight
        CauseTest share = finding.Tests[1];
        Assert.Equal((7 / 8.0, .5), (share.Value, share.Limit));
        Assert.Equal(9 / 256.0, share.PValue!.Value, 1e-12);   // 7 or 8 of 8 tosses
        Assert.InRange(finding.Confidence, .9, 1);
    }

    [Theory]
    [InlineData("RRU.PrbTotUl", 90, "overload")]
    [InlineData("RRU.PrbTotUl", 89.9, "healthy")]
    [InlineData("RRU.PrbTotDl", 90, "overload")]
    [InlineData("RRU.PrbTotDl", 88, "healthy")]
    [InlineData("RRU.PrbTotDl", 101, "unknown")]   // no percentage
    [InlineData("RRU.PrbTotDl", -1, "unknown")]
    public void The_limit_of_load_is_90_percent(string counter, double percent, string cause)
    {
        CauseFinding finding = CauseFinder.Find(new CauseSituation().Constant(Cell + "/" + counter, percent).View())[0];
        Assert.Equal(cause, finding.Name);
        Assert.Equal(cause, CauseFinder.Find(new CauseSituation().Present(Cell + "/" + counter, percent).View())[0].Name);
    }

    [Fact]
    public void Busy_hours_of_healthy_cells_are_no_fault()
    {
        for (ulong seed = 60_000; seed < 62_000; seed++)
        {
            RandomStream random = new(seed);
            CauseSituation situation = new();
            int periods = 24 + (int)(random.NextDouble() * 400);
            double phase = random.NextDouble() * 96;
            for (int cell = 1; cell <= 3; cell++)
            {
                double[] use = new double[periods], throughput = new double[periods], users = new double[periods], volume = new double[periods], attempts = new double[periods];
                double[] blocks = new double[periods], errors = new double[periods], lost = new double[periods];
                for (int t = 0; t < periods; t++)
                {
                    double load = .5 + .5 * Math.Sin(2 * Math.PI * (t + phase) / 96);
                    use[t] = Math.Clamp(5 + 78 * load + 2 * random.NextNormal(), 0, 89);
                    throughput[t] = 60 - 25 * load + random.NextNormal();
                    users[t] = random.NextDouble() < .05 - .05 * load ? 0 : Math.Max(0, 20 * load + .3 * random.NextNormal());
                    volume[t] = Math.Max(0, 1e6 * load * (1 + .1 * random.NextNormal())) + 1;
                    attempts[t] = Math.Floor(400 * load + 10);
                    lost[t] = Math.Floor(attempts[t] * .02 * random.NextDouble());
                    blocks[t] = Math.Floor(1e5 * load + 1000);
                    errors[t] = Math.Floor(blocks[t] * (.1 + .02 * random.NextNormal()));
                }
                string name = "NRCellDU=" + cell + "/";
                situation.History(name + "RRU.PrbTotDl", use).History(name + "DRB.UEThpDl", throughput).History(name + "DRB.MeanActiveUeDl", users)
                    .History(name + "DRB.PdcpSduVolumeDL", volume).History(name + "RRC.ConnEstabAtt.mo-Data", attempts).History(name + "RRC.ReEstabAtt", lost)
                    .History(name + "TB.TotNbrUlInit", blocks).History(name + "TB.ErrNbrUlInitial", errors);
            }
            Assert.Equal("healthy", Assert.Single(CauseFinder.Find(situation.View())).Name);
        }
    }

    [Fact]
    public void Slow_users_of_a_busy_cell_are_overload_too()
    {
        double[] use = new double[48], throughput = new double[48];
        for (int t = 0; t < 48; t++)
        {
            (use[t], throughput[t]) = t < 40 ? (60, 40) : (85, 15);
        }
        CauseFinding finding = Assert.Single(CauseFinder.Find(new CauseSituation().History(Cell + "/RRU.PrbTotDl", use).History(Cell + "/DRB.UEThpDl", throughput).View()));
        Assert.Equal("overload", finding.Name);
        CauseTest slow = Assert.Single(finding.Tests, test => test.Name == "ue_throughput");
        Assert.Equal((15.0, 20.0, true), (slow.Value, slow.Limit, slow.Holds));
        Array.Fill(throughput, 21, 40, 8);
        Assert.Equal("healthy", CauseFinder.Find(new CauseSituation().History(Cell + "/RRU.PrbTotDl", use).History(Cell + "/DRB.UEThpDl", throughput).View())[0].Name);
    }

    [Theory]
    [InlineData("TB.ErrNbrUlInitial", "TB.TotNbrUlInit")]
    [InlineData("TB.ErrTotNbrUl", "TB.TotNbrUl")]
    [InlineData("TB.IntialErrNbrDl", "TB.TotNbrDlInitial")]
    [InlineData("TB.ErrTotNbrDl", "TB.TotNbrDl")]
    public void Blocks_in_error_are_interference_unless_the_signal_is_weak(string errors, string blocks)
    {
        CauseFinding finding = Assert.Single(CauseFinder.Find(Situation(.25, 0).View()));
        Assert.Equal(("interference", Cell), (finding.Name, finding.ManagedObject));
        Assert.Equal(.25, finding.Tests[0].Value!.Value, 1e-12);
        Assert.Equal("low_rsrp_share", finding.Tests[1].Name);
        Assert.True(finding.Tests[1].Holds);
        Assert.Equal("coverage_hole", Assert.Single(CauseFinder.Find(Situation(.25, .2).View())).Name);
        Assert.Equal("healthy", Assert.Single(CauseFinder.Find(Situation(.12, .02).View())).Name);

        CauseSituation Situation(double errorShare, double weakShare) => new CauseSituation()
            .Constant(Cell + "/" + blocks, 10_000).Constant(Cell + "/" + errors, 10_000 * errorShare)
            .Constant(Cell + "/L1M.SS-RSRP.Bin30", 1000 * weakShare).Constant(Cell + "/L1M.SS-RSRP.Bin70", 1000 * (1 - weakShare));
    }

    [Fact]
    public void Poor_channel_reports_with_a_strong_signal_are_interference()
    {
        CauseSituation situation = new();
        situation.Constant(Cell + "/CARR.WBCQIDist.Bin4.Bin1.Bin1", 70).Constant(Cell + "/CARR.WBCQIDist.Bin12.Bin1.Bin1", 30).Constant(Cell + "/L1M.SS-RSRP.Bin80", 500);
        Assert.Equal("interference", CauseFinder.Find(situation.View())[0].Name);
        CauseSituation unknown = new();
        unknown.Constant(Cell + "/CARR.WBCQIDist.Bin4.Bin1.Bin1", 70).Constant(Cell + "/CARR.WBCQIDist.Bin12.Bin1.Bin1", 30);
        Assert.Equal("unknown", CauseFinder.Find(unknown.View())[0].Name);   // weak or disturbed: it does not say
    }

    [Fact]
    public void Connections_lost_outside_of_handovers_are_a_coverage_hole()
    {
        Assert.Equal("coverage_hole", CauseFinder.Find(Situation(0).View())[0].Name);
        Assert.DoesNotContain(CauseFinder.Find(Situation(10).View()), cause => cause.Name == "coverage_hole");

        static CauseSituation Situation(double late) => new CauseSituation().Constant("NRCellCU=1/RRC.ReEstabAtt", 30).Constant("NRCellCU=1/RRC.ConnEstabAtt.mo-Data", 100)
            .Constant("NRCellRelation=1-2/MM.HoExeInterReq", 100).Constant("NRCellRelation=1-2/HO.IntraSys.TooLate", late);
    }

    [Fact]
    public void A_cell_that_falls_silent_while_others_are_busy_is_out()
    {
        double[] busy = new double[96], dead = new double[96];
        for (int t = 0; t < 96; t++)
        {
            busy[t] = 100 + 50 * Math.Sin(t / 15.0);
            dead[t] = t < 90 ? busy[t] : 0;
        }
        CauseSituation situation = new();
        situation.History("NRCellDU=1/DRB.PdcpSduVolumeDL", dead).History("NRCellDU=2/DRB.PdcpSduVolumeDL", busy).History("NRCellDU=3/DRB.PdcpSduVolumeDL", busy);
        CauseFinding finding = CauseFinder.Find(situation.View())[0];
        Assert.Equal(("outage", Cell, 6.0), (finding.Name, finding.ManagedObject, finding.Samples));
        Assert.Equal(Math.Pow(.5 / 91, 6), finding.Tests[0].PValue!.Value, 1e-18);
        Assert.Equal(("busy_neighbours", 1.0), (finding.Tests[1].Name, finding.Tests[1].Value!.Value));

        CauseSituation asleep = new();
        asleep.History("NRCellDU=1/DRB.PdcpSduVolumeDL", dead).History("NRCellDU=2/DRB.PdcpSduVolumeDL", busy).Setting("NRCellDU=1", "administrativeState", "LOCKED");
        Assert.DoesNotContain(CauseFinder.Find(asleep.View()), cause => cause.Name == "outage");

        CauseSituation alive = new();
        alive.History("NRCellDU=1/DRB.PdcpSduVolumeDL", dead).History("NRCellDU=1/RRC.ConnMean", busy);
        Assert.DoesNotContain(CauseFinder.Find(alive.View()), cause => cause.Name == "outage");
    }

    [Fact]
    public void A_cell_that_stops_reporting_is_out_only_where_others_report()
    {
        double[] busy = Enumerable.Repeat(100.0, 60).ToArray(), gone = (double[])busy.Clone();
        Array.Fill(gone, double.NaN, 54, 6);
        CauseSituation situation = new();
        situation.History("NRCellDU=1/DRB.PdcpSduVolumeDL", gone).History("NRCellDU=2/DRB.PdcpSduVolumeDL", busy);
        Assert.Equal(("outage", Cell), (CauseFinder.Find(situation.View())[0].Name, CauseFinder.Find(situation.View())[0].ManagedObject));
        CauseSituation shorter = new();
        shorter.History("NRCellDU=1/DRB.PdcpSduVolumeDL", busy[..54]).History("NRCellDU=2/DRB.PdcpSduVolumeDL", busy);
        Assert.Equal(("outage", 6.0), (CauseFinder.Find(shorter.View())[0].Name, CauseFinder.Find(shorter.View())[0].Samples));
        Assert.DoesNotContain(CauseFinder.Find(new CauseSituation().History("NRCellDU=1/DRB.PdcpSduVolumeDL", gone).View()), cause => cause.Name == "outage");
    }

    [Fact]
    public void A_quiet_night_is_no_outage()
    {
        double[] nightly = new double[96 * 7], other = new double[96 * 7];
        for (int t = 0; t < nightly.Length; t++)
        {
            int quarter = t % 96;
            nightly[t] = quarter is >= 4 and < 20 ? 0 : 50;
            other[t] = 80;
        }
        // The last period is in the middle of the quiet hours, or at their end.
        foreach (int length in (int[])[96 * 6 + 12, 96 * 6 + 20])
        {
            CauseSituation situation = new();
            situation.History("NRCellDU=1/DRB.PdcpSduVolumeDL", nightly[..length]).History("NRCellDU=2/DRB.PdcpSduVolumeDL", other[..length]);
            Assert.DoesNotContain(CauseFinder.Find(situation.View()), cause => cause.Name == "outage");
        }
        CauseSituation low = new();   // everything is quiet
        low.History("NRCellDU=1/DRB.PdcpSduVolumeDL", nightly[..(96 + 10)].Select((value, t) => t < 90 ? 50 : 0.0).ToArray())
            .History("NRCellDU=2/DRB.PdcpSduVolumeDL", nightly[..(96 + 10)].Select((value, t) => t < 90 ? 50 : 1.0).ToArray());
        Assert.DoesNotContain(CauseFinder.Find(low.View()), cause => cause.Name == "outage");
    }

    [Fact]
    public void Metrics_of_users_and_of_other_objects_are_not_those_of_cells() =>
        Assert.Equal("known_counters", CauseFinder.Find(new CauseSituation().Constant("NRCellDU=1,UE=2/RRU.PrbTotDl", 99).Constant("GNBDUFunction=1/RRU.PrbTotDl", 99).View())[0].Tests[0].Name);

    [Fact]
    public void Whatever_the_numbers_are_there_is_an_answer_within_its_bounds()
    {
        string[] names =
        [
            "RRU.PrbTotDl", "DRB.UEThpDl", "DRB.PdcpSduVolumeDL", "RRC.ConnMean", "RRC.ReEstabAtt", "RRC.ConnEstabAtt.x", "TB.TotNbrUlInit", "TB.ErrNbrUlInitial", "L1M.SS-RSRP.Bin3",
            "L1M.SS-RSRP.Bin99", "L1M.SS-RSRP.99999999999", "CARR.WBCQIDist.Bin1", "CARR.WBCQIDist.Bin15", "MM.HoExeInterReq", "MM.HoExeIntraReq.1", "HO.IntraSys.TooLate", "HO.IntraSys.PingPong.2",
            "HO.IntraSys.ToWrongCell", "HO.IntraSys.", "MM.HoExeInterReq.", "", ".",
        ];
        string[] objects = ["NRCellDU=1/", "NRCellCU=1/", "NRCellDU=2/", "NRCellRelation=1-2/", "NRCellRelation=2-1/", "", "/", "NRCellRelation=-/", "X=1/"];
        double[] values = [0, 1, -1, 5, 90, 100, 1e9, 1e300, -1e300, double.NaN, double.Epsilon];
        ulong[] steps = [CauseSituation.Quarter, 1, 0, ulong.MaxValue];
        for (ulong seed = 0; seed < 3000; seed++)
        {
            RandomStream random = new(seed);
            CauseSituation situation = new() { ProblemType = seed % 3 == 0 ? "MRO" : "" };
            int Choice(int count) => (int)(random.NextDouble() * count);
            for (int i = Choice(25); i >= 0; i--)
            {
                string metric = objects[Choice(objects.Length)] + names[Choice(names.Length)];
                double[] series = new double[Choice(40)];
                for (int t = 0; t < series.Length; t++)
                {
                    series[t] = values[Choice(values.Length)];
                }
                switch (Choice(4))
                {
                    case 0: situation.Present(metric, values[Choice(values.Length - 2)]); break;
                    case 1: situation.Gathered(metric, series, (ulong)Choice(3) * ulong.MaxValue / 3, steps[Choice(4)]); break;
                    default: situation.History(metric, series, Choice(2) == 0 ? CauseSituation.Start : (ulong)Choice(3) * (ulong.MaxValue / 2), steps[Choice(4)]); break;
                }
            }
            var view = situation.View();
            List<CauseFinding> causes = CauseFinder.Find(view);
            Assert.NotEmpty(causes);
            foreach (CauseFinding cause in causes)
            {
                Assert.InRange(cause.Confidence, 0, 1);
                Assert.True(cause.Samples >= 0 && double.IsFinite(cause.Samples));
                Assert.NotEmpty(cause.Tests);
                foreach (CauseTest test in cause.Tests)
                {
                    Assert.True(test.Value is null || double.IsFinite(test.Value.Value));
                    Assert.True(test.Limit is null || double.IsFinite(test.Limit.Value));
                    Assert.True(test.PValue is null or (>= 0 and <= 1));
                }
            }
            ActionProposer.Propose(view, causes);
        }
    }
}
