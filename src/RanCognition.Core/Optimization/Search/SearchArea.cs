namespace RanCognition.Optimization.Search;

/// <summary>The coordinates that strategies may move, the others held, and the batch that they share.</summary>
/// <remarks>
/// Strategies see a cube of only these coordinates, and values times a power of two (which rounds nothing), so that their tolerances, made for functions that vary by 1 or more, also suit
/// functions of tiny or huge scale.
/// </remarks>
internal sealed class SearchArea
{
    private const double ScaledMax = 1e60;   // squares of sums of squares of this stay finite
    private readonly Ledger _ledger;
    private readonly int[]? _moving;   // null = all
    private readonly double[] _held;
    private Func<Batch, int, double>? _measure;
    private double _scale = 1;
    private double _bestMeasured = Batch.Failed;

    /// <param name="problem">The problem.</param>
    /// <param name="ledger">Its book.</param>
    /// <param name="moving">The coordinates that may be moved, ascending.</param>
    /// <param name="held">A point of the whole cube that gives the others.</param>
    public SearchArea(SearchProblem problem, Ledger ledger, int[] moving, ReadOnlySpan<double> held)
    {
        _ledger = ledger;
        _held = held.ToArray();
        _moving = moving.Length == problem.Space.Dimension ? null : moving;
        Dimension = moving.Length;
        Batch = new Batch(problem.Space.Dimension, problem.Maximize.Length, problem.ConstraintCount);
        Best = new double[Dimension];
    }

    /// <summary>Number of coordinates that move.</summary>
    public int Dimension { get; }

    /// <summary>What is yielded to have the points evaluated.</summary>
    public Batch Batch { get; }

    /// <summary>Whether a point that did not fail is known.</summary>
    public bool HasBest => _measure is null ? _ledger.HasBest : _bestMeasured < Batch.Failed;

    /// <summary>Value of the best point known, by whichever strategy.</summary>
    public double BestValue => _measure is null ? Scaled(_ledger.BestValue) : _bestMeasured;

    public ulong Evaluations => _ledger.Evaluations;

    public ulong EvaluationsLeft => _ledger.EvaluationsLeft;

    /// <summary>What is evaluated from now on is for this strategy.</summary>
    public void ChargeTo(string strategy) => _ledger.Arms.ChargeTo(strategy);

    private double[] Best { get; }

    /// <summary>Lets strategies see another value than the first objective, such as one with penalties for constraints. The best is then that among the rows read since.</summary>
    public void SetMeasure(Func<Batch, int, double>? measure)
    {
        _measure = measure;
        _bestMeasured = Batch.Failed;
    }

    /// <summary>Continuous coordinates of a space that are wider than 0.</summary>
    public static int[] Continuous(SearchSpace space)
    {
        List<int> moving = [];
        for (int i = 0; i < space.Dimension; i++)
        {
            if (space.LevelCount(i) == 0 && space.Value(i, 0) != space.Value(i, 1))
            {
                moving.Add(i);
            }
        }
        return moving.ToArray();
    }

    /// <summary>Holds the other coordinates where this point has them.</summary>
    public void Hold(ReadOnlySpan<double> point) => point.CopyTo(_held);

    public void Resize(int rows) => Batch.Resize(rows);

    /// <summary>Puts a point of the moving coordinates into the batch.</summary>
    public void Set(int row, ReadOnlySpan<double> point)
    {
        Span<double> whole = Batch.Point(row);
        if (_moving is null)
        {
            point.CopyTo(whole);
            return;
        }
        _held.CopyTo(whole);
        for (int i = 0; i < _moving.Length; i++)
        {
            whole[_moving[i]] = point[i];
        }
    }

    /// <summary>The moving coordinates of a point of the batch.</summary>
    public void Get(int row, Span<double> point) => Take(Batch.Point(row), point);

    /// <summary>What a point of the batch gave; 1e300 = it failed.</summary>
    public double Value(int row)
    {
        if (_measure is null)
        {
            return Scaled(Batch.Value(row));
        }
        double value = Scaled(_measure(Batch, row));
        if (value < _bestMeasured)
        {
            _bestMeasured = value;
            Get(row, Best);
        }
        return value;
    }

    /// <summary>The moving coordinates of the best point known.</summary>
    public void CopyBest(Span<double> point)
    {
        if (_measure is null)
        {
            Take(_ledger.BestU, point);
        }
        else
        {
            Best.CopyTo(point);
        }
    }

    /// <summary>Chooses the factor of all values, given how much those of the first points differ.</summary>
    /// <returns>The factor by which values read before have to be multiplied.</returns>
    public double ScaleBySpread(double spread)
    {
        double before = _scale;
        if (spread > 0 && (spread < 1 || spread > ScaledMax) && double.IsFinite(spread))
        {
            _scale *= Math.ScaleB(1, -Math.Clamp(Math.ILogB(spread), -1000, 1000));
        }
        _bestMeasured = Math.Min(Batch.Failed, _bestMeasured * (_scale / before));
        return _scale / before;
    }

    /// <summary>Smallest difference of values that counts near a value.</summary>
    public static double Tolerance(double value) => Math.Max(1e-9, 1e-13 * Math.Abs(value));

    private double Scaled(double value) => value >= Batch.Failed ? Batch.Failed : Math.Clamp(value * _scale, -Batch.Failed, Batch.Failed);

    private void Take(ReadOnlySpan<double> whole, Span<double> point)
    {
        if (_moving is null)
        {
            whole.CopyTo(point);
            return;
        }
        for (int i = 0; i < _moving.Length; i++)
        {
            point[i] = whole[_moving[i]];
        }
    }
}
