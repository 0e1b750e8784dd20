namespace RanCognition.Performance.Clock;

/// <summary>Turns pairs of counter and system clock into lines, and checks each line against the pair that ends it. Arithmetic only; one thread at a time.</summary>
internal struct ClockCalibration
{
    /// <summary>The first line rests on so much time, ns; each lasts twice as long as the one before, up to <see cref="LastSpanNs"/>.</summary>
    public const ulong FirstSpanNs = 10_000_000;

    public const ulong LastSpanNs = 1_000_000_000;

    /// <summary>A rate is taken from pairs whose widths are together at most this part of the ticks between them: 15 millionths.</summary>
    public const int ExactnessShift = 16;

    /// <summary>A counter that is more than one in so many off the system clock is at fault: beyond all slewing by NTP but that of a clock set wrong.</summary>
    public const ulong FaultDivisor = 1000;

    /// <summary>So many faults without a good line between them, and the counter is given up.</summary>
    public const int FaultsMax = 3;

    // 10 MHz and 100 GHz: what is slower is too coarse, what is faster is no counter.
    private const ulong NsPerTickMax = 100ul << ClockLine.Fraction;
    private const ulong NsPerTickMin = (1ul << ClockLine.Fraction) / 100;

    private CounterPair _anchor;   // the last pair used
    private bool _anchored;
    private ulong _nsPerTick;      // 0 = not known (any more)
    private ulong _spanNs;
    private int _faultsInRow;

    public ClockLine Line { get; private set; }

    /// <summary>Lines made.</summary>
    public ulong Lines { get; private set; }

    public ulong Faults { get; private set; }

    /// <summary>The largest distance between clock and system clock at the end of a line, ns.</summary>
    public ulong WorstErrorNs { get; private set; }

    /// <summary>Ticks a second; 0 = not known.</summary>
    public readonly ulong FrequencyHz =>
        _nsPerTick == 0 ? 0 : (ulong)((((UInt128)1_000_000_000 << ClockLine.Fraction) + _nsPerTick / 2) / _nsPerTick);

    /// <summary>A pair is of no use before, ns.</summary>
    public readonly ulong DueNs => _anchored && _nsPerTick == 0 ? _anchor.SystemNs + FirstSpanNs : 0;

    public CalibrationStep Next(CounterPair pair)
    {
        if (!_anchored)
        {
            _anchored = true;
            _anchor = pair;
            return CalibrationStep.Wait;
        }
        ulong ticks = pair.Counter - _anchor.Counter;
        ulong elapsed = pair.SystemNs - _anchor.SystemNs;
        if ((long)ticks <= 0 && elapsed >= FirstSpanNs || (long)ticks < 0)
        {
            return GiveUp();   // stands still or went back
        }
        ulong width = _anchor.HalfWidthTicks + pair.HalfWidthTicks;
        if (_nsPerTick == 0 && elapsed < FirstSpanNs)
        {
            return CalibrationStep.Wait;
        }
        if (width > ticks >> ExactnessShift)
        {
            if (_nsPerTick == 0 && pair.HalfWidthTicks < _anchor.HalfWidthTicks)
            {
                _anchor = pair;   // else a wide first one would put the line off for seconds
            }
            return CalibrationStep.Wait;
        }
        bool parted = _nsPerTick != 0 && IsFault(ticks, elapsed, width);
        UInt128 rate = ((UInt128)elapsed << ClockLine.Fraction) / ticks;
        if (parted || rate < NsPerTickMin || rate > NsPerTickMax)
        {
            return Fault(pair);
        }
        _spanNs = _nsPerTick == 0 ? 2 * FirstSpanNs : Math.Min(2 * _spanNs, LastSpanNs);
        _nsPerTick = (ulong)rate;
        _anchor = pair;
        Line = new ClockLine
        {
            BaseCounter = pair.Counter,
            BaseNs = pair.SystemNs,
            NsPerTick = _nsPerTick,
            SpanTicks = (_spanNs << ClockLine.Fraction) / _nsPerTick,
        };
        Lines++;
        return CalibrationStep.Line;
    }

    /// <summary>Compares the line, drawn on to the pair, with the pair.</summary>
    private bool IsFault(ulong ticks, ulong elapsed, ulong widthTicks)
    {
        UInt128 expected = (UInt128)ticks * _nsPerTick >> ClockLine.Fraction;
        UInt128 error = expected > elapsed ? expected - elapsed : elapsed - expected;
        // The line was used up to its end only.
        UInt128 used = ticks > Line.SpanTicks ? error * Line.SpanTicks / ticks : error;
        WorstErrorNs = Math.Max(WorstErrorNs, (ulong)used);
        if (error > elapsed / FaultDivisor + ((UInt128)widthTicks * _nsPerTick >> ClockLine.Fraction))
        {
            return true;
        }
        _faultsInRow = 0;
        return false;
    }

    private CalibrationStep Fault(CounterPair pair)
    {
        _faultsInRow++;
        if (_faultsInRow == FaultsMax)
        {
            return GiveUp();
        }
        Faults++;
        _nsPerTick = 0;
        _anchor = pair;
        return CalibrationStep.Restart;
    }

    private CalibrationStep GiveUp()
    {
        Faults++;
        _nsPerTick = 0;
        return CalibrationStep.GiveUp;
    }
}
