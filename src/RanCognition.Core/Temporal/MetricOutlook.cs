using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Temporal;

/// <summary>What is expected of one metric over the look-ahead window. Leads are 0-based steps of the metric's own grid after its last sample.</summary>
internal abstract class MetricOutlook(MetricGrid grid)
{
    /// <summary>The interval that predictions report.</summary>
    public const double Coverage = 0.95;

    public MetricGrid Grid { get; } = grid;

    /// <summary>ensemble, seasonal_naive, last_value or no_history.</summary>
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

    /// <summary>Writes one possible future: a value for each of the first leads.</summary>
    public abstract void SamplePath(ref RandomStream random, Span<double> path);

    /// <summary>Lead of this metric that is nearest to a moment; the first or last one when the moment is outside.</summary>
    public int LeadAt(ulong timeNs)
    {
        if (Grid.StepNs == 0)
        {
            return 0;
        }
        ulong end = Grid.EndNs;
        ulong distance = timeNs > end ? timeNs - end : 0;
        ulong steps = distance / Grid.StepNs + (distance % Grid.StepNs * 2 >= Grid.StepNs ? 1UL : 0UL);
        return (int)Math.Min(Math.Max(steps, 1) - 1, (ulong)(Leads - 1));
    }

    /// <summary>Steps of this metric's grid that reach the end of the window, bounded.</summary>
    public static int LeadsNeeded(MetricGrid grid, LookAhead window)
    {
        if (grid.StepNs == 0 || window.StepNs == 0)
        {
            return window.Steps;
        }
        UInt128 end = (UInt128)window.NowNs + (UInt128)window.StepNs * (ulong)window.Steps;
        UInt128 steps = (end - grid.EndNs + grid.StepNs / 2) / grid.StepNs;
        return (int)UInt128.Clamp(steps, 1, TemporalLimits.WindowStepsMax);
    }
}
