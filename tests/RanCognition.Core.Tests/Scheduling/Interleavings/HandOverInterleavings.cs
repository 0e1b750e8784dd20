namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>A call that is handed over is made once, or never and its caller told so: by the data of a task that was not scheduled the caller frees it.</summary>
public sealed class HandOverInterleavings
{
    public static readonly TheoryData<MemoryModel, bool> Models = new()
    {
        { MemoryModel.TotalStoreOrder, true },
        { MemoryModel.TotalStoreOrder, false },
        { MemoryModel.ReleaseOrder, true },
        { MemoryModel.ReleaseOrder, false },
    };

    [Theory, MemberData(nameof(Models))]
    public void A_call_is_made_once_or_refused(MemoryModel model, bool ownerIsFavoured)
    {
        Exploration exploration = Explore(model, ownerIsFavoured, looksAgain: true, closesBox: true);
        Assert.True(exploration.Fault is null, exploration.Fault);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Without_this_it_is_made_and_refused_or_its_post_is_left(bool looksAgain, bool closesBox) =>
        Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, true, looksAgain, closesBox).Fault);

    /// <summary>One hands a call over, one has a turn, one disposes. NanoScheduler.HandOver, ReadPost and TryClose, PostBox.TryPut, TakeAll and Close.</summary>
    private static Exploration Explore(MemoryModel model, bool ownerIsFavoured, bool looksAgain, bool closesBox)
    {
        const int Empty = 0;
        const int Closed = 1;
        const int Posted = 2;
        Machine machine = new(model);
        int head = machine.Cell("head");
        int done = machine.Cell("done");
        int made = machine.Cell("(made)");
        int told = machine.Cell("(told)");
        void ReadPost(Code code)
        {
            int seen = code.Local();
            Label none = new();
            code.Read(seen, head).If(l => l[seen] == Empty, none)   // HasPost
                .Exchange(seen, head, Empty).If(l => l[seen] != Posted, none)
                .Note((cells, _) => cells[made]++ != 0 ? "made twice" : null)   // HandedCall.Make
                .Write(done, 1)
                .Mark(none).Set(seen, _ => 0);
        }
        void ClosePost(Code code)
        {
            int seen = code.Local();
            code.Exchange(seen, head, closesBox ? Closed : Empty).Set(seen, _ => 0);
        }
        GateModel gate = new(machine, ownerIsFavoured ? 1 : 2, GateFault.None) { OnEntering = ReadPost, OnClosing = ClosePost };

        Code owner = machine.Thread();
        Label ownerEnds = new();
        gate.Turn(owner, ownerEnds, ownerEnds);
        owner.Mark(ownerEnds);

        Code caller = machine.Thread();
        int seen = caller.Local();
        Label refused = new();
        Label wait = new();
        Label disposed = new();
        Label result = new();
        Label end = new();
        caller.Read(seen, head).If(l => l[seen] == Closed, refused)
            .CompareExchange(seen, head, Posted, Empty).If(l => l[seen] == Closed, refused)
            .Mark(wait).Read(seen, done).If(l => l[seen] != 0, result);
        gate.Turn(caller, wait, disposed);
        caller.Goto(wait).Mark(disposed);
        if (looksAgain)
        {
            caller.Read(seen, done).If(l => l[seen] != 0, result);   // catch .. when (handed.IsDone)
        }
        caller.Mark(refused).Note(Tell(2)).Goto(end)
            .Mark(result).Note(Tell(1))
            .Mark(end).Set(seen, _ => 0);
        Note Tell(int what) => (cells, _) =>
        {
            cells[told] = (sbyte)what;
            return null;
        };

        gate.Dispose(machine.Thread());
        return new Exploration(machine, state => state[told] - 1 == state[made] ? "made and refused, or neither"
            : !gate.IsClosed(state) ? "nobody closed it"
            : state[head] == Posted ? "a post was left"
            : null);
    }
}
