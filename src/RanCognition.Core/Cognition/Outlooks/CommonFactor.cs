namespace RanCognition.Cognition.Outlooks;

/// <summary>One factor that metrics have in common: by how much each follows it, from their errors of the newest periods.</summary>
/// <remarks>
/// The principal axis of the correlations without their diagonal (one-factor model; Harman, Modern Factor Analysis, 1976). Correlations of few periods are drawn
/// towards 0.
/// </remarks>
internal static class CommonFactor
{
    /// <summary>Metrics that are looked at.</summary>
    public const int MetricsMax = 16;

    private const int PeriodsLeast = 8;
    private const double DrawnBy = 8;
    private const double LoadingMost = 0.95;
    private const double LoadingLeast = 0.2;
    private const int Turns = 12;

    /// <summary>Loadings in [-0.95, 0.95], one for each metric; 0 for those that go their own way.</summary>
    /// <param name="residuals">Newest last; a metric without any has an empty array.</param>
    public static double[] Loadings(IReadOnlyList<double[]> residuals)
    {
        int n = Math.Min(residuals.Count, MetricsMax);
        double[] loadings = new double[residuals.Count], correlations = new double[n * n], axis = new double[n], next = new double[n];
        int together = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double correlation = Correlation(residuals[i], residuals[j]);
                correlations[i * n + j] = correlations[j * n + i] = correlation;
                together += correlation != 0 ? 1 : 0;
            }
            axis[i] = 1 + 0.01 * i;   // not at right angles to an axis whose parts cancel out
        }
        if (together == 0)
        {
            return loadings;
        }
        double eigenvalue = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            double length = 0;
            for (int i = 0; i < n; i++)
            {
                double sum = axis[i];   // one added to the diagonal: the largest eigenvalue is then also the largest in size
                for (int j = 0; j < n; j++)
                {
                    sum += correlations[i * n + j] * axis[j];
                }
                next[i] = sum;
                length += sum * sum;
            }
            length = Math.Sqrt(length);
            if (!(length > 0))
            {
                return loadings;
            }
            for (int i = 0; i < n; i++)
            {
                axis[i] = next[i] / length;
            }
            eigenvalue = Quadratic(correlations, axis, n);
        }
        if (!(eigenvalue > 0))
        {
            return loadings;
        }
        int taking = 0;
        for (int i = 0; i < n; i++)
        {
            taking += Math.Abs(axis[i]) > 0.05 ? 1 : 0;
        }
        for (int i = 0; i < n && taking > 1; i++)
        {
            // k metrics with one correlation r have the eigenvalue (k - 1) r and an axis of 1 / sqrt(k): the square of the loading is r.
            double square = eigenvalue * axis[i] * axis[i] * taking / (taking - 1);
            double loading = Math.Min(LoadingMost, Math.Sqrt(square));
            loadings[i] = loading < LoadingLeast ? 0 : Math.CopySign(loading, axis[i]);
        }
        return loadings;
    }

    private static double Quadratic(double[] matrix, double[] axis, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                sum += matrix[i * n + j] * axis[i] * axis[j];
            }
        }
        return sum;
    }

    private static double Correlation(double[] a, double[] b)
    {
        int n = Math.Min(a.Length, b.Length), known = 0;
        double squaresA = 0, squaresB = 0, products = 0;
        for (int i = 1; i <= n; i++)
        {
            double x = a[^i], y = b[^i];
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                squaresA += x * x;
                squaresB += y * y;
                products += x * y;
                known++;
            }
        }
        if (known < PeriodsLeast || !(squaresA > 0) || !(squaresB > 0))
        {
            return 0;
        }
        double correlation = products / Math.Sqrt(squaresA) / Math.Sqrt(squaresB);
        const double ClearDeviations = 3;   // less may be chance, with as many pairs
        return double.IsFinite(correlation) && correlation * correlation * known > ClearDeviations * ClearDeviations
            ? Math.Clamp(correlation, -1, 1) * known / (known + DrawnBy)
            : 0;
    }
}
