namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>One thread at a time, whoever comes when; after closing nobody.</summary>
public sealed class TurnGateInterleavings
{
    private const int Nobody = 0;

    public static readonly TheoryData<MemoryModel> Models = [MemoryModel.TotalStoreOrder, MemoryModel.ReleaseOrder];

    [Theory, MemberData(nameof(Models))]
    public void Two_threads_take_turns(MemoryModel model) => AssertSound(TakeTurns(model, Nobody, GateFault.None, 2, 2));

    [Theory, MemberData(nameof(Models))]
    public void Three_threads_come_for_the_first_time(MemoryModel model) => AssertSound(TakeTurns(model, Nobody, GateFault.None, 1, 1, 1));

    [Theory, MemberData(nameof(Models))]
    public void Two_others_come_while_the_favoured_thread_goes_in_and_out(MemoryModel model) => AssertSound(TakeTurns(model, 1, GateFault.None, 2, 1, 1));

    [Theory, MemberData(nameof(Models))]
    public void Disposing_closes_whoever_is_inside(MemoryModel model) => AssertSound(Close(model, 1, GateFault.None, disposers: 1));

    [Theory, MemberData(nameof(Models))]
    public void Disposing_closes_before_anybody_came(MemoryModel model) => AssertSound(Close(model, Nobody, GateFault.None, disposers: 1));

    [Theory, MemberData(nameof(Models))]
    public void Two_that_dispose_close_once(MemoryModel model) => AssertSound(Close(model, 1, GateFault.None, disposers: 2));

    [Theory, MemberData(nameof(Models))]
    public void Everybody_learns_that_it_is_closed(MemoryModel model) => AssertSound(LearnClosing(model, GateFault.None));

    [Theory]
    [InlineData(GateFault.NoSecondLook)]
    [InlineData(GateFault.OwnFenceOnly)]
    [InlineData(GateFault.NoLookInside)]
    [InlineData(GateFault.LeaveByInside)]
    [InlineData(GateFault.LeaveEarly)]
    [InlineData(GateFault.OwnerIsWritten)]
    public void Without_this_turns_overlap_or_never_come(GateFault fault) =>
        Assert.NotNull(TakeTurns(MemoryModel.TotalStoreOrder, 1, fault, 2, 1, 1).Fault);

    [Fact]
    public void Where_writes_overtake_one_another_leaving_has_to_release()
    {
        Assert.NotNull(TakeTurns(MemoryModel.ReleaseOrder, 1, GateFault.LeaveByPlainWrite, 2, 1, 1).Fault);
        AssertSound(TakeTurns(MemoryModel.TotalStoreOrder, 1, GateFault.LeaveByPlainWrite, 2, 1, 1));
    }

    [Theory]
    [InlineData(GateFault.SharedIsWritten)]
    [InlineData(GateFault.CloseKeepsInside)]
    [InlineData(GateFault.CloseKeepsOwner)]
    public void Without_this_somebody_enters_when_it_is_closed_or_waits_for_ever(GateFault fault) =>
        Assert.NotNull(LearnClosing(MemoryModel.TotalStoreOrder, fault).Fault);

    [Theory]
    [InlineData(GateFault.BackByWrite)]
    [InlineData(GateFault.DisposeFencesItself)]
    [InlineData(GateFault.CloseWithoutFence)]
    public void Without_this_it_does_not_close(GateFault fault) =>
        Assert.NotNull(Close(MemoryModel.TotalStoreOrder, 1, fault, disposers: 1).Fault ?? Close(MemoryModel.TotalStoreOrder, Nobody, fault, disposers: 1).Fault);

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

    /// <summary>The favoured thread closes and tries again; the others try again and again.</summary>
    private static Exploration LearnClosing(MemoryModel model, GateFault fault)
    {
        Machine machine = new(model);
        GateModel gate = new(machine, 1, fault) { CountsWork = false };
        for (int i = 0; i < 3; i++)
        {
            Code code = machine.Thread();
            Label again = new();
            Label closed = new();
            if (i == 0)
            {
                Label untilEntered = new();
                code.Mark(untilEntered);
                gate.TryClose(code, untilEntered);
            }
            code.Mark(again);
            gate.Turn(code, again, closed, looksAtClosing: false);
            code.Goto(again).Mark(closed);
        }
        return new Exploration(machine, _ => null);
    }

    private static void AssertSound(Exploration exploration) => Assert.True(exploration.Fault is null, exploration.Fault);
}
