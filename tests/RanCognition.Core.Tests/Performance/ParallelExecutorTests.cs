using FsCheck;
using FsCheck.Fluent;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

/// <summary>The executor beside a plain loop over the same items.</summary>
public class ParallelExecutorTests
{
    private const int SoonMilliseconds = 5_000;

    private static int ThreadsOfProcess => Directory.GetDirectories("/proc/self/task").Length;

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads_or_the_size_of_chunks()
    {
        double[] expected = [.. Enumerable.Range(0, 1000).Select(Value)];
        for (int threads = 1; threads <= 8; threads++)
        {
            foreach (int chunk in new[] { 1, 7, 64, 5000 })
            {
                double[] values = new double[expected.Length];
                ParallelResult result = ParallelExecutor.Run(new ParallelWork { Count = values.Length, Threads = threads, ChunkItems = chunk }, (_, item) => values[item] = Value(item));
                Assert.Equal(expected, values);
                Assert.Equal((1000, 0), (result.Done, result.FailureCount));
            }
        }

        static double Value(int item) => Math.Sin(item) / (1 + item);
    }

    [Fact]
    public void Every_item_runs_once_or_what_the_loop_would_throw_is_thrown() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Count, byte Threads, byte Chunk, byte[] Bad)>(),
        input =>
        {
            (byte count, byte threads, byte chunk, byte[]? bad) = input;
            HashSet<int> failing = [.. (bad ?? []).Select(item => (int)item)];
            int lowest = failing.Where(item => item < count).DefaultIfEmpty(int.MaxValue).Min();
            int[] runs = new int[count];
            ParallelWork work = new() { Count = count, Threads = threads % 9, ChunkItems = 1 + chunk % 20 };
            ParallelResult result = ParallelExecutor.Run(work, (_, item) =>
            {
                Interlocked.Increment(ref runs[item]);
                if (failing.Contains(item))
                {
                    throw new InvalidOperationException($"item {item}");
                }
            });
            Assert.All(runs, times => Assert.InRange(times, 0, 1));
            Assert.All(runs.Take(Math.Min(lowest, count)), times => Assert.Equal(1, times));
            if (lowest == int.MaxValue)
            {
                Assert.Equal(count, result.Done);
                result.ThrowIfFailed();
            }
            else
            {
                Assert.Equal($"item {lowest}", Assert.Throws<InvalidOperationException>(result.ThrowIfFailed).Message);
                Assert.Equal(lowest, result.Failures[0].Item);
                Assert.Equal(runs.Sum(), result.Done + result.FailureCount);
            }
        }));

    [Fact]
    public void The_failure_of_the_lowest_item_is_thrown_also_when_a_higher_one_fails_first()
    {
        for (int round = 0; round < 50; round++)
        {
            using ManualResetEventSlim higherFailed = new();
            ParallelResult result = ParallelExecutor.Run(new ParallelWork { Count = 2, Threads = 2 }, (_, item) =>
            {
                if (item == 1)
                {
                    higherFailed.Set();
                    throw new InvalidOperationException("higher");
                }
                higherFailed.Wait(SoonMilliseconds);
                throw new ArgumentException("lower");
            });
            Assert.Equal("lower", Assert.Throws<ArgumentException>(result.ThrowIfFailed).Message);
            Assert.Equal([0, 1], result.Failures.Select(failure => failure.Item));
        }
    }

    [Fact]
    public void All_failures_are_counted_and_the_lowest_are_kept_when_it_goes_on_after_them()
    {
        for (int threads = 1; threads <= 4; threads++)
        {
            ParallelWork work = new() { Count = 1000, Threads = threads, GoesOnAfterFailures = true };
            ParallelResult result = ParallelExecutor.Run(work, (_, item) =>
            {
                if (item % 2 == 1)
                {
                    throw new InvalidOperationException($"{item}");
                }
            });
            Assert.Equal((500, 500), (result.Done, result.FailureCount));
            Assert.Equal(Enumerable.Range(0, ParallelResult.FailuresMax).Select(i => 2 * i + 1), result.Failures.Select(failure => failure.Item));
            Assert.All(result.Failures, failure => Assert.Equal($"{failure.Item}", failure.Error.Message));
        }
    }

    [Fact]
    public void Progress_runs_on_the_calling_thread_and_what_it_throws_stops_the_others_soon()
    {
        int caller = Environment.CurrentManagedThreadId;
        int begun = 0;
        ParallelWork work = new()
        {
            Count = 1_000_000,
            Threads = 4,
            Progress = done =>
            {
                Assert.Equal(caller, Environment.CurrentManagedThreadId);
                if (done >= 8)
                {
                    throw new OperationCanceledException("enough");
                }
            },
        };
        OperationCanceledException error = Assert.Throws<OperationCanceledException>(() => ParallelExecutor.Run(work, (_, _) =>
        {
            Interlocked.Increment(ref begun);
            Thread.Sleep(1);
        }));
        Assert.Equal("enough", error.Message);
        Assert.InRange(begun, 8, 100_000);
    }

    [Fact]
    public void Progress_reaches_the_end_when_other_threads_did_all_the_work()
    {
        List<int> told = [];
        ParallelWork work = new() { Count = 4, Threads = 2, Progress = told.Add };
        ParallelExecutor.Run(work, (_, _) => { }, thread =>
        {
            thread.Start();
            thread.Join();
        });
        Assert.Equal([4], told);
    }

    [Fact]
    public void Progress_is_asked_while_the_calling_thread_waits_for_the_last_items_of_others()
    {
        using CancellationTokenSource asked = new();
        int caller = Environment.CurrentManagedThreadId;
        int othersWait = 0;
        ParallelWork work = new()
        {
            Count = 2,
            Threads = 2,
            Progress = _ =>
            {
                if (Volatile.Read(ref othersWait) == 1)
                {
                    asked.Cancel();
                }
            },
        };
        ParallelResult result = ParallelExecutor.Run(work, (_, _) =>
        {
            if (Environment.CurrentManagedThreadId != caller)
            {
                Volatile.Write(ref othersWait, 1);
                Assert.True(asked.Token.WaitHandle.WaitOne(SoonMilliseconds), "progress was not asked");
            }
            else
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref othersWait) == 1, SoonMilliseconds);
            }
        });
        result.ThrowIfFailed();
        Assert.Equal(2, result.Done);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancelled_token_stops_all_threads_soon(int threads)
    {
        using CancellationTokenSource source = new();
        int begun = 0;
        ParallelWork work = new() { Count = 1_000_000, Threads = threads, ChunkItems = 1000, Cancellation = source.Token };
        OperationCanceledException error = Assert.Throws<OperationCanceledException>(() => ParallelExecutor.Run(work, (_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 20)
            {
                source.Cancel();
            }
            Thread.Sleep(1);
        }));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.InRange(begun, 20, 20 + 2 * threads);
    }

    [Fact]
    public void A_token_that_is_cancelled_before_lets_no_item_run()
    {
        ParallelWork work = new() { Count = 10, Threads = 3, Cancellation = new CancellationToken(true) };
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelExecutor.Run(work, (_, _) => Assert.Fail("an item ran")));
    }

    [Fact]
    public void One_thread_is_the_calling_one_and_no_other_is_started()
    {
        int caller = Environment.CurrentManagedThreadId;
        ParallelWork work = new() { Count = 100 };
        ParallelExecutor.Run(
            work,
            (worker, _) =>
            {
                Assert.Equal(0, worker);
                Assert.Equal(caller, Environment.CurrentManagedThreadId);
            },
            _ => Assert.Fail("a thread was started")).ThrowIfFailed();
    }

    [Fact]
    public void No_more_threads_are_started_than_there_are_chunks()
    {
        int started = 0;
        ParallelWork work = new() { Count = 100, Threads = 50, ChunkItems = 40 };
        ParallelExecutor.Run(work, (_, _) => { }, thread =>
        {
            started++;
            thread.Start();
        });
        Assert.Equal(2, started);   // with the calling one, three for 40 + 40 + 20
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void When_a_thread_cannot_be_started_those_that_were_do_all_the_work(int startable)
    {
        int started = 0;
        int[] runs = new int[500];
        ParallelWork work = new() { Count = runs.Length, Threads = 8 };
        ParallelResult result = ParallelExecutor.Run(work, (_, item) => Interlocked.Increment(ref runs[item]), thread =>
        {
            if (started == startable)
            {
                throw new OutOfMemoryException();
            }
            started++;
            thread.Start();
        });
        Assert.Equal(500, result.Done);
        Assert.All(runs, times => Assert.Equal(1, times));
    }

    [Fact]
    public void When_the_start_fails_in_another_way_the_started_threads_end_before_it_is_thrown()
    {
        int running = 0;
        ParallelWork work = new() { Count = 1_000_000, Threads = 3 };
        Assert.Throws<InvalidOperationException>(() => ParallelExecutor.Run(
            work,
            (_, _) =>
            {
                Interlocked.Increment(ref running);
                Thread.Sleep(2);
                Interlocked.Decrement(ref running);
            },
            thread =>
            {
                if (Volatile.Read(ref running) > 0)
                {
                    throw new InvalidOperationException();
                }
                thread.Start();
                SpinWait.SpinUntil(() => Volatile.Read(ref running) > 0, SoonMilliseconds);
            }));
        Assert.Equal(0, running);
    }

    [Fact]
    public void The_threads_are_gone_after_the_call()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        ParallelWork work = new() { Count = 64, Threads = 32 };
        for (int round = 0; round < 20; round++)
        {
            List<Thread> threads = [];
            ParallelExecutor.Run(work, (_, _) => Thread.Sleep(1), thread =>
            {
                threads.Add(thread);
                thread.Start();
            });
            Assert.Equal(31, threads.Count);
            Assert.All(threads, thread => Assert.False(thread.IsAlive));
        }
        // 620 threads came; what the test runner itself starts meanwhile is far fewer.
        int before = ThreadsOfProcess;
        Assert.True(before < 300, $"{before} threads");
    }

    [Fact]
    public void Nothing_to_do_is_done_at_once()
    {
        ParallelResult result = ParallelExecutor.Run(new ParallelWork { Count = 0, Threads = 8 }, (_, _) => Assert.Fail("an item ran"));
        Assert.Equal((0, 0), (result.Done, result.FailureCount));
        result.ThrowIfFailed();
    }
}
