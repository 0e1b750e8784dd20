namespace RanCognition.Optimization.Son;

/// <summary>Moves one user through its trace under given handover settings, and counts what goes wrong.</summary>
/// <remarks>
/// Each sample in this order: the link (below Qout the timer T310 starts, above Qin it stops, at its end the link has failed); a handover under way ends; event A3 of TS 38.331, 5.5.4.4:
/// neighbour + its offset - hysteresis > serving + a3-Offset in every sample for timeToTrigger, the strongest such neighbour first. A handover takes the execution time and fails when the target's SINR is
/// below Qout at its end. After a failure the user is without connection for the time of the re-establishment, then on the strongest cell.
/// </remarks>
internal sealed class MobilityReplay(ReplayTrace trace, ReplayTimes times, ReplaySettings settings)
{
    private readonly int[] _heldSince = new int[trace.Cells];   // first sample of the entering condition, -1 = it does not hold
    private readonly HandoverCounts _counts = new();
    private bool _isAnyHeld;
    private int _serving;
    private int _source = -1;          // cell before the last handover; -1 = none
    private int _handoverAt;           // sample of that handover
    private int _outSince = -1;        // sample at which T310 started
    private int _target = -1;          // of the handover under way
    private int _targetReadyAt;
    private int _reconnectAt = -1;     // the user is without connection until then
    private bool _handoverFailed;
    private int _failedTarget;
    private int _failedAt;

    public HandoverCounts Run()
    {
        Array.Fill(_heldSince, -1);
        _serving = trace.Samples > 0 ? trace.Strongest[0] : 0;
        for (int sample = 0; sample < trace.Samples; sample++)
        {
            if (_reconnectAt >= 0)
            {
                if (sample < _reconnectAt)
                {
                    continue;
                }
                Reconnect(trace.Strongest[sample]);
            }
            if (LinkFails(sample))
            {
                Fail(sample, target: -1);
                continue;
            }
            if (_target >= 0)
            {
                if (sample >= _targetReadyAt)
                {
                    EndHandover(sample);
                }
                continue;
            }
            Measure(sample);
        }
        if (_reconnectAt >= 0)
        {
            Reconnect(trace.Strongest[trace.Samples - 1]);
        }
        return _counts;
    }

    private bool LinkFails(int sample)
    {
        double sinr = trace.SinrDb[sample * trace.Cells + _serving];
        if (_outSince < 0 && sinr < times.QoutDb)
        {
            _outSince = sample;
        }
        else if (sinr > times.QinDb)
        {
            _outSince = -1;
        }
        return _outSince >= 0 && sample - _outSince >= times.T310;
    }

    private void Measure(int sample)
    {
        ReadOnlySpan<float> level = trace.Filtered.AsSpan(sample * trace.Cells, trace.Cells);
        double threshold = level[_serving] + settings.MarginDb[_serving];
        if (level[trace.Strongest[sample]] + settings.LargestOffsetDb[_serving] <= threshold)
        {
            Release();   // no cell enters
            return;
        }
        double[]? offsets = settings.OffsetsDb[_serving];
        int best = -1;
        double bestLevel = double.NegativeInfinity;
        for (int cell = 0; cell < level.Length; cell++)
        {
            double neighbour = level[cell] + (offsets is null ? 0 : offsets[cell]);
            if (cell == _serving || !(neighbour > threshold))
            {
                _heldSince[cell] = -1;
                continue;
            }
            _heldSince[cell] = _heldSince[cell] < 0 ? sample : _heldSince[cell];
            _isAnyHeld = true;
            if (sample - _heldSince[cell] >= settings.TriggerSamples[_serving] && neighbour > bestLevel)
            {
                (best, bestLevel) = (cell, neighbour);
            }
        }
        if (best >= 0)
        {
            _target = best;
            _targetReadyAt = sample + times.Execution;
            if (times.Execution == 0)
            {
                EndHandover(sample);
            }
        }
    }

    private void EndHandover(int sample)
    {
        if (trace.SinrDb[sample * trace.Cells + _target] < times.QoutDb)
        {
            Fail(sample, _target);
            return;
        }
        _counts.Handovers++;
        if (_target == _source && sample - _handoverAt < times.MinStay)
        {
            _counts.PingPongs++;
        }
        _source = _serving;
        _handoverAt = sample;
        Connect(_target);
    }

    /// <summary>The connection is lost: the link failed (target -1), or a handover did.</summary>
    private void Fail(int sample, int target)
    {
        _handoverFailed = target >= 0;
        _failedTarget = target;
        _failedAt = sample;
        _reconnectAt = sample + Math.Max(1, times.Reestablishment);
        _target = -1;
    }

    private void Reconnect(int cell)
    {
        if (_handoverFailed)
        {
            Blame(cell, source: _serving, target: _failedTarget);
        }
        else if (_source >= 0 && _failedAt - _handoverAt <= times.MinStay)
        {
            Blame(cell, source: _source, target: _serving);
        }
        else if (cell == _serving)
        {
            _counts.CoverageFailures++;
        }
        else
        {
            _counts.TooLate++;
        }
        _source = -1;
        _reconnectAt = -1;
        Connect(cell);
    }

    private void Blame(int cell, int source, int target)
    {
        if (cell == source)
        {
            _counts.TooEarly++;
        }
        else if (cell == target)
        {
            _counts.CoverageFailures++;
        }
        else
        {
            _counts.WrongCell++;
        }
    }

    private void Connect(int cell)
    {
        _serving = cell;
        _target = -1;
        _outSince = -1;
        Release();
    }

    /// <summary>The entering condition holds for no cell.</summary>
    private void Release()
    {
        if (_isAnyHeld)
        {
            Array.Fill(_heldSince, -1);
            _isAnyHeld = false;
        }
    }
}
