using RanCognition.Cognition.Situations;
using RanCognition.RadioNetwork;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Networks;

/// <summary>Turns one knob at a time where it hurts most: the best move of the worst cell or else of the cells that its users receive best, again and again.</summary>
/// <remarks>
/// A greedy coordinate search. Cells are taken in this order: those that the causes name and those that targets speak of which do not hold, then by load; of each, the first cell in its neighbourhood that has a move
/// that helps. Offsets give away users of the cell itself only, and take them over only at its neighbours. Cells are put to sleep from the least loaded upwards, several at once while that helps. The path is a chain of
/// settings, each with more moves, so that whoever decides may stop earlier.
/// </remarks>
internal sealed class StepwiseSearch
{
    private const int Neighbours = 3;

    // Cells without a move that helps, one after the other, before it is over.
    private const int FruitlessMax = 4;

    private readonly List<NetworkKnob> _knobs;
    private readonly NetworkDial _dial;
    private readonly PointJudge _judge;
    private readonly RadioNetworkEvaluator _evaluator;
    private readonly TimeBudget _budget;
    private readonly ulong _nanosecondsPerPoint;
    private readonly int _evaluationsEnd;
    private readonly List<NetworkPoint> _path = [];
    private readonly double[] _loads;
    private readonly double[] _bestLoads;
    private readonly bool[] _tried;
    private NetworkPoint _current;

    /// <param name="knobs">What may be turned.</param>
    /// <param name="dial">At the present setting.</param>
    /// <param name="judge">Whose last point is <paramref name="present"/>.</param>
    /// <param name="evaluator">That the judge uses.</param>
    /// <param name="present">The present setting, judged.</param>
    /// <param name="budget">Ends the search.</param>
    /// <param name="nanosecondsPerPoint">About.</param>
    /// <param name="evaluations">At most.</param>
    public StepwiseSearch(
        List<NetworkKnob> knobs, NetworkDial dial, PointJudge judge, RadioNetworkEvaluator evaluator, NetworkPoint present, TimeBudget budget, ulong nanosecondsPerPoint, int evaluations)
    {
        _knobs = knobs;
        _dial = dial;
        _judge = judge;
        _evaluator = evaluator;
        _current = present;
        _budget = budget;
        _nanosecondsPerPoint = nanosecondsPerPoint;
        _evaluationsEnd = judge.Evaluations + evaluations;
        _loads = new double[evaluator.Cells];
        _bestLoads = new double[evaluator.Cells];
        _tried = new bool[evaluator.Cells];
        KeepLoads(_loads);
    }

    private bool MayGoOn => _judge.Evaluations < _evaluationsEnd && _budget.Allows(_nanosecondsPerPoint);

    /// <summary>Offsets, tilts and powers.</summary>
    /// <param name="first">Cells to begin with.</param>
    /// <returns>The path, the first move first.</returns>
    public List<NetworkPoint> Improve(bool[] first)
    {
        int fruitless = 0;
        while (fruitless < FruitlessMax && MayGoOn && Worst(first) is var worst and >= 0)
        {
            _tried[worst] = true;
            int evaluations = _judge.Evaluations;
            List<int> neighbours = CellNeighbours.Of(_evaluator, worst, Neighbours);
            bool isBetter = TakeBest(worst, isNeighbour: false);
            for (int i = 0; i < neighbours.Count && !isBetter; i++)
            {
                isBetter = TakeBest(neighbours[i], isNeighbour: true);
            }
            fruitless = isBetter ? 0 : _judge.Evaluations > evaluations ? fruitless + 1 : fruitless;
            if (isBetter)
            {
                // What was tried around here may help by now.
                _tried[worst] = false;
                foreach (int cell in neighbours)
                {
                    _tried[cell] = false;
                }
            }
        }
        return _path;
    }

    /// <summary>Cells on and off.</summary>
    public List<NetworkPoint> PutToSleep()
    {
        double[] keys = new double[_knobs.Count];
        int[] order = new int[_knobs.Count];
        for (int i = 0; i < order.Length; i++)
        {
            // Without loads, or with targets that do not hold, what sleeps is woken first; else it is left for last.
            bool isOff = _knobs[i].Present == 0;
            keys[i] = !isOff ? _loads[_knobs[i].Cell] : _current.IsFeasible && _current.Unheld == 0 ? double.MaxValue : double.MinValue;
            order[i] = i;
        }
        Array.Sort(keys, order);
        // Several at once while that helps, fewer after it does not.
        int size = 1;
        for (int next = 0; next < order.Length && MayGoOn;)
        {
            int count = Math.Min(size, order.Length - next);
            Flip(order.AsSpan(next, count));
            NetworkPoint point = _judge.Judge(_dial.Cells, _dial.Choices, _dial.Changes);
            bool isBetter = point.Compare(_current, byViolation: true) < 0;
            if (isBetter)
            {
                _path.Add(_current = point);
            }
            else
            {
                Flip(order.AsSpan(next, count));
            }
            next += isBetter || count == 1 ? count : 0;
            size = isBetter ? 2 * size : Math.Max(1, count / 2);
        }
        return _path;
    }

    private void Flip(ReadOnlySpan<int> knobs)
    {
        foreach (int knob in knobs)
        {
            _dial.Turn(knob, 1 - _dial.Choices[knob]);
        }
    }

    /// <summary>Makes the move of a cell that helps most, if there is one.</summary>
    private bool TakeBest(int cell, bool isNeighbour)
    {
        NetworkPoint? best = null;
        int bestKnob = -1;
        for (int knob = _dial.FirstOf(cell); knob < _dial.EndOf(cell); knob++)
        {
            int present = _dial.Choices[knob], last = _knobs[knob].Values.Length - 1, leap = last <= 2 ? 1 : Math.Max(2, last / 6);
            bool isOffset = _knobs[knob].Attribute == AttributeRules.CellIndividualOffset;
            for (int side = -1; side <= 1; side += 2)
            {
                int choice = Math.Clamp(present + side * leap, 0, last);
                if (choice == present || (isOffset && side > 0 != isNeighbour) || !MayGoOn)
                {
                    continue;
                }
                _dial.Turn(knob, choice);
                NetworkPoint point = _judge.Judge(_dial.Cells, _dial.Choices, _dial.Changes);
                if (point.Compare(best ?? _current, byViolation: true) < 0)
                {
                    (best, bestKnob) = (point, knob);
                    KeepLoads(_bestLoads);
                }
            }
            _dial.Turn(knob, present);
        }
        if (best is null)
        {
            return false;
        }
        _dial.Turn(bestKnob, best.Choices[bestKnob]);
        _bestLoads.CopyTo(_loads, 0);
        _path.Add(_current = best);
        return true;
    }

    /// <summary>The cell to look at next; -1 when every one was tried.</summary>
    private int Worst(bool[] first)
    {
        int worst = -1;
        for (int cell = 0; cell < _tried.Length; cell++)
        {
            if (!_tried[cell] && (worst < 0 || (first[cell] != first[worst] ? first[cell] : _loads[cell] > _loads[worst])))
            {
                worst = cell;
            }
        }
        return worst;
    }

    private void KeepLoads(double[] loads)
    {
        for (int cell = 0; cell < loads.Length; cell++)
        {
            loads[cell] = _evaluator.IsFeasible ? _evaluator.Loads[cell] : 0;
        }
    }
}
