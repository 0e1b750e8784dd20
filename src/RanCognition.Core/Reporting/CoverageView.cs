using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>How often corrected intervals held, beside the target and what is proven of the difference. What is not known is NaN.</summary>
internal sealed class CoverageView
{
    private CoverageView(double value, double target, double bound, double steps) => (Value, Target, Bound, Steps) = (value, target, bound, steps);

    /// <summary>Share of the outcomes that were held.</summary>
    public double Value { get; }

    public double Target { get; }

    /// <summary>Largest difference that is possible.</summary>
    public double Bound { get; }

    public double Steps { get; }

    public bool IsKnown => !double.IsNaN(Value);

    public bool IsBeyond => Math.Abs(Value - Target) > Bound;

    /// <summary>As a reply has it.</summary>
    public static CoverageView Of(JsonElement report) => new(report.Number("value"), report.Number("target"), report.Number("bound"), report.Number("steps"));

    /// <summary>From the records of the metrics of a loop: the share is that of all steps together, the target that of each step, and the bounds of the records add up.</summary>
    /// <remarks>Adaptive conformal inference (Gibbs and Candès 2021): |value - target| is at most (max(a, 1 - a) + g) / (steps g), a the first miscoverage and g the step.</remarks>
    public static CoverageView OfRecords(List<JsonElement> records, double step)
    {
        double covered = 0, target = 0, reach = 0, steps = 0;
        foreach (var record in records)
        {
            double share = record.Number("coverage"), count = record.Number("steps");
            if (share is > 0 and < 1 && count > 0)
            {
                covered += record.Number("covered");
                target += share * count;
                reach += (Math.Max(share, 1 - share) + step) / step;
                steps += count;
            }
        }
        const double Rounding = 1e-9;
        return steps > 0 ? new(covered / steps, target / steps, reach / steps + Rounding, steps) : new(double.NaN, double.NaN, double.NaN, double.NaN);
    }
}
