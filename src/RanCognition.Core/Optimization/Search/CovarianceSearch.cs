namespace RanCognition.Optimization.Search;

/// <summary>Active CMA-ES in the unit cube, with a Cholesky factor instead of eigenvectors.</summary>
/// <remarks>
/// Source: Hansen, "The CMA evolution strategy: a tutorial", 2016. The path of the step size uses the weighted mean of the standard normal vectors, which needs no inverse. A coordinate that leaves
/// the cube is mirrored into it and the mirrored point is what is learnt. Above <see cref="FullMax"/> variables only the diagonal is kept. A generation is one batch.
/// </remarks>
internal sealed class CovarianceSearch
{
    /// <summary>Most variables with a full covariance.</summary>
    public const int FullMax = 200;

    private readonly SearchArea _area;
    private readonly RandomSource _random;
    private readonly int _n;
    private readonly bool _isDiagonal;
    private readonly double[] _mean;
    private readonly double[] _covariance;   // lower triangle by columns, or the diagonal
    private readonly double[] _factor;
    private readonly double[] _stepPath;
    private readonly double[] _path;
    private readonly double[] _meanZ;
    private readonly double[] _meanY;
    private readonly double[] _point;
    private readonly RankOrder _ranks = new();
    private readonly CovarianceHistory _history = new();
    private CovarianceWeights _weights;
    private double[] _z = [];
    private double[] _y = [];
    private double[] _values = [];
    private double _pathLength;

    public CovarianceSearch(SearchArea area, RandomSource random, int population)
    {
        _area = area;
        _random = random;
        _n = area.Dimension;
        _isDiagonal = _n > FullMax;
        int entries = _isDiagonal ? _n : _n * _n;
        _mean = new double[_n];
        _covariance = new double[entries];
        _factor = new double[entries];
        _stepPath = new double[_n];
        _path = new double[_n];
        _meanZ = new double[_n];
        _meanY = new double[_n];
        _point = new double[_n];
        BestPoint = new double[_n];
        Population = population;
        _weights = SetPopulation(population);
    }

    public int Population { get; private set; }

    public int Generation { get; private set; }

    /// <summary>Length of a step, as a share of the range of a variable.</summary>
    public double StepSize { get; private set; }

    public double BestValue { get; private set; }

    public double[] BestPoint { get; }

    public CovarianceEnd End { get; private set; }

    /// <summary>Levels of each coordinate, 0 = none; null = no coordinate has any.</summary>
    public int[]? LevelCounts { get; init; }

    /// <summary>Largest less smallest value of the last generations.</summary>
    public double Range => _history.Range;

    /// <summary>Begins a run around a point.</summary>
    public void Begin(ReadOnlySpan<double> mean, double stepSize, int population)
    {
        mean.CopyTo(_mean);
        BestValue = double.PositiveInfinity;
        if (_isDiagonal)
        {
            Array.Fill(_covariance, 1);
            Array.Fill(_factor, 1);
        }
        else
        {
            Rows.SetDiagonal(_covariance, _n, 1);
            Rows.SetDiagonal(_factor, _n, 1);
        }
        Restart(stepSize, population);
    }

    /// <summary>Goes on around a point with a larger step, the shape as it is.</summary>
    public void Expand(ReadOnlySpan<double> around, double value, double stepFactor)
    {
        around.CopyTo(_mean);
        around.CopyTo(BestPoint);
        BestValue = value;
        Restart(StepSize * stepFactor, Population);
    }

    /// <summary>Copies the columns of the factor of the covariance, steps included.</summary>
    public void CopyColumns(Span<double> columns)
    {
        if (_isDiagonal)
        {
            columns.Clear();
            for (int i = 0; i < _n; i++)
            {
                columns[i * _n + i] = StepSize * _factor[i];
            }
            return;
        }
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = StepSize * _factor[i];
        }
    }

    /// <summary>One generation. Afterwards <see cref="End"/> tells whether the run has ended.</summary>
    public IEnumerable<Batch> Step()
    {
        _area.Resize(Population);
        for (int row = 0; row < Population; row++)
        {
            Sample(row);
        }
        yield return _area.Batch;
        ReadOnlySpan<int> order = Rank();
        MoveMean(order);
        UpdatePaths(out bool isStepPathShort);
        UpdateCovariance(order, isStepPathShort);
        if (LevelCounts is { } levels)
        {
            KeepMargin(levels);
        }
        Generation++;
        if (!FindFactor())
        {
            End = CovarianceEnd.Numeric;
            yield break;
        }
        StepSize *= Math.Exp(Math.Min(1, _weights.StepRate / _weights.StepDamping * (_pathLength / _weights.ExpectedNorm - 1)));
        Judge(_values[order[0]], _values[order[^1]]);
    }

    /// <summary>Ends the run because what it would find is known.</summary>
    public void EndAsKnown() => End = CovarianceEnd.KnownBasin;

    private void Restart(double stepSize, int population)
    {
        StepSize = stepSize;
        Generation = 0;
        End = CovarianceEnd.None;
        _history.Clear();
        Array.Clear(_stepPath);
        Array.Clear(_path);
        if (population != Population)
        {
            _weights = SetPopulation(population);
        }
    }

    private CovarianceWeights SetPopulation(int population)
    {
        Population = population;
        if (_values.Length < population)
        {
            _z = new double[population * _n];
            _y = new double[population * _n];
            _values = new double[population];
        }
        return new CovarianceWeights(_n, population, _isDiagonal);
    }

    private void Sample(int row)
    {
        Span<double> z = _z.AsSpan(row * _n, _n), y = _y.AsSpan(row * _n, _n);
        _random.FillNormal(z);
        if (_isDiagonal)
        {
            for (int i = 0; i < _n; i++)
            {
                y[i] = _factor[i] * z[i];
            }
        }
        else
        {
            LowerFactor.Multiply(_factor, z, y);
        }
        bool isMirrored = false;
        for (int i = 0; i < _n; i++)
        {
            double coordinate = _mean[i] + StepSize * y[i];
            if (!(coordinate >= 0 && coordinate <= 1))
            {
                coordinate = Mirror(coordinate);
                isMirrored = true;
            }
            _point[i] = coordinate;
        }
        if (isMirrored)
        {
            Repair(z, y);
        }
        _area.Set(row, _point);
    }

    private static double Mirror(double coordinate)
    {
        double folded = Math.Abs(coordinate);
        folded -= 2 * Math.Floor(folded / 2);
        return folded > 1 ? 2 - folded : double.IsFinite(folded) ? folded : 0.5;
    }

    /// <summary>Makes z and y those of the point as it was repaired.</summary>
    private void Repair(Span<double> z, Span<double> y)
    {
        for (int i = 0; i < _n; i++)
        {
            y[i] = (_point[i] - _mean[i]) / StepSize;
        }
        if (_isDiagonal)
        {
            for (int i = 0; i < _n; i++)
            {
                z[i] = y[i] / _factor[i];
            }
            return;
        }
        y.CopyTo(_meanY);
        LowerFactor.Solve(_factor, _meanY, z);
    }

    private ReadOnlySpan<int> Rank()
    {
        for (int row = 0; row < Population; row++)
        {
            double value = _values[row] = _area.Value(row);
            if (value < BestValue)
            {
                BestValue = value;
                _area.Get(row, BestPoint);
            }
        }
        return _ranks.Of(_values.AsSpan(0, Population));
    }

    private void MoveMean(ReadOnlySpan<int> order)
    {
        Array.Clear(_meanZ);
        Array.Clear(_meanY);
        for (int rank = 0; rank < _weights.Parents; rank++)
        {
            Rows.AddScaled(_weights.ByRank[rank], _z.AsSpan(order[rank] * _n, _n), _meanZ);
            Rows.AddScaled(_weights.ByRank[rank], _y.AsSpan(order[rank] * _n, _n), _meanY);
        }
        Rows.AddScaled(StepSize, _meanY, _mean);
    }

    private void UpdatePaths(out bool isStepPathShort)
    {
        CovarianceWeights w = _weights;
        Rows.Scale(_stepPath, 1 - w.StepRate);
        Rows.AddScaled(Math.Sqrt(w.StepRate * (2 - w.StepRate) * w.EffectiveParents), _meanZ, _stepPath);
        double squared = Rows.Dot(_stepPath, _stepPath);
        _pathLength = Math.Sqrt(squared);
        isStepPathShort = squared / (1 - Math.Pow(1 - w.StepRate, 2.0 * (Generation + 1))) < (2 + 4.0 / (_n + 1)) * _n;
        Rows.Scale(_path, 1 - w.PathRate);
        if (isStepPathShort)
        {
            Rows.AddScaled(Math.Sqrt(w.PathRate * (2 - w.PathRate) * w.EffectiveParents), _meanY, _path);
        }
    }

    private void UpdateCovariance(ReadOnlySpan<int> order, bool isStepPathShort)
    {
        CovarianceWeights w = _weights;
        double keep = 1 - w.RankOneRate - w.ParentsRate * w.Total + (isStepPathShort ? 0 : w.RankOneRate * w.PathRate * (2 - w.PathRate));
        Rows.Scale(_covariance, Math.Max(0, keep));
        AddOuter(w.RankOneRate, _path);
        for (int rank = 0; rank < order.Length; rank++)
        {
            double weight = w.ParentsRate * w.ByRank[rank];
            if (weight < 0)
            {
                ReadOnlySpan<double> z = _z.AsSpan(order[rank] * _n, _n);
                weight *= _n / Math.Max(1e-300, Rows.Dot(z, z));
            }
            AddOuter(weight, _y.AsSpan(order[rank] * _n, _n));
        }
    }

    private void AddOuter(double weight, ReadOnlySpan<double> y)
    {
        if (!_isDiagonal)
        {
            LowerFactor.AddOuter(weight, y, _covariance);
            return;
        }
        for (int i = 0; i < _n; i++)
        {
            _covariance[i] += weight * y[i] * y[i];
        }
    }

    /// <summary>Widens coordinates whose samples would hardly leave their level any more.</summary>
    /// <remarks>After Hamano, Saito, Nomura and Shirakawa, "CMA-ES with margin", 2022; the variance is raised where they move the mean.</remarks>
    private void KeepMargin(int[] levels)
    {
        double reach = 0.9 * Math.Sqrt(2 * Math.Log((double)_n * Population));
        for (int i = 0; i < _n; i++)
        {
            if (levels[i] < 2)
            {
                continue;
            }
            double mean = Math.Clamp(_mean[i], 1e-9, 1 - 1e-9), border = Math.Clamp(Math.Round(mean * levels[i]), 1, levels[i] - 1) / levels[i];
            ref double variance = ref _covariance[_isDiagonal ? i : i * _n + i];
            if (StepSize * Math.Sqrt(variance) < Math.Abs(mean - border) / reach)
            {
                double width = 0.5 / (levels[i] * reach * StepSize);
                variance = Math.Max(variance, width * width);
            }
        }
    }

    private bool FindFactor()
    {
        double raise = 1e-8;
        for (int attempt = 0; attempt < 3; attempt++, raise *= 1e4)
        {
            if (_isDiagonal ? FindRoots() : LowerFactor.Find(_covariance, _factor, _n, 1e-14))
            {
                return true;
            }
            for (int i = 0; i < _n; i++)
            {
                _covariance[_isDiagonal ? i : i * _n + i] *= 1 + raise;
            }
        }
        return false;
    }

    private bool FindRoots()
    {
        for (int i = 0; i < _n; i++)
        {
            _factor[i] = Math.Sqrt(_covariance[i]);
            if (!(_factor[i] > 0) || !double.IsFinite(_factor[i]))
            {
                return false;
            }
        }
        return true;
    }

    private void Judge(double best, double worst)
    {
        int longer = 30 * _n / Population;
        _history.Add(best, LevelCounts is null ? worst : best, 10 + longer);   // with a margin some points are always worse
        double largest = 0;
        for (int i = 0; i < _n; i++)
        {
            largest = Math.Max(largest, _covariance[_isDiagonal ? i : i * _n + i]);
        }
        if (_history.IsFull && Range < SearchArea.Tolerance(best))
        {
            End = CovarianceEnd.Range;
        }
        else if (!(StepSize * Math.Sqrt(largest) >= 1e-13))
        {
            End = CovarianceEnd.StepSize;
        }
        else if (Generation % 20 == 0 && _history.IsStagnant(120 + longer))
        {
            End = CovarianceEnd.Stagnation;
        }
        else if (_history.IsFull && BestValue > _area.BestValue && Range < 0.02 * (BestValue - _area.BestValue))
        {
            End = CovarianceEnd.Hopeless;
        }
    }
}
