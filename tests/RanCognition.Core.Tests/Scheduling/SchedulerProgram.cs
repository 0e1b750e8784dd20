using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

/// <summary>A random program of scheduler calls, with what the handlers of its tasks do.</summary>
internal sealed record SchedulerProgram(SchedulerOptions Options, IReadOnlyList<ulong> Times, IReadOnlyList<ProgramStep> Steps, IReadOnlyList<ProgramBody> Bodies)
{
    /// <summary>Actions of a step and how often they are drawn.</summary>
    private static readonly (ProgramAction Action, int Weight)[] Outside =
    [
        (ProgramAction.Schedule, 30), (ProgramAction.ScheduleRecurring, 7), (ProgramAction.ScheduleBatch, 3), (ProgramAction.Cancel, 8), (ProgramAction.Reschedule, 8),
        (ProgramAction.Execute, 14), (ProgramAction.ExecuteBatch, 3), (ProgramAction.Advance, 6), (ProgramAction.AdvanceToNext, 10), (ProgramAction.Run, 2), (ProgramAction.Reborn, 2),
    ];

    /// <summary>The same for handlers; what they may not do is tried too.</summary>
    private static readonly (ProgramAction Action, int Weight)[] Inside =
    [
        (ProgramAction.Schedule, 10), (ProgramAction.ScheduleRecurring, 2), (ProgramAction.ScheduleBatch, 1), (ProgramAction.Cancel, 6), (ProgramAction.Reschedule, 6),
        (ProgramAction.Status, 2), (ProgramAction.Execute, 1), (ProgramAction.ExecuteBatch, 1), (ProgramAction.Advance, 1), (ProgramAction.Run, 1),
    ];

    private const int Large = 1 << 16;

    public static Arbitrary<SchedulerProgram> Any() => Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => Make(new Random(seed))), p => p.Simpler());

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"start {Options.StartTime}, capacity {Options.CapacityTasks}, data {Options.DataBytes}, missed {Options.Missed}, times [{string.Join(' ', Times)}]");
        foreach (ProgramStep step in Steps)
        {
            text.AppendLine($"  {step}");
        }
        for (int i = 0; i < Bodies.Count; i++)
        {
            text.AppendLine($"  body {i} {Bodies[i].End}: {string.Join("; ", Bodies[i].Steps)}");
        }
        return text.ToString();
    }

    private static SchedulerProgram Make(Random random)
    {
        var options = new SchedulerOptions
        {
            Mode = TimeMode.Virtual,
            StartTime = Pick(random, ProgramTables.StartTimes),
            CapacityTasks = random.Next(8) == 0 ? (uint)random.Next(1, 12) : 1000,
            DataBytes = random.Next(16) == 0 ? (ulong)random.Next(8, 200) : 1 << 20,
            Missed = (MissedPeriods)random.Next(3),
        };
        ulong[] times = random.Next(4) switch
        {
            0 => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, ProgramTables.Spans))],
            1 => ProgramTables.NearSpans,
            _ => ProgramTables.Spans,
        };
        var bodies = Enumerable.Range(0, 6).Select(i => new ProgramBody(
            i == 0 ? [] : [.. Enumerable.Range(0, random.Next(4)).Select(_ => Step(random, Inside))],
            i == 0 || random.Next(2) == 0 ? BodyEnd.Succeeds : (BodyEnd)random.Next(5)));
        int steps = random.Next(16) == 0 ? random.Next(40, 150) : random.Next(1, 40);
        return new SchedulerProgram(options, times, [.. Enumerable.Range(0, steps).Select(_ => Step(random, Outside))], [.. bodies]);
    }

    private static ProgramStep Step(Random random, (ProgramAction Action, int Weight)[] actions)
    {
        int draw = random.Next(actions.Sum(a => a.Weight));
        int at = 0;
        while (draw >= actions[at].Weight)
        {
            draw -= actions[at++].Weight;
        }
        return new ProgramStep(actions[at].Action, random.Next(Large), random.Next(Large), random.Next(4) == 0 ? random.Next(4) : 0, random.Next(Large), random.Next(Large), random.Next(Large));
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private IEnumerable<SchedulerProgram> Simpler()
    {
        for (int length = Steps.Count; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= Steps.Count; start += length)
            {
                yield return this with { Steps = [.. Steps.Take(start), .. Steps.Skip(start + length)] };
            }
        }
        for (int i = 0; i < Bodies.Count; i++)
        {
            ProgramBody body = Bodies[i];
            for (int j = 0; j < body.Steps.Count; j++)
            {
                yield return WithBody(i, body with { Steps = [.. body.Steps.Take(j), .. body.Steps.Skip(j + 1)] });
            }
            if (body.End != BodyEnd.Succeeds)
            {
                yield return WithBody(i, body with { End = BodyEnd.Succeeds });
            }
        }
        if (Options.StartTime != 0)
        {
            yield return this with { Options = Options with { StartTime = 0 } };
        }
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (ProgramStep step in Steps[i].Simpler())
            {
                yield return this with { Steps = [.. Steps.Take(i), step, .. Steps.Skip(i + 1)] };
            }
        }
        for (int i = 0; i < Bodies.Count; i++)
        {
            ProgramBody body = Bodies[i];
            for (int j = 0; j < body.Steps.Count; j++)
            {
                foreach (ProgramStep step in body.Steps[j].Simpler())
                {
                    yield return WithBody(i, body with { Steps = [.. body.Steps.Take(j), step, .. body.Steps.Skip(j + 1)] });
                }
            }
        }
    }

    private SchedulerProgram WithBody(int at, ProgramBody body) => this with { Bodies = [.. Bodies.Take(at), body, .. Bodies.Skip(at + 1)] };
}
