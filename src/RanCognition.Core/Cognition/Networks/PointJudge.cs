using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Networks;

/// <summary>Judges settings of the network by the targets and the objective.</summary>
/// <remarks>
/// Where a metric has been measured, what is judged is the measured value times the model's ratio of after to before (plus its difference, on logarithmic scales), so that an offset of the model is not taken for an
/// effect; what has an upper bound and is beyond half of it changes by the ratio of what is left, as outlooks have it. A target that cannot be judged counts for nothing. Without any target, what no target speaks of must not break: no cell may become overloaded and no more than 1 % more of the users uncovered.
/// </remarks>
internal sealed class PointJudge
{
    private const double CoverageLoss = 0.01;

    // Relative changes of a metric that are tried to find out how far a target is from holding: powers of two.
    private const int LeastPower = -10, MostPower = 10;
    private const int Halvings = 12;

    private readonly SituationView _view;
    private readonly NetworkAnswers _answers;
    private readonly ITargetJudge _targets;
    private readonly double _sign;
    private readonly NetworkMetric?[] _metrics;   // numerator and denominator of each reference, then of the objective, then what no target speaks of
    private readonly bool[] _isQuotient;
    private readonly double[] _measured;   // by metric; NaN = not
    private readonly double[] _upper;   // by metric, its bound; infinite = none
    private readonly double[] _before;
    private readonly double[] _after;
    private readonly double[] _values;   // by reference
    private readonly double[] _trial;
    private readonly int _maxLoadAt;

    public PointJudge(SituationView view, NetworkAnswers answers, NetworkGoal goal, NetworkTask task)
    {
        _view = view;
        _answers = answers;
        _targets = goal.Targets;
        (MetricReference objective, bool maximize) = goal.Objective is { } given ? (given, goal.Maximize) : Usual(task);
        _sign = maximize ? -1 : 1;
        int references = _targets.References.Count;
        _maxLoadAt = 2 * (references + 1);
        _metrics = new NetworkMetric?[_maxLoadAt + 2];
        _isQuotient = new bool[references + 1];
        _measured = new double[_metrics.Length];
        _upper = new double[_metrics.Length];
        Array.Fill(_measured, double.NaN);
        for (int i = 0; i <= references; i++)
        {
            Place(i, i < references ? _targets.References[i] : objective);
        }
        if (_targets.Count == 0)
        {
            _metrics[_maxLoadAt] = answers.Metric("max_load");
            _metrics[_maxLoadAt + 1] = answers.Metric("uncovered_share");
        }
        _before = new double[_metrics.Length];
        _after = new double[_metrics.Length];
        _values = new double[references + 1];
        _trial = new double[references + 1];
        answers.Read(answers.Present, _metrics, _before);
    }

    /// <summary>Points that were judged.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether something was measured, so that the model's values are not all there is to expect.</summary>
    public bool HasMeasured { get; private set; }

    /// <summary>Judges the network with its cells set so.</summary>
    public NetworkPoint Judge(CellSpec[] cells, int[] choices, int changes)
    {
        Evaluations++;
        _answers.Read(cells, _metrics, _after);
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = _isQuotient[i] ? MetricReference.Quotient(Expected(2 * i), Expected(2 * i + 1)) : Expected(2 * i);
        }
        int references = _values.Length - 1, unheld = 0;
        double violation = 0, margin = double.PositiveInfinity;
        for (int target = 0; target < _targets.Count; target++)
        {
            bool? holds = _targets.Holds(target, _values.AsSpan(0, references));
            if (holds == false)
            {
                unheld++;
                violation += Distance(target, references, wanted: true);
            }
            else if (holds == true && unheld == 0 && HasMeasured)
            {
                margin = Math.Min(margin, Distance(target, references, wanted: false));
            }
        }
        if (_targets.Count == 0)
        {
            unheld += _after[_maxLoadAt] > Math.Max(1, _before[_maxLoadAt]) ? 1 : 0;
            unheld += _after[_maxLoadAt + 1] > _before[_maxLoadAt + 1] + CoverageLoss ? 1 : 0;
        }
        double objective = _values[references];
        return new NetworkPoint
        {
            Choices = (int[])choices.Clone(),
            IsFeasible = _answers.Evaluator.IsFeasible,
            Unheld = unheld,
            Violation = violation,
            Margin = unheld == 0 && double.IsFinite(margin) ? margin : 0,
            Objective = double.IsNaN(objective) ? 0 : _sign * objective,
            Changes = changes,
        };
    }

    /// <summary>Marks the cells that targets which do not hold at the point judged last speak of.</summary>
    public void MarkCells(bool[] cells)
    {
        int references = _values.Length - 1;
        for (int target = 0; target < _targets.Count; target++)
        {
            if (_targets.Holds(target, _values.AsSpan(0, references)) != false)
            {
                continue;
            }
            for (int i = 0; i < references; i++)
            {
                // A reference that the target reads: without it, it cannot be judged.
                _values.CopyTo(_trial, 0);
                _trial[i] = double.NaN;
                if (_metrics[2 * i] is { Cell: >= 0 } metric && _targets.Holds(target, _trial.AsSpan(0, references)) is null)
                {
                    cells[metric.Cell] = true;
                }
            }
        }
    }

    private static (MetricReference Objective, bool Maximize) Usual(NetworkTask task) => task switch
    {
        NetworkTask.LoadBalancing => (new MetricReference("max_load"), false),
        NetworkTask.EnergySaving => (new MetricReference("energy_w"), false),
        _ => (new MetricReference("utility"), true),
    };

    private void Place(int reference, MetricReference metric)
    {
        _isQuotient[reference] = metric.IsRatio;
        PlaceName(2 * reference, metric.Name);
        if (metric.Denominator is { } denominator)
        {
            PlaceName(2 * reference + 1, denominator);
        }
    }

    private void PlaceName(int place, string name)
    {
        _metrics[place] = _answers.Metric(name);
        _measured[place] = _view.Series.Latest(name);
        _upper[place] = MetricFamily.UpperBoundOf(new MetricReference(name));
        HasMeasured |= _metrics[place] is not null && !double.IsNaN(_measured[place]);
    }

    private double Expected(int place)
    {
        double measured = _measured[place], after = _after[place], before = _before[place];
        if (_metrics[place] is not { } metric)
        {
            return measured;
        }
        if (double.IsNaN(measured) || double.IsNaN(after) || double.IsNaN(before))
        {
            return after;
        }
        double upper = _upper[place];
        if (measured > upper / 2 && before < upper && after < upper)
        {
            return upper - (upper - measured) * ((upper - after) / (upper - before));
        }
        return metric.IsOnLogarithmicScale ? measured + (after - before) : before > 0 && before < NetworkReader.NoLoads ? measured * (after / before) : after;
    }

    /// <summary>Least relative change of one metric that makes a target hold, or not hold.</summary>
    private double Distance(int target, int references, bool wanted)
    {
        double least = Math.ScaleB(1, MostPower);
        _values.CopyTo(_trial, 0);
        for (int i = 0; i < references; i++)
        {
            double value = _values[i], size = Math.Max(Math.Abs(value), 1e-9);
            if (double.IsNaN(value))
            {
                continue;
            }
            for (int power = LeastPower; power <= MostPower && Math.ScaleB(1, power - 1) < least; power++)
            {
                double change = Math.ScaleB(1, power);
                double sign = Is(target, i, value + change * size, wanted) ? 1 : Is(target, i, value - change * size, wanted) ? -1 : 0;
                if (sign != 0)
                {
                    double low = power == LeastPower ? 0 : change / 2, high = change;
                    for (int halving = 0; halving < Halvings; halving++)
                    {
                        double middle = 0.5 * (low + high);
                        (low, high) = Is(target, i, value + sign * middle * size, wanted) ? (low, middle) : (middle, high);
                    }
                    least = Math.Min(least, high);
                    break;
                }
            }
            _trial[i] = value;
        }
        return least;
    }

    private bool Is(int target, int reference, double value, bool wanted)
    {
        _trial[reference] = value;
        return _targets.Holds(target, _trial.AsSpan(0, _trial.Length - 1)) == wanted;
    }
}
