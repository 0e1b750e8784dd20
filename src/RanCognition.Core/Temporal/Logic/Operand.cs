using System.Globalization;

namespace RanCognition.Temporal.Logic;

/// <summary>The side of a comparison, or of an objective, that is measured.</summary>
/// <param name="Kind">What is taken of the metric.</param>
/// <param name="Metric">Metric or quotient.</param>
/// <param name="Percent">1..99 when <paramref name="Kind"/> is <see cref="OperandKind.Percentile"/>, else 0.</param>
public sealed record Operand(OperandKind Kind, MetricReference Metric, int Percent = 0)
{
    /// <summary>Whether it is one number for a whole path rather than one for each instant.</summary>
    public bool IsStatistic => Kind is not (OperandKind.Value or OperandKind.Rate);

    /// <summary>Reads a function name, in any case.</summary>
    /// <returns>Null when it is none of p1..p99, mean, median, min, max, sum, last, std, rate.</returns>
    internal static (OperandKind Kind, int Percent)? Function(ReadOnlySpan<char> name)
    {
        if (name.Length is 2 or 3 && name[0] is 'p' or 'P')
        {
            var known = int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent >= 1;
            return !known ? null : percent == 50 ? (OperandKind.Median, 0) : (OperandKind.Percentile, percent);
        }
        foreach (var kind in Enum.GetValues<OperandKind>())
        {
            if (kind is not (OperandKind.Value or OperandKind.Percentile) && name.Equals(FunctionName(kind), StringComparison.OrdinalIgnoreCase))
            {
                return (kind, 0);
            }
        }
        return null;
    }

    /// <summary>Canonical text, e.g. <c>p95(DRB.RlcSduDelayDl)</c>.</summary>
    public override string ToString() => Kind switch
    {
        OperandKind.Value => Metric.ToString(),
        OperandKind.Percentile => string.Create(CultureInfo.InvariantCulture, $"p{Percent}({Metric})"),
        _ => $"{FunctionName(Kind)}({Metric})",
    };

    private static string FunctionName(OperandKind kind) => kind switch
    {
        OperandKind.Rate => "rate",
        OperandKind.Mean => "mean",
        OperandKind.Median => "median",
        OperandKind.Minimum => "min",
        OperandKind.Maximum => "max",
        OperandKind.Sum => "sum",
        OperandKind.Last => "last",
        OperandKind.StandardDeviation => "std",
        _ => "",
    };
}
