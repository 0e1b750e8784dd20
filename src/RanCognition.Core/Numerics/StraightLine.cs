namespace RanCognition.Numerics;

/// <summary>Least-squares line through values at 0, 1, 2, ...</summary>
internal readonly record struct StraightLine(double Intercept, double Slope)
{
    /// <summary>A constant for fewer than 2 values.</summary>
    public static StraightLine Fit(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        if (n == 0)
        {
            return default;
        }
        double mean = 0, slope = 0, centre = (n - 1) / 2.0;
        foreach (double value in values)
        {
            mean += value / n;
        }
        if (n == 1)
        {
            return new StraightLine(mean, 0);
        }
        for (int t = 0; t < n; t++)
        {
            slope += (values[t] - mean) * (t - centre);
        }
        slope /= n * ((double)n * n - 1) / 12;
        return new StraightLine(mean - slope * centre, slope);
    }

    public double At(double place) => Intercept + Slope * place;
}
