namespace RanCognition.Temporal.Patterns;

/// <summary>Tail of Student's t distribution.</summary>
internal static class ChangePointTail
{
    private const int TermsMax = 500;

    /// <summary>P(|T| &gt; t) = I_x(f/2, 1/2) with x = f / (f + t^2), by its continued fraction (DLMF 8.17.22, Lentz's method).</summary>
    /// <param name="t">0 or more.</param>
    /// <param name="freedom">Degrees of freedom, 1 or more, need not be whole.</param>
    public static double TwoSided(double t, double freedom)
    {
        var squared = t * t;
        if (!(squared > 0))
        {
            return 1;
        }
        var (x, rest) = (freedom / (freedom + squared), squared / (freedom + squared));
        if (double.IsPositiveInfinity(squared) || x == 0)
        {
            return 0;
        }
        var (a, b) = (freedom / 2, .5);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(rest));
        return Math.Clamp(
            x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - front * Fraction(b, a, rest) / b, 0, 1);
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
