using RanCognition.Cognition.Guards;
using RanCognition.Contracts;
using static RanCognition.Tests.Cognition.GuardScene;

namespace RanCognition.Tests.Cognition;

/// <summary>Guards under distinguished names.</summary>
public class DistinguishedGuardTests
{
    [Fact]
    public void Random_changes_are_vetoed_as_their_local_names_are_and_by_no_other_gNB()
    {
        HashSet<string> vetoes = [];
        for (int seed = 0; seed < 4000; seed++)
        {
            Random random = new(seed);
            string style = DistinguishedNames.Styles[seed % DistinguishedNames.Styles.Length];
            bool hasProtected = random.Next(4) == 0;   // of which the last part counts, in whatever gNB
            GuardScene local = new(), both = new();
            Fill(local, new Random(seed), name => name, hasProtected);
            Fill(both, new Random(seed), name => DistinguishedNames.In(name, "gNB1", style), hasProtected);
            Fill(both, new Random(~seed), name => DistinguishedNames.In(name, "gNB2", style), false);
            ConfigurationChange[] changes = [.. Enumerable.Range(0, 3).Select(_ => RandomChange(random))];
            GuardOutcome expected = local.Examine(changes);
            GuardOutcome outcome = both.Examine([.. changes.Select(change => change with { ManagedObject = DistinguishedNames.Of(change.ManagedObject, "gNB1", style) })]);
            Assert.Equal(Text(expected, name => DistinguishedNames.Of(name, "gNB1", style)), Text(outcome, name => name));
            vetoes.UnionWith(expected.Vetoes());
        }
        Assert.Superset(new HashSet<string>(["PROTECTED_CELL", "TARGET_ASLEEP", "TARGET_RECENTLY_WOKEN", "INSUFFICIENT_SAMPLES", "PACING", "MAX_CHANGE", "CONFLICT"]), vetoes);
    }

    [Theory]
    [InlineData("NRCellDU=2", true)]
    [InlineData("NRCellCU=1", true)]
    [InlineData("ManagedElement=B,GNBDUFunction=4,NRCellDU=2", true)]
    [InlineData("NRCellRelation=1-2", true)]
    [InlineData("ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2", true)]
    [InlineData("NRCellCU=3,NRCellRelation=2", false)]
    [InlineData("NRCellDU=3", false)]
    public void Protection_is_by_the_last_part_of_both_ends(string name, bool isVetoed)
    {
        GuardScene scene = new();
        scene.Protected.Add(name);
        Assert.Equal(isVetoed ? "PROTECTED_CELL" : "", scene.Vetoes(Change("ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2", "cellIndividualOffset", 1, 0)));
    }

    [Theory]
    [InlineData("ManagedElement=A,GNBDUFunction=1,NRCellDU=2", "", true)]
    [InlineData("ManagedElement=A,GNBDUFunction=3,NRCellDU=2", "", true)]                                                 // its function has another id, and there is no other
    [InlineData("ManagedElement=A,GNBDUFunction=3,NRCellDU=2", "ManagedElement=A,GNBDUFunction=1,NRCellDU=2", false)]
    [InlineData("ManagedElement=A,GNBDUFunction=3,NRCellDU=2", "ManagedElement=A,GNBCUCPFunction=1,NRCellCU=2", true)]
    [InlineData("ManagedElement=B,GNBDUFunction=1,NRCellDU=2", "", false)]
    [InlineData("ManagedElement=B,GNBDUFunction=1,NRCellDU=2", "ManagedElement=A,GNBCUCPFunction=1,NRCellCU=2", false)]
    [InlineData("NRCellDU=2", "", true)]
    [InlineData("NRCellDU=2", "ManagedElement=A,GNBDUFunction=3,NRCellDU=2", false)]
    [InlineData("ManagedElement=A,GNBDUFunction=1,NRCellDU=3", "", false)]
    public void A_target_is_the_nearest_cell_of_the_name_in_its_gNB(string asleep, string known, bool isVetoed)
    {
        ConfigurationChange change = Change("ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2", "cellIndividualOffset", 1, 0);
        GuardScene sleeping = new(), woken = new() { Settings = new GuardSettings { WokenNs = 20 * Minute } }, logged = new();
        sleeping.Configuration.Add(new AttributeSetting(asleep, "administrativeState", "LOCKED"));
        woken.History.Add(new(asleep + "/RRU.PrbTotDl", new MetricHistory { StartNs = Now - 20 * Minute, StepNs = 10 * Minute, Values = [0, 0, 5] }));
        logged.Configuration.Add(new AttributeSetting(asleep, "administrativeState", "UNLOCKED"));
        logged.Log.Add(Record(7, Now - Minute, Change(asleep, "administrativeState", "UNLOCKED", "LOCKED")));
        foreach (GuardScene scene in (GuardScene[])[sleeping, woken, logged])
        {
            if (known.Length > 0)
            {
                scene.History.Add(new(known + "/RRU.PrbTotDl", new MetricHistory { StartNs = Now - 20 * Minute, StepNs = 10 * Minute, Values = [7, 7, 7] }));
            }
        }
        Assert.Equal(isVetoed ? "TARGET_ASLEEP" : "", sleeping.Vetoes(change));
        Assert.Equal(isVetoed ? "TARGET_RECENTLY_WOKEN" : "", woken.Vetoes(change));
        Assert.Equal(isVetoed ? "TARGET_RECENTLY_WOKEN" : "", logged.Vetoes(change));
        Assert.Contains(isVetoed ? "its target cell " + asleep + " is asleep" : "no change", sleeping.Examine(change).Verdicts.Single(verdict => verdict.Name == "TARGET_ASLEEP").Reason, StringComparison.Ordinal);
    }

    private static void Fill(GuardScene scene, Random random, Func<string, string> named, bool hasProtected)
    {
        for (int cell = 1; cell <= 3; cell++)
        {
            string du = named("NRCellDU=" + cell);
            scene.Configuration.Add(new AttributeSetting(du, "digitalTilt", 0));
            if (random.Next(5) == 0)
            {
                scene.Configuration.Add(new AttributeSetting(named((random.Next(2) == 0 ? "NRCellDU=" : "NRCellCU=") + cell), "administrativeState", "LOCKED"));
            }
            scene.History.Add(new(du + "/RRU.PrbTotDl", new MetricHistory { StartNs = Now - 20 * Minute, StepNs = 10 * Minute, Values = random.Next(5) == 0 ? [0, 0, 5] : [4, 5, 6] }));
        }
        foreach (string ends in (string[])["1-2", "2-1", "1-3"])
        {
            scene.Attempts.Add(new(named("NRCellRelation=" + ends), random.Next(20, 200)));
        }
        for (ulong id = 1; id <= 2; id++)
        {
            ConfigurationChange change = RandomChange(random);
            scene.Log.Add(Record(id, Now - (ulong)random.Next(10, 100) * Minute, change with { ManagedObject = named(change.ManagedObject) }) with { ProblemType = random.Next(2) == 0 ? "MRO" : "MLB" });
        }
        scene.Commands.Add(new ControlCommand
        {
            Source = "other", TargetCell = named("NRCellDU=" + random.Next(1, 4)), TargetParameter = "digitalTilt", TargetValue = "30", TargetNumber = 30, StartNs = Now, SpanNs = Minute,
        });
        if (hasProtected)
        {
            scene.Protected.Add(named(random.Next(2) == 0 ? "NRCellDU=" + random.Next(1, 4) : "NRCellRelation=1-2"));
        }
    }

    private static ConfigurationChange RandomChange(Random random) => random.Next(5) switch
    {
        0 => Change("NRCellDU=" + random.Next(1, 4), "administrativeState", random.Next(2) == 0 ? "LOCKED" : "UNLOCKED", "LOCKED"),
        1 => Change("NRCellDU=" + random.Next(1, 4), "digitalTilt", random.Next(9), 0),
        2 => Change("NRCellCU=" + random.Next(1, 4), "a3Offset", 3.5, 3),
        _ => Offset(((string[])["1-2", "2-1", "1-3"])[random.Next(3)], random.Next(-4, 5)),
    };

    private static string Text(GuardOutcome outcome, Func<string, string> named) => string.Join('\n', outcome.Verdicts.Select(verdict =>
        $"{verdict.Name} {verdict.Passed} {string.Join("; ", verdict.Vetoed.Select(change => $"{named(change.ManagedObject)} {change.Attribute} {change.After}"))}"));
}
