using System.Globalization;
using RanCognition.Cognition.Candidates;
using RanCognition.Cognition.Causes;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

/// <summary>What is found under local names is found under distinguished ones, gNB by gNB.</summary>
public class DistinguishedCauseTests
{
    [Fact]
    public void A_gNB_is_judged_as_its_local_names_are()
    {
        Dictionary<string, int> causes = [];
        for (ulong seed = 0; seed < 300; seed++)
        {
            foreach (string style in DistinguishedNames.Styles)
            {
                CauseSituation local = new(), distinguished = new() { Naming = name => DistinguishedNames.In(name, "gNB1", style) };
                Plant(seed, local);
                Plant(seed, distinguished);
                List<CauseFinding> found = CauseFinder.Find(local.View());
                foreach (CauseFinding cause in found)
                {
                    causes[cause.Name] = causes.GetValueOrDefault(cause.Name) + 1;
                }
                Assert.Equal(DistinguishedNames.In(Text(found), "gNB1", style), Text(CauseFinder.Find(distinguished.View())));
                Assert.Equal(DistinguishedNames.In(Proposals(local), "gNB1", style), Proposals(distinguished));
            }
        }
        foreach (string cause in (string[])["too_late", "too_early", "wrong_cell", "ping_pong", "healthy", "overload", "outage", "interference", "coverage_hole", "unknown"])
        {
            Assert.True(causes.GetValueOrDefault(cause) > 40, cause);
        }
    }

    [Fact]
    public void Two_gNBs_with_the_same_local_names_are_not_mixed()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            foreach (string style in DistinguishedNames.Styles)
            {
                CauseSituation first = new(), second = new(), both = new();
                PlantHandovers(seed, first);
                PlantHandovers(seed + 10_000, second);
                both.Naming = name => DistinguishedNames.In(name, "gNB1", style);
                PlantHandovers(seed, both);
                both.Naming = name => DistinguishedNames.In(name, "gNB2", style);
                PlantHandovers(seed + 10_000, both);
                List<CauseFinding> causes = CauseFinder.Find(both.View());
                Assert.Equal(DistinguishedNames.In(Text(CauseFinder.Find(first.View())), "gNB1", style), Text(causes.FindAll(cause => cause.ManagedObject.Contains("gNB1,", StringComparison.Ordinal))));
                Assert.Equal(DistinguishedNames.In(Text(CauseFinder.Find(second.View())), "gNB2", style), Text(causes.FindAll(cause => cause.ManagedObject.Contains("gNB2,", StringComparison.Ordinal))));
            }
        }
    }

    [Fact]
    public void Cells_of_two_gNBs_or_of_two_functions_are_cells_of_their_own()
    {
        foreach ((string ill, string well) in ((string, string)[])
                 [("ManagedElement=A,NRCellDU=1", "ManagedElement=B,NRCellDU=1"), ("ManagedElement=A,GNBDUFunction=1,NRCellDU=1", "ManagedElement=A,GNBDUFunction=2,NRCellDU=1"),
                  ("ManagedElement=A,NRCellDU=1", "NRCellDU=1")])
        {
            CauseSituation situation = new();
            situation.Constant(well + "/RRU.PrbTotDl", 20).Constant(ill + "/RRU.PrbTotDl", 97);
            Assert.Equal([("overload", ill), ("healthy", well)], CauseFinder.Find(situation.View()).Select(finding => (finding.Name, finding.ManagedObject)));
        }
    }

    [Fact]
    public void Load_goes_to_the_emptier_neighbour_of_the_same_gNB()
    {
        foreach (string style in DistinguishedNames.Styles)
        {
            CauseSituation situation = new();
            foreach ((string gnb, double first, double second) in ((string, double, double)[])[("A", 98, 20), ("B", 30, 97)])
            {
                situation.Naming = name => DistinguishedNames.In(name, gnb, style);
                situation.Constant("NRCellDU=1/RRU.PrbTotDl", first).Constant("NRCellDU=2/RRU.PrbTotDl", second).Setting("NRCellRelation=1-2", "cellIndividualOffset", 1);
            }
            ConfigurationChange[] changes = [.. ActionProposer.Propose(situation.View(), CauseFinder.Find(situation.View()))[0].Actions];
            Assert.Equal([Name("A", "1-2"), Name("A", "2-1")], changes.Select(change => change.ManagedObject));   // B has no relation from 2 yet

            string Name(string gnb, string ends) => DistinguishedNames.Of("NRCellRelation=" + ends, gnb, style);
        }
    }

    [Fact]
    public void Gathered_histories_count_as_given_ones()
    {
        CauseSituation situation = new();
        situation.Gathered("ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2/MM.HoExeInterReq", [.. Enumerable.Repeat(100.0, 24)])
            .Gathered("ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2/HO.IntraSys.TooLate", [.. Enumerable.Repeat(20.0, 24)]);
        CauseFinding finding = Assert.Single(CauseFinder.Find(situation.View()));
        Assert.Equal(("too_late", "ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2"), (finding.Name, finding.ManagedObject));
    }

    [Fact]
    public void What_lies_below_a_cell_or_beside_it_is_not_judged()
    {
        CauseSituation situation = new();
        situation.Constant("ManagedElement=A,GNBDUFunction=1,NRCellDU=1,Beam=1/RRU.PrbTotDl", 99).Constant("ManagedElement=A,GNBDUFunction=1/RRU.PrbTotDl", 99)
            .Constant("ManagedElement=A,GNBCUCPFunction=1,NRCellRelation=7/MM.HoExeInterReq", 100);
        Assert.Equal("known_counters", Assert.Single(Assert.Single(CauseFinder.Find(situation.View())).Tests).Name);
    }

    private static void Plant(ulong seed, CauseSituation situation)
    {
        RandomStream random = new(seed);
        if (random.NextDouble() < .6)
        {
            PlantHandovers(seed, situation);
        }
        for (int cell = 1; cell <= 4; cell++)
        {
            int ill = cell == 2 ? (int)(random.NextDouble() * 8) : 0;
            double[] load = new double[96], attempts = new double[96], rsrp = new double[96];
            for (int t = 0; t < load.Length; t++)
            {
                bool isIll = t >= (ill == 2 ? 88 : 70);
                load[t] = isIll && ill == 1 ? 97 : isIll && ill == 2 ? 0 : 40 + 20 * random.NextDouble();
                attempts[t] = isIll && ill == 2 ? 0 : 300 + Math.Round(50 * random.NextDouble());
                rsrp[t] = isIll && ill == 5 ? -115 : -90 + random.NextNormal();
            }
            situation.History($"NRCellDU={cell}/RRU.PrbTotDl", load).History($"NRCellCU={cell}/RRC.ConnEstabAtt.mo-Data", attempts).Constant($"NRCellCU={cell}/RRC.ReEstabAtt", ill == 3 ? 90 : 2, 96)
                .Constant($"NRCellDU={cell}/TB.TotNbrUlInit", 1000, 96).Constant($"NRCellDU={cell}/TB.ErrNbrUlInitial", ill == 4 ? 400 : 90, 96).History($"NRCellDU={cell}/RSRP.Mean", rsrp)
                .Present($"NRCellDU={cell}/CARR.WBCQIDist.Bin4", 20).Present($"NRCellDU={cell}/CARR.WBCQIDist.Bin12", 80);
        }
        if (random.NextDouble() < .3)
        {
            situation.Setting("NRCellCU=2", "administrativeState", "LOCKED");   // a silent cell that is locked is no outage
        }
        situation.Setting("NRCellRelation=2-1", "cellIndividualOffset", 0).Setting("NRCellRelation=2-3", "cellIndividualOffset", 6).Setting("NRCellCU=1", "a3Offset", 2);
    }

    private static void PlantHandovers(ulong seed, CauseSituation situation)
    {
        HandoverGenerator generator = new(seed);
        foreach (string ends in (string[])["1-2", "1-3", "2-1", "3-2"])
        {
            double[] rates = new double[4];
            for (int kind = 0; kind < 4; kind++)
            {
                rates[kind] = generator.Choice(6) == 0 ? generator.Uniform(.03, .3) : generator.Uniform(0, .01);
            }
            generator.Make(40, rates, 30);
            generator.Add(situation, "NRCellRelation=" + ends);
        }
        foreach (string ends in (string[])["1-2", "1-3"])
        {
            situation.Setting("NRCellRelation=" + ends, "cellIndividualOffset", generator.Choice(2) == 0 ? 6 : -6);   // so that whole cells are moved too
        }
    }

    private static string Proposals(CauseSituation situation)
    {
        SituationView view = situation.View();
        return string.Join('\n', ActionProposer.Propose(view, CauseFinder.Find(view)).Select(candidate => candidate.Source + ": " + string.Join("; ", candidate.Actions)));
    }

    private static string Text(List<CauseFinding> causes) => string.Join('\n', causes.Select(cause => string.Create(
        CultureInfo.InvariantCulture, $"{cause.Name} {cause.Confidence:R} {cause.ManagedObject} {cause.Metric} {cause.Samples:R}: {string.Join("; ", cause.Tests)}")));
}
