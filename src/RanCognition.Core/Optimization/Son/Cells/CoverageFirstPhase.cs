using RanCognition.Numerics;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization.Son;

/// <summary>Finds good tilts and powers with few evaluations: a tilt for all cells, then descent along the slopes, then one cell somewhere else, and descent again.</summary>
/// <remarks>
/// Limited-memory BFGS (Nocedal, "Updating quasi-Newton matrices with limited storage", 1980) within bounds, on the grid. The slopes come from <see cref="UtilitySlopes"/> at points that were evaluated.
/// A point that violates more than the best is not accepted.
/// </remarks>
internal sealed class CoverageFirstPhase
{
    private const int HopsWithoutGainMax = 60;
    private const double LeastGain = 1e-5;

    // Degrees or dB: to the other side of a beam.
    private const double HopDeviation = 6;

    // A descent that would need more than so many times its last gain to beat the best is given up.
    private const double HopelessFactor = 3;

    private readonly CoverageProblem _cells;
    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly UtilitySlopes _slopes;
    private readonly LimitedMemory _memory;
    private readonly Batch _batch;
    private readonly int _count;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private double[] _x;            // where the descent is, on the grid
    private double _value;          // smaller is better
    private double _violation;
    private RandomStream _random;

    public CoverageFirstPhase(CoverageProblem cells, SearchProblem problem, Ledger ledger)
    {
        _cells = cells;
        _problem = problem;
        _ledger = ledger;
        _slopes = new UtilitySlopes(cells.Network, cells.Links, cells.PresentCells, "problem/network");
        _count = problem.Space.Dimension;
        _memory = new LimitedMemory(_count);
        _batch = new Batch(_count, 1, problem.ConstraintCount);
        _batch.Resize(1);
        _lower = new double[_count];
        _upper = new double[_count];
        double[] middle = new double[_count];
        Array.Fill(middle, 0.5);
        _x = new double[_count];
        problem.Space.Values(middle, _x);
        for (int i = 0; i < _count; i++)
        {
            _lower[i] = problem.Space.Value(i, 0);
            _upper[i] = problem.Space.Value(i, 1);
        }
        _random = new RandomStream(problem.Seed);
    }

    public IEnumerable<Batch> Run()
    {
        if (_ledger.HasBest)
        {
            _ledger.BestX.CopyTo(_x);
        }
        Fill(_x);
        yield return _batch;
        Accept();
        foreach (Batch batch in Shift())
        {
            yield return batch;
        }
        foreach (Batch batch in Descend(60, double.PositiveInfinity))
        {
            yield return batch;
        }
        for (int withoutGain = 0; withoutGain < HopsWithoutGainMax;)
        {
            (double[] x, double value, double violation) = (_x, _value, _violation);
            Hop();
            yield return _batch;
            Accept();
            foreach (Batch batch in Descend(12, value))
            {
                yield return batch;
            }
            bool isBetter = _violation < violation || (_violation == violation && _value < value - LeastGain);
            withoutGain = isBetter ? 0 : withoutGain + 1;
            if (!isBetter)
            {
                (_x, _value, _violation) = (x, value, violation);
            }
        }
    }

    /// <summary>All tilts together, in steps that become smaller.</summary>
    private IEnumerable<Batch> Shift()
    {
        for (double step = 4; step >= 0.5; step /= 2)
        {
            for (int sign = -1; sign <= 1; sign += 2)
            {
                bool goesOn = true;
                while (goesOn)
                {
                    double[] trial = (double[])_x.Clone();
                    for (int i = 0; i < _cells.TiltCount; i++)
                    {
                        trial[i] += sign * step;
                    }
                    Fill(trial);
                    yield return _batch;
                    goesOn = IsBetter(LeastGain);
                    if (goesOn)
                    {
                        Accept();
                    }
                }
            }
        }
    }

    /// <summary>Up the slopes of the utility.</summary>
    /// <param name="evaluationsMax">Points that it may try.</param>
    /// <param name="valueToBeat">Once it seems too far off, it ends.</param>
    private IEnumerable<Batch> Descend(int evaluationsMax, double valueToBeat)
    {
        if (_cells.Slopes(_slopes, _x) is not { } slope)
        {
            yield break;
        }
        double[] direction = new double[_count];
        bool isFresh = false;
        while (evaluationsMax > 0)
        {
            _memory.Direction(slope, direction);
            Restrict(direction, slope);
            double largest = 0;
            foreach (double part in direction)
            {
                largest = Math.Max(largest, Math.Abs(part));
            }
            if (largest == 0)
            {
                yield break;
            }
            double step = _memory.IsEmpty ? 2 / largest : Math.Min(1, 6 / largest);
            bool isDone = false;
            for (int trial = 0; trial < 4 && !isDone && evaluationsMax > 0; trial++, step *= 0.4)
            {
                double[] point = new double[_count];
                for (int i = 0; i < _count; i++)
                {
                    point[i] = _x[i] + step * direction[i];
                }
                Fill(point);
                yield return _batch;
                evaluationsMax--;
                isDone = IsBetter(LeastGain);
            }
            if (!isDone)
            {
                if (isFresh || _memory.IsEmpty)
                {
                    yield break;
                }
                _memory.Clear();
                isFresh = true;
                continue;
            }
            isFresh = false;
            double[] before = _x, slopeBefore = slope;
            double valueBefore = _value;
            Accept();
            if (_value - HopelessFactor * (valueBefore - _value) > valueToBeat)
            {
                yield break;
            }
            if (_cells.Slopes(_slopes, _x) is not { } next)
            {
                yield break;
            }
            slope = next;
            _memory.Add(before, _x, slopeBefore, slope);
        }
    }

    /// <summary>One knob of a cell gets another value, more often of a cell with much load: most of the traffic gains or loses there.</summary>
    private void Hop()
    {
        double[] point = (double[])_x.Clone(), loads = _cells.LoadsAt(_x) ?? new double[_cells.PresentCells.Length];
        double total = 0;
        for (int knob = 0; knob < _count; knob++)
        {
            total += loads[_cells.CellOf(knob)];
        }
        double floor = total / (2 * _count), left = _random.NextDouble() * (total + floor * _count);
        int chosen = 0;
        for (; chosen < _count - 1 && left > loads[_cells.CellOf(chosen)] + floor; chosen++)
        {
            left -= loads[_cells.CellOf(chosen)] + floor;
        }
        point[chosen] += HopDeviation * _random.NextNormal();
        Fill(point);
    }

    /// <summary>Leads uphill and not out of the bounds.</summary>
    private void Restrict(double[] direction, double[] slope)
    {
        double along = 0;
        for (int i = 0; i < _count; i++)
        {
            bool leavesBelow = _x[i] <= _lower[i] && direction[i] < 0, leavesAbove = _x[i] >= _upper[i] && direction[i] > 0;
            direction[i] = leavesBelow || leavesAbove ? 0 : direction[i];
            along += direction[i] * slope[i];
        }
        for (int i = 0; i < _count && along <= 0; i++)
        {
            bool leaves = slope[i] < 0 ? _x[i] <= _lower[i] : _x[i] >= _upper[i];
            direction[i] = leaves ? 0 : slope[i];
        }
    }

    private void Fill(double[] point)
    {
        Span<double> u = _batch.Point(0);
        for (int i = 0; i < _count; i++)
        {
            u[i] = _problem.Space.Coordinate(i, Math.Clamp(point[i], _lower[i], _upper[i]));
        }
    }

    private bool IsBetter(double gain) => _batch.Violation(0) <= _violation && (_batch.Violation(0) < _violation || _batch.Value(0) < _value - gain);

    private void Accept()
    {
        _x = new double[_count];
        _problem.Space.Values(_batch.Point(0), _x);
        (_value, _violation) = (_batch.Value(0), _batch.Violation(0));
    }
}
