using RanCognition.Numerics;

namespace RanCognition.Cognition.Causes;

/// <summary>Tests of a share: of so many attempts, so many had the problem.</summary>
/// <remarks>
/// The binomial tails by the incomplete beta function (DLMF 8.17.5), the posterior of the share under Jeffreys' prior Beta(1/2, 1/2) (H. Jeffreys, "Theory of
/// probability", 1961; L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16, 2001). Beyond
/// <see cref="ExactAttemptsMax"/> attempts by the cube-root normal approximation (Abramowitz and Stegun 26.5.22), whose error is then far below 0.001.
/// Counts need not be whole.
/// </remarks>
internal static class RateTests
{
    public const double ExactAttemptsMax = 20_000;

    /// <summary>P(at least count) at a share.</summary>
    public static double UpperTail(double count, double attempts, double share) => count <= 0 ? 1 : Beta(share, count, attempts - count + 1);

    /// <summary>P(at most count) at a share.</summary>
    public static double LowerTail(double count, double attempts, double share) => count >= attempts ? 1 : 1 - Beta(share, count + 1, attempts - count);

    /// <summary>Probability that the true share is at least the limit.</summary>
    public static double AtLeast(double count, double attempts, double limit) => 1 - Beta(limit, count + .5, attempts - count + .5);

    private static double Beta(double x, double a, double b)
    {
        if (a + b <= ExactAttemptsMax)
        {
            return TailProbability.Beta(x, a, b);
        }
        double w = Math.Cbrt(b * x), v = Math.Cbrt(a * (1 - x));
        return NormalQuantiles.Cdf(3 * (w * (1 - 1 / (9 * b)) - v * (1 - 1 / (9 * a))) / Math.Sqrt(w * w / b + v * v / a));
    }
}
