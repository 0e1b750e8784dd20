using RanCognition.Numerics;

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

    // A value that differs from the others by this factor: errors are relative then.
    private const double FactorOfRelative = 3;

    /// <summary>Errors beyond this many typical ones count as so many.</summary>
    private const double ErrorsMost = 4;

    // Between two seasonal values it takes a clearly smaller error to leave the plain mean.
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
    /// <param name="scores">Normal scores, ascending.</param>
    /// <param name="quantiles">As many places.</param>
    public void Fill(ReadOnlySpan<double> scores, Span<double> quantiles)
    {
        (double deviation, double freedom) = (0, 0);
        bool relative = _isRelative;
        if (_known >= PointsLeast && TryAll())
        {
            double together = Math.Max(1, (_window + 1) / 2.0), effective = Math.Max(1, _origins / together);   // errors of windows that overlap go together
            deviation = Math.Sqrt(_leastSquares * (1 + 1 / effective));
            freedom = Math.Max(4, effective - 1);
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
            TryLevel(gain, last);
        }
        if (_season > 1 && _window + _gap <= _season && last >= _season + _window)
        {
            foreach (double carry in Carries)
            {
                TrySeason(carry, last);
            }
        }
        return _origins >= OriginsLeast;
    }

    /// <summary>Levels; gain 0 is the mean of all before.</summary>
    private void TryLevel(double gain, int last)
    {
        double level = double.NaN;
        int errors = 0, first = Math.Max(OriginsStart, _season > 1 && last >= _season + _window ? _season : 0);
        for (int i = 0; i < _values.Length; i++)
        {
            if (i >= first && i <= last)
            {
                errors += Add(errors, level, MeanOf(i + _gap, _window)) ? 1 : 0;
            }
            double value = _values[i];
            if (!double.IsNaN(value))
            {
                level = double.IsNaN(level) ? value : level + (gain == 0 ? 1.0 / _counts[i + 1] : gain) * (value - level);
            }
        }
        Judge(errors, level);
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
            double off = recent > 0 ? MeanOf(i - recent, recent) - MeanOf(i - recent - _season, recent) : 0;
            forecast = MeanOf(i + _gap - _season, _window) + (carry > 0 && double.IsFinite(off) ? carry * off : 0);
            if (i <= last)
            {
                errors += Add(errors, forecast, MeanOf(i + _gap, _window)) ? 1 : 0;
            }
        }
        Judge(errors, forecast);
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
        Span<double> sizes = new double[errors];
        for (int i = 0; i < errors; i++)
        {
            sizes[i] = Math.Abs(_errors[i]);
        }
        NumberSort.Ascending(sizes);
        double limit = ErrorsMost * 1.4826 * sizes[errors / 2];
        double sum = 0;
        foreach (double size in sizes)
        {
            double bounded = limit > 0 ? Math.Min(size, limit) : size;
            sum += bounded * bounded;
        }
        double squares = sum / errors;
        if (squares < GainLeast * _leastSquares)
        {
            (_leastSquares, _centre, _origins) = (squares, forecast, errors);
        }
    }

    /// <summary>Half way between the middle and the newest of a few values; as uncertain as they differ.</summary>
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
        _centre = 0.5 * (middle + newest);
        foreach (double value in sorted)
        {
            squares += (value - middle) * (value - middle);
        }
        double prior = LonePart * Math.Abs(_centre) / count;
        double spread = count > 1 ? Math.Sqrt(Math.Max(squares, steps / 2) / (count - 1)) : 0;
        return (Math.Max(spread, prior), Math.Max(3, count - 1));
    }

    /// <summary>Mean of the known values; NaN when half of them or more are missing.</summary>
    private double MeanOf(int start, int length)
    {
        int end = Math.Min(start + length, _values.Length);
        int known = end > start ? _counts[end] - _counts[start] : 0;
        return 2 * known > length ? (_sums[end] - _sums[start]) / known : double.NaN;
    }
}
