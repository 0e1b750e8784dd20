using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Memory.Learning;

/// <summary>What intervals are made from.</summary>
internal static class Interval
{
    /// <summary>Interval of a rate by Wilson's score: inside 0..1 also for few trials. Source: Wilson, JASA 22, 1927.</summary>
    /// <param name="rate">Part of the trials that succeeded, 0..1.</param>
    /// <param name="trials">0 or more, need not be whole; with 0 the interval is 0..1.</param>
    /// <param name="coverage">0..1, both ends excluded.</param>
    public static (double Lower, double Upper) Wilson(double rate, double trials, double coverage)
    {
        double z = NormalQuantiles.Quantile(0.5 + coverage / 2), squared = z * z;
        double middle = (trials * rate + squared / 2) / (trials + squared);
        double half = z * Math.Sqrt(trials * rate * (1 - rate) + squared / 4) / (trials + squared);
        // At the ends the exact result is the end, which rounding misses.
        return (rate <= 0 ? 0 : Math.Clamp(middle - half, 0, rate), rate >= 1 ? 1 : Math.Clamp(middle + half, rate, 1));
    }

    /// <summary>The t with P(|T| &lt;= t) = coverage of Student's t distribution.</summary>
    /// <param name="coverage">0..1, both ends excluded.</param>
    /// <param name="freedom">Degrees of freedom, 1 or more, need not be whole.</param>
    public static double Student(double coverage, double freedom)
    {
        double low = 0, high = 1;
        while (high < 1e150 && TailProbability.StudentTwoSided(high, freedom) > 1 - coverage)
        {
            (low, high) = (high, 2 * high);
        }
        for (int step = 0; step < 60; step++)
        {
            double middle = low + (high - low) / 2;
            (low, high) = TailProbability.StudentTwoSided(middle, freedom) > 1 - coverage ? (middle, high) : (low, middle);
        }
        return low + (high - low) / 2;
    }

    /// <summary>Refuses a share that is not between 0 and 1.</summary>
    public static void RequireCoverage(double coverage)
    {
        if (!(coverage > 0 && coverage < 1))
        {
            InvalidInputException.Throw("coverage", "must be between 0 and 1, both excluded");
        }
    }
}
