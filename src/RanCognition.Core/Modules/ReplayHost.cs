using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>Gives a call what it read when it was recorded.</summary>
internal sealed class ReplayHost : IHost
{
    private ulong[] _clock = [];
    private ulong[] _random = [];
    private ulong _cancelledAt;
    private string _cancelMessage = "";
    private int _clockRead;
    private int _randomRead;
    private ulong _reports;
    private ulong _now;

    /// <summary>Null when the call has read what it read when it was recorded, else what is other.</summary>
    public string? Difference
    {
        get
        {
            if (_clockRead != _clock.Length)
            {
                return $"read the clock {_clockRead} times, not {_clock.Length}";
            }
            return _randomRead != _random.Length ? $"read {_randomRead} random numbers, not {_random.Length}" : null;
        }
    }

    /// <summary>The next call is this one.</summary>
    public void Begin(RecordedCall call)
    {
        _clock = call.Clock;
        _random = call.Random;
        _cancelledAt = call.CancelledAt;
        _cancelMessage = call.Message;
        _clockRead = 0;
        _randomRead = 0;
        _reports = 0;
    }

    /// <summary>Beyond what was recorded the clock stands still.</summary>
    public ulong NowNanoseconds()
    {
        if (_clockRead < _clock.Length)
        {
            _now = _clock[_clockRead];
        }
        _clockRead++;
        return _now;
    }

    public ulong RandomUInt64() => _randomRead++ < _random.Length ? _random[_randomRead - 1] : 0;

    public void Progress(double fraction, string stage)
    {
        if (++_reports == _cancelledAt)
        {
            throw new OperationCanceledException(_cancelMessage);
        }
    }

    public void Sleep(ulong nanoseconds)
    {
        // The clock goes on by what was recorded.
    }

    public void Log(LogLevel level, string message)
    {
        // Nobody asked for it a second time.
    }

    public IHost ForWorkers() => new StandingHost(this);

    /// <summary>Shows the time that was read last.</summary>
    private sealed class StandingHost(ReplayHost owner) : IHost
    {
        public ulong NowNanoseconds() => owner._now;

        public ulong RandomUInt64() => 0;

        public void Progress(double fraction, string stage)
        {
            // Only the thread of the call reports.
        }

        public void Sleep(ulong nanoseconds)
        {
            // As above.
        }

        public void Log(LogLevel level, string message)
        {
            // As above.
        }

        public IHost ForWorkers() => this;
    }
}
