namespace RanCognition.Numerics;

/// <summary>Autoregressive model of noise: what remains after it is unpredictable from the past of the series.</summary>
/// <remarks>Coefficients by Burg's method (1975), order by the Bayesian information criterion (Schwarz 1978). O(n order).</remarks>
internal sealed class AutoregressiveNoise
{
    // So many more coefficients without a gain end the search.
    private const int FruitlessOrders = 3;

    private readonly double[] _coefficients;

    private AutoregressiveNoise(double[] coefficients) => _coefficients = coefficients;

    public int Order => _coefficients.Length;

    /// <summary>Fits the order, 0..orderMax, and its coefficients.</summary>
    /// <param name="x">Mean near 0, no NaN.</param>
    /// <param name="orderMax">Highest order tried.</param>
    public static AutoregressiveNoise Fit(ReadOnlySpan<double> x, int orderMax)
    {
        int n = x.Length;
        double[] forward = x.ToArray(), backward = x.ToArray(), a = [], best = [];
        double variance = 0, products = 0, squares = 0;
        for (int t = 0; t < n; t++)
        {
            variance += x[t] * x[t] / n;
            products += t > 0 ? x[t] * x[t - 1] : 0;
            squares += t > 0 ? x[t] * x[t] + x[t - 1] * x[t - 1] : 0;
        }
        double penalty = Math.Log(Math.Max(n, 2)), criterion = n * Math.Log(variance + 1e-300);
        for (int order = 1; order <= orderMax && order < n / 2 && order - best.Length <= FruitlessOrders; order++)
        {
            double reflection = 2 * products / (squares + 1e-300);
            double[] next = new double[order];
            for (int i = 0; i < order - 1; i++)
            {
                next[i] = a[i] - reflection * a[order - 2 - i];
            }
            next[order - 1] = reflection;
            a = next;
            variance *= 1 - reflection * reflection;
            double value = n * Math.Log(variance + 1e-300) + order * penalty;
            if (value < criterion)
            {
                (criterion, best) = (value, a);
            }
            // The errors of this order, and the sums that the next one asks for, in one pass; each step still needs the last backward error of the old order.
            products = squares = 0;
            double before = backward[order - 1];
            for (int t = order; t < n; t++)
            {
                double f = forward[t], old = backward[t];
                forward[t] = f - reflection * before;
                backward[t] = before - reflection * f;
                if (t > order)
                {
                    products += forward[t] * backward[t - 1];
                    squares += forward[t] * forward[t] + backward[t - 1] * backward[t - 1];
                }
                before = old;
            }
        }
        return new AutoregressiveNoise(best);
    }

    /// <summary>The unpredictable part of x from sample Order on: one number for each of them.</summary>
    public double[] Innovations(ReadOnlySpan<double> x)
    {
        int order = _coefficients.Length;
        double[] innovations = new double[Math.Max(0, x.Length - order)];
        for (int t = 0; t < innovations.Length; t++)
        {
            double value = x[t + order];
            for (int i = 0; i < order; i++)
            {
                value -= _coefficients[i] * x[t + order - 1 - i];
            }
            innovations[t] = value;
        }
        return innovations;
    }
}
