using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Regression of a metric's errors on its predictions that forgets old ones: bias and gain, as far as they are known.</summary>
/// <remarks>
/// Means and squares are updated as D. West, "Updating mean and variance estimates", CACM 1979, has it for weights; older weights shrink by 1 - 1/memory a step. A mean error is known by
/// t^2 = n e^2 / s^2, a slope by t^2 = d^2 Sxx / s^2; each is multiplied by max(0, 1 - c / t^2), the positive-part estimator of James and Stein (1961) for one number with a stricter c, so that
/// noise alone changes little. The variance that the intervals given speak of counts as two observations at first and as
/// none from the sixteenth on. An error of more than four typical ones counts less (Huber, "Robust estimation
/// of a location parameter", 1964), unless it is the third in a row: then the world has changed.
/// </remarks>
internal sealed class ErrorRecord(double memory)
{
    private const double Strictness = 4;
    private const double GivenObservations = 2;
    private const double GivenFor = 16;
    private const double OutlierTypicalErrors = 4;
    private const int OutliersBelieved = 3;

    // Predictions that differ by less than their own rounding say nothing about a gain.
    private const double SameForecast = 1e-24;

    private double _weight;
    private double _meanForecast;
    private double _meanError;
    private double _forecastSquares;
    private double _products;
    private double _errorSquares;
    private double _givenVariance;
    private int _outliersInARow;

    public ErrorRecord(ErrorRecordState state)
        : this(state.Memory)
    {
        _weight = state.Weight;
        _meanForecast = state.MeanForecast;
        _meanError = state.MeanError;
        _forecastSquares = state.ForecastSquares;
        _products = state.Products;
        _errorSquares = state.ErrorSquares;
        TypicalError = state.TypicalError;
        _givenVariance = state.GivenVariance;
        _outliersInARow = state.OutliersInARow;
    }

    /// <summary>Mean size of what the full correction left over.</summary>
    public double TypicalError { get; private set; }

    /// <summary>Share of the correction that is applied, 0..1, gives gain and bias.</summary>
    public (double Gain, double Bias) Correction(double damping)
    {
        double given = _givenVariance > 0 ? GivenObservations * Math.Max(0, 1 - _weight / GivenFor) : 0, freedom = _weight + given - 2;
        if (!(freedom > .5) || damping == 0)
        {
            return (1, 0);
        }
        double slope = 0, unexplained = _errorSquares;
        if (_forecastSquares > SameForecast * _weight * _meanForecast * _meanForecast)
        {
            slope = _products / _forecastSquares;
            double explained = slope * _products;
            slope *= Known(explained, Math.Max(0, _errorSquares - explained), given, freedom);
            unexplained = Math.Max(0, _errorSquares - slope * (2 * _products - slope * _forecastSquares));
        }
        double error = _meanError * Known(_weight * _meanError * _meanError, unexplained, given, freedom);
        double gain = 1 + damping * slope, bias = damping * (error - slope * _meanForecast) + 0.0;   // -0 becomes 0: a reply says one of them
        return double.IsFinite(gain) && double.IsFinite(bias) && Math.Abs(gain) < StrangeLoopLimits.ValueMax ? (gain, bias) : (1, 0);
    }

    /// <param name="forecast">Before the correction.</param>
    /// <param name="observed">What happened.</param>
    /// <param name="givenVariance">That the prediction's own interval speaks of; NaN = it has none.</param>
    /// <param name="observations">Before this one.</param>
    public void Learn(double forecast, double observed, double givenVariance, ulong observations)
    {
        (double gain, double bias) = Correction(1);
        double error = observed - forecast, left = Math.Abs(error - ((gain - 1) * forecast + bias)), limit = OutlierTypicalErrors * TypicalError, weight = 1;
        if (limit > 0 && left > limit)
        {
            _outliersInARow = Math.Min(OutliersBelieved, _outliersInARow + 1);
            if (_outliersInARow < OutliersBelieved)
            {
                weight = limit / left;
                left = limit;
            }
        }
        else
        {
            _outliersInARow = 0;
        }
        TypicalError += (left - TypicalError) / Math.Min(observations + 1.0, memory);
        double keep = 1 - 1 / memory;
        _weight = keep * _weight + weight;
        double share = weight / _weight, rest = weight * (1 - share), apart = forecast - _meanForecast, worse = error - _meanError;
        _meanForecast += share * apart;
        _meanError += share * worse;
        _forecastSquares = keep * _forecastSquares + rest * apart * apart;
        _products = keep * _products + rest * apart * worse;
        _errorSquares = keep * _errorSquares + rest * worse * worse;
        if (!double.IsNaN(givenVariance))
        {
            _givenVariance = _givenVariance > 0 ? _givenVariance + share * (givenVariance - _givenVariance) : givenVariance;
        }
    }

    public ErrorRecordState State() => new()
    {
        Memory = memory,
        Weight = _weight,
        MeanForecast = _meanForecast,
        MeanError = _meanError,
        ForecastSquares = _forecastSquares,
        Products = _products,
        ErrorSquares = _errorSquares,
        TypicalError = TypicalError,
        GivenVariance = _givenVariance,
        OutliersInARow = _outliersInARow,
    };

    private double Known(double explained, double unexplained, double given, double freedom)
    {
        double variance = (unexplained + given * _givenVariance) / freedom;
        return explained > Strictness * variance ? 1 - Strictness * variance / explained : 0;
    }
}
