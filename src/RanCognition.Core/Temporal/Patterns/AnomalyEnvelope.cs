namespace RanCognition.Temporal.Patterns;

/// <summary>The range of all earlier values, shrinking slowly towards their mean: a value outside it is new.</summary>
internal struct AnomalyEnvelope
{
    private const double MemoryDays = 100;
    private const int Start = 20;   // nothing is new before

    private readonly double _rate;
    private readonly double _keep;
    private double _high;
    private double _low;
    private double _mean;

    public AnomalyEnvelope(double stepDays)
    {
        _rate = Math.Min(1, stepDays / MemoryDays);
        _keep = 1 - _rate;
    }

    /// <summary>True when the value is new; takes it in afterwards.</summary>
    /// <param name="value">A finite value.</param>
    /// <param name="seen">Values so far, this one included.</param>
    public bool Step(double value, long seen)
    {
        if (seen == 1)
        {
            _high = _low = _mean = value;
        }
        var isNew = seen > Start && (value > _high || value < _low);
        _mean += Math.Max(_rate, 1.0 / seen) * (value - _mean);
        _high = Math.Max(value, _mean + (_high - _mean) * _keep);
        _low = Math.Min(value, _mean + (_low - _mean) * _keep);
        return isNew;
    }
}
