namespace RanCognition.Temporal.Logic;

/// <summary>A metric by its key, or the quotient of two metrics (<c>a / b</c>, blanks around the slash).</summary>
/// <param name="Name">Metric key, or the numerator of the quotient.</param>
/// <param name="Denominator">Key of the denominator; null for a plain metric.</param>
public sealed record MetricReference(string Name, string? Denominator = null)
{
    /// <summary>Upper bound on one metric key, characters.</summary>
    public const int NameLengthMax = 1024;

    private const string RatioSeparator = " / ";

    /// <summary>Whether this is the quotient of two metrics.</summary>
    public bool IsRatio => Denominator is not null;

    /// <summary>Reads a key of a JSON object: <c>a / b</c> is a quotient, anything else is taken as it is.</summary>
    /// <returns>Null when a side is empty, there is more than one quotient, or a key is longer than <see cref="NameLengthMax"/>.</returns>
    public static MetricReference? FromKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var slash = key.IndexOf(RatioSeparator, StringComparison.Ordinal);
        if (slash < 0)
        {
            return IsName(key) ? new MetricReference(key) : null;
        }
        var rest = key[(slash + RatioSeparator.Length)..];
        var numerator = key[..slash].Trim(' ');
        var denominator = rest.Trim(' ');
        var second = rest.Contains(RatioSeparator, StringComparison.Ordinal);
        return IsName(numerator) && IsName(denominator) && !second ? new MetricReference(numerator, denominator) : null;
    }

    /// <summary>Quotient of two samples; NaN (missing) when it is not a finite number, as 0 / 0 is.</summary>
    public static double Quotient(double numerator, double denominator)
    {
        var quotient = numerator / denominator;
        return double.IsFinite(quotient) && double.IsFinite(denominator) ? quotient : double.NaN;
    }

    /// <summary>Canonical text: keys that the expression language cannot read bare are quoted.</summary>
    public override string ToString() =>
        Denominator is null ? FormulaText.Name(Name) : FormulaText.Name(Name) + RatioSeparator + FormulaText.Name(Denominator);

    private static bool IsName(string name) => name.Length is > 0 and <= NameLengthMax;
}
