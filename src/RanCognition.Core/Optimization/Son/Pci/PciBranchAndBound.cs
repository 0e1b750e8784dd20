namespace RanCognition.Optimization.Son;

/// <summary>The identities of least cost among all that collide and confuse nowhere, by trying all that can be better than what is known.</summary>
/// <remarks>
/// Next is the cell with the fewest identities left. Identities that no cell has or had and that are equal modulo 3 are as good as each other: one of them is tried. A branch ends when its cost, plus for
/// every other cell the least that its neighbours so far force on it, is no better than the best.
/// </remarks>
internal sealed class PciBranchAndBound
{
    /// <summary>Cells beyond which all cannot be tried anyway.</summary>
    public const int CellsMax = 200;

    private readonly PciTask _task;
    private readonly int _valueCount;
    private readonly int[] _chosen;
    private readonly int[] _forbidden;
    private readonly double[] _conflict;
    private readonly int[] _residue;
    private readonly int[] _users;       // cells that have the value, and one more when a cell had it before
    private long _nodesLeft;
    private double _bestCost;

    private PciBranchAndBound(PciTask task, double costToBeat, long nodeLimit)
    {
        _task = task;
        _valueCount = task.Values.Length;
        _chosen = new int[task.Cells];
        Array.Fill(_chosen, -1);
        _forbidden = new int[task.Cells * _valueCount];
        _conflict = new double[task.Cells * 3];
        _residue = new int[_valueCount];
        _users = new int[_valueCount];
        for (int value = 0; value < _valueCount; value++)
        {
            _residue[value] = task.Values[value] % 3;
        }
        foreach (int value in task.Present ?? [])
        {
            if (value >= 0)
            {
                _users[value]++;
            }
        }
        _bestCost = costToBeat;
        _nodesLeft = nodeLimit;
    }

    /// <summary>Looks for identities that cost less than what is known.</summary>
    /// <param name="task">Cells and identities.</param>
    /// <param name="costToBeat">Cost of identities that are known and allowed; infinite = none are.</param>
    /// <param name="nodeLimit">Choices after which it gives up.</param>
    /// <param name="isComplete">Whether all were tried: what was found, or what was known, is the optimum.</param>
    /// <returns>The best that was found; null = nothing better.</returns>
    public static int[]? Improve(PciTask task, double costToBeat, long nodeLimit, out bool isComplete)
    {
        var search = new PciBranchAndBound(task, costToBeat, nodeLimit);
        int[]? best = null;
        if (task.Cells <= CellsMax)
        {
            search.Descend(0, 0, ref best);
        }
        isComplete = task.Cells <= CellsMax && search._nodesLeft > 0;
        return best;
    }

    private void Descend(int depth, double cost, ref int[]? best)
    {
        if (_nodesLeft <= 0 || --_nodesLeft <= 0)
        {
            return;
        }
        if (depth == _task.Cells)
        {
            _bestCost = cost;
            best = (int[])_chosen.Clone();
            return;
        }
        int cell = Next(out double forced);
        if (cell < 0 || !(cost + forced < _bestCost - 1e-9))
        {
            return;
        }
        Span<bool> newTried = stackalloc bool[3];
        newTried.Clear();
        double tried = double.NegativeInfinity;
        while (true)
        {
            // values in ascending order of their cost: each round takes those of the next larger cost
            double next = double.PositiveInfinity;
            for (int value = 0; value < _valueCount; value++)
            {
                double price = Price(cell, value);
                next = price > tried && price < next ? price : next;
            }
            if (double.IsPositiveInfinity(next))
            {
                return;
            }
            tried = next;
            for (int value = 0; value < _valueCount; value++)
            {
                if (Price(cell, value) != next || (_users[value] == 0 && newTried[_residue[value]]))
                {
                    continue;
                }
                newTried[_residue[value]] |= _users[value] == 0;
                Enter(cell, value, 1);
                Descend(depth + 1, cost + next, ref best);
                Enter(cell, value, -1);
            }
        }
    }

    /// <summary>What it adds to give a cell an identity now; infinite = not allowed.</summary>
    private double Price(int cell, int value) =>
        _forbidden[cell * _valueCount + value] > 0 ? double.PositiveInfinity : _conflict[cell * 3 + _residue[value]] + _task.CostOfChange(cell, value);

    /// <summary>The cell with the fewest identities left; -1 = some cell has none.</summary>
    private int Next(out double forced)
    {
        int best = -1, fewest = int.MaxValue, mostNeighbours = -1;
        forced = 0;
        for (int cell = 0; cell < _task.Cells; cell++)
        {
            if (_chosen[cell] >= 0)
            {
                continue;
            }
            int left = 0;
            double least = double.PositiveInfinity;
            for (int value = 0; value < _valueCount; value++)
            {
                double price = Price(cell, value);
                left += double.IsPositiveInfinity(price) ? 0 : 1;
                least = Math.Min(least, price);
            }
            if (left == 0)
            {
                return -1;
            }
            forced += least;
            int neighbours = _task.MustDiffer.Neighbours[cell].Length;
            if (left < fewest || (left == fewest && neighbours > mostNeighbours))
            {
                (best, fewest, mostNeighbours) = (cell, left, neighbours);
            }
        }
        return best;
    }

    private void Enter(int cell, int value, int sign)
    {
        _chosen[cell] = sign > 0 ? value : -1;
        _users[value] += sign;
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
}
