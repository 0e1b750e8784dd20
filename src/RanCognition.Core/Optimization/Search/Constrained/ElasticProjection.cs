namespace RanCognition.Optimization.Search.Constrained;

/// <summary>
/// Finds the y that minimises |y + p|^2 / 2 + sum_j cap_j max(0, a_j y + b_j) within lower_i &lt;= r_i y &lt;= upper_i, exactly. With infinite caps the constraints are hard.
/// </summary>
/// <remarks>
/// Dual active set of Goldfarb and Idnani, "A numerically stable dual method for solving strictly convex quadratic programs", 1983, with multipliers that end at a cap: a constraint whose multiplier
/// reaches its cap is violated for good at that price ("saturated") until it turns out to hold with room. Each step raises the dual value, so that it ends. The working set is kept as Q R.
/// </remarks>
internal sealed class ElasticProjection
{
    private const double Tolerance = 1e-12;

    private readonly int _n;
    private readonly int _constraints;
    private readonly double[] _q;                 // columns of Q, one after the other
    private readonly double[] _r;                 // columns of R, upper triangular
    private readonly double[] _part;              // what of the normal lies outside of the working set
    private readonly double[] _along;             // Q' normal, then R^-1 of it
    private readonly double[] _multipliers;
    private readonly double[] _norms;
    private readonly Place[] _places;
    private readonly int[] _working;
    private int _size;
    private int _worst;
    private double _worstDistance;

    /// <param name="dimension">Numbers of y.</param>
    /// <param name="constraints">Number of constraints; there are as many boxes as numbers of y.</param>
    public ElasticProjection(int dimension, int constraints)
    {
        _n = dimension;
        _constraints = constraints;
        int all = constraints + 2 * dimension;
        Rows = new double[constraints * dimension];
        Offsets = new double[constraints];
        Caps = new double[constraints];
        Centre = new double[dimension];
        BoxRows = new double[dimension * dimension];
        Lower = new double[dimension];
        Upper = new double[dimension];
        Solution = new double[dimension];
        _q = new double[(dimension + 1) * dimension];
        _r = new double[(dimension + 1) * (dimension + 1)];
        _part = new double[dimension];
        _along = new double[dimension + 1];
        _multipliers = new double[all];
        _norms = new double[all];
        _places = new Place[all];
        _working = new int[dimension + 1];
    }

    private enum Place : byte
    {
        Free,
        Working,
        Saturated,
    }

    /// <summary>a_j, one after the other.</summary>
    public double[] Rows { get; }

    /// <summary>b_j.</summary>
    public double[] Offsets { get; }

    /// <summary>Prices of a unit of violation; infinite = hard.</summary>
    public double[] Caps { get; }

    /// <summary>p.</summary>
    public double[] Centre { get; }

    /// <summary>r_i, one after the other.</summary>
    public double[] BoxRows { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    /// <summary>y.</summary>
    public double[] Solution { get; }

    /// <summary>Multiplier of a constraint, 0 to its cap.</summary>
    public double Multiplier(int constraint) => _multipliers[constraint];

    /// <summary>Multipliers of the upper less that of the lower end of a box.</summary>
    public double BoxMultiplier(int box) => _multipliers[_constraints + 2 * box] - _multipliers[_constraints + 2 * box + 1];

    /// <summary>Whether a constraint is violated at its price.</summary>
    public bool IsSaturated(int constraint) => _places[constraint] == Place.Saturated;

    public bool IsAnySaturated
    {
        get
        {
            for (int j = 0; j < _constraints; j++)
            {
                if (_places[j] == Place.Saturated)
                {
                    return true;
                }
            }
            return false;
        }
    }

    /// <summary>Solves.</summary>
    /// <returns>False = hard constraints leave no point, or rounding kept it from an end.</returns>
    public bool Solve()
    {
        _size = 0;
        Array.Clear(_multipliers);
        Array.Clear(_places);
        for (int i = 0; i < _n; i++)
        {
            Solution[i] = -Centre[i];
        }
        for (int id = 0; id < _norms.Length; id++)
        {
            ReadOnlySpan<double> row = Normal(id);
            _norms[id] = IsLowerEnd(id) ? _norms[id - 1] : Math.Sqrt(Vectors.Dot(row, row));
        }
        for (int step = 0; step < 40 + 20 * (_n + _constraints); step++)
        {
            int worst = MostViolated();
            if (worst < 0)
            {
                return true;
            }
            if (!Satisfy(worst))
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>a_j y + b_j.</summary>
    public double Residual(int constraint) => Vectors.Dot(Rows.AsSpan(constraint * _n, _n), Solution) + Offsets[constraint];

    private ReadOnlySpan<double> Normal(int id) => id < _constraints ? Rows.AsSpan(id * _n, _n) : BoxRows.AsSpan((id - _constraints) / 2 * _n, _n);

    private bool IsLowerEnd(int id) => id >= _constraints && ((id - _constraints) & 1) == 1;

    private double Cap(int id) => id < _constraints ? Caps[id] : double.PositiveInfinity;

    private double Excess(int id)
    {
        double product = Vectors.Dot(Normal(id), Solution);
        return id < _constraints ? product + Offsets[id]
            : IsLowerEnd(id) ? Lower[(id - _constraints) / 2] - product : product - Upper[(id - _constraints) / 2];
    }

    private int MostViolated()
    {
        _worst = -1;
        _worstDistance = 0;
        for (int j = 0; j < _constraints; j++)
        {
            Judge(j, _places[j] == Place.Working ? 0 : Residual(j));
        }
        for (int box = 0; box < _n; box++)
        {
            int upper = _constraints + 2 * box;
            if (_places[upper] != Place.Working && _places[upper + 1] != Place.Working)
            {
                double product = Vectors.Dot(BoxRows.AsSpan(box * _n, _n), Solution);
                Judge(upper, product - Upper[box]);
                Judge(upper + 1, Lower[box] - product);
            }
        }
        return _worst;
    }

    /// <summary>Keeps the constraint that is violated most, or most surely held in spite of being given up, in distance.</summary>
    private void Judge(int id, double excess)
    {
        Place place = _places[id];
        if (place == Place.Working || (place == Place.Free && Cap(id) == 0))
        {
            return;
        }
        double wrong = place == Place.Saturated ? -excess : excess;
        if (wrong > Tolerance * (_norms[id] + Scale(id)) && (_norms[id] > 0 || place == Place.Free))
        {
            double distance = wrong / Math.Max(_norms[id], 1e-300);
            if (distance > _worstDistance)
            {
                _worstDistance = distance;
                _worst = id;
            }
        }
    }

    private double Scale(int id) => id < _constraints ? Math.Abs(Offsets[id])
        : Math.Abs(IsLowerEnd(id) ? Lower[(id - _constraints) / 2] : Upper[(id - _constraints) / 2]);

    /// <summary>Moves one multiplier until its constraint holds exactly or its price is reached.</summary>
    private bool Satisfy(int id)
    {
        double direction = _places[id] == Place.Saturated ? -1 : 1, sign = IsLowerEnd(id) ? -1 : 1, excess = Excess(id);
        while (true)
        {
            double outside = Split(Normal(id), sign);
            bool isDependent = outside <= 1e-20 * _norms[id] * _norms[id] || _size >= _n;
            double step = isDependent ? double.PositiveInfinity : excess * direction / outside;
            double own = direction > 0 ? Cap(id) - _multipliers[id] : _multipliers[id];
            int ends = -1;
            bool isOwnEnd = own <= step;
            step = Math.Min(step, own);
            for (int k = 0; k < _size; k++)
            {
                double change = -direction * _along[k], value = _multipliers[_working[k]];
                double room = change < 0 ? Math.Max(0, value) / -change : change > 0 ? Math.Max(0, Cap(_working[k]) - value) / change : double.PositiveInfinity;
                if (room < step)
                {
                    step = room;
                    ends = k;
                }
            }
            if (double.IsPositiveInfinity(step))
            {
                return false;
            }
            for (int k = 0; k < _size; k++)
            {
                _multipliers[_working[k]] -= direction * step * _along[k];
            }
            _multipliers[id] += direction * step;
            if (!isDependent)
            {
                Vectors.AddScaled(Solution, -direction * step, _part);
                excess -= direction * step * outside;
            }
            if (ends >= 0)
            {
                int ended = _working[ends];
                bool isAtCap = -direction * _along[ends] > 0;
                Drop(ends);
                _places[ended] = isAtCap ? Place.Saturated : Place.Free;
                _multipliers[ended] = isAtCap ? Cap(ended) : 0;
                continue;
            }
            if (isOwnEnd)
            {
                _places[id] = direction > 0 ? Place.Saturated : Place.Free;
                _multipliers[id] = direction > 0 ? Cap(id) : 0;
                return true;
            }
            Add(id, outside);
            return true;
        }
    }

    /// <summary>Splits a normal into its part along the working set (then R^-1 of that) and the rest.</summary>
    /// <returns>Square of the rest's length.</returns>
    private double Split(ReadOnlySpan<double> normal, double sign)
    {
        for (int i = 0; i < _n; i++)
        {
            _part[i] = sign * normal[i];
        }
        _along.AsSpan(0, _size).Clear();
        double before = Vectors.Dot(_part, _part), left = before;
        for (int pass = 0; pass < 2 && (pass == 0 || left < 0.5 * before); pass++)   // again where most cancelled
        {
            for (int k = 0; k < _size; k++)
            {
                ReadOnlySpan<double> column = _q.AsSpan(k * _n, _n);
                double share = Vectors.Dot(column, _part);
                _along[k] += share;
                Vectors.AddScaled(_part, -share, column);
            }
            left = Vectors.Dot(_part, _part);
        }
        _along.AsSpan(0, _size).CopyTo(_r.AsSpan(_size * (_n + 1)));   // the new column of R, should it be added
        for (int k = _size - 1; k >= 0; k--)
        {
            _along[k] /= _r[k * (_n + 1) + k];
            Vectors.AddScaled(_along.AsSpan(0, k), -_along[k], _r.AsSpan(k * (_n + 1), k));
        }
        return left;
    }

    private void Add(int id, double outside)
    {
        double length = Math.Sqrt(outside);
        _r[_size * (_n + 1) + _size] = length;
        for (int i = 0; i < _n; i++)
        {
            _q[_size * _n + i] = _part[i] / length;
        }
        _working[_size++] = id;
        _places[id] = Place.Working;
    }

    /// <summary>Takes a column out of the working set; plane rotations make R triangular again.</summary>
    private void Drop(int place)
    {
        int stride = _n + 1;
        _size--;
        for (int k = place; k < _size; k++)
        {
            _working[k] = _working[k + 1];
            _r.AsSpan((k + 1) * stride, k + 2).CopyTo(_r.AsSpan(k * stride));
        }
        for (int k = place; k < _size; k++)
        {
            double above = _r[k * stride + k], below = _r[k * stride + k + 1], length = Math.Sqrt(above * above + below * below);
            if (length == 0)
            {
                continue;
            }
            double cosine = above / length, sine = below / length;
            for (int j = k; j < _size; j++)
            {
                double top = _r[j * stride + k], bottom = _r[j * stride + k + 1];
                _r[j * stride + k] = cosine * top + sine * bottom;
                _r[j * stride + k + 1] = cosine * bottom - sine * top;
            }
            Vectors.Rotate(_q.AsSpan(k * _n, _n), _q.AsSpan((k + 1) * _n, _n), cosine, sine);
        }
    }
}
