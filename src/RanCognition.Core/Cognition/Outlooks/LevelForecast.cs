using RanCognition.Numerics;
using RanCognition.Temporal.Forecasting;

namespace RanCognition.Cognition.Outlooks;

/// <summary>Mean of a gauge over the coming window, from its history.</summary>
/// <remarks>
/// A few forecasts of the window's mean (exponentially weighted levels, and the same window one season ago with a share of the recent distance from it) are
/// tried at every place of the history that has an outcome; the one with the least squared error is used, and its errors are the spread. The errors are those of
/// the window's mean itself, so that their correlation over the periods is in them. They are relative where the values are positive and differ by factors.
/// Levels: Gardner, "Exponential smoothing: the state of the art", J. Forecasting 4, 1985; choice by rolling origins: Tashman, Int. J. Forecasting 16, 2000.
/// </remarks>
internal sealed class LevelForecast
{
    /// <summary>With fewer values there is nothing to try forecasts on.</summary>
    public const int PointsLeast = 12;

    private const int OriginsLeast = 6;
    private const int OriginsStart = 4;
    private const double FreedomLeast = 3;

    // A value that differs from the others by this factor: errors are relative then.
    private const double FactorOfRelative = 3;

    /// <summary>Errors beyond this many typical ones count as so many.</summary>
    private const double ErrorsMost = 4;

    /// <summary>Deviation of normal errors over their mean size.</summary>
    private const double MeanToDeviation = 1.2533141373155;

    /// <summary>How often the limit of errors is found anew without what is beyond it.</summary>
    private const int LimitTurns = 3;

    // A forecast must do clearly better than those before it, the plainest being the first.
    private const double GainLeast = 0.95;

    /// <summary>Part of the size that a level is uncertain by when all values are alike, over the number of values.</summary>
    private const double ConstantPart = 0.2;

    /// <summary>Part of the size that one lone value is uncertain by: nothing else is known.</summary>
    public const double LonePart = 0.2;

    private static ReadOnlySpan<double> Gains => [0, 0.15, 0.4, 0.8, 1];

    private static ReadOnlySpan<double> Carries => [0, 0.5, 1];

    private readonly double[] _values;
    private readonly double[] _sums;       // of the known values before a place
    private readonly int[] _counts;
    private readonly int _window;
    private readonly int _gap;
    private readonly int _season;
    private readonly double _scale;
    private readonly bool _isRelative;
    private readonly int _known;

    private double[] _errors = [];
    private double _leastSquares = double.PositiveInfinity;
    private double _centre;
    private int _origins;

    /// <param name="values">History, oldest first, NaN = missing.</param>
    /// <param name="window">Periods of the window.</param>
    /// <param name="gap">Periods between the end of the history and the window.</param>
    /// <param name="season">Periods of a season; 1 = none.</param>
    public LevelForecast(ReadOnlySpan<double> values, int window, int gap, int season)
    {
        (_window, _gap, _season) = (window, gap, season);
        _values = values.ToArray();
        _sums = new double[values.Length + 1];
        _counts = new int[values.Length + 1];
        double size = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                size = Math.Max(size, Math.Abs(value));
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }
        _scale = size > 0 ? size : 1;
        _isRelative = least > 0 && most / least > FactorOfRelative;
        for (int i = 0; i < _values.Length; i++)
        {
            bool known = double.IsFinite(_values[i]);
            _values[i] = known ? _values[i] / _scale : double.NaN;
            _sums[i + 1] = _sums[i] + (known ? _values[i] : 0);
            _counts[i + 1] = _counts[i] + (known ? 1 : 0);
        }
        _known = _counts[^1];
    }

    /// <summary>Errors of one period of the level that was chosen, newest last; NaN = missing.</summary>
    public double[] Residuals()
    {
        double[] residuals = new double[_values.Length];
        double level = double.NaN;
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] = _values[i] - level;
            if (!double.IsNaN(_values[i]))
            {
                level = double.IsNaN(level) ? _values[i] : level + Gains[2] * (_values[i] - level);
            }
        }
        return residuals;
    }

    /// <summary>Fills ascending quantiles, one for each score.</summary>
    /// <param name="forecaster">Its forecast is met half way where its own backtest does no worse; null = without.</param>
    /// <param name="stepSeconds">Of the history; 0 = unknown.</param>
    /// <param name="scores">Normal scores, ascending.</param>
    /// <param name="quantiles">As many places.</param>
    public void Fill(Forecaster? forecaster, double stepSeconds, ReadOnlySpan<double> scores, Span<double> quantiles)
    {
        (double deviation, double freedom) = (0, 0);
        bool relative = _isRelative;
        if (_known >= PointsLeast && TryAll())
        {
            double together = Math.Max(1, (_window + 1) / 2.0), effective = Math.Max(1, _origins / together);   // errors of windows that overlap go together
            deviation = Math.Sqrt(_leastSquares * (1 + 1 / effective));
            freedom = Math.Max(4, effective - 1);
            if (forecaster is not null)
            {
                MeetEnsemble(forecaster, stepSeconds);
            }
        }
        else
        {
            (deviation, freedom) = FromFew();
            relative = false;
        }
        double floor = ConstantPart / _known;
        deviation = Math.Max(deviation, relative ? floor : floor * Math.Abs(_centre));
        for (int i = 0; i < quantiles.Length; i++)
        {
            double z = scores[i], t = z + (z * z * z + z) / (4 * freedom);   // Student's quantile, first term of Cornish and Fisher
            double value = relative ? _centre * Math.Exp(Math.Min(deviation * t, 20)) : _centre + deviation * t;
            quantiles[i] = Math.Clamp(value * _scale, -double.MaxValue, double.MaxValue);
        }
    }

    private void MeetEnsemble(Forecaster forecaster, double stepSeconds)
    {
        int leads = _gap + _window;
        ForecastResult result = forecaster.Forecast(_values, stepSeconds, leads, effort: 0);
        double squares = 0, forecast = 0;
        int origins = 0;
        for (int origin = 0; origin < result.Origins.Length; origin++)
        {
            double error = 0;
            for (int lead = _gap; lead < leads; lead++)
            {
                error += (result.Backtest[origin * leads + lead] - result.BacktestActuals[origin * leads + lead]) / _window;
            }
            squares += double.IsNaN(error) ? 0 : error * error;
            origins += double.IsNaN(error) ? 0 : 1;
        }
        for (int lead = _gap; lead < leads; lead++)
        {
            forecast += result.Mean[lead] / _window;
        }
        double least = _isRelative ? _leastSquares * _centre * _centre : _leastSquares;
        if (origins > 0 && squares / origins <= least && double.IsFinite(forecast) && (!_isRelative || forecast > 0))
        {
            _centre = 0.5 * (_centre + forecast);   // the mean of two good forecasts does better than either (Clemen, Int. J. Forecasting 5, 1989)
        }
    }

    /// <summary>Tries every forecast; false when the history has no outcome to try them on.</summary>
    private bool TryAll()
    {
        int last = _values.Length - _gap - _window;   // the last place whose window is over
        if (last - OriginsStart + 1 < OriginsLeast)
        {
            return false;
        }
        _errors = new double[last + 1];
        foreach (double gain in Gains)
        {
            TryLevel(gain, 0, last);
        }
        TryLevel(Gains[3], 0.5, last);
        if (_season > 1 && _window + _gap <= _season && last >= _season + _window)
        {
            foreach (double carry in Carries)
            {
                TrySeason(carry, last);
            }
        }
        return _origins >= OriginsLeast;
    }

    /// <summary>Levels; gain 0 is the mean of all before. Values that return to their mean are between that and their level.</summary>
    private void TryLevel(double gain, double partOfMean, int last)
    {
        double level = double.NaN, mean = double.NaN;
        int errors = 0, first = Math.Max(OriginsStart, _season > 1 && last >= _season + _window ? _season : 0);
        for (int i = 0; i < _values.Length; i++)
        {
            if (i >= first && i <= last)
            {
                errors += Add(errors, level + partOfMean * (mean - level), MeanOf(i + _gap, _window)) ? 1 : 0;
            }
            double value = _values[i];
            if (!double.IsNaN(value))
            {
                mean = double.IsNaN(mean) ? value : mean + (value - mean) / _counts[i + 1];
                level = gain == 0 ? mean : double.IsNaN(level) ? value : level + gain * (value - level);
            }
        }
        Judge(errors, level + partOfMean * (mean - level));
    }

    /// <summary>The same window one season ago, and a share of how far the newest periods are from theirs.</summary>
    private void TrySeason(double carry, int last)
    {
        int errors = 0;
        double forecast = double.NaN;
        for (int i = _season; i <= _values.Length; i++)
        {
            if (i > last && i < _values.Length)
            {
                continue;
            }
            int recent = Math.Min(_window, i - _season);
            forecast = MeanOf(i + _gap - _season, _window);
            if (carry > 0 && recent > 0)
            {
                forecast = Carried(forecast, MeanOf(i - recent, recent), MeanOf(i - recent - _season, recent), carry);
            }
            if (i <= last)
            {
                errors += Add(errors, forecast, MeanOf(i + _gap, _window)) ? 1 : 0;
            }
        }
        Judge(errors, forecast);
    }

    // By a factor where values differ by factors: what a busy evening had too much is no measure for the night.
    private double Carried(double forecast, double recent, double recentThen, double carry)
    {
        double carried = _isRelative ? forecast * Math.Pow(recent / recentThen, carry) : forecast + carry * (recent - recentThen);
        return double.IsFinite(carried) ? carried : forecast;
    }

    private bool Add(int place, double forecast, double actual)
    {
        double error = !_isRelative ? actual - forecast : forecast > 0 ? Math.Log(actual / forecast) : double.NaN;
        _errors[place] = error;
        return !double.IsNaN(error);
    }

    /// <summary>Keeps a forecast that does clearly better than those before.</summary>
    private void Judge(int errors, double forecast)
    {
        if (errors < OriginsLeast || double.IsNaN(forecast) || (_isRelative && forecast <= 0))
        {
            return;
        }
        double squares = 0, limit = double.PositiveInfinity;
        for (int turn = 0; turn < LimitTurns; turn++)
        {
            double sizes = 0;
            squares = 0;
            for (int i = 0; i < errors; i++)
            {
                double size = Math.Min(Math.Abs(_errors[i]), limit);
                sizes += size;
                squares += size * size;
            }
            limit = ErrorsMost * MeanToDeviation * sizes / errors;
        }
        squares /= errors;
        if (squares < GainLeast * _leastSquares)
        {
            (_leastSquares, _centre, _origins) = (squares, forecast, errors);
        }
    }

    /// <summary>Between the middle and the newest of a few values, nearer to the newest the more they walk; as uncertain as they differ.</summary>
    private (double Deviation, double Freedom) FromFew()
    {
        double[] sorted = new double[_known];
        double newest = 0, steps = 0;
        int count = 0;
        foreach (double value in _values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }
            steps += count > 0 ? (value - newest) * (value - newest) : 0;
            sorted[count++] = newest = value;
        }
        NumberSort.Ascending(sorted);
        double middle = sorted[count / 2], squares = 0;
        foreach (double value in sorted)
        {
            squares += (value - middle) * (value - middle);
        }
        double prior = LonePart * Math.Abs(newest) / count;
        if (count == 1)
        {
            _centre = newest;
            return (prior, FreedomLeast);
        }
        // Steps of independent values have twice the variance of the values (von Neumann's ratio); those of a walk have less.
        double walking = squares > 0 ? Math.Clamp(1 - steps / (2 * squares), 0, 1) : 1, step = steps / (count - 1), level = squares / (count - 1);
        double walked = step * (_window + 1) * (2 * _window + 1) / (6.0 * _window);   // variance of the mean of a walk over the window
        double still = level * (1.0 / Math.Min(_window, 2) + 1.0 / count);
        double variance = Math.Max(walking * walked + (1 - walking) * still, 0.3 * (walked + still));   // a few values tell a walk badly
        _centre = middle + walking * (newest - middle);
        return (Math.Max(Math.Sqrt(variance), prior), Math.Max(FreedomLeast, count - 1));
    }

    /// <summary>Mean of the known values; NaN when half of them or more are missing.</summary>
    private double MeanOf(int start, int length)
    {
        int end = Math.Min(start + length, _values.Length);
        int known = end > start ? _counts[end] - _counts[start] : 0;
        return 2 * known > length ? (_sums[end] - _sums[start]) / known : double.NaN;
    }
}
