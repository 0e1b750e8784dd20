using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using static RanCognition.Tests.Cognition.GuardScene;

namespace RanCognition.Tests.Cognition;

public sealed class GuardKeeperTests
{
    [Fact]
    public void Every_guard_is_listed_when_it_was_evaluated()
    {
        GuardScene scene = new();
        List<string> names = [];
        foreach (GuardVerdict verdict in scene.Examine(Offset("1-2", 1)).Verdicts)
        {
            names.Add(verdict.Name);
            Assert.True(verdict.Passed);
            Assert.NotEmpty(verdict.Reason);
            Assert.Empty(verdict.Vetoed);
        }
        Assert.Equal(
            ["NOT_ALLOWED", "PROTECTED_CELL", "TARGET_ASLEEP", "TARGET_RECENTLY_WOKEN", "INSUFFICIENT_SAMPLES", "PACING", "AT_BOUND", "MAX_CHANGE", "CONFLICT"], names);
        scene.Settings = new GuardSettings
        {
            TargetAsleep = false, TargetRecentlyWoken = false, InsufficientSamples = false, Pacing = false, AtBound = false, MaxChange = false, Conflict = false, LowConfidence = false,
        };
        scene.Protected.Add("NRCellDU=1");
        GuardOutcome outcome = scene.Examine(Offset("1-2", 24), Change("x", "y", 1));
        Assert.Equal(["NOT_ALLOWED", "PROTECTED_CELL"], outcome.Vetoes());
        Assert.Equal(2, outcome.Verdicts.Count);
        Assert.Empty(outcome.Kept);
    }

    [Theory]
    [InlineData("cellIndividualOffset", 7.0)]
    [InlineData("hysteresis", 0.25)]
    [InlineData("timeToTrigger", 50.0)]
    [InlineData("color", 1.0)]
    [InlineData("administrativeState", 1.0)]
    public void A_value_that_the_attribute_cannot_take_is_not_allowed(string attribute, double value)
    {
        GuardScene scene = new() { Settings = new GuardSettings { MaxChange = false, AtBound = false } };
        Assert.Equal("NOT_ALLOWED", scene.Vetoes(Change("NRCellCU=1", attribute, value)));
        Assert.Contains("NRCellCU=1 " + attribute, scene.Examine(Change("NRCellCU=1", attribute, value)).Verdicts[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_must_be_a_word_of_the_attribute_and_nothing_is_no_value()
    {
        GuardScene scene = new();
        Assert.Equal("", scene.Vetoes(Change("NRCellDU=1", "administrativeState", "LOCKED")));
        Assert.Equal("NOT_ALLOWED", scene.Vetoes(Change("NRCellDU=1", "administrativeState", "OFF")));
        Assert.Equal("NOT_ALLOWED", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", "1")));
        Assert.Equal("NOT_ALLOWED", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", null)));
        Assert.Equal("NOT_ALLOWED", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", true)));
    }

    [Fact]
    public void Only_listed_attributes_may_be_changed_when_there_is_a_list()
    {
        GuardScene scene = new() { Settings = new GuardSettings { AllowedAttributes = ["hysteresis"] } };
        Assert.Equal("", scene.Vetoes(Change("NRCellCU=1", "hysteresis", 1.5, 1)));
        Assert.Equal("NOT_ALLOWED", scene.Vetoes(Offset("1-2", 1)));
    }

    [Theory]
    [InlineData("NRCellRelation=1-2", true)]
    [InlineData("NRCellRelation=2-1", false)]
    [InlineData("NRCellDU=1", true)]
    [InlineData("NRCellCU=1", true)]
    [InlineData("NRCellDU=2", true)]
    [InlineData("NRCellCU=2", true)]
    [InlineData("NRCellDU=3", false)]
    [InlineData("2", false)]
    public void An_object_is_protected_when_it_or_a_cell_that_it_touches_is(string managedObject, bool isVetoed)
    {
        GuardScene scene = new();
        scene.Protected.Add(managedObject);
        Assert.Equal(isVetoed ? "PROTECTED_CELL" : "", scene.Vetoes(Offset("1-2", 1)));
    }

    [Fact]
    public void A_cell_is_protected_under_both_its_names()
    {
        GuardScene scene = new();
        scene.Protected.Add("NRCellDU=1");
        Assert.Equal("PROTECTED_CELL", scene.Vetoes(Change("NRCellCU=1", "a3Offset", 3.5)));
        Assert.Equal("", scene.Vetoes(Change("NRCellCU=11", "a3Offset", 3.5)));
        Assert.Equal("PROTECTED_CELL", scene.Vetoes(Change("ManagedElement=4,GNBCUFunction=1,NRCellCU=1", "a3Offset", 3.5)));
        scene.Protected.Add("ManagedElement=4,GNBDUFunction=1,NRCellDU=11");
        Assert.Equal("PROTECTED_CELL", scene.Vetoes(Change("NRCellCU=11", "a3Offset", 3.5)));
    }

    [Theory]
    [InlineData("NRCellDU=2", "administrativeState", "LOCKED", true)]
    [InlineData("NRCellCU=2", "administrativeState", "SHUTTINGDOWN", true)]
    [InlineData("NRCellDU=2", "energySavingState", "isEnergySaving", true)]
    [InlineData("NRCellDU=2", "administrativeState", "UNLOCKED", false)]
    [InlineData("NRCellDU=1", "administrativeState", "LOCKED", true)]
    [InlineData("NRCellDU=3", "administrativeState", "LOCKED", false)]
    public void Load_is_not_given_to_a_cell_that_is_asleep(string managedObject, string attribute, string value, bool isVetoed)
    {
        GuardScene scene = new();
        scene.Configuration.Add(new AttributeSetting(managedObject, attribute, value));
        Assert.Equal(isVetoed ? "TARGET_ASLEEP" : "", scene.Vetoes(Offset("1-2", 1)));
    }

    [Fact]
    public void A_sleeping_cell_may_be_woken_and_not_tilted()
    {
        GuardScene scene = new();
        scene.Configuration.Add(new AttributeSetting("NRCellDU=2", "administrativeState", "LOCKED"));
        Assert.Equal("", scene.Vetoes(Change("NRCellDU=2", "administrativeState", "UNLOCKED", "LOCKED")));
        Assert.Equal("TARGET_ASLEEP", scene.Vetoes(Change("NRCellDU=2", "digitalTilt", 5)));
    }

    [Fact]
    public void A_candidate_does_not_give_load_to_the_cell_that_it_puts_to_sleep()
    {
        GuardOutcome outcome = new GuardScene().Examine(Change("NRCellDU=2", "energySavingState", "isEnergySaving"), Offset("1-2", 1), Offset("2-1", 1));
        Assert.Equal(["TARGET_ASLEEP"], outcome.Vetoes());
        Assert.Equal(["NRCellDU=2", "NRCellRelation=2-1"], [outcome.Kept[0].ManagedObject, outcome.Kept[1].ManagedObject]);
    }

    [Fact]
    public void A_cell_that_a_decision_woke_gets_no_load_and_no_sleep_until_the_time_has_passed()
    {
        foreach ((ulong ago, bool isVetoed) in ((ulong, bool)[])[(0, true), (30 * Minute - 1, true), (30 * Minute, false), (31 * Minute, false)])
        {
            GuardScene scene = new() { Settings = new GuardSettings { Pacing = false } };
            scene.Log.Add(Record(7, Now - ago, Change("NRCellDU=2", "administrativeState", "UNLOCKED", "LOCKED")));
            string expected = isVetoed ? "TARGET_RECENTLY_WOKEN" : "";
            Assert.Equal(expected, scene.Vetoes(Offset("1-2", 1)));
            Assert.Equal(expected, scene.Vetoes(Change("NRCellDU=2", "energySavingState", "isEnergySaving")));
            Assert.Equal(expected, scene.Vetoes(Offset("2-1", 1)));   // a change of a relation touches both of its cells
            Assert.Equal("", scene.Vetoes(Offset("1-3", 1)));
            Assert.Equal(expected, scene.Vetoes(Change("NRCellDU=2", "digitalTilt", 1)));
            Assert.Equal("", scene.Vetoes(Change("NRCellDU=3", "digitalTilt", 1)));
        }
    }

    [Fact]
    public void Going_to_sleep_staying_awake_and_what_was_not_executed_wake_nothing()
    {
        GuardScene scene = new() { Settings = new GuardSettings { Pacing = false } };
        scene.Log.Add(Record(1, Now - Minute, Change("NRCellDU=2", "administrativeState", "LOCKED", "UNLOCKED")));
        scene.Log.Add(Record(2, Now - Minute, Change("NRCellDU=2", "energySavingState", "isNotEnergySaving", "isNotEnergySaving")));
        scene.Log.Add(Record(3, Now - Minute, Change("NRCellDU=2", "administrativeState", "UNLOCKED", "LOCKED")) with { Mode = DecisionMode.Shadow });
        scene.Log.Add(Record(4, Now + Minute, Change("NRCellDU=2", "administrativeState", "UNLOCKED", "LOCKED")));
        Assert.Equal("", scene.Vetoes(Offset("1-2", 1)));
    }

    [Theory]
    [InlineData("0 0 0 0 5", true)]
    [InlineData("0 0 0 5 6", true)]
    [InlineData("0 0 5 5 6", false)]
    [InlineData("- - - - 5", true)]
    [InlineData("- - 5 5 6", false)]
    [InlineData("5 5 0 0 6", true)]
    [InlineData("5 5 - - 6", false)]
    [InlineData("5 5 5 5 6", false)]
    [InlineData("0 0 0 5 0", false)]
    [InlineData("5", false)]
    [InlineData("- - -", false)]
    public void A_cell_whose_load_came_back_from_nothing_counts_as_woken(string load, bool isVetoed)
    {
        string[] parts = load.Split(' ');
        double[] values = Array.ConvertAll(parts, part => part == "-" ? double.NaN : double.Parse(part, System.Globalization.CultureInfo.InvariantCulture));
        GuardScene scene = new() { Settings = new GuardSettings { WokenNs = 20 * Minute } };
        ulong step = 10 * Minute;
        MetricHistory history = new() { StartNs = Now - (ulong)(values.Length - 1) * step, StepNs = step, Values = values };
        scene.History.Add(new("NRCellDU=2/RRU.PrbTotDl", history));
        Assert.Equal(isVetoed ? "TARGET_RECENTLY_WOKEN" : "", scene.Vetoes(Offset("1-2", 1)));
        scene.History[0] = new("NRCellDU=2/RRU.PrbTotDl", history with { StartNs = history.StartNs - 1000 * Minute });   // judged as given, also when it ends before
        Assert.Equal(isVetoed ? "TARGET_RECENTLY_WOKEN" : "", scene.Vetoes(Offset("1-2", 1)));
        Assert.Equal("", scene.Vetoes(Offset("1-3", 1)));
    }

    [Fact]
    public void A_relation_without_enough_attempts_does_not_silence_another()
    {
        GuardScene scene = new();
        scene.Attempts.AddRange([new("NRCellRelation=1-2", 49), new("NRCellRelation=1-3", 50), new("NRCellRelation=4-3", 49)]);
        GuardOutcome outcome = scene.Examine(Offset("1-2", 1), Offset("1-3", 1), Offset("5-6", 1));
        Assert.Equal(["INSUFFICIENT_SAMPLES"], outcome.Vetoes());
        Assert.Equal("NRCellRelation=1-3", Assert.Single(outcome.Kept).ManagedObject);
        Assert.Equal("", scene.Vetoes(Change("NRCellCU=1", "hysteresis", 0.5, 1)));
        Assert.Equal("INSUFFICIENT_SAMPLES", scene.Vetoes(Change("NRCellCU=4", "hysteresis", 0.5, 1)));
        Assert.Equal("", scene.Vetoes(Change("NRCellDU=1", "digitalTilt", 1)));
    }

    [Fact]
    public void A_relation_without_a_counter_has_too_few_attempts_where_others_are_counted()
    {
        GuardScene scene = new();
        string Reason() => Assert.Single(scene.Examine(Offset("5-6", 1)).Verdicts, verdict => verdict.Name == "INSUFFICIENT_SAMPLES").Reason;
        Assert.Equal("", scene.Vetoes(Offset("5-6", 1)));
        Assert.Equal("no handover attempts are known of any relation", Reason());
        scene.Attempts.Add(new("NRCellRelation=1-3", 50));
        Assert.Equal("INSUFFICIENT_SAMPLES", scene.Vetoes(Offset("5-6", 1)));
        Assert.Contains("no handover attempts are known, 50 are needed", Reason(), StringComparison.Ordinal);
        Assert.Equal("INSUFFICIENT_SAMPLES", scene.Vetoes(Change("NRCellCU=5", "hysteresis", 0.5, 1)));
        scene.Settings = new GuardSettings { MinAttempts = 0 };
        Assert.Equal("", scene.Vetoes(Offset("5-6", 1)));
    }

    [Fact]
    public void Pacing_is_per_managed_object_and_exactly_the_interval_is_allowed()
    {
        foreach ((long seconds, bool isVetoed) in ((long, bool)[])[(-3601, false), (-3600, false), (-3599, true), (0, true), (3599, true), (3600, false)])
        {
            GuardScene scene = new() { Settings = new GuardSettings { Conflict = false } };
            scene.Log.Add(Record(7, (ulong)((long)Now + seconds * 1_000_000_000), Offset("1-2", 1)));
            Assert.Equal(isVetoed ? "PACING" : "", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", 2, 1)));
            Assert.Equal("", scene.Vetoes(Offset("2-1", 1), Change("NRCellCU=1", "a3Offset", 3.5)));
        }
    }

    [Fact]
    public void Pacing_looks_only_at_executed_decisions()
    {
        GuardScene scene = new();
        scene.Log.Add(Record(1, Now, Offset("1-2", 1)) with { Mode = DecisionMode.Shadow });
        scene.Log.Add(Record(2, Now, Offset("1-2", 1)) with { Mode = DecisionMode.Assist });
        scene.Log.Add(Record(3, Now, Offset("1-2", 1)) with { Executed = false });
        Assert.Equal("", scene.Vetoes(Offset("1-2", 1)));
        scene.Log.Add(Record(2, Now, Offset("1-2", 1)) with { Mode = DecisionMode.Assist, Executed = true });
        Assert.Equal("PACING", scene.Vetoes(Offset("1-2", 1)));
        scene.Settings = new GuardSettings { PacingNs = 0 };
        Assert.Equal("", scene.Vetoes(Offset("1-2", 1)));
        scene.Settings = new GuardSettings { Pacing = false };
        Assert.Equal("", scene.Vetoes(Offset("1-2", 1)));
    }

    [Fact]
    public void Values_stay_within_bounds_and_changes_within_their_limits()
    {
        GuardScene scene = new();
        Assert.Equal("", scene.Vetoes(Offset("1-2", 6, 4)));
        Assert.Equal("AT_BOUND", scene.Vetoes(Offset("1-2", 8, 6)));
        Assert.Equal("AT_BOUND", scene.Vetoes(Offset("1-2", -8, -6)));
        Assert.Equal("MAX_CHANGE", scene.Vetoes(Offset("1-2", 3)));
        Assert.Equal("AT_BOUND MAX_CHANGE", scene.Vetoes(Offset("1-2", 8)));
        Assert.Equal("MAX_CHANGE", scene.Vetoes(Change("NRCellCU=1", "a3Offset", 4.5)));   // the default is 3
        Assert.Equal("", scene.Vetoes(Change("NRCellCU=1", "a3Offset", 4)));
        Assert.Equal("", scene.Vetoes(Change("NRCellCU=1", "timeToTrigger", 1280)));
        scene.Configuration.Add(new AttributeSetting("NRCellRelation=1-2", "cellIndividualOffset", 5));
        Assert.Equal("", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", 3)));
        scene.Settings = new GuardSettings { Bounds = [new("cellIndividualOffset", (-10, 2))], MaxChanges = [new("cellIndividualOffset", 4)] };
        Assert.Equal("AT_BOUND", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", 3)));
        Assert.Equal("", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", 1)));
        Assert.Equal("MAX_CHANGE", scene.Vetoes(Change("NRCellRelation=1-2", "cellIndividualOffset", 0)));
    }

    [Fact]
    public void A_command_in_force_with_another_value_is_a_conflict()
    {
        ControlCommand Command(string cell, string parameter, double value, ulong start, ulong span) =>
            new() { Source = "MLB", TargetCell = cell, TargetParameter = parameter, TargetValue = GuardText.Number(value), TargetNumber = value, StartNs = start, SpanNs = span };
        string With(ControlCommand command)
        {
            GuardScene scene = new();
            scene.Commands.Add(command);
            return scene.Vetoes(Offset("1-2", 1), Change("NRCellCU=1", "a3Offset", 3.5));
        }
        Assert.Equal("CONFLICT", With(Command("NRCellRelation=1-2", "cellIndividualOffset", -1, Now - Minute, 2 * Minute)));
        Assert.Equal("", With(Command("NRCellRelation=1-2", "cellIndividualOffset", 1, Now - Minute, 2 * Minute)));
        Assert.Equal("", With(Command("NRCellRelation=1-2", "cellIndividualOffset", -1, Now - Minute, Minute)));
        Assert.Equal("CONFLICT", With(Command("NRCellRelation=1-2", "cellIndividualOffset", -1, Now + 59 * Minute, Minute)));
        Assert.Equal("", With(Command("NRCellRelation=1-2", "cellIndividualOffset", -1, Now + 60 * Minute, Minute)));
        Assert.Equal("", With(Command("NRCellRelation=2-1", "cellIndividualOffset", -1, Now, Minute)));
        Assert.Equal("CONFLICT", With(Command("1", "a3Offset", 2, Now, Minute)));
        Assert.Equal("", With(Command("1", "hysteresis", 2, Now, Minute)));
    }

    [Fact]
    public void Decisions_of_another_problem_type_are_other_functions_while_they_are_watched()
    {
        DecisionRecord balancing = Record(5, Now - 10 * Minute, Offset("1-2", -1)) with { ProblemType = "MLB" };
        string With(DecisionRecord record)
        {
            GuardScene scene = new() { Settings = new GuardSettings { Pacing = false } };
            scene.Log.Add(balancing);
            scene.Log.Add(record);
            return scene.Vetoes(Offset("1-2", 1));
        }
        Assert.Equal("CONFLICT", With(balancing));
        Assert.Equal("", With(balancing with { Status = DecisionStatus.Kept }));
        Assert.Equal("", With(balancing with { Executed = false }));
        GuardScene own = new() { Settings = new GuardSettings { Pacing = false }, ProblemType = "MLB" };
        own.Log.Add(balancing);
        Assert.Equal("", own.Vetoes(Offset("1-2", 1)));
    }

    [Fact]
    public void Two_values_for_one_attribute_take_out_each_other()
    {
        GuardOutcome outcome = new GuardScene().Examine(Offset("1-2", 1), Offset("1-3", 1), Offset("1-2", 2), Offset("1-3", 1));
        Assert.Equal(["CONFLICT"], outcome.Vetoes());
        Assert.Equal(["NRCellRelation=1-3", "NRCellRelation=1-3"], [outcome.Kept[0].ManagedObject, outcome.Kept[1].ManagedObject]);
        Assert.Equal("", new GuardScene().Vetoes(Change("NRCellDU=1", "administrativeState", "LOCKED"), Change("NRCellCU=1", "administrativeState", "UNLOCKED")));
    }

    [Fact]
    public void Doing_nothing_passes_every_guard() => Assert.Equal("", new GuardScene().Vetoes());

    [Fact]
    public void Ten_thousand_changes_take_little_time()
    {
        GuardScene scene = new();
        ConfigurationChange[] changes = new ConfigurationChange[10_000];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = Offset($"{i}-{i + 1}", 1);
        }
        for (int i = 0; i < 2000; i++)
        {
            scene.Commands.Add(new ControlCommand { Source = "x", TargetCell = "NRCellRelation=1-2", TargetParameter = "cellIndividualOffset", TargetValue = "3", TargetNumber = 3, StartNs = Now, SpanNs = 5 });
        }
        Assert.Equal(9999, scene.Examine(changes).Kept.Count);
    }

    /// <summary>Each guard once more, as plainly as can be, on random situations.</summary>
    [Fact]
    public void No_guard_is_ever_violated()
    {
        Random random = new(3);
        int vetoed = 0, kept = 0;
        for (int trial = 0; trial < 10_000; trial++)
        {
            GuardScene scene = RandomScene(random, out List<DecisionRecord> records);
            ConfigurationChange[] changes = new ConfigurationChange[random.Next(1, 5)];
            for (int i = 0; i < changes.Length; i++)
            {
                changes[i] = RandomChange(random);
            }
            GuardOutcome outcome = scene.Examine(changes);
            foreach (GuardVerdict verdict in outcome.Verdicts)
            {
                List<ConfigurationChange> expected = [];
                foreach (ConfigurationChange change in changes)
                {
                    if (PlainGuards.Vetoes(verdict.Name, change, changes, scene, records))
                    {
                        expected.Add(change);
                    }
                }
                if (expected.Count != verdict.Vetoed.Count)
                {
                    Assert.Fail($"{verdict.Name}: {verdict.Reason} ({string.Join(", ", (object[])changes)})");
                }
                for (int i = 0; i < expected.Count; i++)
                {
                    Assert.Same(expected[i], verdict.Vetoed[i]);
                }
                vetoed += expected.Count;
            }
            foreach (ConfigurationChange change in outcome.Kept)
            {
                kept++;
                foreach (GuardVerdict verdict in outcome.Verdicts)
                {
                    Assert.False(PlainGuards.Vetoes(verdict.Name, change, changes, scene, records));
                }
            }
        }
        Assert.True(vetoed > 5000 && kept > 2000, $"{vetoed} {kept}");
    }

    private static ConfigurationChange RandomChange(Random random)
    {
        int cell = random.Next(3);
        return random.Next(5) switch
        {
            0 => Change("NRCellCU=" + cell, "a3Offset", 2 + random.Next(5) / 2.0, random.Next(2) == 0 ? null : (MetadataValue)3),
            1 => Change("NRCellDU=" + cell, "administrativeState", random.Next(4) == 0 ? "OFF" : random.Next(2) == 0 ? "LOCKED" : "UNLOCKED", "UNLOCKED"),
            2 => Change("NRCellDU=" + cell, random.Next(4) == 0 ? "colour" : "digitalTilt", random.Next(3)),
            _ => Offset($"{cell}-{random.Next(3)}", random.Next(-8, 9), random.Next(-6, 7)),
        };
    }

    private static GuardScene RandomScene(Random random, out List<DecisionRecord> records)
    {
        GuardScene scene = new()
        {
            Settings = new GuardSettings { PacingNs = (ulong)random.Next(3) * 10 * Minute, WokenNs = (ulong)random.Next(3) * 5 * Minute, Pacing = random.Next(5) > 0, Conflict = random.Next(5) > 0 },
            ProblemType = random.Next(2) == 0 ? "MRO" : "MLB",
            ObserveNs = (ulong)random.Next(1, 4) * 5 * Minute,
        };
        if (random.Next(2) == 0)
        {
            scene.Protected.Add($"{(random.Next(2) == 0 ? "NRCellDU=" : "NRCellCU=")}{random.Next(4)}");
        }
        if (random.Next(3) == 0)
        {
            scene.Protected.Add($"NRCellRelation={random.Next(3)}-{random.Next(3)}");
        }
        for (int i = random.Next(3); i > 0; i--)
        {
            scene.Configuration.Add(new AttributeSetting($"{(random.Next(2) == 0 ? "NRCellDU=" : "NRCellCU=")}{random.Next(4)}", "administrativeState", random.Next(2) == 0 ? "LOCKED" : "UNLOCKED"));
        }
        for (int i = 0; i < 3; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                if (random.Next(2) == 0)
                {
                    scene.Attempts.Add(new($"NRCellRelation={i}-{k}", random.Next(20, 80)));
                }
            }
        }
        records = [];
        for (int i = random.Next(4); i > 0; i--)
        {
            ulong time = Now + (ulong)random.Next(5) * 5 * Minute - 10 * Minute + (ulong)random.Next(3) - 1;
            DecisionRecord record = Record((ulong)i, time, RandomChange(random)) with
            {
                Mode = (DecisionMode)random.Next(3), ProblemType = random.Next(2) == 0 ? "MRO" : "MLB", ObserveNs = (ulong)random.Next(1, 4) * 5 * Minute,
                Executed = random.Next(3) switch { 0 => null, 1 => false, _ => true }, Status = (DecisionStatus)random.Next(4),
            };
            records.Add(record);
            scene.Log.Add(record);
        }
        for (int i = random.Next(3); i > 0; i--)
        {
            ConfigurationChange change = RandomChange(random);
            scene.Commands.Add(new ControlCommand
            {
                Source = "x", TargetCell = change.ManagedObject, TargetParameter = change.Attribute, TargetValue = GuardText.Value(change.After),
                TargetNumber = (change.After as MetadataValue.Number)?.Value, StartNs = Now + (ulong)random.Next(5) * 5 * Minute - 10 * Minute, SpanNs = (ulong)random.Next(4) * 5 * Minute,
            });
        }
        return scene;
    }
}
