using FsCheck;
using FsCheck.Fluent;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>Random programs on the pool beside a plain list of what it gave out.</summary>
public sealed class PoolProgramTests
{
    private const int Programs = 2000;

    [Fact]
    public void Any_program_agrees_with_the_list_of_what_was_given_out()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Programs), Prop.ForAll(PoolProgram.Any(), program => Run(program, [])));

    [Fact]
    public void The_programs_reach_every_rule()
    {
        Dictionary<string, int> seen = [];
        foreach (PoolProgram program in PoolProgram.Any().Generator.Sample(300))
        {
            Run(program, seen);
        }
        string[] expected = ["allocated", "freed", "freed again", "freed inside", "freed with a wrong size", "refused by the budget"];
        Assert.All(expected, what => Assert.True(seen.GetValueOrDefault(what) > 30, $"{what}: {seen.GetValueOrDefault(what)}"));
    }

    private static void Run(PoolProgram program, Dictionary<string, int> seen)
    {
        using var model = new PoolModel(program.Options);
        foreach (PoolStep step in program.Steps)
        {
            model.Do(step);
        }
        model.FreeAll();
        foreach ((string what, int times) in model.Seen)
        {
            seen[what] = seen.GetValueOrDefault(what) + times;
        }
    }
}
