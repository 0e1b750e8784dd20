namespace RanCognition.Numerics;

/// <summary>Tails of the distributions that tests refer to.</summary>
internal static class TailProbability
{
    private const int TermsMax = 500;

    /// <summary>P(|T| &gt; t) of Student's t distribution.</summary>
    /// <param name="t">0 or more.</param>
    /// <param name="freedom">Degrees of freedom, 1 or more, need not be whole.</param>
    public static double StudentTwoSided(double t, double freedom)
    {
        double squared = t * t;
        return double.IsPositiveInfinity(squared) ? 0 : BetaRatio(freedom / 2, .5, freedom / (freedom + squared), squared / (freedom + squared));
    }

    /// <summary>P(F &gt; f) of Fisher's F distribution.</summary>
    /// <param name="f">0 or more.</param>
    /// <param name="upper">Degrees of freedom of the numerator, more than 0, need not be whole.</param>
    /// <param name="lower">Degrees of freedom of the denominator.</param>
    public static double Fisher(double f, double upper, double lower)
    {
        double scaled = upper * f;
        return double.IsPositiveInfinity(scaled) ? 0 : BetaRatio(lower / 2, upper / 2, lower / (lower + scaled), scaled / (lower + scaled));
    }

    /// <summary>P(B &lt;= x) of the beta distribution.</summary>
    /// <param name="x">0..1.</param>
    /// <param name="a">More than 0, need not be whole.</param>
    /// <param name="b">More than 0, need not be whole.</param>
    public static double Beta(double x, double a, double b) => BetaRatio(a, b, x, 1 - x);

    /// <summary>P(|Z| &gt; z) of the standard normal distribution.</summary>
    public static double NormalTwoSided(double z) => Math.Min(1, 2 * NormalQuantiles.Cdf(-Math.Abs(z)));

    /// <summary>P(sup |B| &gt; x) of a Brownian bridge B: Kolmogorov's distribution.</summary>
    public static double Kolmogorov(double x)
    {
        if (x < .3)
        {
            return 1;   // to 1e-5; the series converges slowly there
        }
        double sum = 0, sign = 1;
        for (int k = 1; k <= 20; k++, sign = -sign)
        {
            sum += sign * Math.Exp(-2.0 * k * k * x * x);
        }
        return Math.Clamp(2 * sum, 0, 1);
    }

    // The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22, Lentz's method); rest = 1 - x.
    private static double BetaRatio(double a, double b, double x, double rest)
    {
        if (!(rest > 0))
        {
            return 1;
        }
        if (!(x > 0))
        {
            return 0;
        }
        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(rest));
        return Math.Clamp(x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, rest) / b, 0, 1);
    }

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), result = d;
        for (var m = 1; m <= TermsMax; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            result *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            result *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15)
            {
                break;
            }
        }
        return result;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    // Stirling's series (DLMF 5.11.1) after shifting the argument to 10 or more.
    private static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++)
        {
            shift -= Math.Log(x);
        }
        var inverse = 1 / (x * x);
        var series = (1 / 12.0 - inverse * (1 / 360.0 - inverse * (1 / 1260.0 - inverse * (1 / 1680.0 - inverse / 1188)))) / x;
        return shift + (x - .5) * Math.Log(x) - x + .5 * Math.Log(2 * Math.PI) + series;
    }
}
