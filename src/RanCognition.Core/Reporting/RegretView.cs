using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>How much worse a loop's mixture of models did than the best of them, beside the most that is possible. What is not known is NaN.</summary>
internal sealed class RegretView
{
    private RegretView(double value, double bound, double steps) => (Value, Bound, Steps) = (value, bound, steps);

    /// <summary>Total loss of the mixture less that of the best model.</summary>
    public double Value { get; }

    public double Bound { get; }

    public double Steps { get; }

    public bool IsKnown => !double.IsNaN(Value);

    public bool IsBeyond => Value > Bound;

    /// <summary>As a reply has it, and a state.</summary>
    public static RegretView Of(JsonElement report) => new(report.Number("value"), report.Number("bound"), report.Number("steps"));
}
