using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace RanCognition.Performance;

/// <summary>
/// Runs independent items on several threads that end with the call. Threads take the items in order, so whatever their number: results go where the item says, and
/// when an item fails all items before it have run.
/// </summary>
public static class ParallelExecutor
{
    // What analyses need; the default of a thread can be far smaller when the host set it so.
    private const int StackBytes = 1 << 20;

    // The calling thread reports at least this often while it waits for the others.
    private const int ReportMilliseconds = 5;

    /// <summary>Calls body(worker, item) for every item, worker 0 being the calling thread. Throws only what stopped the run as a whole: progress, or the cancellation.</summary>
    public static ParallelResult Run(ParallelWork work, Action<int, int> body) => Run(work, body, static thread => thread.Start());

    internal static ParallelResult Run(ParallelWork work, Action<int, int> body, Action<Thread> start)
    {
        Debug.Assert(work.Count >= 0 && work.ChunkItems >= 1, "a run has items, taken at least one at a time");
        int threads = Math.Clamp(work.Threads, 1, Math.Max(1, (int)(((long)work.Count + work.ChunkItems - 1) / work.ChunkItems)));
        Session session = new(work, body);
        List<Thread> helpers = new(threads - 1);
        try
        {
            for (int worker = 1; worker < threads; worker++)
            {
                int number = worker;
                Thread thread = new(() => session.Work(number), StackBytes) { IsBackground = true };
                try
                {
                    start(thread);
                }
                catch (OutOfMemoryException)   // the host's thread limit: go on with those that started
                {
                    break;
                }
                helpers.Add(thread);
            }
            session.Work(0);
        }
        catch (Exception error)   // of the start; the helpers must not outlive the call
        {
            session.Stop(error);
        }
        foreach (Thread thread in helpers)
        {
            while (!thread.Join(ReportMilliseconds))
            {
                session.Report();
            }
        }
        session.ReportEnd();
        return session.Result();
    }

    private sealed class Session(ParallelWork work, Action<int, int> body)
    {
        private readonly Lock _gate = new();
        private readonly SortedList<int, Exception> _failures = [];
        private long _next;
        private int _done;
        private int _failureCount;

        // No item beyond is run any more.
        private int _last = int.MaxValue;

        // What the calling thread reported last; only it looks at this.
        private int _reported;

        private Exception? _stopped;

        public void Work(int worker)
        {
            int first;
            while (Volatile.Read(ref _stopped) is null && (first = Take()) < work.Count)
            {
                int end = (int)Math.Min((long)first + work.ChunkItems, work.Count);
                for (int item = first; item < end && item <= Volatile.Read(ref _last); item++)
                {
                    if (work.Cancellation.IsCancellationRequested)
                    {
                        Stop(new OperationCanceledException("cancelled by the caller", work.Cancellation));
                    }
                    if (Volatile.Read(ref _stopped) is not null)
                    {
                        return;
                    }
                    RunItem(worker, item);
                }
                if (worker == 0)
                {
                    Report();
                }
            }
        }

        public void Report()
        {
            if (work.Progress is null || Volatile.Read(ref _stopped) is not null)
            {
                return;
            }
            try
            {
                _reported = Volatile.Read(ref _done);
                work.Progress(_reported);
            }
            catch (Exception error)
            {
                Stop(error);
            }
        }

        /// <summary>Others may have done the last items, or all, since the last report.</summary>
        public void ReportEnd()
        {
            if (_reported != _done)
            {
                Report();
            }
        }

        public void Stop(Exception reason) => Interlocked.CompareExchange(ref _stopped, reason, null);

        public ParallelResult Result()
        {
            if (_stopped is not null)
            {
                ExceptionDispatchInfo.Throw(_stopped);
            }
            return new ParallelResult(_done, _failureCount, [.. _failures.Select(failure => new ItemFailure(failure.Key, failure.Value))]);
        }

        // A long, so that threads that find nothing left cannot turn it over; items past one that failed are not taken.
        private int Take()
        {
            long first = Interlocked.Add(ref _next, work.ChunkItems) - work.ChunkItems;
            return first > Volatile.Read(ref _last) ? int.MaxValue : (int)Math.Min(first, int.MaxValue);
        }

        private void RunItem(int worker, int item)
        {
            try
            {
                body(worker, item);
                Interlocked.Increment(ref _done);
            }
            catch (Exception error)
            {
                Fail(item, error);
            }
        }

        private void Fail(int item, Exception error)
        {
            lock (_gate)
            {
                _failureCount++;
                _failures.Add(item, error);
                if (_failures.Count > ParallelResult.FailuresMax)
                {
                    _failures.RemoveAt(ParallelResult.FailuresMax);
                }
                if (!work.GoesOnAfterFailures)
                {
                    Volatile.Write(ref _last, Math.Min(_last, item));
                }
            }
        }
    }
}
