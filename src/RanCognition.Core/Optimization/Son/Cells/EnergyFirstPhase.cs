using RanCognition.Numerics;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization.Son;

/// <summary>Settings of few cells on, with few evaluations: cells go off one after the other, those with the least load when all are on first; then sets of one cell less are repaired.</summary>
/// <remarks>
/// Each setting is one evaluation. Starts from every cell on. A repair takes a cell away and exchanges cells as long as the limits are violated less,
/// as tabu search for colourings does with a colour less: the number of cells on decides most of the energy.
/// </remarks>
internal sealed class EnergyFirstPhase
{
    // Of the evaluations of the whole search, and per cell.
    private const double RepairShare = 0.5;
    private const ulong RepairEvaluationsPerCell = 120;
    private const int RepairsMax = 40;

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly Batch _batch;
    private readonly int _count;
    private readonly int[] _order;        // least load first
    private readonly bool[] _isFixed;
    private readonly bool[] _isOn;
    private double _violation;            // of the cells on
    private double _value;
    private RandomStream _random;

    public EnergyFirstPhase(SearchProblem problem, Ledger ledger, double[] allOnLoads)
    {
        _problem = problem;
        _ledger = ledger;
        _count = allOnLoads.Length;
        _batch = new Batch(_count, 1, problem.ConstraintCount);
        _batch.Resize(1);
        _order = NumberSort.Order(allOnLoads);
        _isFixed = new bool[_count];
        _isOn = new bool[_count];
        for (int cell = 0; cell < _count; cell++)
        {
            _isFixed[cell] = problem.Space.LevelCount(cell) < 2;   // what may not change is at its only level
            _isOn[cell] = !_isFixed[cell] || problem.Space.Value(cell, 0.5) == 1;
        }
        _random = new RandomStream(problem.Seed);
    }

    public IEnumerable<Batch> Run()
    {
        yield return Filled();
        Keep();
        foreach (Batch batch in SwitchOff())
        {
            yield return batch;
        }
        ulong end = _ledger.Evaluations + (ulong)Math.Min(RepairShare * _ledger.EvaluationsLeft, RepairEvaluationsPerCell * (ulong)_count);
        for (int repair = 0; repair < RepairsMax && _violation == 0 && _ledger.Evaluations < end; repair++)
        {
            double value = _value;
            foreach (Batch batch in Repair(end))
            {
                yield return batch;
            }
            repair = _value < value ? -1 : repair;
        }
    }

    /// <summary>Each cell in turn, for good when that is better.</summary>
    private IEnumerable<Batch> SwitchOff()
    {
        foreach (int cell in _order)
        {
            if (_isFixed[cell] || !_isOn[cell])
            {
                continue;
            }
            _isOn[cell] = false;
            yield return Filled();
            if (IsBetter())
            {
                Keep();
            }
            else
            {
                _isOn[cell] = true;
            }
        }
    }

    /// <summary>One cell less, anywhere, and exchanges until the limits hold or no exchange helps. Without success all is as before.</summary>
    private IEnumerable<Batch> Repair(ulong end)
    {
        bool[] before = (bool[])_isOn.Clone();
        (double violationBefore, double valueBefore) = (_violation, _value);
        int[] cells = Shuffled();
        int removed = -1;
        foreach (int cell in cells)
        {
            removed = _isOn[cell] && !_isFixed[cell] ? cell : removed;
        }
        if (removed < 0)
        {
            yield break;
        }
        _isOn[removed] = false;
        yield return Filled();
        Keep();
        bool isProgress = true;
        while (isProgress && _violation > 0)
        {
            isProgress = false;
            foreach (int off in Shuffled())
            {
                foreach (int on in cells)
                {
                    if (!_isOn[off] || _isOn[on] || _isFixed[off] || _isFixed[on] || _violation == 0 || _ledger.Evaluations >= end)
                    {
                        continue;
                    }
                    (_isOn[off], _isOn[on]) = (false, true);
                    yield return Filled();
                    if (_batch.Violation(0) < _violation)
                    {
                        Keep();
                        isProgress = true;
                    }
                    else
                    {
                        (_isOn[off], _isOn[on]) = (true, false);
                    }
                }
            }
        }
        if (_violation > 0 || _value >= valueBefore)
        {
            before.CopyTo(_isOn, 0);
            (_violation, _value) = (violationBefore, valueBefore);
        }
    }

    private Batch Filled()
    {
        Span<double> point = _batch.Point(0);
        for (int cell = 0; cell < _count; cell++)
        {
            point[cell] = _problem.Space.Coordinate(cell, _isOn[cell] ? 1 : 0);
        }
        return _batch;
    }

    private bool IsBetter() => _batch.Violation(0) < _violation || (_batch.Violation(0) == _violation && _batch.Value(0) < _value);

    private void Keep() => (_violation, _value) = (_batch.Violation(0), _batch.Value(0));

    private int[] Shuffled()
    {
        int[] cells = new int[_count];
        for (int i = 0; i < _count; i++)
        {
            int place = (int)(_random.NextDouble() * (i + 1));
            cells[i] = cells[place];
            cells[place] = i;
        }
        return cells;
    }
}
