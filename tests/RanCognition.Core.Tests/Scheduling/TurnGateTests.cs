using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>The gate with real threads; in all orders of steps it is looked at in Interleavings.</summary>
public sealed class TurnGateTests
{
    [Fact]
    public void Whoever_leaves_is_out_also_when_the_favoured_thread_just_found_out_that_it_is_favoured_no_more()
    {
        const int First = 1;
        const int Second = 2;
        const int Third = 3;
        int round = 0;
        int ended = 0;
        TurnGate gate = new();
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(Stress.Seconds);
        var group = new ThreadGroup().Start(() =>
        {
            for (int i = 1; ; i++)
            {
                Stress.SpinUntil(() => Volatile.Read(ref round) >= i);
                TurnGate own = gate;
                if (own is null)
                {
                    return;
                }
                while (own.TryEnter(First) == TurnGate.Entry.Entered)
                {
                    own.Leave();
                }
                Volatile.Write(ref ended, i);
            }
        });
        int rounds = 0;
        while (DateTime.UtcNow < end)
        {
            rounds++;
            gate = new TurnGate();
            gate.TryEnter(First);
            gate.Leave();
            Volatile.Write(ref round, rounds);
            Thread.SpinWait(rounds % 50);
            while (Volatile.Read(ref ended) < rounds)
            {
                if (gate.TryEnter(Second) == TurnGate.Entry.Entered)
                {
                    gate.Leave();
                }
                if (gate.IsInside(Second))
                {
                    break;
                }
            }
            Assert.False(gate.IsInside(Second), $"round {rounds}: left, and still inside");
            Stress.SpinUntil(() => Volatile.Read(ref ended) >= rounds);
            Assert.Equal(TurnGate.Entry.Entered, gate.TryEnter(Third));
        }
        gate = null!;
        Volatile.Write(ref round, rounds + 1);
        group.Join();
    }
}
