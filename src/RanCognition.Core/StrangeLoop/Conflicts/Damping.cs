namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>The share of every change that functions should make so that they come to rest.</summary>
internal static class Damping
{
    /// <summary>The damped loop comes to rest below it: the least of 2 (1 - Re l) / |1 - l|^2.</summary>
    /// <param name="real">All below 1.</param>
    /// <param name="imaginary">Imaginary parts.</param>
    public static double Limit(double[] real, double[] imaginary)
    {
        double limit = double.PositiveInfinity;
        for (int i = 0; i < real.Length; i++)
        {
            double rest = 1 - real[i], size = double.Hypot(rest, imaginary[i]);
            limit = Math.Min(limit, 2 * (rest / size) / size);
        }
        return limit;
    }

    /// <summary>The share, up to 1 and below the limit, at which the slowest eigenvalue dies out soonest.</summary>
    /// <remarks>The largest |1 - d (1 - l)| is convex in d: golden sections (Kiefer 1953).</remarks>
    public static double Best(double[] real, double[] imaginary, double limit)
    {
        const int Steps = 100;   // more than a double can tell apart
        double golden = (Math.Sqrt(5) - 1) / 2, low = 0, high = Math.Min(limit, 1);
        double left = high - golden * (high - low), right = low + golden * (high - low);
        double atLeft = Radius(real, imaginary, left), atRight = Radius(real, imaginary, right);
        for (int step = 0; step < Steps; step++)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - golden * (high - low);
                atLeft = Radius(real, imaginary, left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + golden * (high - low);
                atRight = Radius(real, imaginary, right);
            }
        }
        double best = .5 * (low + high);
        return limit > 1 && Radius(real, imaginary, 1) <= Radius(real, imaginary, best) ? 1 : best;
    }

    /// <summary>Spectral radius of the damped loop.</summary>
    public static double Radius(double[] real, double[] imaginary, double damping)
    {
        double radius = 0;
        for (int i = 0; i < real.Length; i++)
        {
            radius = Math.Max(radius, double.Hypot(1 - damping * (1 - real[i]), damping * imaginary[i]));
        }
        return radius;
    }
}
