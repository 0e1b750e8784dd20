namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>What is in the table and what is posted never exceed the capacity, though the owner claims room without a fence.</summary>
public sealed class CapacityInterleavings
{
    // Small, so that every order can be tried: the owner's writes on their way stay within CloseToFull, as they do with the true numbers.
    private const int Capacity = 5;
    private const int CloseToFull = 2;

    [Flags]
    public enum Fault
    {
        None = 0,

        /// <summary>NanoScheduler.ClaimLastRoom: a fence in the own thread only.</summary>
        OwnFenceOnly = 1,

        /// <summary>ClaimRoom: what is not close to full begins at the limit itself.</summary>
        NothingIsClose = 2,

        /// <summary>RequireRoom: looks at what is posted before it claims.</summary>
        LooksBeforeClaiming = 4,

        /// <summary>RequireRoom: a large claim without a fence.</summary>
        LargeWithoutFence = 8,

        /// <summary>ReadPost: a task is counted off the posted before it is counted into the table.</summary>
        InNoneForAMoment = 16,

        /// <summary>ClaimRoom: looks at the owner's count before it claims.</summary>
        PostsBeforeClaiming = 32,
    }

    [Theory]
    [InlineData(MemoryModel.TotalStoreOrder)]
    [InlineData(MemoryModel.ReleaseOrder)]
    public void The_capacity_is_never_exceeded(MemoryModel model)
    {
        foreach (Action<Owner> program in (Action<Owner>[])[SmallClaims, LargeClaim, ReadsPost])
        {
            Exploration exploration = Explore(model, Fault.None, program);
            Assert.True(exploration.Fault is null, exploration.Fault);
        }
    }

    [Theory]
    [InlineData(Fault.OwnFenceOnly)]
    [InlineData(Fault.NothingIsClose)]
    [InlineData(Fault.LooksBeforeClaiming)]
    [InlineData(Fault.PostsBeforeClaiming)]
    public void Without_this_small_claims_exceed_it(Fault fault) => Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, fault, SmallClaims).Fault);

    [Fact]
    public void Without_its_fence_a_large_claim_exceeds_it() => Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, Fault.LargeWithoutFence, LargeClaim).Fault);

    [Fact]
    public void Counted_nowhere_a_task_that_is_read_lets_another_exceed_it() =>
        Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, Fault.InNoneForAMoment, ReadsPost).Fault);

    private static void SmallClaims(Owner owner)
    {
        owner.Claim(1, isLarge: false);
        owner.Claim(1, isLarge: false);
    }

    private static void LargeClaim(Owner owner) => owner.Claim(3, isLarge: true);

    private static void ReadsPost(Owner owner)
    {
        owner.Claim(1, isLarge: false);
        owner.ReadPost();
        owner.Remove();
        owner.ReadPost();
        owner.Claim(1, isLarge: false);
    }

    /// <summary>The owner's program, and two that post: one two tasks, one two and then one.</summary>
    private static Exploration Explore(MemoryModel model, Fault fault, Action<Owner> program)
    {
        Machine machine = new(model);
        Cells cells = new(machine.Cell("count", 1), machine.Cell("posted"), machine.Cell("box"), machine.Cell("(pending)", 1));
        program(new Owner(machine.Thread(), cells, fault));
        Code first = machine.Thread();
        Post(first, cells, fault, 2);
        Code second = machine.Thread();
        Post(second, cells, fault, 2);
        Post(second, cells, fault, 1);
        return new Exploration(machine, end => end[cells.Count] + end[cells.Posted] == end[cells.Pending] ? null : "the counts do not add up");
    }

    /// <summary>NanoScheduler.ClaimRoom and ClaimLastRoom, then the put.</summary>
    private static void Post(Code code, Cells cells, Fault fault, int tasks)
    {
        int posted = code.Local();
        int seen = code.Local();
        int count = code.Local();
        Label admitted = new();
        Label refused = new();
        bool looksFirst = fault == Fault.PostsBeforeClaiming;
        if (looksFirst)
        {
            code.Read(count, cells.Count);
        }
        code.AddTo(posted, cells.Posted, _ => tasks);
        if (!looksFirst)
        {
            code.Read(count, cells.Count);
        }
        int close = fault == Fault.NothingIsClose ? 0 : CloseToFull;
        code.If(l => l[posted] + l[count] <= Capacity - close, admitted);
        _ = fault == Fault.OwnFenceOnly ? code.Fence() : code.BarrierInAll();
        code.Read(seen, cells.Posted);
        if (!looksFirst)
        {
            code.Read(count, cells.Count);
        }
        code.If(l => Math.Min(l[posted], l[seen]) + l[count] <= Capacity, admitted)
            .AddTo(seen, cells.Posted, _ => -tasks)
            .Goto(refused)
            .Mark(admitted).Note(cells.Admit(tasks))
            .AddTo(seen, cells.Box, _ => tasks)   // PostBox.TryPut
            .Mark(refused).Set(posted, _ => 0).Set(seen, _ => 0).Set(count, _ => 0);
    }

    private sealed record Cells(int Count, int Posted, int Box, int Pending)
    {
        public Note Admit(int tasks) => (cells, _) => (cells[Pending] += (sbyte)tasks) > Capacity ? "the capacity is exceeded" : null;
    }

    private sealed class Owner(Code code, Cells cells, Fault fault)
    {
        private readonly int _count = code.Local();
        private readonly int _seen = code.Local();

        /// <summary>NanoScheduler.RequireRoom.</summary>
        public void Claim(int tasks, bool isLarge)
        {
            Label done = new();
            Label refused = new();
            bool looksFirst = fault == Fault.LooksBeforeClaiming;
            if (looksFirst)
            {
                code.Read(_seen, cells.Posted);
            }
            code.Read(_count, cells.Count).Set(_count, l => l[_count] + tasks).Write(cells.Count, l => l[_count]);
            if (isLarge && fault != Fault.LargeWithoutFence)
            {
                code.Fence();
            }
            if (!looksFirst)
            {
                code.Read(_seen, cells.Posted);
            }
            code.If(l => l[_count] + l[_seen] > Capacity, refused)
                .Note(cells.Admit(tasks))
                .Goto(done)
                .Mark(refused).Write(cells.Count, l => l[_count] - tasks)
                .Mark(done);
            Forget();
        }

        /// <summary>NanoScheduler.ReadPost.</summary>
        public void ReadPost()
        {
            int left = code.Local();
            Label next = new();
            Label done = new();
            code.Exchange(left, cells.Box, 0)
                .Mark(next).If(l => l[left] == 0, done).Set(left, l => l[left] - 1);
            if (fault == Fault.InNoneForAMoment)
            {
                code.AddTo(_seen, cells.Posted, _ => -1).Read(_count, cells.Count).PlainWrite(cells.Count, l => l[_count] + 1);
            }
            else
            {
                code.Read(_count, cells.Count).PlainWrite(cells.Count, l => l[_count] + 1).AddTo(_seen, cells.Posted, _ => -1);
            }
            code.Goto(next).Mark(done);
            Forget();
        }

        /// <summary>TaskTable.Remove.</summary>
        public void Remove()
        {
            code.Read(_count, cells.Count).PlainWrite(cells.Count, l => l[_count] - 1).Note((state, _) =>
            {
                state[cells.Pending]--;
                return null;
            });
            Forget();
        }

        private void Forget() => code.Set(_count, _ => 0).Set(_seen, _ => 0);
    }
}
