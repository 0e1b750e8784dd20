using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>A random program of pool calls.</summary>
internal sealed record PoolProgram(MemoryPoolOptions Options, IReadOnlyList<PoolStep> Steps)
{
    private static readonly (PoolAction Action, int Weight)[] Actions =
    [
        (PoolAction.Allocate, 50), (PoolAction.Free, 25), (PoolAction.FreeLastFirst, 10), (PoolAction.FreeAgain, 3), (PoolAction.FreeInner, 3), (PoolAction.FreeWrongSize, 3),
        (PoolAction.FreeNothing, 1), (PoolAction.FreeForeign, 1), (PoolAction.AllocateZero, 1), (PoolAction.AllocateTooMuch, 1),
    ];

    private static readonly ulong[] Budgets = [1 << 16, 100_000, 1 << 18, 1 << 20, 16 << 20, 1 << 30, 1UL << 40];

    public static Arbitrary<PoolProgram> Any() => Arb.From(Gen.Choose(0, int.MaxValue).Select(seed => Make(new Random(seed))), p => p.Simpler());

    public override string ToString() => $"budget {Options.BudgetBytes}, retain {Options.RetainBytes}\n" + string.Join('\n', Steps.Select(s => $"  {s.Action} {s.Which} {s.Size}"));

    private static PoolProgram Make(Random random)
    {
        ulong budget = Budgets[random.Next(Budgets.Length)];
        var options = new MemoryPoolOptions
        {
            BudgetBytes = budget,
            RetainBytes = random.Next(3) switch { 0 => null, 1 => 0, _ => (ulong)random.NextInt64((long)Math.Min(budget, 1 << 20)) },
        };
        int steps = random.Next(10) == 0 ? random.Next(300, 3000) : random.Next(1, 100);
        int kind = random.Next(5);
        int fixedSize = Size(random, 4);
        return new PoolProgram(options, [.. Enumerable.Range(0, steps).Select(_ => Step(random, kind, fixedSize))]);
    }

    private static PoolStep Step(Random random, int kind, int fixedSize)
    {
        int draw = random.Next(Actions.Sum(a => a.Weight));
        int at = 0;
        while (draw >= Actions[at].Weight)
        {
            draw -= Actions[at++].Weight;
        }
        return new PoolStep(Actions[at].Action, random.Next(1 << 16), kind == 0 ? fixedSize : Size(random, kind));
    }

    /// <summary>By kind: tiny, small, small and some medium, everything. Ends of classes are drawn often.</summary>
    private static int Size(Random random, int kind)
    {
        int size = random.Next(kind) switch
        {
            0 => random.Next(1, 257),
            1 => random.Next(1, 4097),
            2 => random.Next(1, 40_000),
            _ => random.Next(1, 1 << random.Next(1, 21)),
        };
        return random.Next(4) == 0 ? Math.Max(1, (1 << random.Next(0, 17)) + random.Next(-1, 2)) : size;
    }

    private IEnumerable<PoolProgram> Simpler()
    {
        for (int length = Steps.Count; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= Steps.Count; start += length)
            {
                yield return this with { Steps = [.. Steps.Take(start), .. Steps.Skip(start + length)] };
            }
        }
        if (Options.RetainBytes is not null)
        {
            yield return this with { Options = Options with { RetainBytes = null } };
        }
        for (int i = 0; i < Steps.Count; i++)
        {
            foreach (PoolStep step in Steps[i].Simpler())
            {
                yield return this with { Steps = [.. Steps.Take(i), step, .. Steps.Skip(i + 1)] };
            }
        }
    }
}
