using FsCheck;
using FsCheck.Fluent;

namespace RanCognition.Tests.Scheduling;

/// <summary>Random programs on the core and on the model of it: whatever can be seen must be the same.</summary>
public sealed class RandomProgramTests
{
    private const int Programs = 10_000;

    [Fact]
    public void Any_program_does_the_same_on_the_core_as_on_the_model()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs), Prop.ForAll(SchedulerProgram.Any(), AssertSame));

    private static void AssertSame(SchedulerProgram program)
    {
        List<ProgramObservation> expected = ProgramRun.Observe(program, options => new NaiveScheduler(options));
        List<ProgramObservation> actual = ProgramRun.Observe(program, options => new CoreCalls(options));
        int same = 0;
        while (same < expected.Count && same < actual.Count && expected[same] == actual[same])
        {
            same++;
        }
        if (same < expected.Count || same < actual.Count)
        {
            throw new InvalidOperationException(
                $"{program}{string.Join("\n", expected.Take(same).Select(o => $"  {o.What} {o.Value}"))}\n"
                + $"model: {Rest(expected, same)}\ncore:  {Rest(actual, same)}");
        }
    }

    private static string Rest(List<ProgramObservation> seen, int from) => string.Join(", ", seen.Skip(from).Take(12).Select(o => $"{o.What} {o.Value}"));
}
