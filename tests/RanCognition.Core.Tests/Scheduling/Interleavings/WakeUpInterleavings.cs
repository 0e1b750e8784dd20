namespace RanCognition.Tests.Scheduling.Interleavings;

/// <summary>The runner does not sleep on when an earlier task was posted, or the closing asked for. Here nothing ends a sleep but a ring.</summary>
public sealed class WakeUpInterleavings
{
    // Due times: the runner's next task, and two that are posted.
    private const int Due = 2;
    private const int Earlier = 1;
    private const int Later = 3;

    [Flags]
    public enum Fault
    {
        None = 0,

        /// <summary>NanoScheduler.WaitUntil: no fence between _sleepsUntil and the look into the box.</summary>
        NoFence = 1,

        /// <summary>WaitUntil: no look into the box after _sleepsUntil was written.</summary>
        NoLastLook = 2,

        /// <summary>PostBox.TakeAll: reads and writes, where it has to exchange.</summary>
        TakesByWrite = 4,

        /// <summary>NanoScheduler.Post: _sleepsUntil is read before the post is in the box.</summary>
        ReadsSleepBeforePut = 8,

        /// <summary>Alarm.Ring: only wakes, without leaving word for a sleep that has not begun.</summary>
        RingsWithoutWord = 16,

        /// <summary>Alarm.Sleep: forgets what was rung before the sleep, not after it.</summary>
        ForgetsBeforeSleep = 32,

        /// <summary>Dispose: does not ring.</summary>
        DisposesSilently = 64,
    }

    [Theory]
    [InlineData(MemoryModel.TotalStoreOrder)]
    [InlineData(MemoryModel.ReleaseOrder)]
    public void No_earlier_task_is_slept_over(MemoryModel model)
    {
        foreach ((int first, int second) in ((int, int)[])[(Earlier, Earlier), (Later, Earlier), (Earlier, Later)])
        {
            Exploration exploration = Explore(model, Fault.None, first, second, disposes: false);
            Assert.True(exploration.Fault is null, exploration.Fault);
        }
    }

    [Theory]
    [InlineData(MemoryModel.TotalStoreOrder)]
    [InlineData(MemoryModel.ReleaseOrder)]
    public void No_closing_is_slept_over(MemoryModel model)
    {
        Exploration exploration = Explore(model, Fault.None, Later, Earlier, disposes: true);
        Assert.True(exploration.Fault is null, exploration.Fault);
    }

    [Theory]
    [InlineData(Fault.NoFence)]
    [InlineData(Fault.NoLastLook)]
    [InlineData(Fault.TakesByWrite)]
    [InlineData(Fault.ReadsSleepBeforePut)]
    [InlineData(Fault.RingsWithoutWord)]
    [InlineData(Fault.ForgetsBeforeSleep)]
    public void Without_this_a_task_is_slept_over(Fault fault) =>
        Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, fault, Later, Earlier, disposes: false).Fault);

    [Theory]
    [InlineData(Fault.RingsWithoutWord)]
    [InlineData(Fault.DisposesSilently)]
    public void Without_this_a_closing_is_slept_over(Fault fault) =>
        Assert.NotNull(Explore(MemoryModel.TotalStoreOrder, fault, Later, Later, disposes: true).Fault);

    private static Exploration Explore(MemoryModel model, Fault fault, int first, int second, bool disposes)
    {
        bool Has(Fault one) => (fault & one) != 0;
        Machine machine = new(model);
        int head = machine.Cell("head");   // a bit for each post
        int sleepsUntil = machine.Cell("sleepsUntil");
        int rung = machine.Cell("rung");
        int closing = machine.Cell("closing");
        int executed = machine.Cell("(executed)");   // a bit for each post

        Code runner = machine.Thread();
        Run(runner);
        for (int i = 0; i < 2; i++)
        {
            Code poster = machine.Thread();
            if (disposes && i == 0)
            {
                Dispose(poster);
            }
            else
            {
                Post(poster, 1 << i, i == 0 ? first : second);
            }
        }
        int early = (!disposes && first < Due ? 1 : 0) | (second < Due ? 2 : 0);
        return new Exploration(
            machine,
            state => disposes && state.IsAsleep(runner) ? "the closing is slept over" : !disposes && (state[executed] & early) != early ? "an earlier task is slept over" : null);

        // NanoScheduler.RunReal, TryTakeReady, WaitUntil and Alarm.Sleep; it ends when it is closing.
        void Run(Code code)
        {
            int seen = code.Local();
            int taken = code.Local();
            Label loop = new();
            Label noPost = new();
            Label awake = new();
            Label stay = new();
            Label end = new();
            code.Mark(loop).Read(seen, closing).If(l => l[seen] != 0, end)   // while (!stop() && !_closing)
                .Read(seen, head).If(l => l[seen] == 0, noPost);             // if (_post.HasPost) ReadPost(), and what is due by then is executed
            _ = Has(Fault.TakesByWrite) ? code.Set(taken, l => l[seen]).Write(head, 0) : code.Exchange(taken, head, 0);
            code.Note((cells, l) =>
                {
                    cells[executed] += l[taken];
                    return null;
                })
                .Mark(noPost).Set(taken, _ => 0)
                .Write(sleepsUntil, Due);
            if (!Has(Fault.NoFence))
            {
                code.Fence();
            }
            if (!Has(Fault.NoLastLook))
            {
                code.Read(seen, head).If(l => l[seen] != 0, awake);
            }
            code.Read(seen, closing).If(l => l[seen] != 0, awake);   // without this too the alarm, once rung, would be remembered
            if (Has(Fault.ForgetsBeforeSleep))
            {
                code.Write(rung, 0);
            }
            code.Read(seen, rung).If(l => l[seen] != 0, stay)
                .FutexWait(rung)
                .Mark(stay);
            if (!Has(Fault.ForgetsBeforeSleep))
            {
                code.Write(rung, 0);
            }
            code.Mark(awake).Set(seen, _ => 0)
                .Write(sleepsUntil, 0)
                .Goto(loop)
                .Mark(end);
        }

        // NanoScheduler.Post, PostBox.TryPut, WakeFor.
        void Post(Code code, int bit, int due)
        {
            int seen = code.Local();
            int until = code.Local();
            Label again = new();
            Label sleeps = new();
            if (Has(Fault.ReadsSleepBeforePut))
            {
                code.Read(until, sleepsUntil);
            }
            int expected = code.Local();
            code.Read(seen, head)
                .Mark(again).Set(expected, l => l[seen])
                .CompareExchange(seen, head, l => l[expected] + bit, l => l[expected]).If(l => l[seen] != l[expected], again);
            if (!Has(Fault.ReadsSleepBeforePut))
            {
                code.Read(until, sleepsUntil);
            }
            code.If(l => l[until] <= due, sleeps);
            Ring(code);
            code.Mark(sleeps).Set(seen, _ => 0).Set(expected, _ => 0).Set(until, _ => 0);
        }

        // NanoScheduler.Dispose.
        void Dispose(Code code)
        {
            code.Write(closing, 1).BarrierInAll();
            if (!Has(Fault.DisposesSilently))
            {
                Ring(code);
            }
        }

        // Alarm.Ring.
        void Ring(Code code)
        {
            int before = code.Local();
            Label rang = new();
            if (!Has(Fault.RingsWithoutWord))
            {
                code.Exchange(before, rung, 1).If(l => l[before] != 0, rang);
            }
            code.FutexWake(rung).Mark(rang).Set(before, _ => 0);
        }
    }
}
