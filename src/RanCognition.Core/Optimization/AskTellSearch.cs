using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Performance;

namespace RanCognition.Optimization;

/// <summary>A search whose points the host evaluates in its own time: it asks for points and tells what they gave, in any order.</summary>
internal sealed class AskTellSearch
{
    // Batches in a row whose points were all known: the strategy has nothing new to try.
    private const int StalledBatchesMax = 20_000;

    private readonly CompiledProblem _compiled;
    private readonly IHost _host;
    private readonly Ledger _ledger;
    private readonly RowBook _book;
    private readonly IEnumerator<Batch> _batches;

    // The rows that were asked for: by the hash of their values the first row, and of each row the next one of the same hash.
    private readonly Dictionary<ulong, int> _rowOfHash = [];
    private int[] _nextRow = [];
    private bool[] _isTold = [];
    private int _rows;
    private int _toldRows;
    private int _firstOpen;
    private SearchStop? _stopped;

    public AskTellSearch(CompiledProblem compiled, IHost host)
    {
        _compiled = compiled;
        _host = host;
        _ledger = new Ledger(compiled.Search);
        _book = new RowBook(compiled.Search, _ledger);
        _batches = new SearchPlan(compiled.Search, _ledger).Run().GetEnumerator();
    }

    public int Dimension => _compiled.Search.Space.Dimension;

    public int ObjectiveCount => _compiled.Search.Maximize.Length;

    public int ConstraintCount => _compiled.Search.ConstraintCount;

    /// <summary>About: a few matrices of the strategies, and the points of the batch.</summary>
    public ulong MemoryBytes => (ulong)sizeof(double) * (ulong)Dimension * (ulong)(8 * Dimension + _nextRow.Length + 1000);

    /// <summary>Writes open points, as many as there is room for. Returns their number; 0 = the search is over.</summary>
    public int Ask(Span<double> x)
    {
        if (_stopped is null && _host.NowNanoseconds() >= _compiled.Search.EndNs)
        {
            _stopped = SearchStop.Deadline;
        }
        if (_stopped is null && _toldRows == _rows)
        {
            Advance();
        }
        if (_stopped is not null)
        {
            return 0;
        }
        int n = Dimension, written = 0;
        for (int row = _firstOpen; row < _rows && (written + 1) * n <= x.Length; row++)
        {
            if (!_isTold[row])
            {
                _book.X(row).CopyTo(x[(written * n)..]);
                written++;
            }
        }
        return written;
    }

    /// <summary>Takes what points gave. All of them are checked before the first is taken.</summary>
    public void Tell(ReadOnlySpan<double> x, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        int n = Dimension, m = ObjectiveCount, k = ConstraintCount, count = x.Length / n;
        double[] values = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Allowed(x[i], i / n, i % n);
        }
        double[] f = new double[m], g = new double[k], u = new double[n];
        for (int point = 0; point < count; point++)
        {
            ReadOnlySpan<double> value = values.AsSpan(point * n, n);
            objectives.Slice(point * m, m).CopyTo(f);
            constraints.Slice(point * k, k).CopyTo(g);
            if (FindOpen(value) is >= 0 and int row)
            {
                f.CopyTo(_book.Objectives(row));
                g.CopyTo(_book.Constraints(row));
                _book.Enter(row, failed: false);
                _isTold[row] = true;
                _toldRows++;
            }
            else
            {
                _compiled.Search.Space.Coordinates(value, u);
                _book.EnterTold(u, value, f, g, failed: false);
            }
            _stopped ??= _ledger.Stopped;
        }
        while (_firstOpen < _rows && _isTold[_firstOpen])
        {
            _firstOpen++;
        }
    }

    public OptimizationResult Result()
    {
        // A search that goes on ends here if the host likes.
        _ledger.Stopped = _stopped ?? SearchStop.Cancelled;
        OptimizationResult result = ResultBuilder.Build(_compiled, _ledger, null);
        _ledger.Stopped = _stopped;
        return result;
    }

    /// <summary>Goes on to the next batch that has points which are not known.</summary>
    private void Advance()
    {
        if (_ledger.Stopped is not null)
        {
            _stopped = _ledger.Stopped;
            return;
        }
        for (int stalled = 0; stalled < StalledBatchesMax; stalled++)
        {
            if (_rows > 0 || stalled > 0)
            {
                _book.Complete();
            }
            if (!_batches.MoveNext())
            {
                break;
            }
            _rows = _book.Prepare(_batches.Current);
            if (_rows > 0)
            {
                Open();
                return;
            }
        }
        _rows = 0;
        Open();
        _stopped = _ledger.Stopped = _ledger.IsExhausted ? SearchStop.Exact : SearchStop.Converged;
    }

    private void Open()
    {
        _toldRows = 0;
        _firstOpen = 0;
        if (_isTold.Length < _rows)
        {
            _isTold = new bool[_rows];
            _nextRow = new int[_rows];
        }
        Array.Clear(_isTold);
        _rowOfHash.Clear();
        for (int row = _rows - 1; row >= 0; row--)
        {
            ulong hash = PointCache.Hash(_book.X(row)).First;
            ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowOfHash, hash, out bool exists);
            _nextRow[row] = exists ? first : -1;
            first = row;
        }
    }

    private int FindOpen(ReadOnlySpan<double> x)
    {
        int row = _rowOfHash.TryGetValue(PointCache.Hash(x).First, out int first) ? first : -1;
        while (row >= 0 && (_isTold[row] || !_book.X(row).SequenceEqual(x)))
        {
            row = _nextRow[row];
        }
        return row;
    }

    private double Allowed(double value, int point, int variable) =>
        VariableCompiler.Allowed(_compiled.Search.Space.Axis(variable), value, $"x[{point}][{variable}]");
}
