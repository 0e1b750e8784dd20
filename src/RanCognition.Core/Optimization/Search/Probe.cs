namespace RanCognition.Optimization.Search;

/// <summary>First look at a function: the start and a point to either side on every axis give a slope and a curvature of each variable, and a first guess of the optimum.</summary>
/// <remarks>
/// As soon as one curvature is known it is tried whether it is that of every direction: one evaluation more, which saves the other half of the points where a function is a round bowl.
/// </remarks>
internal sealed class Probe(SearchArea area)
{
    private const double Distance = 0.1;
    private const double RoundTolerance = 1e-6;   // of the decrease that was expected
    private readonly double[] _start = new double[area.Dimension];
    private readonly double[] _point = new double[area.Dimension];
    private readonly double[] _first = new double[area.Dimension];
    private readonly double[] _second = new double[area.Dimension];
    private readonly double[] _slopes = new double[area.Dimension];
    private readonly double[] _curvatures = new double[area.Dimension];
    private double _startValue;

    /// <summary>Looks from the best point known, else from the centre.</summary>
    /// <param name="search">Gets the place and the curvature to go on with.</param>
    public IEnumerable<Batch> Run(QuasiNewton search)
    {
        int n = area.Dimension;
        if (area.HasBest)
        {
            area.CopyBest(_start);
            _startValue = area.BestValue;
        }
        else
        {
            Array.Fill(_start, 0.5);
            area.Resize(1);
            area.Set(0, _start);
            yield return area.Batch;
            _startValue = area.Value(0);
        }
        area.Resize(n);
        for (int i = 0; i < n; i++)
        {
            SetMoved(i, i, FirstMove(i));
        }
        yield return area.Batch;
        for (int i = 0; i < n; i++)
        {
            _first[i] = area.Value(i);
        }
        area.Resize(1);
        SetMoved(0, 0, SecondMove(0));
        yield return area.Batch;
        _second[0] = area.Value(0);
        search.Forget();
        if (SetRoundOptimum(out double expected))
        {
            area.Resize(1);
            area.Set(0, _point);
            yield return area.Batch;
            double value = area.Value(0);
            if (Math.Abs(value - expected) < RoundTolerance * (_startValue - expected) && value <= area.BestValue)
            {
                Rows.Scale(search.Columns, 1 / Math.Sqrt(_curvatures[0]));
                search.IsScaled = true;
                search.Place(_point, value);
                yield break;
            }
        }
        if (n > 1)
        {
            area.Resize(n - 1);
            for (int i = 1; i < n; i++)
            {
                SetMoved(i - 1, i, SecondMove(i));
            }
            yield return area.Batch;
            for (int i = 1; i < n; i++)
            {
                _second[i] = area.Value(i - 1);
            }
        }
        bool isConvex = Measure();
        if (isConvex)
        {
            for (int i = 0; i < n; i++)
            {
                _point[i] = Math.Clamp(_start[i] - _slopes[i] / _curvatures[i], 0, 1);
                search.Columns[i * n + i] = 1 / Math.Sqrt(_curvatures[i]);
            }
            search.IsScaled = true;
            area.Resize(1);
            area.Set(0, _point);
            yield return area.Batch;
            double value = area.Value(0);
            if (value <= area.BestValue)
            {
                search.Place(_point, value);
                yield break;
            }
        }
        if (area.HasBest)
        {
            area.CopyBest(_point);
            search.Place(_point, area.BestValue);
        }
        else
        {
            search.Place(_start, Batch.Failed);
        }
    }

    /// <summary>Up, unless that leaves the cube.</summary>
    private double FirstMove(int i) => _start[i] + Distance > 1 ? -2 * Distance : Distance;

    /// <summary>Down, or twice as far up where that leaves the cube.</summary>
    private double SecondMove(int i) => _start[i] - Distance < 0 ? 2 * Distance : -Distance;

    private void SetMoved(int row, int coordinate, double move)
    {
        _start.CopyTo(_point, 0);
        _point[coordinate] = Math.Clamp(_start[coordinate] + move, 0, 1);
        area.Set(row, _point);
    }

    /// <summary>Where the optimum is if the first curvature is that of every direction.</summary>
    /// <returns>False when it is not above 0, or the optimum is not inside the cube.</returns>
    private bool SetRoundOptimum(out double expected)
    {
        expected = _startValue;
        if (!Measure(0))
        {
            return false;
        }
        double curvature = _curvatures[0];
        bool isInside = true;
        for (int i = 0; i < _start.Length; i++)
        {
            double move = FirstMove(i), slope = (_first[i] - _startValue) / move - 0.5 * move * curvature;
            _point[i] = _start[i] - slope / curvature;
            expected -= 0.5 * slope * slope / curvature;
            isInside &= _first[i] < Batch.Failed && _point[i] >= 0 && _point[i] <= 1;
        }
        return isInside && expected < _startValue && double.IsFinite(expected);
    }

    /// <summary>Slope and curvature of one variable.</summary>
    /// <returns>Whether the curvature is above 0.</returns>
    private bool Measure(int i)
    {
        double p = FirstMove(i), q = SecondMove(i), toFirst = (_first[i] - _startValue) / p, toSecond = (_second[i] - _startValue) / q;
        _curvatures[i] = 2 * (toFirst - toSecond) / (p - q);
        _slopes[i] = toFirst - 0.5 * p * _curvatures[i];
        return _curvatures[i] > 0 && _startValue < Batch.Failed && _first[i] < Batch.Failed && _second[i] < Batch.Failed;
    }

    /// <summary>Chooses the scale of the values and measures every variable.</summary>
    /// <returns>Whether every curvature is above 0.</returns>
    private bool Measure()
    {
        int n = area.Dimension;
        double low = _startValue, high = double.NegativeInfinity;
        for (int i = -1; i < 2 * n; i++)
        {
            double value = i < 0 ? _startValue : i < n ? _first[i] : _second[i - n];
            low = Math.Min(low, value);
            high = Math.Max(high, value < Batch.Failed ? value : high);
        }
        double factor = area.ScaleBySpread(high - low);
        _startValue = Scaled(_startValue, factor);
        bool isConvex = true;
        for (int i = 0; i < n; i++)
        {
            _first[i] = Scaled(_first[i], factor);
            _second[i] = Scaled(_second[i], factor);
            isConvex &= Measure(i);
        }
        return isConvex;
    }

    private static double Scaled(double value, double factor) => value >= Batch.Failed ? value : Math.Clamp(value * factor, -Batch.Failed, Batch.Failed);
}
