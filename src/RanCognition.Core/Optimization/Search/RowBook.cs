namespace RanCognition.Optimization.Search;

/// <summary>Takes the rows of a batch to those who evaluate them and back: works out their values, leaves out those that are known already, and enters the results in the ledger in the order of the rows.</summary>
/// <remarks>
/// Use: <see cref="Prepare"/>, evaluate the rows 0..<see cref="NewCount"/>-1 (<see cref="X"/> into <see cref="Objectives"/> and <see cref="Constraints"/>), <see cref="Enter"/> each in ascending order,
/// then <see cref="Complete"/>. Points are remembered in spaces with levels, where a search comes back to them.
/// </remarks>
internal sealed class RowBook
{
    private readonly SearchProblem _problem;
    private readonly PointCache? _cache;

    private Batch _batch;
    private double[] _x;

    // Of each row that has to be evaluated: its place in the batch and in the cache (-1 = not kept).
    private int[] _rows = new int[16];
    private int[] _entries = new int[16];

    // Rows of the batch that are like an earlier one that is not evaluated yet, and that one's place in the cache.
    private int[] _twins = [];
    private int[] _twinEntries = [];
    private int _twinCount;

    public RowBook(SearchProblem problem, Ledger ledger)
    {
        _problem = problem;
        Ledger = ledger;
        _batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        _x = new double[16 * problem.Space.Dimension];
        _cache = problem.Space.IntervalCount < problem.Space.Dimension ? new PointCache(problem.Maximize.Length + problem.ConstraintCount + 1) : null;
    }

    public Ledger Ledger { get; }

    /// <summary>Rows to evaluate.</summary>
    public int NewCount { get; private set; }

    /// <summary>Values of the rows to evaluate, row by row.</summary>
    public ReadOnlySpan<double> AllX => _x.AsSpan(0, NewCount * _problem.Space.Dimension);

    /// <summary>Where the rows are contiguous: their objectives, row by row, in their own sense.</summary>
    public Span<double> AllObjectives => _batch.AllObjectives[..(NewCount * _problem.Maximize.Length)];

    /// <summary>Where the rows are contiguous: their constraints, row by row.</summary>
    public Span<double> AllConstraints => _batch.AllConstraints[..(NewCount * _problem.ConstraintCount)];

    /// <summary>Whether the rows to evaluate stand side by side in the batch, from its first.</summary>
    public bool IsContiguous => NewCount > 0 && _rows[NewCount - 1] == NewCount - 1;

    /// <summary>Values of a row to evaluate.</summary>
    public ReadOnlySpan<double> X(int row) => _x.AsSpan(row * _problem.Space.Dimension, _problem.Space.Dimension);

    /// <summary>Gets its objectives, in their own sense.</summary>
    public Span<double> Objectives(int row) => _batch.Objectives(_rows[row]);

    /// <summary>Gets its constraints.</summary>
    public Span<double> Constraints(int row) => _batch.Constraints(_rows[row]);

    /// <summary>Takes a batch: finds out which rows have to be evaluated, at most as many as the budget allows. Returns their number.</summary>
    public int Prepare(Batch batch)
    {
        int n = _problem.Space.Dimension, most = (int)Math.Min((ulong)batch.Count, Ledger.EvaluationsLeft);
        _batch = batch;
        _twinCount = 0;
        NewCount = 0;
        if (_rows.Length < batch.Count)
        {
            _rows = new int[batch.Count];
            _entries = new int[batch.Count];
        }
        if (_x.Length < (most + 1) * n)
        {
            _x = new double[(most + 1) * n];
        }
        if (_cache is null && batch.GivenValues is null)
        {
            for (int row = 0; row < most; row++)
            {
                _problem.Space.Values(batch.Point(row), _x.AsSpan(row * n, n));
                _rows[row] = row;
            }
            return NewCount = most;
        }
        for (int row = 0; row < batch.Count && NewCount < most; row++)
        {
            Span<double> x = _x.AsSpan(NewCount * n, n);
            if (batch.GivenValues is { } given)
            {
                given.AsSpan(row * n, n).CopyTo(x);
            }
            else
            {
                _problem.Space.Values(batch.Point(row), x);
            }
            if (IsNew(batch, row, x, out int entry))
            {
                _rows[NewCount] = row;
                _entries[NewCount++] = entry;
            }
        }
        return NewCount;
    }

    /// <summary>Enters a row that was evaluated.</summary>
    /// <param name="row">Which of those to evaluate.</param>
    /// <param name="failed">The point failed.</param>
    public void Enter(int row, bool failed)
    {
        int batchRow = _rows[row];
        Span<double> objectives = _batch.Objectives(batchRow), constraints = _batch.Constraints(batchRow);
        failed = !Normalise(objectives, constraints, failed);
        double violation = failed ? double.PositiveInfinity : Search.Ledger.Violation(constraints);
        _batch.Violation(batchRow) = violation;
        Ledger.Enter(_batch.Point(batchRow), X(row), objectives, constraints, failed);
        if (_cache is not null && _entries[row] >= 0)
        {
            Keep(_cache.Row(_entries[row]), objectives, constraints, violation);
        }
    }

    /// <summary>Gives the rows that are like another of their batch what that one gave.</summary>
    public void Complete()
    {
        for (int i = 0; i < _twinCount; i++)
        {
            Recall(_batch, _twins[i], _twinEntries[i]);
        }
    }

    /// <summary>Enters a point that was evaluated without being asked for.</summary>
    /// <param name="u">Its place in the cube.</param>
    /// <param name="x">Its values.</param>
    /// <param name="objectives">What it gave, in their own sense; changed.</param>
    /// <param name="constraints">What it gave; changed when it failed.</param>
    /// <param name="failed">The point failed.</param>
    public void EnterTold(ReadOnlySpan<double> u, ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints, bool failed)
    {
        bool isRepeat = false;
        failed = !Normalise(objectives, constraints, failed);
        if (_cache is { } cache)
        {
            (ulong first, ulong second) = PointCache.Hash(x);
            isRepeat = cache.Find(first, second) >= 0;
            if (!isRepeat && cache.Add(first, second) is >= 0 and int entry)
            {
                Keep(cache.Row(entry), objectives, constraints, failed ? double.PositiveInfinity : Search.Ledger.Violation(constraints));
            }
        }
        Ledger.Enter(u, x, objectives, constraints, failed, isRepeat, isTold: true);
    }

    /// <summary>Turns objectives so that small is good; false = the point failed, and all its numbers are the ones that stand for that.</summary>
    private bool Normalise(Span<double> objectives, Span<double> constraints, bool failed)
    {
        bool[] maximize = _problem.Maximize;
        for (int j = 0; j < objectives.Length; j++)
        {
            failed |= !double.IsFinite(objectives[j]);
            objectives[j] = maximize[j] ? -objectives[j] : objectives[j];
        }
        for (int j = 0; j < constraints.Length; j++)
        {
            failed |= double.IsNaN(constraints[j]);
            constraints[j] = Math.Clamp(constraints[j], -Batch.Failed, Batch.Failed);
        }
        if (failed)
        {
            objectives.Fill(Batch.Failed);
            constraints.Fill(Batch.Failed);
        }
        return !failed;
    }

    private bool IsNew(Batch batch, int row, ReadOnlySpan<double> x, out int entry)
    {
        entry = -1;
        if (_cache is null)
        {
            return true;
        }
        (ulong first, ulong second) = PointCache.Hash(x);
        entry = _cache.Find(first, second);
        if (entry < 0)
        {
            entry = _cache.Add(first, second);
            if (entry >= 0)
            {
                _cache.Row(entry)[^1] = double.NaN;   // not evaluated yet
            }
            return true;
        }
        if (!double.IsNaN(_cache.Row(entry)[^1]))
        {
            Recall(batch, row, entry);
            return false;
        }
        if (IsPending(entry))
        {
            AddTwin(row, entry);
            return false;
        }
        return true;   // the evaluation was given up earlier
    }

    private bool IsPending(int entry) => _entries.AsSpan(0, NewCount).Contains(entry);

    private void AddTwin(int row, int entry)
    {
        if (_twinCount == _twins.Length)
        {
            Array.Resize(ref _twins, Math.Max(16, 2 * _twinCount));
            Array.Resize(ref _twinEntries, _twins.Length);
        }
        _twins[_twinCount] = row;
        _twinEntries[_twinCount++] = entry;
    }

    private void Recall(Batch batch, int row, int entry)
    {
        ReadOnlySpan<double> kept = _cache!.Row(entry);
        int m = _problem.Maximize.Length;
        kept[..m].CopyTo(batch.Objectives(row));
        kept[m..^1].CopyTo(batch.Constraints(row));
        batch.Violation(row) = kept[^1];
    }

    private static void Keep(Span<double> row, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints, double violation)
    {
        objectives.CopyTo(row);
        constraints.CopyTo(row[objectives.Length..]);
        row[^1] = violation;
    }
}
