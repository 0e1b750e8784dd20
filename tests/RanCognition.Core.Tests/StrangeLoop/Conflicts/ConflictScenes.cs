using RanCognition.Contracts;
using RanCognition.StrangeLoop.Conflicts;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Random requests, crowded enough that every class of conflict and every near miss is in them.</summary>
internal static class ConflictScenes
{
    public static ControlCommand[] Commands(Random random, int count, int cells, int times)
    {
        int sources = random.Next(2, 5), parameters = random.Next(1, 7);
        var commands = new ControlCommand[count];
        for (int i = 0; i < count; i++)
        {
            string value = random.Next(4) switch { 0 => "2", 1 => "2.0", 2 => "3", _ => "on" };
            commands[i] = Command(
                $"s{random.Next(sources)}", $"p{random.Next(parameters)}", value, $"c{random.Next(cells)}", 1000 + (ulong)random.Next(times),
                random.Next(20) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.Next(times) });
        }
        return commands;
    }

    public static ControlCommand Command(string source, string parameter, string value, string cell, ulong start, ulong span) => new()
    {
        Source = source,
        TargetParameter = parameter,
        TargetValue = value,
        TargetNumber = double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : null,
        TargetCell = cell,
        StartNs = start,
        SpanNs = span,
    };

    public static ParameterGroup[] Groups(Random random)
    {
        var groups = new ParameterGroup[random.Next(0, 5)];
        for (int i = 0; i < groups.Length; i++)
        {
            var parameters = new List<GroupParameter>();
            for (int k = random.Next(0, 5); k > 0; k--)
            {
                parameters.Add(new GroupParameter(random.Next(2) == 0 ? "" : "NRCellDU", $"p{random.Next(8)}"));
            }
            groups[i] = new ParameterGroup($"g{i}", parameters);
        }
        return groups;
    }

    /// <summary>Noise whose mean steps at random times, so that many windows differ; some series of few values, some without noise.</summary>
    public static KpiSample[] Kpis(Random random, int cells, int times)
    {
        var samples = new List<KpiSample>();
        for (int cell = 0; cell < cells; cell++)
        {
            for (int metric = random.Next(0, 3); metric > 0; metric--)
            {
                bool low = random.Next(2) == 0;
                double noise = random.Next(3) == 0 ? 0 : 1, level = 100 * random.NextDouble(), scale = Math.Pow(10, random.Next(-3, 4)), rate = 5.0 / times * random.Next(1, 4);
                for (ulong time = 950; time < 1000 + 2 * (ulong)times; time += (ulong)random.Next(1, 4))
                {
                    level += random.NextDouble() < rate ? 20 * random.NextDouble() - 10 : 0;
                    samples.Add(new KpiSample($"c{cell}", $"m{metric}", time, scale * (Math.Round(level) + noise * (random.NextDouble() + random.NextDouble() - 1)), low));
                }
            }
        }
        KpiSample[] shuffled = [.. samples];
        if (random.Next(2) == 0)
        {
            random.Shuffle(shuffled);
        }
        return shuffled;
    }

    public static ConflictReport Detect(this ConflictDetector detector, ConflictRequest request) => detector.Detect(request, "request", 0, new FixedHost());

    public static void AssertSame(IReadOnlyList<PlainConflicts.Entry> expected, IReadOnlyList<ControlConflict> found, IReadOnlyList<ControlCommand> commands)
    {
        Assert.Equal(
            expected.Select(entry => ((ulong)entry.First, (ulong)entry.Second, entry.Kind, entry.Group, entry.Cell, entry.Metric)),
            found.Select(conflict => (conflict.FirstCommand, conflict.SecondCommand, conflict.Kind, conflict.GroupName, conflict.TargetCell, conflict.Kpi?.Metric)));
        for (int i = 0; i < found.Count; i++)
        {
            string[] sources = [commands[expected[i].First].Source, commands[expected[i].Second].Source];
            Assert.Equal(sources, found[i].Sources);
            if (found[i].LoopGain is null)
            {
                bool second = commands[expected[i].Second].StartNs < commands[expected[i].First].StartNs;
                Assert.Equal(second ? sources.Reverse() : sources, found[i].Advice.Precedence);
                Assert.Null(found[i].Advice.Damping);
            }
            if (found[i].Kpi is KpiDegradation kpi)
            {
                Assert.InRange(kpi.PValue, expected[i].PValue * (1 - 1e-6) - 1e-12, expected[i].PValue * (1 + 1e-6) + 1e-12);
            }
        }
    }
}
