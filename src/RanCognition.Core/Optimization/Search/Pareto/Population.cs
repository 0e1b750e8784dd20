namespace RanCognition.Optimization.Search.Pareto;

/// <summary>The points that a search of several objectives works with. One enters, and when there are too many, the one goes that is worth least.</summary>
/// <remarks>
/// Source: Beume, Naujoks, Emmerich, "SMS-EMOA: multiobjective selection based on dominated hypervolume", 2007. Feasible points dominate infeasible ones, and of these the one with the smaller
/// violation the other (Deb, "An efficient constraint handling method for genetic algorithms", 2000). Worth least is the point that most others dominate; where none dominates another, with two or three
/// objectives the one that dominates the least volume alone, with more the one of the least <see cref="IndicatorFitness"/>.
/// </remarks>
internal sealed class Population
{
    private const double MarginShare = 0.1;   // of the range, from the worst values to the reference point
    private readonly int _n;
    private readonly int _m;
    private readonly double[] _points;
    private readonly double[] _objectives;
    private readonly double[] _violations;
    private readonly int[] _dominators;   // of each member: how many dominate it
    private readonly int[] _order;        // members by ascending last objective
    private readonly double[] _gains;
    private readonly VolumeContributions? _volumes;
    private readonly IndicatorFitness? _fitness;

    /// <param name="dimension">Variables.</param>
    /// <param name="objectives">Objectives, two or more.</param>
    /// <param name="size">Members.</param>
    public Population(int dimension, int objectives, int size)
    {
        (_n, _m, Size) = (dimension, objectives, size);
        int room = size + 1;
        _points = new double[room * dimension];
        _objectives = new double[room * objectives];
        _violations = new double[room];
        _dominators = new int[room];
        _order = new int[room];
        _gains = new double[room];
        _volumes = objectives == 3 ? new VolumeContributions() : null;
        _fitness = objectives > 3 ? new IndicatorFitness(objectives, room) : null;
    }

    /// <summary>Members that stay.</summary>
    public int Size { get; }

    public int Count { get; private set; }

    public ReadOnlySpan<double> Point(int member) => _points.AsSpan(member * _n, _n);

    public ReadOnlySpan<double> Objectives(int member) => _objectives.AsSpan(member * _m, _m);

    public double Violation(int member) => _violations[member];

    /// <summary>Enters a point; the one worth least goes, maybe itself.</summary>
    public void Enter(ReadOnlySpan<double> point, ReadOnlySpan<double> objectives, double violation)
    {
        int entered = Count++;
        point.CopyTo(_points.AsSpan(entered * _n, _n));
        objectives.CopyTo(_objectives.AsSpan(entered * _m, _m));
        _violations[entered] = violation;
        int dominators = 0, dominated = 0;
        for (int i = 0; i < entered; i++)
        {
            int order = Compare(entered, i);
            dominators += order > 0 ? 1 : 0;
            dominated += order < 0 ? 1 : 0;
            _dominators[i] += order < 0 ? 1 : 0;
        }
        _dominators[entered] = dominators;
        Place(entered);
        _fitness?.Enter(_objectives, Count);
        if (Count > Size)
        {
            int worst = Worst();
            if (_dominators[worst] > 0 && !(worst == entered && dominated == 0))
            {
                Uncount(worst);   // without dominated members it dominates none either
            }
            Remove(worst);
        }
    }

    /// <summary>-1 = the first dominates the second, 1 = the second the first, 0 = neither.</summary>
    public int Compare(int first, int second)
    {
        double one = _violations[first], other = _violations[second];
        if (one != other)
        {
            return one < other ? -1 : 1;
        }
        if (_m > 2)
        {
            return Dominance.Compare(Objectives(first), Objectives(second));
        }
        double a = _objectives[2 * first], b = _objectives[2 * first + 1], c = _objectives[2 * second], d = _objectives[2 * second + 1];
        bool firstBetter = a < c | b < d, secondBetter = c < a | d < b;
        return firstBetter == secondBetter ? 0 : firstBetter ? -1 : 1;
    }

    private double Last(int member) => _objectives[member * _m + _m - 1];

    private void Place(int member)
    {
        int place = Count - 1;
        double last = Last(member);
        for (; place > 0 && Last(_order[place - 1]) > last; place--)
        {
            _order[place] = _order[place - 1];
        }
        _order[place] = member;
    }

    private int Worst()
    {
        int worst = 0;
        for (int i = 1; i < Count; i++)
        {
            worst = _dominators[i] > _dominators[worst] ? i : worst;
        }
        if (_dominators[worst] > 0)
        {
            return worst;
        }
        return _fitness is not null ? _fitness.Worst() : _volumes is not null ? LeastVolume() : LeastArea();
    }

    /// <summary>Members in order of the second objective are a staircase: each dominates a rectangle between its neighbours alone.</summary>
    private int LeastArea()
    {
        int least = _order[1];
        double leastArea = double.PositiveInfinity;
        for (int k = 1; k < Count - 1; k++)
        {
            int left = _order[k + 1], member = _order[k], right = _order[k - 1];
            double width = 0.5 * _objectives[2 * right] - 0.5 * _objectives[2 * member], height = 0.5 * _objectives[2 * left + 1] - 0.5 * _objectives[2 * member + 1];
            double area = width * height;
            (least, leastArea) = area < leastArea ? (member, area) : (least, leastArea);
        }
        return least;
    }

    private int LeastVolume()
    {
        Span<double> reference = stackalloc double[3];
        for (int j = 0; j < 3; j++)
        {
            double best = _objectives[j], worst = best;
            for (int i = 1; i < Count; i++)
            {
                best = Math.Min(best, _objectives[3 * i + j]);
                worst = Math.Max(worst, _objectives[3 * i + j]);
            }
            reference[j] = worst > best ? worst + MarginShare * (worst - best) : worst + 1;
        }
        _volumes!.Find(_objectives.AsSpan(0, 3 * Count), _order.AsSpan(0, Count), reference, _gains);
        int least = 0;
        for (int i = 1; i < Count; i++)
        {
            least = _gains[i] < _gains[least] ? i : least;
        }
        return least;
    }

    private void Uncount(int member)
    {
        for (int i = 0; i < Count; i++)
        {
            _dominators[i] -= Compare(member, i) < 0 ? 1 : 0;
        }
    }

    private void Remove(int member)
    {
        int last = Count - 1;
        _fitness?.Remove(member);
        int to = 0;
        for (int k = 0; k < Count; k++)
        {
            int other = _order[k];
            if (other != member)
            {
                _order[to++] = other == last ? member : other;
            }
        }
        Count = last;
        if (member != last)
        {
            Point(last).CopyTo(_points.AsSpan(member * _n, _n));
            Objectives(last).CopyTo(_objectives.AsSpan(member * _m, _m));
            _violations[member] = _violations[last];
            _dominators[member] = _dominators[last];
        }
    }
}
