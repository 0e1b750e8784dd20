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

    /// <summary>As a reply has it.</summary>
    public static RegretView Of(JsonElement report) => new(report.Number("value"), report.Number("bound"), report.Number("steps"));

    /// <summary>From the losses that a state keeps.</summary>
    /// <remarks>AdaHedge (de Rooij, van Erven, Grünwald and Koolen 2014): at most twice the sum of the mixability gaps (lemma 3), and at most S sqrt(T ln K) + S (4/3 ln K + 2) (theorem 6).</remarks>
    public static RegretView OfRecord(JsonElement experts)
    {
        var losses = experts.Numbers("losses");
        double least = double.PositiveInfinity, most = experts.Number("mixture_loss"), steps = experts.Number("steps");
        foreach (var loss in losses)
        {
            (least, most) = (Math.Min(least, loss), Math.Max(most, loss));
        }
        if (!(steps > 0) || losses.Length == 0 || !double.IsFinite(least))
        {
            return new(double.NaN, double.NaN, double.NaN);
        }
        const double Rounding = 1.0 / (1L << 50); // of sums of as many numbers
        double logModels = Math.Log(losses.Length), spread = experts.Number("largest_spread");
        var seen = 2 * experts.Number("mixability_gap") + (steps + losses.Length) * Rounding * most;
        return new(experts.Number("mixture_loss") - least, Math.Min(seen, spread * (Math.Sqrt(steps * logModels) + 4.0 / 3 * logModels + 2)), steps);
    }
}
