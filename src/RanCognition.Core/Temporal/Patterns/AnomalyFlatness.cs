namespace RanCognition.Temporal.Patterns;

/// <summary>How unusual it is that the last value repeats for so long, given the longest earlier run and the share of repeats.</summary>
internal struct AnomalyFlatness
{
    private const double Max = 12;
    private const double LongerThanEver = 1.5;

    // A series that has hardly moved cannot have become flat: a counter of zeros raises no alarm.
    private const int ChangesMin = 10;

    private double _last;
    private long _run;          // repeats of the last value
    private long _longest;      // longest run before
    private long _repeats;

    /// <summary>The first value is no repeat.</summary>
    public void Start(double value) => _last = value - 1;

    /// <summary>-log10 of the probability of the run, 0 for a usual one, at most 12.</summary>
    /// <param name="value">A finite value.</param>
    /// <param name="seen">Values so far, this one included.</param>
    public double Step(double value, long seen)
    {
        var repeat = value == _last;
        if (repeat)
        {
            _run++;
        }
        else
        {
            _longest = Math.Max(_longest, _run);
            _run = 0;
        }
        var moves = seen - _repeats - (repeat ? 1 : 0) > ChangesMin;
        var flat = moves && _run >= 2 && _run > LongerThanEver * _longest
            ? Math.Min(-_run * Math.Log10(Math.Min((_repeats + 1) / (seen + 50.0), 1)), Max)
            : 0;
        if (repeat)
        {
            _repeats++;
        }
        _last = value;
        return flat;
    }
}
