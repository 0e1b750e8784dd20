namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>One thread at a time, whoever comes when; after closing nobody.</summary>
public sealed class TurnGateInterleavings
{
    private const int Nobody = 0;

    public static readonly TheoryData<int> Models = [(int)MemoryModel.TotalStoreOrder, (int)MemoryModel.ReleaseOrder];

    [Theory, MemberData(nameof(Models))]
    public void Two_threads_take_turns(int model) => AssertSound(TakeTurns((MemoryModel)model, Nobody, GateFault.None, 2, 2));

    [Theory, MemberData(nameof(Models))]
    public void Three_threads_come_for_the_first_time(int model) => AssertSound(TakeTurns((MemoryModel)model, Nobody, GateFault.None, 1, 1, 1));

    [Theory, MemberData(nameof(Models))]
    public void Two_others_come_while_the_favoured_thread_goes_in_and_out(int model) => AssertSound(TakeTurns((MemoryModel)model, 1, GateFault.None, 2, 1, 1));

    [Theory, MemberData(nameof(Models))]
    public void Disposing_closes_whoever_is_inside(int model) => AssertSound(Close((MemoryModel)model, 1, GateFault.None, disposers: 1));

    [Theory, MemberData(nameof(Models))]
    public void Disposing_closes_before_anybody_came(int model) => AssertSound(Close((MemoryModel)model, Nobody, GateFault.None, disposers: 1));

    [Theory, MemberData(nameof(Models))]
    public void Two_that_dispose_close_once(int model) => AssertSound(Close((MemoryModel)model, 1, GateFault.None, disposers: 2));

    [Theory]
    [InlineData((int)GateFault.NoSecondLook)]
    [InlineData((int)GateFault.OwnFenceOnly)]
    [InlineData((int)GateFault.NoLookInside)]
    [InlineData((int)GateFault.LeaveByInside)]
    [InlineData((int)GateFault.LeaveEarly)]
    [InlineData((int)GateFault.OwnerIsWritten)]
    public void Without_this_turns_overlap_or_never_come(int fault) =>
        Assert.NotNull(TakeTurns(MemoryModel.TotalStoreOrder, 1, (GateFault)fault, 2, 1, 1).Fault);

    [Theory]
    [InlineData((int)GateFault.SharedIsWritten)]
    [InlineData((int)GateFault.CloseKeepsInside)]
    [InlineData((int)GateFault.CloseKeepsOwner)]
    [InlineData((int)GateFault.BackByWrite)]
    [InlineData((int)GateFault.DisposeFencesItself)]
    [InlineData((int)GateFault.CloseWithoutFence)]
    public void Without_this_it_does_not_close(int fault) =>
        Assert.NotNull(Close(MemoryModel.TotalStoreOrder, 1, (GateFault)fault, disposers: 1).Fault ?? Close(MemoryModel.TotalStoreOrder, Nobody, (GateFault)fault, disposers: 1).Fault);

    /// <summary>Each thread has so many turns, for which it tries until it is let in.</summary>
    private static Exploration TakeTurns(MemoryModel model, int favoured, GateFault fault, params int[] turns)
    {
        Machine machine = new(model);
        GateModel gate = new(machine, favoured, fault);
        foreach (int count in turns)
        {
            Code code = machine.Thread();
            for (int i = 0; i < count; i++)
            {
                Label again = new();
                Label never = new();
                Label done = new();
                code.Mark(again);
                gate.Turn(code, again, never, comesAgain: i == 0);
                code.Goto(done).Mark(never).Note((_, _) => "closed by nobody").Mark(done);
            }
        }
        return new Exploration(machine, end => end[gate.Work] == turns.Sum() ? null : "work was lost");
    }

    /// <summary>Threads that each try to have a turn once, hand over or give up when they are refused, and others that dispose.</summary>
    private static Exploration Close(MemoryModel model, int favoured, GateFault fault, int disposers)
    {
        Machine machine = new(model);
        GateModel gate = new(machine, favoured, fault);
        for (int i = 0; i < 3; i++)
        {
            Code code = machine.Thread();
            Label done = new();
            if (i >= 3 - disposers)
            {
                gate.Dispose(code);
            }
            else
            {
                gate.Turn(code, done, done);
            }
            code.Mark(done);
        }
        return new Exploration(machine, end => gate.IsClosed(end) ? null : "nobody closed it");
    }

    private static void AssertSound(Exploration exploration) => Assert.True(exploration.Fault is null, exploration.Fault);
}
