namespace RanCognition.Optimization.Search.Constrained;

// The quadratic model of a step: prices, bounds, corrections.
internal sealed partial class SequentialQuadratic
{
    /// <summary>Nothing is known of curvature: the first model is soft, so that its radius and the constraints decide on the step, and learns from there.</summary>
    private void FirstScale(double radius)
    {
        double largest = 0;
        foreach (double slope in _projection.Centre)
        {
            largest = Math.Max(largest, Math.Abs(slope));
        }
        if (largest > 0 && double.IsFinite(largest))
        {
            _model.Rescale(Math.Sqrt(Softness * radius / largest));
        }
    }

    private bool IsChosen(int constraint) => _goal.Chosen is null || _goal.Chosen[constraint];

    /// <summary>A constraint less what is needed to end inside of it.</summary>
    private double Tightened(int constraint, double value) => value + Margin * _model.RowScales[constraint];

    /// <summary>Sets up the model and solves it.</summary>
    /// <returns>What the merit is promised to lose.</returns>
    private double Solve(double radius)
    {
        double slope = Math.Sqrt(Vectors.Dot(_projection.Centre, _projection.Centre)), farthest = 0;
        SetBounds(radius);
        for (int j = 0; j < _constraints; j++)
        {
            _projection.Offsets[j] = Tightened(j, _scaled[j]);
            double length = RowLength(j);
            if (IsChosen(j) && length > 0)
            {
                farthest = Math.Max(farthest, Math.Max(0, _projection.Offsets[j]) / length);
            }
        }
        double price = Price * Math.Max(Math.Max(slope, farthest), 1e-12);
        for (int j = 0; j < _constraints; j++)
        {
            double length = RowLength(j);
            _projection.Caps[j] = IsChosen(j) && length > 0 ? price / length : 0;
        }
        _projection.Solve();
        _projection.Solution.CopyTo(_step, 0);
        double promised = -Vectors.Dot(_projection.Centre, _step);
        for (int j = 0; j < _constraints; j++)
        {
            double multiplier = _projection.Multiplier(j);
            double length = RowLength(j);
            _multipliers[j] = length > 0 ? Math.Min(multiplier, MultiplierMax * slope / length) : 0;
            _weights[j] = !IsChosen(j) ? 0 : _projection.IsSaturated(j) ? multiplier : Math.Max(1.5 * multiplier, WeightDecay * _weights[j]);
            promised += _weights[j] * (Math.Max(0, _projection.Offsets[j]) - Math.Max(0, _projection.Residual(j)));
        }
        return promised;
    }

    private void SetBounds(double radius)
    {
        for (int i = 0; i < _n; i++)
        {
            double at = Point[_moving[i]];
            _projection.Lower[i] = -Math.Min(radius, at);
            _projection.Upper[i] = Math.Min(radius, 1 - at);
        }
    }

    /// <summary>Whether to look for a feasible point next to this one, which is not: steps towards the optimum of a curved border may stay outside of it for long.</summary>
    private bool IsProbeDue(int iteration) => _goal.WithObjective && Violation > 0 && iteration % ProbeEvery == ProbeEvery - 1 && (_ledger.BestViolation > 0 || _value < BestKnown);

    /// <summary>The nearest point at which the linear constraints hold with some room.</summary>
    private void SetProbe(double radius)
    {
        _projection.Centre.CopyTo(_taken, 0);
        Array.Clear(_projection.Centre);
        SetBounds(radius);
        for (int j = 0; j < _constraints; j++)
        {
            double length = RowLength(j);
            _projection.Offsets[j] = Tightened(j, _scaled[j]) + ProbeRoom * Math.Max(0, _scaled[j]);
            _projection.Caps[j] = IsChosen(j) && length > 0 ? 1e6 / length : 0;
        }
        _projection.Solve();
        SetTrial(_projection.Solution, 1);
        _taken.CopyTo(_projection.Centre, 0);
    }

    private double RowLength(int constraint)
    {
        ReadOnlySpan<double> row = _projection.Rows.AsSpan(constraint * _n, _n);
        return Math.Sqrt(Vectors.Dot(row, row));
    }

    /// <summary>Second-order correction: the model with the constraints as they are at the end of the whole step.</summary>
    private bool Correct(double radius)
    {
        bool isViolated = false;
        for (int j = 0; j < _constraints; j++)
        {
            double linear = _projection.Residual(j) - _projection.Offsets[j], value = Tightened(j, _trialConstraints[j]);
            isViolated |= _weights[j] > 0 && value > 0;
            _projection.Offsets[j] = value - linear;
        }
        return isViolated && _projection.Solve() && LongestMove(_projection.Solution) <= 2 * radius;
    }

    private double LongestMove(ReadOnlySpan<double> step)
    {
        double longest = 0;
        for (int i = 0; i < _n; i++)
        {
            longest = Math.Max(longest, Math.Abs(Vectors.Dot(_projection.BoxRows.AsSpan(i * _n, _n), step)));
        }
        return longest;
    }
}
