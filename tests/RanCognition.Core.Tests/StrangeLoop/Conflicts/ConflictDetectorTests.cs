using RanCognition.Contracts;
using RanCognition.StrangeLoop.Conflicts;

namespace RanCognition.Tests.StrangeLoop;

public sealed class ConflictDetectorTests
{
    [Fact]
    public void Random_requests_are_answered_as_pair_by_pair()
    {
        var random = new Random(1);
        var kinds = new int[3];
        for (int round = 0; round < 3000; round++)
        {
            int cells = random.Next(1, 4);
            ControlCommand[] commands = ConflictScenes.Commands(random, random.Next(0, 40), cells, random.Next(1, 60));
            ParameterGroup[] groups = ConflictScenes.Groups(random);
            ConflictReport report = new ConflictDetector().Detect(new ConflictRequest { Commands = commands, Groups = groups });
            ConflictScenes.AssertSame(PlainConflicts.Find(commands, groups, []), report.Conflicts, commands);
            foreach (ControlConflict conflict in report.Conflicts)
            {
                kinds[(int)conflict.Kind]++;
            }
        }
        Assert.True(kinds[0] > 10_000 && kinds[1] > 5000 && kinds[2] == 0, $"{kinds[0]} {kinds[1]} {kinds[2]}");
    }

    [Fact]
    public void Many_commands_of_few_cells_are_answered_as_pair_by_pair()
    {
        // Enough for the index by start, with blocks of commands that ended.
        var random = new Random(2);
        for (int round = 0; round < 6; round++)
        {
            ControlCommand[] commands = ConflictScenes.Commands(random, 1500, 1, 40);
            for (int i = 0; i < commands.Length; i++)
            {
                ControlCommand old = commands[i];
                commands[i] = ConflictScenes.Command(old.Source, old.TargetParameter, old.TargetValue, old.TargetCell, (ulong)random.Next(100_000), (ulong)random.Next(300 << round));
            }
            ParameterGroup[] groups = ConflictScenes.Groups(random);
            ConflictReport report = new ConflictDetector(int.MaxValue).Detect(new ConflictRequest { Commands = commands, Groups = groups });
            ConflictScenes.AssertSame(PlainConflicts.Find(commands, groups, []), report.Conflicts, commands);
        }
    }

    [Fact]
    public void Random_requests_with_kpis_are_answered_as_pair_by_pair()
    {
        var random = new Random(3);
        int found = 0, low = 0, ofLater = 0;
        for (int round = 0; round < 400; round++)
        {
            int cells = random.Next(1, 4), times = random.Next(20, 100);
            ControlCommand[] commands = ConflictScenes.Commands(random, random.Next(2, 25), cells + 1, times);
            ParameterGroup[] groups = ConflictScenes.Groups(random);
            KpiSample[] kpis = ConflictScenes.Kpis(random, cells, times);
            ConflictReport report = new ConflictDetector().Detect(new ConflictRequest { Commands = commands, Groups = groups, Kpis = kpis });
            ConflictScenes.AssertSame(PlainConflicts.Find(commands, groups, kpis), report.Conflicts, commands);
            foreach (ControlConflict conflict in report.Conflicts)
            {
                if (conflict.Kpi is not KpiDegradation kpi)
                {
                    continue;
                }
                found++;
                bool lowIsBetter = kpis.First(sample => sample.Cell == conflict.TargetCell && sample.Metric == kpi.Metric).LowIsBetter;
                low += lowIsBetter ? 1 : 0;
                Assert.True(lowIsBetter ? kpi.Both > kpi.Before && kpi.Both > kpi.EarlierOnly : kpi.Both < kpi.Before && kpi.Both < kpi.EarlierOnly);
                ControlCommand first = commands[conflict.FirstCommand], second = commands[conflict.SecondCommand];
                ofLater += conflict.TargetCell != (first.StartNs <= second.StartNs ? first : second).TargetCell ? 1 : 0;
            }
        }
        Assert.True(found > 500 && low > 100 && found - low > 100 && ofLater > 50, $"{found} {low} {ofLater}");
    }

    [Fact]
    public void Requests_that_keep_their_commands_find_what_one_request_finds()
    {
        var random = new Random(4);
        for (int round = 0; round < 300; round++)
        {
            int cells = random.Next(1, 4), times = random.Next(5, 60);
            ControlCommand[] commands = ConflictScenes.Commands(random, random.Next(2, 40), cells, times);
            bool forgets = random.Next(2) == 0;
            if (forgets)
            {
                Array.Sort(commands, (left, right) => left.StartNs.CompareTo(right.StartNs));   // what ended before the latest start meets none that follows
            }
            ParameterGroup[] groups = ConflictScenes.Groups(random);
            KpiSample[] kpis = round % 3 == 0 ? ConflictScenes.Kpis(random, cells, times) : [];
            IReadOnlyList<ControlConflict> whole = new ConflictDetector().Detect(new ConflictRequest { Commands = commands, Groups = groups, Kpis = kpis }).Conflicts;

            var detector = new ConflictDetector();
            var parts = new List<ControlConflict>();
            for (int from = 0; from < commands.Length;)
            {
                int count = Math.Min(random.Next(0, 5), commands.Length - from);
                ConflictReport report = detector.Detect(new ConflictRequest
                {
                    Commands = commands[from..(from + count)],
                    Groups = from == 0 ? groups : null,
                    Kpis = kpis,
                    Keep = true,
                    TimeNs = forgets ? null : 0,
                });
                Assert.Equal((ulong)from, report.FirstCommand);
                Assert.Equal(detector.LiveCommands.Count, report.Live);
                Assert.All(report.Conflicts, conflict => Assert.InRange(conflict.SecondCommand, (ulong)from, (ulong)(from + count - 1)));
                parts.AddRange(report.Conflicts);
                from += count;
                if (random.Next(3) == 0)
                {
                    var restored = new ConflictDetector();
                    restored.Restore(detector.LiveCommands, detector.LivePlaces, detector.Groups, detector.NextCommand, "state");
                    detector = restored;
                }
            }
            parts.Sort((left, right) => (left.FirstCommand, left.SecondCommand).CompareTo((right.FirstCommand, right.SecondCommand)));
            Assert.Equal(
                whole.Select(conflict => (conflict.FirstCommand, conflict.SecondCommand, conflict.Kind, conflict.GroupName, conflict.TargetCell, conflict.Kpi)),
                parts.Select(conflict => (conflict.FirstCommand, conflict.SecondCommand, conflict.Kind, conflict.GroupName, conflict.TargetCell, conflict.Kpi)));
        }
    }

    [Fact]
    public void Kept_commands_are_forgotten_when_they_end()
    {
        var detector = new ConflictDetector();
        Assert.Equal(2, Keep(null, C("a", 10, 10), C("b", 10, 20)).Live);
        Assert.Equal(2, Keep(19).Live);
        Assert.Equal([0UL, 1UL], detector.LivePlaces);
        Assert.Equal(1, Keep(20).Live);                              // in force in [10, 20)
        ConflictReport report = Keep(null, C("c", 15, 20));          // the first one was in force then, but is no longer known
        Assert.Equal([(1UL, 2UL)], report.Conflicts.Select(conflict => (conflict.FirstCommand, conflict.SecondCommand)));
        Assert.Equal(0, Keep(100, C("d", 20, 20)).Live);             // over before it is known
        Assert.Equal(4UL, detector.NextCommand);
        Assert.Equal(0, Keep(null).Live);

        ConflictReport Keep(ulong? time, params ControlCommand[] commands) => detector.Detect(new ConflictRequest { Commands = commands, Keep = true, TimeNs = time });
        static ControlCommand C(string source, ulong start, ulong span) => ConflictScenes.Command(source, "p", source, "c", start, span);
    }

    [Fact]
    public void A_request_that_keeps_nothing_stands_for_itself()
    {
        var detector = new ConflictDetector();
        ControlCommand[] commands = [ConflictScenes.Command("a", "p", "1", "c", 0, 100)], others = [ConflictScenes.Command("b", "q", "1", "c", 0, 100)];
        ParameterGroup[] groups = [new ParameterGroup("g", [new GroupParameter("", "p"), new GroupParameter("", "q")])];
        detector.Detect(new ConflictRequest { Commands = commands, Groups = groups, Keep = true });
        ConflictReport alone = detector.Detect(new ConflictRequest { Commands = others });
        Assert.Empty(alone.Conflicts);
        Assert.Equal((0UL, 1), (alone.FirstCommand, alone.Live));
        ControlConflict conflict = Assert.Single(detector.Detect(new ConflictRequest { Commands = others, Keep = true }).Conflicts);
        Assert.Equal((ConflictKind.Indirect, "g", 0UL, 1UL), (conflict.Kind, conflict.GroupName, conflict.FirstCommand, conflict.SecondCommand));
    }

    [Fact]
    public void Names_that_nobody_has_any_more_are_let_go()
    {
        // New names all the time: the same answers as long as two commands live.
        var detector = new ConflictDetector();
        for (int i = 0; i < 3000; i++)
        {
            ConflictReport report = detector.Detect(new ConflictRequest
            {
                Commands = [ConflictScenes.Command($"source {i}", "p", $"{i}", "c", 10 * (ulong)i, 11), ConflictScenes.Command($"source {i}", $"other {i}", "1", $"cell {i}", 10 * (ulong)i, 11)],
                Keep = true,
            });
            Assert.Equal(i == 0 ? 0 : 1, report.Conflicts.Count);
            Assert.Equal(i == 0 ? 2 : 4, report.Live);
        }
    }

    [Fact]
    public void Only_the_first_conflicts_are_listed_when_there_are_too_many()
    {
        var random = new Random(6);
        for (int round = 0; round < 300; round++)
        {
            int cells = random.Next(1, 3), times = random.Next(20, 80);
            ControlCommand[] commands = ConflictScenes.Commands(random, random.Next(2, 30), cells, times);
            ParameterGroup[] groups = ConflictScenes.Groups(random);
            KpiSample[] kpis = round % 2 == 0 ? ConflictScenes.Kpis(random, cells, times) : [];
            var request = new ConflictRequest { Commands = commands, Groups = groups, Kpis = kpis };
            IReadOnlyList<ControlConflict> all = new ConflictDetector().Detect(request).Conflicts;
            int max = random.Next(1, 12);
            ConflictReport report = new ConflictDetector(max).Detect(request);
            Assert.Equal(all.Count > max, report.IsTruncated);
            Assert.Equal(
                all.Take(max).Select(conflict => (conflict.FirstCommand, conflict.SecondCommand, conflict.Kind, conflict.Kpi)),
                report.Conflicts.Select(conflict => (conflict.FirstCommand, conflict.SecondCommand, conflict.Kind, conflict.Kpi)));
        }
    }

    [Fact]
    public void Failures_change_nothing_and_name_the_place()
    {
        var detector = new ConflictDetector();
        ControlCommand command = ConflictScenes.Command("a", "p", "1", "c", 0, 100);
        detector.Detect(new ConflictRequest { Commands = [command], Groups = [new ParameterGroup("g", [])], Keep = true });
        var high = new KpiSample("c", "m", 1, 1, false);

        Fails("request/kpis/2/better", new ConflictRequest { Commands = [command], Keep = true, Kpis = [high, new KpiSample("c", "other", 2, 1, true), new KpiSample("c", "m", 2, 1, true)] });
        Fails("request/kpis/0/value", new ConflictRequest { Commands = [command], Keep = true, Kpis = [high with { Value = double.NaN }] });
        Fails("request/loops", new ConflictRequest { Commands = [command], Keep = true, Loops = new ControlLoops { Names = ["a"] } });
        Assert.Throws<LimitExceededException>(() => detector.Detect(new ConflictRequest { Commands = Enumerable.Repeat(command, StrangeLoopLimits.CommandsMax).ToArray(), Keep = true }));
        Assert.Throws<LimitExceededException>(() => detector.Detect(new ConflictRequest { Commands = Enumerable.Repeat(command, StrangeLoopLimits.CommandsMax + 1).ToArray() }));
        Assert.Throws<LimitExceededException>(() => detector.Detect(new ConflictRequest
        {
            Groups = [new ParameterGroup("g", Enumerable.Repeat(new GroupParameter("", "p"), StrangeLoopLimits.GroupParametersMax + 1).ToArray())],
            Keep = true,
        }));
        var many = new ControlCommand[5000];
        for (int i = 0; i < many.Length; i++)
        {
            many[i] = ConflictScenes.Command($"{i % 3}", "p", $"{i % 2}", $"{i % 99}", 0, 10);
        }
        Assert.Throws<OperationCanceledException>(() => detector.Detect(new ConflictRequest { Commands = many, Keep = true }, "request", 0, new FixedHost { CancelAfter = 1 }));
        AssertUnchanged();

        ConflictReport full = detector.Detect(new ConflictRequest { Commands = Enumerable.Repeat(command, StrangeLoopLimits.CommandsMax - 1).ToArray(), Keep = true });
        Assert.Equal(StrangeLoopLimits.CommandsMax, full.Live);
        Assert.Throws<LimitExceededException>(() => detector.Detect(new ConflictRequest { Commands = [command], Keep = true }));
        Assert.Equal(1, detector.Detect(new ConflictRequest { Commands = [ConflictScenes.Command("a", "p", "1", "c", 100, 1)], Keep = true }).Live);   // room was made

        void Fails(string argument, ConflictRequest request)
        {
            Assert.Equal(argument, Assert.Throws<InvalidInputException>(() => detector.Detect(request)).Argument);
            AssertUnchanged();
        }

        void AssertUnchanged()
        {
            Assert.Equal([command], detector.LiveCommands);
            Assert.Equal(1UL, detector.NextCommand);
            Assert.Single(detector.Groups);
        }
    }

    [Fact]
    public void States_that_no_detector_had_are_refused()
    {
        ControlCommand command = ConflictScenes.Command("a", "p", "1", "c", 0, 100);
        var detector = new ConflictDetector();
        Refused([command], [], 1);
        Refused([command], [1], 1);
        Refused([command, command], [3, 3], 5);
        Refused([ConflictScenes.Command("a", "p", "1", "c", 0, 0)], [0], 1);
        Assert.Throws<LimitExceededException>(() => detector.Restore(new ControlCommand[StrangeLoopLimits.CommandsMax + 1], new ulong[StrangeLoopLimits.CommandsMax + 1], [], 9, "state"));
        Assert.Equal((0, 0UL), (detector.LiveCommands.Count, detector.NextCommand));

        void Refused(ControlCommand[] commands, ulong[] places, ulong next)
            => Assert.StartsWith("state/live_commands", Assert.Throws<InvalidInputException>(() => detector.Restore(commands, places, [], next, "state")).Argument);
    }

    [Fact]
    public void A_known_gain_between_two_functions_is_in_their_conflicts()
    {
        ControlCommand[] commands = [ConflictScenes.Command("b", "p", "1", "c", 0, 9), ConflictScenes.Command("a", "p", "2", "c", 0, 9), ConflictScenes.Command("x", "p", "3", "c", 0, 9)];
        // a answers b by -1.6, b answers a by 1: eigenvalues +-i sqrt(1.6).
        var loops = new ControlLoops { Names = ["a", "b"], Gain = [[0, -1.6], [1, 0]] };
        ConflictReport report = new ConflictDetector().Detect(new ConflictRequest { Commands = commands, Loops = loops });
        Assert.Equal(3, report.Conflicts.Count);
        Assert.Equal(Math.Sqrt(1.6), report.Conflicts[0].LoopGain!.Value, 12);
        Assert.Equal(1 / 2.6, report.Conflicts[0].Advice.Damping!.Value, 6);   // |1 - d (1 - l)|^2 = (1 - d)^2 + 1.6 d^2
        Assert.Equal([null, null], report.Conflicts.Skip(1).Select(conflict => conflict.LoopGain));
        Assert.Equal(["b", "x"], report.Conflicts[1].Advice.Precedence);

        report = new ConflictDetector().Detect(new ConflictRequest { Commands = commands, Loops = loops with { Gain = [[0, .5], [.5, 0]] } });
        Assert.Equal((.5, 1), (report.Conflicts[0].LoopGain, report.Conflicts[0].Advice.Damping));
        report = new ConflictDetector().Detect(new ConflictRequest { Commands = commands, Loops = loops with { Gain = [[0, 1], [1.21, 0]] } });
        Assert.Equal(1.1, report.Conflicts[0].LoopGain!.Value, 12);
        Assert.Equal(["a", "b"], report.Conflicts[0].Advice.Precedence);   // a moves b more than b moves a
    }

    [Fact]
    public void Millions_of_pairs_are_searched_only_until_the_list_is_full()
    {
        // All conflict with all: 2e10 pairs.
        var commands = new ControlCommand[StrangeLoopLimits.CommandsMax];
        for (int i = 0; i < commands.Length; i++)
        {
            commands[i] = ConflictScenes.Command(i % 2 == 0 ? "a" : "b", "p", i % 2 == 0 ? "1" : "2", "c", 0, 10);
        }
        ConflictReport report = new ConflictDetector().Detect(new ConflictRequest { Commands = commands });
        Assert.True(report.IsTruncated);
        Assert.Equal(StrangeLoopLimits.ConflictsMax, report.Conflicts.Count);
        Assert.All(report.Conflicts, conflict => Assert.Equal(0UL, conflict.FirstCommand));
    }
}
