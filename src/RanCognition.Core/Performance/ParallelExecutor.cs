namespace RanCognition.Performance;

/// <summary>Runs independent items on several threads that end with the call. Each item is taken by one thread; results go where the item says.</summary>
public static class ParallelExecutor
{
    // What analyses need; the default of a thread can be far smaller when the host set it so.
    private const int StackBytes = 1 << 20;

    /// <summary>
    /// Calls body(worker, item) for items 0..count-1, worker 0 being the calling thread. between() is called on the calling thread only, between its
    /// items; what it throws stops the others and is rethrown here.
    /// </summary>
    public static void Run(int count, int threads, Action<int, int> body, Action<int> between)
    {
        threads = Math.Clamp(threads, 1, Math.Max(1, count));
        int next = 0;
        int done = 0;
        Exception? failure = null;

        void Work(int worker)
        {
            try
            {
                int item;
                while (Volatile.Read(ref failure) is null && (item = Interlocked.Increment(ref next) - 1) < count)
                {
                    body(worker, item);
                    int finished = Interlocked.Increment(ref done);
                    if (worker == 0)
                    {
                        between(finished);
                    }
                }
            }
            catch (Exception error)
            {
                Interlocked.CompareExchange(ref failure, error, null);
            }
        }

        List<Thread> helpers = [];
        for (int worker = 1; worker < threads; worker++)
        {
            int number = worker;
            Thread thread = new(() => Work(number), StackBytes) { IsBackground = true };
            try
            {
                thread.Start();
            }
            catch (OutOfMemoryException)   // the host's thread limit: go on with those that started
            {
                break;
            }
            helpers.Add(thread);
        }
        Work(0);
        foreach (Thread thread in helpers)
        {
            thread.Join();
        }
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}
