using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

/// <summary>Random programs on the core and on the model of it: whatever can be seen must be the same.</summary>
public sealed class RandomProgramTests
{
    private const int Programs = 10_000;

    [Fact]
    public void Any_program_does_the_same_on_the_core_as_on_the_model()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs), Prop.ForAll(SchedulerProgram.Any(), AssertSame));

    [Fact]
    public void Any_program_does_the_same_when_arrivals_are_numbered_anew_again_and_again()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs / 10), Prop.ForAll(SchedulerProgram.Any(), program => AssertSame(program, FewArrivals)));

    [Fact]
    public void The_programs_reach_every_rule()
    {
        Dictionary<string, ulong> totals = [];
        foreach (SchedulerProgram program in SchedulerProgram.Any().Generator.Sample(1000))
        {
            foreach (var highest in ProgramRun.Observe(program, options => new NaiveScheduler(options)).GroupBy(o => o.What))
            {
                totals[highest.Key] = totals.GetValueOrDefault(highest.Key) + highest.Max(o => Math.Min(o.Value, 1000));
            }
        }
        string[] expected =
        [
            "executed", "failed", "cancelled", "retried", "deadlines missed", "dropped", "periods skipped", "waiting", "active", "outcome", "id of a series", "id of a batch",
            "refused: invalid", "refused: not found", "refused: limit", "refused: busy", "runs until",
        ];
        Assert.All(expected, what => Assert.True(totals.ContainsKey(what) && (what.StartsWith("refused", StringComparison.Ordinal) || totals[what] > 30), $"{what}: {totals.GetValueOrDefault(what)}"));
    }

    // There must be more arrivals than tasks, as there are 2^32 for 2^24.
    private const uint FewArrivals = 60;
    private const uint FewTasks = 50;

    private static void AssertSame(SchedulerProgram program) => AssertSame(program, uint.MaxValue);

    private static void AssertSame(SchedulerProgram program, uint arrivalMax)
    {
        List<ProgramObservation> expected = ProgramRun.Observe(program, options => new NaiveScheduler(Fitted(options, arrivalMax)));
        List<ProgramObservation> actual = ProgramRun.Observe(program, options => new CoreCalls(Fitted(options, arrivalMax), arrivalMax));
        int same = 0;
        while (same < expected.Count && same < actual.Count && expected[same] == actual[same])
        {
            same++;
        }
        if (same < expected.Count || same < actual.Count)
        {
            throw new InvalidOperationException(
                $"{string.Join("\n", expected.Take(same).TakeLast(40).Select(o => $"  {o.What} {o.Value}"))}\n"
                + $"model: {Rest(expected, same)}\ncore:  {Rest(actual, same)}");
        }
    }

    private static SchedulerOptions Fitted(SchedulerOptions options, uint arrivalMax)
        => arrivalMax == FewArrivals ? options with { CapacityTasks = Math.Min(options.CapacityTasks, FewTasks) } : options;

    private static string Rest(List<ProgramObservation> seen, int from) => string.Join(", ", seen.Skip(from).Take(12).Select(o => $"{o.What} {o.Value}"));
}
