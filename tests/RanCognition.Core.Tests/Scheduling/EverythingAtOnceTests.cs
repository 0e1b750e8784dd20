using System.Collections.Concurrent;
using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>Eight threads that call all there is while one runs: the counts add up, no id comes twice, nothing runs that was cancelled, all data is freed.</summary>
public sealed class EverythingAtOnceTests
{
    private const int Callers = 8;
    private const int CallsEach = 400;
    private static readonly TaskSpec Plain = TestedScheduler.Plain;

    [Theory]
    [InlineData(TimeMode.Real, 100_000)]
    [InlineData(TimeMode.Real, 300)]
    [InlineData(TimeMode.Virtual, 2000)]
    public void Everything_adds_up(TimeMode mode, int capacity)
    {
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(Stress.Seconds / 3);
        int seed = 0;
        do
        {
            new Round(mode, capacity).Play(seed++);
        }
        while (DateTime.UtcNow < end);
    }

    private sealed class Round
    {
        private readonly NanoScheduler _core;
        private readonly uint _handler;
        private readonly ConcurrentDictionary<ulong, bool> _given = [];
        private readonly ConcurrentDictionary<ulong, bool> _cancelled = [];
        private string? _fault;
        private int _callers = Callers;
        private ulong _handlerIds;

        public Round(TimeMode mode, int capacity)
        {
            _core = new NanoScheduler(new SchedulerOptions { Mode = mode, CapacityTasks = (uint)capacity }, new WorkerHost(null));
            _handler = _core.RegisterHandler("run", new CallHandler(Run));
        }

        public void Play(int seed)
        {
            var group = new ThreadGroup();
            for (int i = 0; i < Callers; i++)
            {
                int caller = i;
                group.Start(() =>
                {
                    try
                    {
                        Call(new Random((seed * Callers) + caller));
                    }
                    finally
                    {
                        Interlocked.Decrement(ref _callers);
                    }
                });
            }
            while (Volatile.Read(ref _callers) != 0)
            {
                try
                {
                    _core.Run(ulong.MaxValue, () => Volatile.Read(ref _callers) == 0);
                }
                catch (BusyException)
                {
                    Thread.Yield();   // another one executes
                }
            }
            group.Join();
            Assert.True(_fault is null, _fault);
            AssertCounts();
            foreach (ulong id in _core.Snapshot().Tasks.Select(task => task.SeriesId != 0 ? task.SeriesId : task.Id))
            {
                _core.CancelTask(id);
            }
            AssertCounts();
            QueueStatus status = _core.GetQueueStatus();
            Assert.Equal((0ul, 0ul, 0ul), (status.PendingTasks, status.DataBytes, status.WaitingTasks));
            Assert.Equal(ulong.MaxValue, _core.GetNextExecutionTime());
            _core.Dispose();
        }

        private void AssertCounts()
        {
            QueueStatus status = _core.GetQueueStatus();
            SchedulerMetrics metrics = status.PerformanceMetrics;
            Assert.Equal(0u, status.ActiveTasks);
            Assert.Equal(metrics.TasksScheduled, metrics.TasksExecuted + metrics.TasksCancelled + status.PendingTasks);
        }

        private int Run(ulong id, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
        {
            if (_cancelled.ContainsKey(id))
            {
                _fault = $"{id} ran after it was cancelled";
            }
            foreach (byte value in data)
            {
                _fault ??= value == (byte)data.Length ? null : $"the data of {id} has changed";
            }
            if (id % 16 == 0 && ++_handlerIds < 10_000)
            {
                Swallow(() => Give(_core.ScheduleTask(Now(500), 1, Plain, [1])));
            }
            return id % 5 == 0 ? 1 : 0;
        }

        private ulong Now(int spread) => _core.GetQueueStatus().CurrentTime + (ulong)Random.Shared.Next(spread);

        private void Call(Random random)
        {
            List<ulong> own = [];
            for (int i = 0; i < CallsEach; i++)
            {
                int kind = random.Next(16);
                ulong some = own.Count == 0 ? 0 : own[random.Next(own.Count)];
                Swallow(() => Call(kind, random, own, some));
            }
        }

        private void Call(int kind, Random random, List<ulong> own, ulong some)
        {
            ulong time = random.Next(4) == 0 ? ulong.MaxValue - 1 : NanoClock.NowNanoseconds() + (ulong)random.Next(20_000);
            byte[] data = new byte[random.Next(20)];
            Array.Fill(data, (byte)data.Length);
            switch (kind)
            {
                case 0 or 1 or 2:
                    own.Add(Give(_core.ScheduleTask(time, (byte)random.Next(4), Plain, data)));
                    break;
                case 3:
                    own.Add(Give(_core.ScheduleTask(time, 0, Plain with { After = some == 0 ? [] : [some], DeadlineNs = 1000, DropLate = true }, data)));
                    break;
                case 4:
                    own.Add(Give(_core.ScheduleTask(time, 0, Plain with { Retry = new RetryPolicy(3, 100, 2, 1000) }, data)));
                    break;
                case 5:
                    own.Add(Give(_core.ScheduleRecurringTask(1 + (ulong)random.Next(5000), 0, Plain, data, 1 + (uint)random.Next(20))));
                    break;
                case 6:
                    ulong[] ids = new ulong[random.Next(40)];
                    _core.ScheduleBatch([.. ids.Select((_, n) => Batched(time, n % 7 == 6))], ids);
                    Array.ForEach(ids, id => Give(id));
                    own.AddRange(ids);
                    break;
                case 7:
                    ulong[] plain = new ulong[random.Next(100)];
                    _core.ScheduleBatch([.. plain.Select(_ => Batched(time, false))], plain);
                    Array.ForEach(plain, id => Give(id));
                    own.AddRange(plain);
                    break;
                case 8 or 9 or 10:
                    _core.CancelTask(some);
                    _cancelled[some] = true;   // of a series the first id, which may have run before
                    break;
                case 11:
                    _core.RescheduleTask(some, time);
                    break;
                case 12:
                    _core.GetNextExecutionTime();
                    break;
                case 13:
                    QueueStatus status = _core.GetQueueStatus();
                    Assert.True(status.PendingTasks <= status.Capacity, $"{status.PendingTasks} pending");
                    break;
                case 14:
                    _core.AdvanceTime((ulong)random.Next(100));
                    break;
                default:
                    _ = random.Next(4) == 0 ? (ulong)_core.Snapshot().Tasks.Count : _core.ExecuteReadyBatch(5, []);
                    break;
            }
        }

        private BatchTask Batched(ulong time, bool recurs) => new()
        {
            StructSize = 40,
            Handler = _handler,
            ExecuteTime = time,
            Interval = recurs ? 100ul : 0,
            MaxExecutions = recurs ? 3u : 0,
        };

        private ulong Give(ulong id)
        {
            Assert.True(id != 0 && _given.TryAdd(id, true), $"{id} was given twice");
            return id;
        }

        private static void Swallow(Action call)
        {
            try
            {
                call();
            }
            catch (Exception refusal) when (refusal is NotFoundException or LimitExceededException or BusyException or InvalidInputException)
            {
                // As it may be: the task has run, the queue is full, another thread runs it.
            }
        }
    }
}
