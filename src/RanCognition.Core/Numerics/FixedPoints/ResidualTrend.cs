namespace RanCognition.Numerics;

/// <summary>Which way residuals go, by all of the later half of them rather than by the last two.</summary>
/// <remarks>
/// Kendall's tau against time tells whether there is a trend at all: it must be beyond three standard errors of what chance gives (M. G. Kendall, Biometrika 30, 1938); the median of the slopes
/// of all pairs (Theil 1950, Sen 1968), of the logarithms, tells how steep it is. Neither minds a few outliers, or that some steps rise.
/// </remarks>
internal readonly struct ResidualTrend
{
    private const int PointsMax = 96;
    private const int PointsOfAll = 8;   // up to here all are taken, not half
    private const double LeastTau = 0.3;

    private readonly double _tau;
    private readonly double _threshold;

    private ResidualTrend(double tau, double threshold, double logChange) => (_tau, _threshold, LogChange) = (tau, threshold, logChange);

    /// <summary>Of the logarithm, from the first point looked at to the last.</summary>
    public double LogChange { get; }

    public bool IsFalling => _tau <= -_threshold && LogChange < 0;

    public bool IsRising => _tau >= _threshold && LogChange > 0;

    public static ResidualTrend Of(ReadOnlySpan<double> residuals)
    {
        if (residuals.Length > PointsOfAll)
        {
            residuals = residuals[Math.Min(residuals.Length / 2, residuals.Length - PointsOfAll)..];
        }
        int count = Math.Min(residuals.Length, PointsMax);
        if (count < 2)
        {
            return new ResidualTrend(0, 1, 0);
        }
        Span<double> logs = stackalloc double[count];
        for (int i = 0; i < count; i++)
        {
            logs[i] = Math.Log(Math.Max(residuals[(int)((long)i * (residuals.Length - 1) / (count - 1))], 1e-300));
        }
        int pairs = count * (count - 1) / 2, next = 0;
        double[] slopes = new double[pairs];
        long balance = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                double change = logs[j] - logs[i];
                balance += Math.Sign(change);
                slopes[next++] = change / (j - i);
            }
        }
        Array.Sort(slopes);
        double error = Math.Sqrt(2.0 * (2 * count + 5) / (9.0 * count * (count - 1)));
        return new ResidualTrend((double)balance / pairs, Math.Clamp(3 * error, LeastTau, 1), slopes[pairs / 2] * (count - 1));
    }
}
