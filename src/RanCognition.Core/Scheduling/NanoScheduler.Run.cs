using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

public sealed unsafe partial class NanoScheduler
{
    // The stop condition is looked at least this often.
    private const ulong SleepAtMostNs = 5_000_000;

    // The host has a word at each sleep, and after so many tasks when there is none.
    private const uint TasksPerReport = 4096;

    private readonly SleepTail _tail = new();

    // A host's own sleep cannot be ended early: so the post box is looked at this often.
    private const ulong HostSleepAtMostNs = 1_000_000;

    /// <summary>
    /// Executes tasks when they are due until the time is reached or stop() is true (asked between tasks and at least every 5 ms). In virtual time it
    /// goes from due time to due time, without waiting, and ends at the time given (2^64-1: when nothing is pending any more).
    /// </summary>
    public void Run(ulong until, Func<bool> stop)
    {
        using Turn turn = TakeLongTurn("run");
        Volatile.Write(ref _running, true);
        try
        {
            if (_isVirtual)
            {
                RunVirtual(until, stop);
            }
            else
            {
                RunReal(until, stop);
            }
        }
        finally
        {
            _reply.End();
            Volatile.Write(ref _sleepsUntil, 0);
            Volatile.Write(ref _running, false);
        }
        if (Volatile.Read(ref _closing))
        {
            ThrowDisposed();
        }
    }

    private void RunVirtual(ulong until, Func<bool> stop)
    {
        ulong start = _currentTime;
        uint tasks = 0;
        while (!stop() && !Volatile.Read(ref _closing))
        {
            if (TryTakeReady(Math.Min(_currentTime, until), out TimerEntry entry))
            {
                ExecuteTimed(entry, _currentTime);
                if (++tasks % TasksPerReport == 0)
                {
                    Report(start, until);
                }
                continue;
            }
            ulong next = _queue.FirstDue();
            if (next <= until && next != ulong.MaxValue)
            {
                _currentTime = Math.Max(_currentTime, next);
                continue;
            }
            _currentTime = until == ulong.MaxValue ? _currentTime : Math.Max(_currentTime, until);
            return;
        }
    }

    private void RunReal(ulong until, Func<bool> stop)
    {
        using TimerSlack slack = new();
        ulong start = ReadTime();
        uint tasks = 0;
        while (!stop() && !Volatile.Read(ref _closing))
        {
            ulong now = ReadTime();
            if (TryTakeReady(Math.Min(now, until), out TimerEntry entry))
            {
                ExecuteTimed(entry, now);
                if (++tasks % TasksPerReport == 0)
                {
                    Report(start, until);
                }
                continue;
            }
            if (now >= until)
            {
                return;
            }
            Report(start, until);
            WaitUntil(Math.Min(_queue.FirstDueAtLeast(), until), stop);
        }
    }

    private void Report(ulong start, ulong until) =>
        _host.Progress(until == ulong.MaxValue || until <= start ? 0 : Math.Min(1, (double)(_currentTime - start) / (until - start)), "run");

    private void ExecuteTimed(TimerEntry entry, ulong now)
    {
        ulong began = _host.NowNanoseconds();
        if (!Execute(entry, now, now, out Execution done))
        {
            return;
        }
        _counters.Time(_host.NowNanoseconds() - began, 1);
        if (done.Status != 0)
        {
            _host.Log(LogLevel.Warning, $"task {done.TaskId} failed: {done.Error ?? Complaint(done, _reply.Written.ToArray())}");
        }
    }

    /// <summary>Sleeps to a little before the time, then spins; ends early for a post, a stop or a closing.</summary>
    private void WaitUntil(ulong due, Func<bool> stop)
    {
        ulong now = _host.NowNanoseconds();
        ulong early = _options.SpinNs ?? _tail.Nanoseconds;
        if (due > now && due - now > early)
        {
            ulong sleep = Math.Min(due - now - early, SleepAtMostNs);
            Volatile.Write(ref _sleepsUntil, due);
            Interlocked.MemoryBarrier();
            if (!_post.HasPost && !Volatile.Read(ref _closing))
            {
                Sleep(sleep);
                _tail.Learn(now + sleep, _host.NowNanoseconds());
            }
            Volatile.Write(ref _sleepsUntil, 0);
            return;
        }
        while (_host.NowNanoseconds() < due && !_post.HasPost && !Volatile.Read(ref _closing) && !stop())
        {
            Thread.SpinWait(1);
        }
    }

    private void Sleep(ulong nanoseconds)
    {
        if (_host.HasOwnSleep)
        {
            _host.Sleep(Math.Min(nanoseconds, HostSleepAtMostNs));
        }
        else
        {
            _alarm.Sleep(nanoseconds);
        }
    }
}
