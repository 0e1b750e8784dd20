using RanCognition.Temporal.Forecasting;

namespace RanCognition.Temporal;

/// <summary>How the forecast errors of metrics go together, from their backtests: what happens to one then happens to the other in the same future.</summary>
internal static class ErrorCorrelation
{
    /// <summary>Metrics whose correlations are estimated: the first ones of the call; later ones vary independently.</summary>
    public const int MetricsMax = 64;

    private const double ErrorClip = 3;           // deviations: one wild error must not set the correlation
    private const double Shrinkage = .02;         // towards independence, so that every matrix can be factored
    private const double ErrorsOfZero = 2;        // standard errors below which a correlation is taken as none

    /// <summary>Row m of a lower triangular factor of the correlation matrix, m + 1 weights; null for a metric that is independent of the ones before.</summary>
    public static double[]?[] Factor(IReadOnlyList<MetricOutlook> outlooks)
    {
        int count = Math.Min(outlooks.Count, MetricsMax);
        double[]?[] errors = new double[]?[count];
        for (int m = 0; m < count; m++)
        {
            errors[m] = outlooks[m] is EnsembleOutlook ensemble ? Standardised(ensemble.Forecast) : null;
        }
        double[]?[] factor = new double[]?[outlooks.Count];
        for (int m = 1; m < count; m++)
        {
            double[] correlations = new double[m];
            bool any = false;
            for (int other = 0; other < m; other++)
            {
                correlations[other] = SameGrid(outlooks[m], outlooks[other]) ? Correlation(errors[m], errors[other], outlooks[m]) : 0;
                any |= correlations[other] != 0;
            }
            factor[m] = any ? Row(factor, correlations, m) : null;
        }
        return factor;
    }

    // One row of Cholesky's factor; rows that are null are those of the unit matrix.
    private static double[] Row(double[]?[] factor, double[] correlations, int m)
    {
        double[] row = new double[m + 1];
        double left = 1;
        for (int other = 0; other < m; other++)
        {
            double value = correlations[other];
            double[]? before = factor[other];
            double diagonal = before?[other] ?? 1;
            for (int k = 0; before is not null && k < other; k++)
            {
                value -= row[k] * before[k];
            }
            value /= diagonal;
            // What pairs say together may be impossible; what is left over is cut.
            double most = Math.Sqrt(Math.Max(0, left - Shrinkage / 2));
            row[other] = Math.Clamp(value, -most, most);
            left -= row[other] * row[other];
        }
        row[m] = Math.Sqrt(Math.Max(left, Shrinkage / 4));
        return row;
    }

    private static bool SameGrid(MetricOutlook a, MetricOutlook b) =>
        a.Grid.StepNs == b.Grid.StepNs && a.Grid.EndNs == b.Grid.EndNs && a.Leads == b.Leads;

    /// <summary>Backtest errors in their own deviation at each lead, newest origin last, clipped; NaN where unknown, null without a backtest.</summary>
    private static double[]? Standardised(ForecastResult forecast)
    {
        int horizon = forecast.Horizon, origins = forecast.Origins.Length;
        if (origins < 2)
        {
            return null;
        }
        double[] errors = new double[origins * horizon];
        for (int j = 0; j < horizon; j++)
        {
            double squares = 0;
            int known = 0;
            for (int k = 0; k < origins; k++)
            {
                double error = errors[k * horizon + j] = forecast.BacktestActuals[k * horizon + j] - forecast.Backtest[k * horizon + j];
                if (double.IsFinite(error))
                {
                    squares += error * error;
                    known++;
                }
            }
            double deviation = Math.Sqrt(squares / Math.Max(1, known));
            for (int k = 0; k < origins; k++)
            {
                ref double error = ref errors[k * horizon + j];
                error = deviation > 0 ? Math.Clamp(error / deviation, -ErrorClip, ErrorClip) : double.NaN;
            }
        }
        return errors;
    }

    private static double Correlation(double[]? a, double[]? b, MetricOutlook outlook)
    {
        if (a is null || b is null)
        {
            return 0;
        }
        int horizon = ((EnsembleOutlook)outlook).Forecast.Horizon;
        int length = Math.Min(a.Length, b.Length) / horizon * horizon;   // the newest origins of both are the same moments
        double products = 0, squaresA = 0, squaresB = 0;
        for (int i = 1; i <= length; i++)
        {
            double x = a[^i], y = b[^i];
            if (!double.IsNaN(x) && !double.IsNaN(y))
            {
                products += x * y;
                squaresA += x * x;
                squaresB += y * y;
            }
        }
        double scale = Math.Sqrt(squaresA * squaresB);
        double correlation = scale > 0 ? products / scale : 0;
        // Errors of one origin go together over its leads: origins count, not errors.
        return Math.Abs(correlation) * Math.Sqrt(length / horizon) < ErrorsOfZero ? 0 : correlation * (1 - Shrinkage);
    }
}
