using System.Collections.Concurrent;

namespace RanCognition.Tests.Scheduling;

/// <summary>Threads of a test: started together, waited for with a bound, their exceptions thrown again.</summary>
internal sealed class ThreadGroup
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Exception> _faults = [];
    private readonly List<Thread> _threads = [];

    public static void Run(int count, Action<int> body)
    {
        var group = new ThreadGroup();
        for (int i = 0; i < count; i++)
        {
            int number = i;
            group.Start(() => body(number));
        }
        group.Join();
    }

    public ThreadGroup Start(Action body)
    {
        var thread = new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception fault)
            {
                _faults.Enqueue(fault);
            }
        })
        { IsBackground = true };
        _threads.Add(thread);
        thread.Start();
        return this;
    }

    public void Join()
    {
        DateTime end = DateTime.UtcNow + Longest;
        foreach (Thread thread in _threads)
        {
            TimeSpan left = end - DateTime.UtcNow;
            Assert.True(thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero) || !_faults.IsEmpty, "a thread did not end");
        }
        if (_faults.TryDequeue(out Exception? first))
        {
            throw new InvalidOperationException("on a thread", first);
        }
    }
}
