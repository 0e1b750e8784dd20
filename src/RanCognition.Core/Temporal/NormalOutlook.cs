using RanCognition.Numerics;

namespace RanCognition.Temporal;

/// <summary>
/// Outlook where the ensemble cannot be used: nothing but a current value, a handful of samples, or no time left. A mean and a normal spread per lead,
/// deliberately wide.
/// </summary>
internal sealed class NormalOutlook : MetricOutlook
{
    /// <summary>Fewer known samples than this say little about the spread.</summary>
    public const int FewSamples = 12;

    // Errors of successive leads go together: this share of one carries over to the next in a simulated future.
    private const double Carry = 0.9;

    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly int[] _seasonSteps;

    private NormalOutlook(MetricGrid grid, string model, double[] mean, double[] deviation, int[] seasonSteps)
        : base(grid)
    {
        (Model, _mean, _deviation, _seasonSteps) = (model, mean, deviation, seasonSteps);
    }

    public override string Model { get; }

    public override bool HasHistory => Model is not ("no_history" or "none");

    public override int Leads => _mean.Length;

    public override IReadOnlyList<int> SeasonSteps => _seasonSteps;

    /// <summary>Nothing is known that a forecast could rest on: every number is unknown.</summary>
    public static NormalOutlook Unknown(MetricGrid grid, int leads) => new(grid, "none", Filled(leads, double.NaN), Filled(leads, double.NaN), []);

    /// <summary>
    /// Only the present value is known. One value says nothing about the spread, so the prior is as wide as the value is large (standard deviation |value|, 1 at 0).
    /// </summary>
    public static NormalOutlook NoHistory(MetricGrid grid, double value, int leads)
    {
        double deviation = value == 0 ? 1 : Math.Abs(value);
        return new NormalOutlook(grid, "no_history", Filled(leads, value), Filled(leads, deviation), []);
    }

    /// <summary>A few samples: the last value, with the larger of the spread seen (a random walk) and the prior's |value| / samples.</summary>
    public static NormalOutlook Few(MetricGrid grid, int leads)
    {
        (double last, int known, double sumSquares, int steps) = Differences(grid.Values, 1);
        double prior = (last == 0 ? 1 : Math.Abs(last)) / Math.Max(1, known);
        double perStep = steps > 0 ? Math.Sqrt(sumSquares / steps) : 0;
        double[] deviation = new double[leads];
        for (int lead = 0; lead < leads; lead++)
        {
            deviation[lead] = Math.Max(prior, perStep * Math.Sqrt(lead + 1));
        }
        return new NormalOutlook(grid, "last_value", Filled(leads, last), deviation, []);
    }

    /// <summary>No time for the ensemble: the value one day ago (the last value without a daily season), with the spread of such differences.</summary>
    public static NormalOutlook SeasonalNaive(MetricGrid grid, int leads)
    {
        const double DaySeconds = 86_400;
        int day = grid.StepNs == 0 ? 0 : (int)Math.Min(int.MaxValue, Math.Round(DaySeconds / grid.StepSeconds));
        bool seasonal = day >= 4 && grid.Values.Length >= 2 * day;
        int period = seasonal ? day : 1;
        (double last, _, double sumSquares, int steps) = Differences(grid.Values, period);
        double spread = steps > 0 ? Math.Sqrt(sumSquares / steps) : Math.Abs(last);
        double[] mean = new double[leads];
        double[] deviation = new double[leads];
        for (int lead = 0; lead < leads; lead++)
        {
            double before = grid.Values[grid.Values.Length - period + lead % period];
            mean[lead] = double.IsFinite(before) ? before : last;
            deviation[lead] = spread * Math.Sqrt(lead / period + 1);
        }
        return new NormalOutlook(grid, "seasonal_naive", mean, deviation, seasonal ? [day] : []);
    }

    public override double Mean(int lead) => _mean[lead];

    public override double Lower(int lead) => Quantile(lead, (1 - Coverage) / 2);

    public override double Upper(int lead) => Quantile(lead, (1 + Coverage) / 2);

    public override double Quantile(int lead, double probability) => Bounded(_mean[lead] + _deviation[lead] * NormalQuantiles.Quantile(probability));

    public override double ProbabilityWithin(int lead, double tolerance) =>
        double.IsNaN(_mean[lead]) ? 0 : _deviation[lead] > 0 ? 2 * NormalQuantiles.Cdf(tolerance / _deviation[lead]) - 1 : 1;

    public override double ExplainedVariance(int lead) => double.NaN;

    public override double LeadCorrelation => Carry;

    public override void PathOf(ReadOnlySpan<double> scores, Span<double> path)
    {
        for (int lead = 0; lead < path.Length; lead++)
        {
            path[lead] = Bounded(_mean[lead] + _deviation[lead] * scores[lead]);
        }
    }

    /// <summary>Last known value, count of known values, and sum of squares and count of the known differences at a distance.</summary>
    private static (double Last, int Known, double SumSquares, int Count) Differences(double[] values, int period)
    {
        double last = 0;
        double sum = 0;
        int known = 0;
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                continue;
            }
            last = values[i];
            known++;
            if (i >= period && double.IsFinite(values[i - period]))
            {
                double difference = values[i] - values[i - period];
                sum += difference * difference;
                count++;
            }
        }
        return (last, known, Math.Min(sum, double.MaxValue), count);
    }

    private static double[] Filled(int count, double value)
    {
        double[] values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private static double Bounded(double value) => Math.Clamp(value, -double.MaxValue, double.MaxValue);
}
