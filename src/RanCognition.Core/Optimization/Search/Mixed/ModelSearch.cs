namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Learns a quadratic model of the objective and of each constraint from all points, searches the model, which costs nothing, and has its best points evaluated.</summary>
/// <remarks>Energy, loads and costs of a network are largely sums over cells and pairs of cells: where that is so, a few evaluations per variable are enough.</remarks>
internal sealed class ModelSearch
{
    private const int Proposals = 4;
    private const int RowsMax = 4000;        // learnt from
    private const int Starts = 4;
    private const int SweepsMax = 8;
    private const int ExchangeVariablesMax = 64;
    private const int ExchangesMax = 2;
    private const double Cautious = 0.5;     // share of the usual error by which a proposal keeps away from the border

    private readonly SearchProblem _problem;
    private readonly SearchSpace _space;
    private readonly Ledger _ledger;
    private readonly RandomSource _random;
    private readonly LevelSearch _levels;
    private readonly ModelFeatures _features;
    private readonly LinearModel _model;
    private readonly Batch _batch;
    private readonly double[] _terms;
    private readonly double[] _values;
    private readonly double[] _prices;
    private readonly double[] _errors;
    private readonly ModelWalk _walk;
    private readonly double[] _found;
    private readonly double[] _candidates = new double[16];
    private double _margin;
    private bool _hasBegun;

    public ModelSearch(SearchProblem problem, Ledger ledger, RandomSource random, LevelSearch levels, ModelFeatures features)
    {
        _problem = problem;
        _space = problem.Space;
        _ledger = ledger;
        _random = random;
        _levels = levels;
        _features = features;
        _model = new LinearModel(features.Count, features.Plain, 1 + problem.ConstraintCount);
        _batch = new Batch(_space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _terms = new double[features.Count];
        _values = new double[1 + problem.ConstraintCount];
        _prices = new double[1 + problem.ConstraintCount];
        _errors = new double[1 + problem.ConstraintCount];
        _walk = new ModelWalk(features, _model, _space.Dimension, 1 + problem.ConstraintCount);
        _found = new double[_space.Dimension];
        Best = new Standing(_space.Dimension);
    }

    /// <summary>Steps since one found the best point known.</summary>
    public int StepsSinceBest { get; private set; }

    /// <summary>The best point that it proposed.</summary>
    public Standing Best { get; }

    /// <summary>Learns from points that were evaluated, by whichever strategy.</summary>
    public void Learn(Batch batch)
    {
        for (int row = 0; row < batch.Count && _model.Rows < RowsMax; row++)
        {
            if (double.IsInfinity(batch.Violation(row)) || !(Math.Abs(batch.Value(row)) < 1e100))
            {
                continue;
            }
            _features.Fill(batch.Point(row), _terms);
            _values[0] = batch.Value(row);
            for (int j = 1; j < _values.Length; j++)
            {
                _values[j] = Math.Clamp(batch.Constraints(row)[j - 1], -1e100, 1e100);
            }
            _model.Add(_terms, _values);
        }
    }

    /// <summary>A few proposals; the first time points that teach.</summary>
    public IEnumerable<Batch> Step()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            SetLessons();
            yield return _batch;
            TakeBest();
        }
        if (!_model.Fit())
        {
            yield break;
        }
        SetPrices();
        _batch.Resize(Proposals);
        for (int proposal = 0; proposal < Proposals; proposal++)
        {
            _margin = _problem.ConstraintCount == 0 ? 0 : (proposal - 1) * Cautious;
            Propose(proposal);
            _found.CopyTo(_batch.Point(proposal));
        }
        int version = _ledger.BestVersion;
        yield return _batch;
        TakeErrors();
        TakeBest();
        StepsSinceBest = _ledger.BestVersion != version ? 0 : StepsSinceBest + 1;
    }

    private void TakeBest()
    {
        for (int row = 0; row < _batch.Count; row++)
        {
            if (Best.IsBeatenBy(_batch, row))
            {
                Best.Set(_batch, row);
            }
        }
    }

    /// <summary>Points near the best one and anywhere.</summary>
    private void SetLessons()
    {
        int wanted = Math.Max(_space.Dimension + 2, _features.Plain - _model.Rows);
        _batch.Resize((int)Math.Clamp(0.1 * _problem.Evaluations, 2, wanted));
        for (int row = 0; row < _batch.Count; row++)
        {
            Span<double> point = _batch.Point(row);
            bool isNear = row % 2 == 0;
            for (int i = 0; i < point.Length; i++)
            {
                point[i] = isNear && _random.NextDouble() < 0.7 ? _ledger.BestU[i] : _random.NextDouble();
            }
        }
    }

    /// <summary>A unit of violation costs well more than the objective can gain by it.</summary>
    private void SetPrices()
    {
        int terms = _features.Count;
        double objective = Strength(0, terms);
        for (int j = 1; j < _prices.Length; j++)
        {
            double strength = Strength(j, terms);
            _prices[j] = strength > 0 ? 10 * objective / strength : 0;
        }
    }

    private double Strength(int output, int terms)
    {
        double largest = 0;
        for (int term = 1; term < terms; term++)
        {
            largest = Math.Max(largest, Math.Abs(_model.Coefficients[output * terms + term]));
        }
        return largest;
    }

    /// <summary>What the model was off by at its proposals, for the distance to the border.</summary>
    private void TakeErrors()
    {
        for (int row = 0; row < _batch.Count; row++)
        {
            if (double.IsInfinity(_batch.Violation(row)))
            {
                continue;
            }
            _features.Fill(_batch.Point(row), _terms);
            for (int j = 1; j < _errors.Length; j++)
            {
                _errors[j] = 0.8 * _errors[j] + 0.2 * Math.Abs(_batch.Constraints(row)[j - 1] - _model.Value(j, _terms));
            }
        }
    }

    /// <summary>The best point of the model that a few local searches find.</summary>
    private void Propose(int proposal)
    {
        double best = double.PositiveInfinity;
        for (int start = 0; start < Starts; start++)
        {
            _ledger.BestU.CopyTo(_walk.Point);
            if (start > 0 || proposal == Proposals - 1)
            {
                for (int i = 0; i < _walk.Point.Length; i++)
                {
                    _walk.Point[i] = _random.NextDouble() < (start < Starts / 2 ? 0.15 : 0.6) ? _random.NextDouble() : _walk.Point[i];
                }
            }
            double value = Descend();
            if (value < best)
            {
                best = value;
                _walk.Point.CopyTo(_found, 0);
            }
        }
        if (proposal == Proposals - 1)
        {
            _levels.Disturb(_found, 1);
        }
    }

    private double Descend()
    {
        _walk.Begin();
        double value = Merit(_walk.Values);
        int exchanges = ExchangesMax;
        for (int sweep = 0; sweep < SweepsMax; sweep++)
        {
            double before = value;
            for (int i = 0; i < _walk.Point.Length; i++)
            {
                value = ChangeOne(i, value);
            }
            if (!(value < before - 1e-12 * Math.Abs(before)) && (exchanges-- == 0 || !Exchange(ref value)))
            {
                break;
            }
        }
        return value;
    }

    private double Merit(ReadOnlySpan<double> values)
    {
        double merit = values[0];
        for (int j = 1; j < _prices.Length; j++)
        {
            merit += _prices[j] * Math.Max(0, values[j] + _margin * _errors[j]);
        }
        return merit;
    }

    private double ChangeOne(int variable, double value)
    {
        int count = SetCandidates(variable);
        double kept = _walk.Point[variable], best = value;
        for (int k = 0; k < count; k++)
        {
            double changed = Merit(_walk.Try(variable, _candidates[k]));
            if (changed < best)
            {
                best = changed;
                kept = _candidates[k];
            }
        }
        if (best < value)
        {
            _walk.Change(variable, kept);
        }
        return best;
    }

    /// <summary>All of few levels; else steps of several lengths.</summary>
    private int SetCandidates(int variable)
    {
        int levels = _space.LevelCount(variable), count = 0;
        if (levels == 1)
        {
            return 0;
        }
        if (levels > 0 && levels <= _candidates.Length)
        {
            for (int level = 0; level < levels; level++)
            {
                _candidates[count++] = _space.Middle(variable, level);
            }
            return count;
        }
        double step = 0.25, here = _walk.Point[variable];
        for (; count < _candidates.Length; step /= 4)
        {
            _candidates[count++] = Math.Clamp(here - step, 0, 1);
            _candidates[count++] = Math.Clamp(here + step, 0, 1);
        }
        return count;
    }

    /// <summary>Exchanges the levels of two variables on two levels, one up and one down.</summary>
    private bool Exchange(ref double value)
    {
        bool gains = false;
        for (int i = 0; i < _walk.Point.Length && _walk.Point.Length <= ExchangeVariablesMax; i++)
        {
            for (int j = 0; j < i && _space.LevelCount(i) == 2; j++)
            {
                if (_space.LevelCount(j) != 2 || _space.Level(i, _walk.Point[i]) == _space.Level(j, _walk.Point[j]))
                {
                    continue;
                }
                double changed = Merit(_walk.TryExchange(i, j));
                if (changed < value - 1e-12 * Math.Abs(value))
                {
                    double other = _walk.Point[i];
                    _walk.Change(i, _walk.Point[j]);
                    _walk.Change(j, other);
                    value = changed;
                    gains = true;
                }
            }
        }
        return gains;
    }
}
