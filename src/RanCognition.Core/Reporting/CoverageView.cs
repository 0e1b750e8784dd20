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

    /// <summary>The target, and how far from it the share can be; after a few steps it can be anywhere.</summary>
    public string TargetAndBound => Words.Percent(Target) + (double.IsNaN(Bound) ? "" : IsTelling ? $" ± {Words.Percent(Bound)}" : ", nothing proven yet");

    /// <summary>The bound leaves out some share.</summary>
    public bool IsTelling => Bound < Math.Max(Target, 1 - Target);

    /// <summary>As a reply has it, and a state.</summary>
    public static CoverageView Of(JsonElement report) => new(report.Number("value"), report.Number("target"), report.Number("bound"), report.Number("steps"));

    /// <summary>Of several metrics together: share and target are those of all steps, and the bounds count by their steps.</summary>
    public static CoverageView OfAll(List<CoverageView> metrics)
    {
        double value = 0, target = 0, bound = 0, steps = 0;
        foreach (var metric in metrics)
        {
            if (metric.IsKnown && metric.Steps > 0)
            {
                value += metric.Value * metric.Steps;
                target += metric.Target * metric.Steps;
                bound += metric.Bound * metric.Steps;
                steps += metric.Steps;
            }
        }
        const double Rounding = 1e-12; // of sums and quotients of shares
        return steps > 0 ? new(value / steps, target / steps, bound / steps + Rounding, steps) : new(double.NaN, double.NaN, double.NaN, double.NaN);
    }
}
