using System.Runtime.CompilerServices;

namespace RanCognition.Performance.Clock;

/// <summary>
/// A clock that all threads read: a line over the counter, renewed by whichever reader finds it at its end; the system clock while there is no line.
/// Nobody waits for anybody. Unmanaged memory without references; all zero is its beginning.
/// </summary>
/// <remarks>
/// Why no reading is followed by a lower one ("followed": the second thread began it after it could know the first). A reading is one of
///   F: from the line in force, max(line at counter, floor), the counter lying on the line's stretch;
///   S: from the system clock: floor is raised to max(system, end of the line in force, if any), and what it then is, is the reading.
/// The line is replaced only after floor was raised to its end. floor is only ever raised, and lines are only ever replaced by later ones, so the second
/// reading sees the first one's line or a later one, and no lower floor.
///   F then F on one line: counter and floor are no lower.   F then F on a later line: floor is at least the end of the first line.
///   S then any: floor is at least the first reading.        F then S: floor is raised to the end of the first line, by this reading or before.
/// It rests on: the counter is one for all cores and is read after what the thread read before (IClockSource.ReadCounter). It does not rest on how exact
/// a line is: one that ran ahead makes the clock stand still for as long, at most a second's error and then only if the counter is at fault.
///
/// The two lines take turns: the one in force is lines[sequence and 1], the other is written, then sequence is counted up. A reader that sees the same
/// sequence before and after has read one line whole.
/// </remarks>
internal struct ClockState
{
    private uint _sequence;
    private int _busy;           // 1 = somebody calibrates
    private ulong _floor;        // no reading is lower; ns
    private TwoLines _lines;
    private volatile bool _isSystem;   // the system clock for good
    private ClockCalibration _calibration;   // by the thread that set _busy

    public readonly ulong Lines => _calibration.Lines;

    public readonly ulong Faults => _calibration.Faults;

    public readonly ulong WorstErrorNs => _calibration.WorstErrorNs;

    /// <summary>Ticks a second while there is a line, else 0.</summary>
    public readonly ulong FrequencyHz => _isSystem ? 0 : _calibration.FrequencyHz;

    /// <summary>The time by the line in force; false = <see cref="Now"/> knows it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNow<TSource>(TSource source, out ulong now)
        where TSource : IClockSource
    {
        uint sequence = Volatile.Read(ref _sequence);
        ref ClockLine line = ref _lines[(int)(sequence & 1)];
        // Each read before the next: the last one tells whether all are of one line.
        ulong span = Volatile.Read(ref line.SpanTicks);
        ulong baseCounter = Volatile.Read(ref line.BaseCounter);
        ulong baseNs = Volatile.Read(ref line.BaseNs);
        ulong nsPerTick = Volatile.Read(ref line.NsPerTick);
        if (span == 0)
        {
            now = 0;
            return false;   // there may be no counter
        }
        ulong ticks = source.ReadCounter() - baseCounter;
        now = Math.Max(baseNs + (ticks * nsPerTick >> ClockLine.Fraction), Volatile.Read(ref _floor));
        return ticks < span & Volatile.Read(ref _sequence) == sequence;
    }

    /// <summary>The time, whatever it takes.</summary>
    public ulong Now<TSource>(TSource source)
        where TSource : IClockSource
    {
        while (true)
        {
            if (_isSystem || !source.HasCounter)
            {
                return Math.Max(source.ReadSystem(), Volatile.Read(ref _floor));   // both never go back, and no line will come: S without the raising
            }
            uint sequence = Volatile.Read(ref _sequence);
            ClockLine line = Copy(sequence & 1);
            if (Volatile.Read(ref _sequence) != sequence)
            {
                continue;
            }
            if (line.SpanTicks != 0 && source.ReadCounter() - line.BaseCounter is ulong ticks && ticks < line.SpanTicks)
            {
                return Math.Max(line.At(ticks), Volatile.Read(ref _floor));
            }
            // Also when somebody calibrates: what is returned here is no higher than what it will lead to, for floor keeps it.
            ulong reading = RaiseFloor(Math.Max(source.ReadSystem(), line.EndNs));
            if (!Calibrate(source, sequence, reading))
            {
                return reading;
            }
        }
    }

    /// <summary>A fresh line, when it is time for one and nobody else is about it; true = there is one, or the clock has changed in another way.</summary>
    private bool Calibrate<TSource>(TSource source, uint sequence, ulong reading)
        where TSource : IClockSource
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            return false;
        }
        bool changed = Volatile.Read(ref _sequence) != sequence;
        if (!changed && reading >= _calibration.DueNs)
        {
            CalibrationStep step = _calibration.Next(CounterPair.Take(source));
            changed = step != CalibrationStep.Wait;
            if (changed)
            {
                // floor is at the end of the old line: the caller has seen to that.
                _lines[(int)(~sequence & 1)] = step == CalibrationStep.Line ? _calibration.Line : default;
                Interlocked.Exchange(ref _sequence, sequence + 1);
                _isSystem = step == CalibrationStep.GiveUp;   // after the line was taken back, so that nobody uses it later than this
            }
        }
        Volatile.Write(ref _busy, 0);
        return changed;
    }

    private ClockLine Copy(uint number)
    {
        ref ClockLine line = ref _lines[(int)number];
        return new ClockLine
        {
            SpanTicks = Volatile.Read(ref line.SpanTicks),
            BaseCounter = Volatile.Read(ref line.BaseCounter),
            BaseNs = Volatile.Read(ref line.BaseNs),
            NsPerTick = Volatile.Read(ref line.NsPerTick),
        };
    }

    private ulong RaiseFloor(ulong least)
    {
        ulong floor = Volatile.Read(ref _floor);
        while (floor < least)
        {
            ulong seen = Interlocked.CompareExchange(ref _floor, least, floor);
            if (seen == floor)
            {
                return least;
            }
            floor = seen;
        }
        return floor;
    }

    [InlineArray(2)]
    private struct TwoLines
    {
        private ClockLine _first;
    }
}
