namespace RanCognition.Optimization.Search;

/// <summary>Search along a direction of descent, one value at a time: it says which step to try, is told what it gave, and keeps the best.</summary>
/// <remarks>Armijo's condition, and the vertex of the parabola through the start, its slope and the last value. A gradient costs n evaluations, so that a step more to come nearer to the minimum pays.</remarks>
internal sealed class LineSearch
{
    private const int TrialsMax = 12;
    private const double Armijo = 1e-4;
    private double _startValue;
    private double _slope;
    private double _stepMax;
    private double _reach;
    private double _vertex;
    private int _trial;
    private Phase _phase;

    private enum Phase
    {
        Trial,
        Longer,
        Shorter,
        Done,
    }

    /// <summary>The step to try.</summary>
    public double Step { get; private set; }

    public bool IsDone => _phase == Phase.Done;

    /// <summary>The best step so far; 0 = none is better than the start.</summary>
    public double BestStep { get; private set; }

    public double BestValue { get; private set; }

    /// <summary>Begins at a step.</summary>
    /// <param name="value">Value at step 0.</param>
    /// <param name="slope">Derivative there, below 0.</param>
    /// <param name="step">First step to try.</param>
    /// <param name="stepMax">Largest one.</param>
    /// <param name="reach">Largest change of a coordinate with a step of 1.</param>
    public void Begin(double value, double slope, double step, double stepMax, double reach)
    {
        (_startValue, _slope, Step, _stepMax, _reach) = (value, slope, step, stepMax, reach);
        (_trial, _phase, BestStep, BestValue) = (0, Phase.Trial, 0, value);
    }

    /// <summary>Tells what the step gave.</summary>
    public void Tell(double value)
    {
        bool better = value < BestValue;
        if (better)
        {
            BestStep = Step;
            BestValue = value;
        }
        bool again = _phase == Phase.Trial || (_phase == Phase.Longer && better && _vertex > 2 * Step && ++_trial < TrialsMax);
        if (again)
        {
            Judge(value);
        }
        else
        {
            _phase = Phase.Done;
        }
    }

    private void Judge(double value)
    {
        double curvature = 2 * (value - _startValue - _slope * Step);
        _vertex = curvature > 0 ? -_slope * Step * Step / curvature : Batch.Failed;
        if (value <= _startValue + Armijo * Step * _slope)
        {
            Accept(value);
            return;
        }
        Step = Math.Min(Math.Max(_vertex, 0.1 * Step), 0.5 * Step);
        _phase = Step * _reach < 1e-13 || ++_trial >= TrialsMax ? Phase.Done : Phase.Trial;
    }

    private void Accept(double value)
    {
        _phase = Phase.Done;
        if (_vertex > 1.5 * Step && _trial < 6 && Step < _stepMax && value <= BestValue)
        {
            Step = Math.Min(Math.Min(_vertex, 4 * Step), _stepMax);
            _phase = Phase.Longer;
        }
        else if (_vertex < 0.6 * Step && _trial < 3)
        {
            Step = Math.Max(_vertex, 0.1 * Step);
            _phase = Phase.Shorter;
        }
    }
}
