using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Temporal;

/// <summary>What is expected of one metric over the look-ahead window. Leads are 0-based steps of the metric's own grid after its last sample.</summary>
internal abstract class MetricOutlook(MetricGrid grid)
{
    /// <summary>The interval that predictions report.</summary>
    public const double Coverage = 0.95;

    // A backtest of fewer leads has too few errors to say anything of the interval.
    private const int LeadsMin = 4;

    public MetricGrid Grid { get; } = grid;

    /// <summary>ensemble, seasonal_naive, last_value, no_history or none.</summary>
    public abstract string Model { get; }

    /// <summary>Whether there is history to simulate futures from.</summary>
    public virtual bool HasHistory => true;

    /// <summary>Leads available.</summary>
    public abstract int Leads { get; }

    public abstract IReadOnlyList<int> SeasonSteps { get; }

    public abstract double Mean(int lead);

    public abstract double Lower(int lead);

    public abstract double Upper(int lead);

    public abstract double Quantile(int lead, double probability);

    /// <summary>Calibrated probability that the outcome is within tolerance of the mean.</summary>
    public abstract double ProbabilityWithin(int lead, double tolerance);

    /// <summary>Share of the outcome's variance that the forecast explains, 0..1; NaN when unknown.</summary>
    public abstract double ExplainedVariance(int lead);

    /// <summary>Correlation of the scores of neighbouring leads, 0..1.</summary>
    public abstract double LeadCorrelation { get; }

    /// <summary>Writes one possible future: the value at each lead whose standard normal score is given.</summary>
    public abstract void PathOf(ReadOnlySpan<double> scores, Span<double> path);

    /// <summary>Whether leads of this metric are steps of the window; a metric without a step of its own is taken to have the window's.</summary>
    public bool IsOnGridOf(LookAhead window) =>
        window.StepNs == 0 || Grid.StepNs == 0 || (Grid.StepNs == window.StepNs && Grid.EndNs == window.NowNs);

    /// <summary>Lead of this metric that is nearest to a moment; the first or last one when the moment is outside.</summary>
    public int LeadAt(ulong timeNs)
    {
        if (Grid.StepNs == 0)
        {
            return 0;   // no time can be told
        }
        ulong end = Grid.EndNs;
        ulong distance = timeNs > end ? timeNs - end : 0;
        ulong steps = distance / Grid.StepNs + (distance % Grid.StepNs * 2 >= Grid.StepNs ? 1UL : 0UL);
        return (int)Math.Min(Math.Max(steps, 1) - 1, (ulong)(Leads - 1));
    }

    /// <summary>Whether a metric ended so long ago that the window cannot be reached by a forecast.</summary>
    public static bool IsStale(MetricGrid grid, LookAhead window) =>
        grid.StepNs != 0 && window.StepNs != 0 && StepsTo(grid, window) > TemporalLimits.WindowStepsMax + (UInt128)window.StepsSimulated;

    private static UInt128 StepsTo(MetricGrid grid, LookAhead window)
    {
        UInt128 end = (UInt128)window.NowNs + (UInt128)window.StepNs * (ulong)window.StepsSimulated;
        return (end - grid.EndNs + grid.StepNs / 2) / grid.StepNs;
    }

    /// <summary>Steps of this metric's grid that reach the end of what is simulated, bounded.</summary>
    public static int LeadsNeeded(MetricGrid grid, LookAhead window)
    {
        if (grid.StepNs == 0 || window.StepNs == 0)
        {
            return Math.Max(LeadsMin, window.StepsSimulated);
        }
        return (int)UInt128.Clamp(StepsTo(grid, window), LeadsMin, TemporalLimits.WindowStepsMax);
    }
}
