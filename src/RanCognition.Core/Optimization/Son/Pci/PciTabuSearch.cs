using RanCognition.Numerics;

namespace RanCognition.Optimization.Son;

/// <summary>Finds identities of low cost by changing one cell at a time; what was left is not taken again for a while.</summary>
/// <remarks>Tabu search as in <see cref="TabuColouring"/>: forbidden pairs count more than all costs together; cells that are in no conflict and have the identity they had are left alone.</remarks>
internal sealed class PciTabuSearch
{
    // So many are all looked at.
    private const int FewValues = 24;

    private const long OperationsMax = 40_000_000;

    private readonly PciTask _task;
    private readonly int[] _chosen;
    private readonly int[] _forbidden;    // [cell][value]: cells that must differ and have the value
    private readonly double[] _conflict;  // [cell][residue modulo 3]: weight of neighbours with the residue
    private readonly long[] _tabuUntil;           // [cell][value]
    private readonly long[] _residueTabuUntil;    // [cell][residue]
    private readonly int[] _residue;
    private readonly int[] _candidates;
    private readonly int _valueCount;
    private readonly double _forbiddenCost;
    private RandomStream _random;

    private PciTabuSearch(PciTask task, int[] start, ulong seed)
    {
        _task = task;
        _chosen = (int[])start.Clone();
        _valueCount = task.Values.Length;
        _forbidden = new int[task.Cells * _valueCount];
        _conflict = new double[task.Cells * 3];
        _tabuUntil = new long[task.Cells * _valueCount];
        _residueTabuUntil = new long[task.Cells * 3];
        _residue = new int[_valueCount];
        _candidates = new int[_valueCount + 1];
        _random = new RandomStream(seed);
        _forbiddenCost = 2;
        foreach (double weight in task.Weights)
        {
            _forbiddenCost += weight;
        }
        for (int value = 0; value < _valueCount; value++)
        {
            _residue[value] = task.Values[value] % 3;
        }
        for (int cell = 0; cell < task.Cells; cell++)
        {
            Enter(cell, _chosen[cell], 1);
        }
    }

    /// <summary>The best identities on the way from start.</summary>
    public static int[] Improve(PciTask task, int[] start, ulong seed) => task.Cells == 0 ? start : new PciTabuSearch(task, start, seed).Run();

    private int[] Run()
    {
        int[] best = (int[])_chosen.Clone();
        double bestCost = TotalCost(), cost = bestCost;
        long operations = 0, sinceBest = 0;
        for (long iteration = 0; operations < OperationsMax && sinceBest < 2000 + 20L * _task.Cells && bestCost > 0; iteration++, sinceBest++)
        {
            int chosenCell = -1, chosenValue = 0, ties = 0, active = 0;
            double least = double.PositiveInfinity;
            int first = (int)(_random.NextDouble() * _valueCount);
            for (int cell = 0; cell < _task.Cells; cell++)
            {
                double present = CostOf(cell, _chosen[cell]);
                if (present <= 0)
                {
                    continue;
                }
                active++;
                int candidates = Candidates(cell, iteration, first, out int looked);
                operations += looked;
                for (int i = 0; i < candidates; i++)
                {
                    int value = _candidates[i];
                    double delta = CostOf(cell, value) - present;
                    if (value == _chosen[cell] || delta > least || (IsTabu(cell, value, iteration) && cost + delta >= bestCost - 1e-9))
                    {
                        continue;
                    }
                    ties = delta < least ? 1 : ties + 1;
                    if (ties == 1 || _random.NextDouble() * ties < 1)
                    {
                        (chosenCell, chosenValue, least) = (cell, value, delta);
                    }
                }
            }
            operations += _task.Cells;
            if (chosenCell < 0)
            {
                continue;   // every move is tabu: wait
            }
            int old = _chosen[chosenCell];
            Enter(chosenCell, old, -1);
            Enter(chosenCell, chosenValue, 1);
            _chosen[chosenCell] = chosenValue;
            long until = iteration + 1 + (long)(0.6 * active) + (long)(_random.NextDouble() * 10);
            _tabuUntil[chosenCell * _valueCount + old] = until;
            if (_residue[old] != _residue[chosenValue])
            {
                _residueTabuUntil[chosenCell * 3 + _residue[old]] = until;   // another identity of the residue that was left would undo the move as well
            }
            cost += least;
            if (cost < bestCost - 1e-9)
            {
                cost = bestCost = TotalCost();
                _chosen.CopyTo(best, 0);
                sinceBest = 0;
            }
        }
        return best;
    }

    /// <summary>Identities that a cell could get: all when they are few. Else the one it had and, of each residue modulo 3, one that no cell which must differ has: the others are no better.</summary>
    private int Candidates(int cell, long iteration, int first, out int looked)
    {
        int count = 0;
        looked = 0;
        for (int residue = 0; residue < 3 && _valueCount > FewValues; residue++)
        {
            int before = count;
            if (residue == _residue[_chosen[cell]] && _forbidden[cell * _valueCount + _chosen[cell]] == 0)
            {
                continue;   // as good as what it has
            }
            for (int i = 0; i < _valueCount && count == before; i++, looked++)
            {
                int value = first + i < _valueCount ? first + i : first + i - _valueCount;
                int place = cell * _valueCount + value;
                if (_residue[value] == residue && value != _chosen[cell] && _forbidden[place] == 0 && _tabuUntil[place] <= iteration)
                {
                    _candidates[count++] = value;
                }
            }
        }
        if (count > 0)
        {
            if (_task.Present is { } present && present[cell] >= 0)
            {
                _candidates[count++] = present[cell];
            }
            return count;
        }
        looked += _valueCount;
        for (int value = 0; value < _valueCount; value++)
        {
            _candidates[value] = value;
        }
        return _valueCount;
    }

    private bool IsTabu(int cell, int value, long iteration) => _tabuUntil[cell * _valueCount + value] > iteration || _residueTabuUntil[cell * 3 + _residue[value]] > iteration;

    private double CostOf(int cell, int value) =>
        _forbidden[cell * _valueCount + value] * _forbiddenCost + _conflict[cell * 3 + _residue[value]] + _task.CostOfChange(cell, value);

    private void Enter(int cell, int value, int sign)
    {
        foreach (int other in _task.MustDiffer.Neighbours[cell])
        {
            _forbidden[other * _valueCount + value] += sign;
        }
        int[] neighbours = _task.Neighbours.Neighbours[cell];
        double[] weights = _task.WeightsByCell[cell];
        for (int i = 0; i < neighbours.Length; i++)
        {
            _conflict[neighbours[i] * 3 + _residue[value]] += sign * weights[i];
        }
    }

    private double TotalCost()
    {
        double forbidden = 0;
        for (int cell = 0; cell < _task.Cells; cell++)
        {
            forbidden += _forbidden[cell * _valueCount + _chosen[cell]];
        }
        return forbidden / 2 * _forbiddenCost + _task.Cost(_chosen);
    }
}
