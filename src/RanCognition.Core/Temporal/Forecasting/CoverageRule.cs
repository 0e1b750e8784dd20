using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Which quantiles of the standardised backtest errors make an interval of a given coverage, and by how much they are stretched.</summary>
/// <remarks>
/// Two quantiles with half weight each: the one at the coverage itself, and a lower, steadier one that is stretched as the normal distribution says.
/// At 0.95 these are (0.95, 1.12) and (0.90, 1.36). The excess of the stretch over 1 makes up for how badly a few backtests know the tails; it goes with the
/// square of the normal score, so that it vanishes towards the middle, which they know well.
/// </remarks>
internal readonly struct CoverageRule
{
    /// <summary>Coverage for which the stretch factors were set.</summary>
    public const double Nominal = 0.95;
    private const double OuterStretch = 1.12;
    private const double InnerStretch = 1.36;

    public readonly double InnerQuantile, InnerFactor, OuterQuantile, OuterFactor;

    public CoverageRule(double coverage)
    {
        double score = NormalQuantiles.Quantile((1 - coverage) / 2), nominalScore = NormalQuantiles.Quantile((1 - Nominal) / 2), share = score / nominalScore;
        OuterQuantile = coverage;
        OuterFactor = coverage == Nominal ? OuterStretch : 1 + (OuterStretch - 1) * share * share;
        // Rounded so that 0.95 gives 0.9 exactly, below a half the distance stays proportional.
        InnerQuantile = Math.Round(coverage * Math.Max(coverage - 0.05, 0.45) / Nominal, 12);
        double toOuter = score / NormalQuantiles.Quantile((1 - InnerQuantile) / 2), nominalToOuter = nominalScore / NormalQuantiles.Quantile((1 - 0.9) / 2);
        InnerFactor = coverage == Nominal ? InnerStretch : InnerStretch * (toOuter / nominalToOuter) * (OuterFactor / OuterStretch);
    }

    /// <summary>Place of quantile q among count sorted values.</summary>
    public static int Rank(double q, int count) => Math.Min(count - 1, Math.Max(0, (int)Math.Ceiling(q * count) - 1));
}
