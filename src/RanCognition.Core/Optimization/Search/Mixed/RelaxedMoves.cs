namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Changes of one level after each of which the other variables may settle anew: finds what gains only together with them.</summary>
internal sealed class RelaxedMoves
{
    // Levels of a variable without order that are tried at one time.
    private const int OthersMax = 3;

    private readonly SearchSpace _space;
    private readonly Ledger _ledger;
    private readonly RandomSource _random;
    private readonly MixedDescent _descent;
    private readonly int[] _variables;
    private readonly Batch _batch;
    private readonly Standing _trial;

    public RelaxedMoves(SearchProblem problem, Ledger ledger, RandomSource random, MixedDescent descent, int[] variables)
    {
        _space = problem.Space;
        _ledger = ledger;
        _random = random;
        _descent = descent;
        _variables = variables;
        _batch = new Batch(_space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _trial = new Standing(_space.Dimension);
    }

    /// <summary>Whether the last run improved its point.</summary>
    public bool HasGained { get; private set; }

    /// <summary>Tries all variables, from a random one on, and keeps what gains.</summary>
    public IEnumerable<Batch> Run(Standing standing, ulong evaluationsMax)
    {
        HasGained = false;
        ulong end = _ledger.Evaluations + evaluationsMax;
        int first = _random.NextBelow(_variables.Length);
        for (int i = 0; i < _variables.Length && _ledger.Evaluations < end; i++)
        {
            int variable = _variables[(first + i) % _variables.Length];
            _batch.Resize(SetMoves(variable, standing.Point));
            yield return _batch;
            int rows = _batch.Count;
            for (int row = 0; row < rows; row++)
            {
                _trial.Set(_batch, row);
                foreach (Batch batch in _descent.Run(_trial, true))
                {
                    yield return batch;
                }
                if (_trial.IsBetterThan(standing) && !IsSame(_trial.Value, standing.Value))
                {
                    standing.Set(_trial);
                    HasGained = true;
                    break;
                }
            }
        }
    }

    private static bool IsSame(double value, double other) => Math.Abs(value - other) <= 1e-9 * Math.Max(1e-3, Math.Abs(other));

    private int SetMoves(int variable, double[] point)
    {
        int levels = _space.LevelCount(variable), level = _space.Level(variable, point[variable]), rows = 0;
        int shift = _random.NextBelow(levels - 1);   // so that all levels have their turn
        bool takesAll = levels <= OthersMax + 1 || _space.IsCategory(variable);
        _batch.Resize(OthersMax);
        for (int k = 1; k <= (takesAll ? Math.Min(levels - 1, OthersMax) : 2); k++)
        {
            int other = takesAll ? (level + 1 + (shift + k) % (levels - 1)) % levels : level + (k == 1 ? -1 : 1);
            if (other >= 0 && other < levels)
            {
                point.CopyTo(_batch.Point(rows));
                _batch.Point(rows++)[variable] = _space.Middle(variable, other);
            }
        }
        return rows;
    }
}
