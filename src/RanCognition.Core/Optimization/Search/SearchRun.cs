using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Optimization.Search;

/// <summary>Drives a strategy: takes its batches, has the points evaluated, enters them in the ledger in the order of the rows.</summary>
/// <remarks>
/// Several threads evaluate rows of one batch where that pays; what they computed beyond a row at which the search stops is not entered, so that the answer is the same for any number of threads.
/// </remarks>
internal sealed class SearchRun(SearchProblem problem, IEvaluator evaluator, IHost host)
{
    private const string Stage = "search";
    private const ulong ProgressNanoseconds = 5_000_000;

    // The clock is read about this often, and at least once in so many rows.
    private const double ClockNanoseconds = 50_000;
    private const int ClockRowsMax = 64;

    // Starting threads costs about 100 us: rows are shared out when they take longer than this, in slices after which the clock is read.
    private const double ParallelNanosecondsMin = 300_000;
    private const double SliceNanoseconds = 10_000_000;

    // Rows in a row that were all known: the strategy has nothing new to try.
    private const int StalledRowsMax = 200_000;

    private readonly RowBook _book = new(problem, new Ledger(problem));

    private bool[] _failed = [];
    private int _stalledRows;

    private int _clockRows = 1;
    private int _rowsUntilClock = 1;
    private int _rowsSinceClock;
    private ulong _startNs;
    private ulong _clockNs;
    private ulong _progressNs;
    private double _nanosecondsPerRow;

    public Ledger Ledger => _book.Ledger;

    /// <summary>Runs until the ledger says stop or the strategy ends.</summary>
    public void Run(IEnumerable<Batch> strategy)
    {
        _startNs = _clockNs = _progressNs = host.NowNanoseconds();
        try
        {
            foreach (Batch batch in strategy)
            {
                int rows = _book.Prepare(batch);
                if (rows > 0)
                {
                    _stalledRows = 0;
                    Evaluate(rows);
                }
                else
                {
                    Stall(batch.Count);
                }
                if (Ledger.Stopped is not null)
                {
                    return;
                }
                _book.Complete();
            }
            Ledger.Stopped = Ledger.IsExhausted ? SearchStop.Exact : SearchStop.Converged;
        }
        catch (OperationCanceledException)
        {
            Ledger.Stopped = SearchStop.Cancelled;
            throw;
        }
    }

    private void Evaluate(int rows)
    {
        if (evaluator.PrefersBatches && _book.IsContiguous)
        {
            EvaluateTogether(rows);
            return;
        }
        for (int row = 0; row < rows && Ledger.Stopped is null;)
        {
            int together = Together(rows - row);
            if (together > 1)
            {
                EvaluateParallel(row, together);
            }
            else
            {
                _book.Enter(row, !evaluator.Evaluate(_book.X(row), _book.Objectives(row), _book.Constraints(row)));
            }
            row += together;
            PassRows(together);
        }
    }

    /// <summary>Rows that are evaluated at the same time: 1 unless the evaluator allows more and it pays.</summary>
    private int Together(int rows)
    {
        if (problem.Threads == 1 || !evaluator.IsThreadSafe || rows * _nanosecondsPerRow < ParallelNanosecondsMin)
        {
            return 1;
        }
        return (int)Math.Clamp(problem.Threads * SliceNanoseconds / _nanosecondsPerRow, Math.Min(rows, problem.Threads), rows);
    }

    private void EvaluateParallel(int first, int rows)
    {
        if (_failed.Length < rows)
        {
            _failed = new bool[rows];
        }
        ParallelWork work = new() { Count = rows, Threads = problem.Threads };
        ParallelResult result = ParallelExecutor.Run(work, (_, item) =>
            _failed[item] = !evaluator.Evaluate(_book.X(first + item), _book.Objectives(first + item), _book.Constraints(first + item)));
        int end = result.FailureCount == 0 ? rows : result.Failures[0].Item;
        for (int item = 0; item < end && Ledger.Stopped is null; item++)
        {
            _book.Enter(first + item, _failed[item]);
        }
        if (Ledger.Stopped is null)
        {
            result.ThrowIfFailed();
        }
    }

    private void EvaluateTogether(int rows)
    {
        if (_failed.Length < rows)
        {
            _failed = new bool[rows];
        }
        evaluator.EvaluateAll(_book.AllX, rows, _book.AllObjectives, _book.AllConstraints, _failed.AsSpan(0, rows));
        for (int row = 0; row < rows; row++)
        {
            _book.Enter(row, _failed[row]);
        }
        PassRows(rows);
    }

    private void Stall(int rows)
    {
        _stalledRows += Math.Max(rows, 1);
        if (_stalledRows >= StalledRowsMax)
        {
            Ledger.Stopped = Ledger.IsExhausted ? SearchStop.Exact : SearchStop.Converged;
            return;
        }
        PassRows(0);
    }

    private void PassRows(int rows)
    {
        _rowsSinceClock += rows;
        _rowsUntilClock -= Math.Max(rows, 1);
        if (_rowsUntilClock <= 0)
        {
            ReadClock();
        }
    }

    private void ReadClock()
    {
        ulong now = host.NowNanoseconds();
        double elapsed = now - _clockNs;
        if (_rowsSinceClock > 0)
        {
            _nanosecondsPerRow = elapsed / _rowsSinceClock;
        }
        _clockNs = now;
        _rowsSinceClock = 0;
        _clockRows = (int)Math.Clamp(_clockRows * ClockNanoseconds / Math.Max(elapsed, 1), 1, Math.Min(2 * _clockRows, ClockRowsMax));
        _rowsUntilClock = _clockRows;
        if (now >= problem.EndNs)
        {
            Ledger.Stopped ??= SearchStop.Deadline;
        }
        else if (now - _progressNs >= ProgressNanoseconds)
        {
            _progressNs = now;
            host.Progress(DoneShare(now), Stage);
        }
    }

    private double DoneShare(ulong now)
    {
        double share = (double)Ledger.Evaluations / problem.Evaluations;
        if (problem.EndNs is { } end && end > _startNs)
        {
            share = Math.Max(share, (double)(now - _startNs) / (end - _startNs));
        }
        return Math.Min(share, 1);
    }
}
