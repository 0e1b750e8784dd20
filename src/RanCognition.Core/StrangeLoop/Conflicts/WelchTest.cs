using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Whether one mean is below another, of samples with variances of their own.</summary>
/// <remarks>Welch, The generalization of Student's problem when several different population variances are involved (Biometrika 34, 1947).</remarks>
internal static class WelchTest
{
    /// <summary>One-sided probability of a mean so far below the reference's if there were no difference; 1 when it is not below. Samples without any variance are taken at their word.</summary>
    /// <param name="samples">2 or more.</param>
    /// <param name="reference">2 or more.</param>
    public static double Below(WindowStatistics samples, WindowStatistics reference)
    {
        double apart = reference.Mean - samples.Mean;
        if (!(apart > 0))
        {
            return 1;
        }
        double own = samples.Squares / (samples.Count - 1) / samples.Count, other = reference.Squares / (reference.Count - 1) / reference.Count, sum = own + other;
        if (sum == 0)
        {
            return 0;
        }
        double ownShare = own / sum, otherShare = other / sum;
        double freedom = 1 / (ownShare * ownShare / (samples.Count - 1) + otherShare * otherShare / (reference.Count - 1));
        return .5 * TailProbability.StudentTwoSided(apart / Math.Sqrt(sum), freedom);
    }
}
