namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Local search on levels, the other coordinates held: changes of one variable, then of two.</summary>
/// <remarks>
/// Variables are tried in random order, a few at a time: of each the best change counts, and when several variables gain, all of their changes are tried together. A variable with an order tries the
/// a step to either side, longer after it helped and shorter after it did not, and now and then a random level; one without order, or with few levels, tries them all. Where nothing gains, all levels of each variable are tried (steps of
/// powers of two when there are many), and then changes of two variables at once.
/// </remarks>
internal sealed partial class LevelSearch
{
    private const int BlockVariables = 4;

    // Variables with at most so many levels try them all at once.
    private const int FewLevels = 4;

    // As a last resort, variables with at most so many try them all.
    private const int ManyLevels = 64;

    private readonly SearchSpace _space;
    private readonly RandomSource _random;
    private readonly int[] _variables;
    private readonly int[] _order;
    private readonly Batch _batch;

    // The step of each variable with an order, in levels: twice as long when it gained, half as long when it did not.
    private readonly int[] _steps;

    // Of each row: the variable that it changes.
    private int[] _rowVariables = new int[64];

    private int _rows;
    private int _next;

    /// <param name="problem">The problem.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="variables">The variables that it may change, each of two levels or more.</param>
    public LevelSearch(SearchProblem problem, RandomSource random, int[] variables)
    {
        _space = problem.Space;
        _random = random;
        _variables = variables;
        _order = (int[])variables.Clone();
        _batch = new Batch(_space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _steps = new int[_space.Dimension];
        Array.Fill(_steps, 1);
        Best = new Standing(_space.Dimension);
    }

    /// <summary>What violations cost; null = they count before the value. With prices the values of points are those with what their violations cost.</summary>
    public PenaltyWeights? Prices { get; init; }

    /// <summary>Where the search is.</summary>
    public Standing Best { get; }

    /// <summary>Begins at a point of a batch.</summary>
    public void Place(Batch batch, int row) => Best.Set(batch.Point(row), Violation(batch, row), Value(batch, row));

    /// <summary>Changes levels until no change of one variable gains.</summary>
    /// <param name="plateauBlocks">Blocks that it may walk among points of equal value.</param>
    public IEnumerable<Batch> Descend(int plateauBlocks)
    {
        bool isWide = false, walks = false;
        foreach (int variable in _variables)
        {
            _steps[variable] = Math.Max(1, _space.LevelCount(variable) / 16);
        }
        int idle = 0;   // variables since the last gain
        while (true)
        {
            int first = idle;
            idle += SetBlock(isWide);
            if (_rows > 0)
            {
                yield return _batch;
                int gains = TakeBlock(walks);
                if (gains > 1)
                {
                    yield return _batch;
                    if (Gains(0))
                    {
                        Place(_batch, 0);
                    }
                }
                if (gains > 0)
                {
                    idle = 0;
                    isWide = walks = false;
                }
            }
            plateauBlocks -= walks ? 1 : 0;
            if (idle < _variables.Length || (walks && plateauBlocks > 0))
            {
                continue;
            }
            if (!isWide)
            {
                isWide = true;
                idle = 0;
            }
            else if (!walks && plateauBlocks > 0)
            {
                walks = true;
                isWide = false;
            }
            else
            {
                yield break;
            }
        }
    }

    /// <summary>Changes a number of variables at random.</summary>
    public void Disturb(Span<double> point, int changes)
    {
        for (int i = 0; i < changes; i++)
        {
            int variable = _variables[_random.NextBelow(_variables.Length)], levels = _space.LevelCount(variable), level = _space.Level(variable, point[variable]);
            bool isNear = !_space.IsCategory(variable) && levels > FewLevels && _random.NextDouble() < 0.5;
            int other = isNear ? level + Sign() * (1 + _random.NextBelow(Math.Max(1, levels / 8))) : Other(levels, level);
            point[variable] = _space.Middle(variable, Math.Clamp(other, 0, levels - 1));
        }
    }

    private int Sign() => _random.NextDouble() < 0.5 ? -1 : 1;

    private int Other(int levels, int level)
    {
        int other = _random.NextBelow(levels - 1);
        return other >= level ? other + 1 : other;
    }

    /// <summary>Fills the batch with the changes of the next few variables; returns their number.</summary>
    private int SetBlock(bool isWide)
    {
        _rows = 0;
        int taken = 0;
        for (; taken < BlockVariables && taken < _order.Length; taken++)
        {
            if (_next == 0)
            {
                Shuffle();
            }
            AddChanges(_order[_next], isWide);
            _next = (_next + 1) % _order.Length;
        }
        _batch.Resize(_rows);
        return taken;
    }

    private void Shuffle()
    {
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = _random.NextBelow(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }

    private void AddChanges(int variable, bool isWide)
    {
        int levels = _space.LevelCount(variable), level = _space.Level(variable, Best.Point[variable]);
        if (levels <= FewLevels || _space.IsCategory(variable) || (isWide && levels <= ManyLevels))
        {
            AddAll(variable, levels, level, isWide);
            return;
        }
        int length = _steps[variable];
        AddChange(variable, Math.Max(level - length, 0));
        AddChange(variable, Math.Min(level + length, levels - 1));
        if (isWide)
        {
            for (int step = 2; step < levels; step *= 2)
            {
                AddChange(variable, level - step);
                AddChange(variable, level + step);
            }
            return;
        }
        if (length == 1 && _random.NextDouble() < 0.25)
        {
            AddChange(variable, Other(levels, level));
        }
    }

    /// <summary>All levels; of very long lists a random choice.</summary>
    private void AddAll(int variable, int levels, int level, bool isWide)
    {
        int most = isWide ? 4 * ManyLevels : 12;
        for (int other = 0; other < levels && levels <= most; other++)
        {
            AddChange(variable, other);
        }
        for (int i = 0; i < most && levels > most; i++)
        {
            AddChange(variable, Other(levels, level));
        }
    }

    private void AddChange(int variable, int level)
    {
        int levels = _space.LevelCount(variable);
        if (level < 0 || level >= levels || level == _space.Level(variable, Best.Point[variable]))
        {
            return;
        }
        AddRow(variable);
        _batch.Point(_rows - 1)[variable] = _space.Middle(variable, level);
    }

    private void AddRow(int variable)
    {
        if (_rows == _rowVariables.Length)
        {
            Array.Resize(ref _rowVariables, 2 * _rows);
        }
        _batch.Resize(_rows + 1);
        Best.Point.CopyTo(_batch.Point(_rows));
        _rowVariables[_rows++] = variable;
    }

    /// <summary>Takes the best change that gains; returns how many variables gained. With more than one the batch holds the point with all of their changes.</summary>
    private int TakeBlock(bool walks)
    {
        Span<int> bestRows = stackalloc int[BlockVariables];
        int gains = 0, best = -1, equal = -1, equals = 0;
        for (int row = 0, place = -1; row < _rows; row++)
        {
            int variable = _rowVariables[row];
            bool isFirst = row == 0 || _rowVariables[row - 1] != variable;
            if (isFirst)
            {
                place = -1;
                _steps[variable] = Math.Max(1, _steps[variable] / 2);
            }
            if (IsEqual(row) && walks && _random.NextBelow(++equals) == 0)
            {
                equal = row;
            }
            if (!Gains(row))
            {
                continue;
            }
            if (place < 0)
            {
                place = gains++;
                bestRows[place] = row;
            }
            else if (IsBetter(row, bestRows[place]))
            {
                bestRows[place] = row;
            }
            best = best < 0 || IsBetter(row, best) ? row : best;
        }
        if (gains == 0)
        {
            if (equal >= 0)
            {
                Place(_batch, equal);
            }
            return 0;
        }
        for (int place = 0; place < gains; place++)
        {
            int variable = _rowVariables[bestRows[place]];
            int walked = Math.Abs(_space.Level(variable, _batch.Point(bestRows[place])[variable]) - _space.Level(variable, Best.Point[variable]));
            _steps[variable] = (int)Math.Min(2L * walked, Math.Max(1, _space.LevelCount(variable) / 4));
        }
        double[] together = (double[])Best.Point.Clone();
        for (int place = 0; place < gains; place++)
        {
            int variable = _rowVariables[bestRows[place]];
            together[variable] = _batch.Point(bestRows[place])[variable];
        }
        Place(_batch, best);
        if (gains > 1)
        {
            _batch.Resize(1);
            together.CopyTo(_batch.Point(0));
        }
        return gains;
    }

    private bool Gains(int row) => Standing.IsBetter(Violation(_batch, row), Value(_batch, row), Best.Violation, Best.Value);

    private bool IsEqual(int row) => Violation(_batch, row) == Best.Violation && Value(_batch, row) == Best.Value;

    private bool IsBetter(int row, int other) => Standing.IsBetter(Violation(_batch, row), Value(_batch, row), Violation(_batch, other), Value(_batch, other));

    private double Violation(Batch batch, int row) => Prices is null || double.IsInfinity(batch.Violation(row)) ? batch.Violation(row) : 0;

    private double Value(Batch batch, int row) => Prices is null ? batch.Value(row) : Prices.Merit(batch, row);
}
