using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>The look-ahead window of a call on one time grid: the finest step of its metrics, from the newest sample on.</summary>
internal sealed class LookAhead
{
    public const int DefaultSteps = 24;
    private const ulong DefaultDurationNs = 1_000_000_000;

    private LookAhead(ulong nowNs, ulong stepNs, int steps, ulong durationNs)
    {
        (NowNs, StepNs, Steps, DurationNs) = (nowNs, stepNs, steps, durationNs);
        StepsSimulated = steps;
    }

    /// <summary>Time of the newest sample of all metrics.</summary>
    public ulong NowNs { get; }

    /// <summary>0 = unknown.</summary>
    public ulong StepNs { get; }
    public int Steps { get; }

    /// <summary>Steps that futures reach: the window, or as far as the temporal operators of the constraints look.</summary>
    public int StepsSimulated { get; private init; }

    /// <summary>The window asked for, ns.</summary>
    public ulong DurationNs { get; }

    public static LookAhead Of(IReadOnlyList<MetricGrid> grids, ulong? horizonNs, List<IgnoredField> ignored)
    {
        ulong now = 0;
        ulong step = ulong.MaxValue;
        foreach (MetricGrid grid in grids)
        {
            if (grid.Values.Length > 0)
            {
                now = Math.Max(now, grid.EndNs);
                step = grid.StepNs == 0 ? step : Math.Min(step, grid.StepNs);
            }
        }
        if (step == ulong.MaxValue)
        {
            return new LookAhead(now, 0, DefaultSteps, horizonNs ?? DefaultDurationNs);
        }
        UInt128 duration = horizonNs ?? (UInt128)step * DefaultSteps;
        UInt128 steps = (duration + step / 2) / step;
        if (steps > TemporalLimits.WindowStepsMax)
        {
            ignored.Add(new IgnoredField("/horizon_ns", $"the window is cut to {TemporalLimits.WindowStepsMax} steps of the history"));
            steps = TemporalLimits.WindowStepsMax;
            duration = steps * step;
        }
        return new LookAhead(now, step, Math.Max(1, (int)steps), duration > ulong.MaxValue ? ulong.MaxValue : (ulong)duration);
    }

    /// <summary>The same window with futures that reach a distance from now, as far as the bound on steps allows.</summary>
    public LookAhead Reaching(ulong distanceNs)
    {
        if (StepNs == 0)
        {
            return this;
        }
        ulong steps = Math.Min(distanceNs / StepNs + (distanceNs % StepNs == 0 ? 0UL : 1UL), TemporalLimits.WindowStepsMax);
        return new LookAhead(NowNs, StepNs, Steps, DurationNs) { StepsSimulated = Math.Max(Steps, (int)steps) };
    }

    /// <summary>Distance of a lead (1..Steps) from now, ns; saturates.</summary>
    public ulong DistanceOf(int lead)
    {
        UInt128 distance = (UInt128)StepNs * (ulong)lead;
        return distance > ulong.MaxValue ? ulong.MaxValue : (ulong)distance;
    }

    /// <summary>Moment of a lead (1..Steps), ns since the epoch; saturates.</summary>
    public ulong TimeOf(int lead)
    {
        UInt128 time = (UInt128)NowNs + DistanceOf(lead);
        return time > ulong.MaxValue ? ulong.MaxValue : (ulong)time;
    }

    /// <summary>Leads at one step, a quarter, half and all of the window; each once, ascending.</summary>
    public IReadOnlyList<int> Checkpoints()
    {
        List<int> points = new(4);
        int last = 0;
        foreach (int lead in (ReadOnlySpan<int>)[1, (Steps + 3) / 4, (Steps + 1) / 2, Steps])
        {
            if (lead > last)
            {
                points.Add(lead);
                last = lead;
            }
        }
        return points;
    }
}
