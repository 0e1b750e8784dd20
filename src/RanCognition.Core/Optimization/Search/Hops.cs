namespace RanCognition.Optimization.Search;

/// <summary>Leaves a local optimum along single variables: looks over the whole range of each for other valleys and searches locally from there with the curvature already known.</summary>
/// <remarks>When moves of single variables helped, the others are carried along as the curvature says: column i of the Cholesky factor of L L', scaled to a unit move of variable i.</remarks>
internal sealed class Hops(SearchArea area, QuasiNewton search, QuasiNewton trial)
{
    private const int Points = 32;
    private const int ValleysTried = 2;
    private const double CarriedMax = 2;   // variables that would be carried farther than this many times the move stay
    private readonly int _n = area.Dimension;
    private readonly double[] _point = new double[area.Dimension];
    private readonly double[] _values = new double[Points];
    private readonly double[] _valleyPlaces = new double[Points];
    private readonly double[] _valleyValues = new double[Points];
    private double[]? _directions;   // null = the axes
    private int _valleyCount;
    private bool _improved;

    /// <summary>Whether they left the place where the search was.</summary>
    public bool HasImproved { get; private set; }

    /// <summary>Passes over all variables until one finds nothing, or this many evaluations are used.</summary>
    public IEnumerable<Batch> Run(ulong evaluationsMax)
    {
        ulong end = area.Evaluations + evaluationsMax;
        bool isFirst = true;
        do
        {
            _improved = false;
            if (!isFirst && !FindDirections())
            {
                yield break;
            }
            foreach (Batch batch in Pass(end))
            {
                yield return batch;
            }
            isFirst = false;
        }
        while (_improved && area.Evaluations <= end);
    }

    private IEnumerable<Batch> Pass(ulong end)
    {
        for (int variable = 0; variable < _n && area.Evaluations <= end; variable++)
        {
            area.Resize(Points);
            for (int j = 0; j < Points; j++)
            {
                SetPoint(variable, (j + 0.5) / Points);
                area.Set(j, _point);
            }
            yield return area.Batch;
            FindValleys(variable);
            for (int valley = 0; valley < Math.Min(ValleysTried, _valleyCount); valley++)
            {
                SetPoint(variable, _valleyPlaces[valley]);
                area.Resize(1);
                area.Set(0, _point);
                yield return area.Batch;
                trial.Place(_point, area.Value(0));
                trial.TakeCurvature(search);
                foreach (Batch batch in trial.Run(60, 3))
                {
                    yield return batch;
                }
                if (trial.Value < search.Value - 1e-9 * Math.Max(1e-3, Math.Abs(search.Value)))
                {
                    Accept();
                    break;
                }
            }
        }
    }

    private void Accept()
    {
        _improved = HasImproved = true;
        search.Place(trial.Point, trial.Value);
        if (trial.IsClean)
        {
            search.TakeCurvature(trial);
            if (_directions is not null)
            {
                FindDirections();
            }
        }
    }

    private void SetPoint(int variable, double place)
    {
        double move = place - search.Point[variable];
        search.Point.CopyTo(_point, 0);
        if (_directions is not null)
        {
            Rows.AddScaled(move, _directions.AsSpan(variable * _n, _n), _point);
            for (int i = 0; i < _n; i++)
            {
                _point[i] = Math.Clamp(_point[i], 0, 1);
            }
        }
        _point[variable] = place;
    }

    /// <summary>Local minima of the values along a variable, away from where it is; the best first.</summary>
    private void FindValleys(int variable)
    {
        for (int j = 0; j < Points; j++)
        {
            _values[j] = area.Value(j);
        }
        _valleyCount = 0;
        for (int j = 0; j < Points; j++)
        {
            double before = j > 0 ? _values[j - 1] : Batch.Failed, after = j < Points - 1 ? _values[j + 1] : Batch.Failed, value = _values[j], place = (j + 0.5) / Points;
            if (value > before || value > after || value >= Batch.Failed || Math.Abs(place - search.Point[variable]) < 1.0 / Points)
            {
                continue;
            }
            double curvature = before - 2 * value + after;
            if (j > 0 && j < Points - 1 && curvature > 0)
            {
                place += 0.5 * (before - after) / curvature / Points;
            }
            int at = _valleyCount++;
            for (; at > 0 && _valleyValues[at - 1] > value; at--)
            {
                _valleyValues[at] = _valleyValues[at - 1];
                _valleyPlaces[at] = _valleyPlaces[at - 1];
            }
            _valleyValues[at] = value;
            _valleyPlaces[at] = place;
        }
    }

    private bool FindDirections()
    {
        double[] inverse = new double[_n * _n];
        _directions ??= new double[_n * _n];
        for (int k = 0; k < _n; k++)
        {
            LowerFactor.AddOuter(1, search.Columns.AsSpan(k * _n, _n), inverse);
        }
        if (!LowerFactor.Find(inverse, _directions, _n, 1e-12))
        {
            return false;
        }
        for (int i = 0; i < _n; i++)
        {
            Span<double> direction = _directions.AsSpan(i * _n, _n);
            direction[..i].Clear();
            double unit = direction[i];
            for (int j = i; j < _n; j++)
            {
                double carried = direction[j] / unit;
                direction[j] = Math.Abs(carried) > CarriedMax ? 0 : carried;
            }
        }
        return true;
    }
}
