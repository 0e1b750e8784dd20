namespace RanCognition.Cognition.Integration;

/// <summary>Covariance of the values of one period and of the next, from standardised samples, drawn towards that of independent values as far as the samples are few.</summary>
/// <remarks>Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate Analysis 88, 2004. Values are standardised first: units have no part in it.</remarks>
internal static class StackedCovariance
{
    // Even of many samples: a series that is another one's copy would make the matrix singular.
    private const double ShrinkageMin = 1e-9;

    /// <param name="values">By series, by period; NaN = missing.</param>
    /// <param name="pairs">Periods t of which every series is known at t and at t - 1.</param>
    /// <returns>Values at t - 1 first, then those at t: row by row.</returns>
    public static double[] Of(double[][] values, ReadOnlySpan<int> pairs)
    {
        int count = values.Length, order = 2 * count;
        double[] covariance = new double[order * order], means = new double[count], deviations = new double[count], row = new double[order];
        for (int series = 0; series < count; series++)
        {
            (means[series], deviations[series]) = Moments(values[series], pairs);
        }
        double fourths = 0;   // sum of |row|^4
        foreach (int t in pairs)
        {
            double norm = 0;
            for (int i = 0; i < order; i++)
            {
                int series = i < count ? i : i - count;
                row[i] = (values[series][i < count ? t - 1 : t] - means[series]) / deviations[series];
                norm += row[i] * row[i];
            }
            fourths += norm * norm;
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    covariance[i * order + j] += row[i] * row[j];
                }
            }
        }
        Shrink(covariance, order, pairs.Length, fourths);
        return covariance;
    }

    private static void Shrink(double[] covariance, int order, int samples, double fourths)
    {
        double trace = 0, squares = 0;
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = covariance[i * order + j] /= samples;
                covariance[j * order + i] = value;
                squares += value * value * (i == j ? 1 : 2);
            }
            trace += covariance[i * order + i];
        }
        double target = trace / order, apart = squares - trace * target, noise = (fourths / samples - squares) / samples;
        double shrinkage = apart > 0 ? Math.Clamp(noise / apart, ShrinkageMin, 1) : 1;
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                covariance[i * order + j] = (1 - shrinkage) * covariance[i * order + j] + (i == j ? shrinkage * target : 0);
            }
        }
    }

    /// <summary>Mean and deviation of the values of all pairs.</summary>
    private static (double Mean, double Deviation) Moments(double[] values, ReadOnlySpan<int> pairs)
    {
        double sum = 0, squares = 0;
        foreach (int t in pairs)
        {
            sum += values[t - 1] + values[t];
        }
        double mean = sum / (2 * pairs.Length);
        foreach (int t in pairs)
        {
            squares += (values[t - 1] - mean) * (values[t - 1] - mean) + (values[t] - mean) * (values[t] - mean);
        }
        return (mean, Math.Sqrt(squares / (2 * pairs.Length)));
    }
}
