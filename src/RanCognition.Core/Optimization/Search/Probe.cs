namespace RanCognition.Optimization.Search;

/// <summary>First look at a function: the start and a point to either side on every axis give a slope and a curvature of each variable, and a first guess of the optimum.</summary>
internal sealed class Probe(SearchArea area)
{
    private const double Distance = 0.1;
    private readonly double[] _start = new double[area.Dimension];
    private readonly double[] _point = new double[area.Dimension];
    private readonly double[] _first = new double[area.Dimension];
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
        area.Resize(n);
        for (int i = 0; i < n; i++)
        {
            SetMoved(i, i, SecondMove(i));
        }
        yield return area.Batch;
        bool isConvex = Measure();
        search.Forget();
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

    /// <summary>Slopes and curvatures from the values.</summary>
    /// <returns>Whether every curvature is above 0.</returns>
    private bool Measure()
    {
        int n = area.Dimension;
        double low = _startValue, high = _startValue < Batch.Failed ? _startValue : double.NegativeInfinity;
        bool isConvex = _startValue < Batch.Failed;
        for (int i = 0; i < n; i++)
        {
            double a = _first[i], b = area.Value(i);
            low = Math.Min(low, Math.Min(a, b));
            high = Math.Max(high, a < Batch.Failed ? a : high);
            high = Math.Max(high, b < Batch.Failed ? b : high);
        }
        double factor = area.ScaleBySpread(high - low);
        _startValue *= factor;
        for (int i = 0; i < n; i++)
        {
            double a = _first[i] * factor, b = area.Value(i), p = FirstMove(i), q = SecondMove(i);
            double toFirst = (a - _startValue) / p, toSecond = (b - _startValue) / q;
            _curvatures[i] = 2 * (toFirst - toSecond) / (p - q);
            _slopes[i] = toFirst - 0.5 * p * _curvatures[i];
            isConvex &= _curvatures[i] > 0 && _first[i] < Batch.Failed && b < Batch.Failed;
        }
        return isConvex;
    }
}
