namespace RanCognition.Optimization.Search.Constrained;

// Trials, their merit, and the scale of values.
internal sealed partial class SequentialQuadratic
{
    private void SetTrial(ReadOnlySpan<double> step, double length)
    {
        _batch.Resize(1);
        Span<double> point = _batch.Point(0);
        Point.CopyTo(point);
        for (int i = 0; i < _n; i++)
        {
            ref double coordinate = ref point[_moving[i]];
            coordinate = Math.Clamp(coordinate + length * Vectors.Dot(_projection.BoxRows.AsSpan(i * _n, _n), step), 0, 1);
        }
    }

    private double TrialMerit()
    {
        if (double.IsInfinity(_batch.Violation(0)))
        {
            return double.PositiveInfinity;
        }
        ScaleBatch();
        return Merit(_batch.Value(0), _batch.Constraints(0));
    }

    private double Merit(double value, ReadOnlySpan<double> constraints)
    {
        double merit = _goal.WithObjective ? value : 0;
        for (int j = 0; j < _constraints; j++)
        {
            merit += _weights[j] * Math.Max(0, Tightened(j, constraints[j]));
        }
        return merit;
    }

    private void TakeTrial()
    {
        _batch.Point(0).CopyTo(_trial);
        _batch.Constraints(0).CopyTo(_trialConstraints);
        _trialValue = _batch.Value(0);
    }

    private void TakePoint(ReadOnlySpan<double> point, double value, ReadOnlySpan<double> constraints)
    {
        point.CopyTo(Point);
        constraints.CopyTo(_scaled);
        _value = value;
        Violation = 0;
        for (int j = 0; j < _constraints; j++)
        {
            Constraints[j] = constraints[j] / _scales[j];
            Violation += IsChosen(j) ? Math.Max(0, Constraints[j]) : 0;
        }
    }

    /// <summary>Chooses powers of two that bring numbers of extreme size near 1, so that their squares remain numbers.</summary>
    private void ChooseScales()
    {
        _valueScale = Scaling(_batch.Value(0));
        for (int j = 0; j < _constraints; j++)
        {
            _scales[j] = Scaling(_batch.Constraints(0)[j]);
        }
    }

    private static double Scaling(double value) => value == 0 || Math.Abs(value) is >= OrdinaryMin and <= OrdinaryMax ? 1 : Math.ScaleB(1, -Math.ILogB(value));

    private void ScaleBatch()
    {
        for (int row = 0; row < _batch.Count; row++)
        {
            if (!double.IsInfinity(_batch.Violation(row)))
            {
                _batch.Objectives(row)[0] *= _valueScale;
                Span<double> constraints = _batch.Constraints(row);
                for (int j = 0; j < _constraints; j++)
                {
                    constraints[j] *= _scales[j];
                }
            }
        }
    }

    private double BestKnown => _ledger.BestValue * _valueScale;

    private bool IsDone() => !_goal.WithObjective && Violation == 0;

    private bool IsHopeless(double promised) =>
        _goal.MayBeHopeless && _goal.WithObjective && _ledger.BestViolation == 0 && _model.IsScaled && _value - 5 * Math.Max(promised, _gain) > BestKnown;
}
