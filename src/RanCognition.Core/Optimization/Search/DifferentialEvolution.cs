namespace RanCognition.Optimization.Search;

/// <summary>Differential evolution with a crossover of contiguous blocks and with factors that each member adapts.</summary>
/// <remarks>
/// Sources: Storn and Price, "Differential evolution", 1997 (rand/1/exp); Brest and others, "Self-adapting control parameters in differential evolution", 2006 (jDE). Good where the function has
/// little global structure.
/// </remarks>
internal sealed class DifferentialEvolution(SearchArea area, RandomSource random, int members)
{
    private const double ChangeProbability = 0.1;
    private readonly int _n = area.Dimension;
    private readonly double[] _points = new double[members * area.Dimension];
    private readonly double[] _values = new double[members];
    private readonly double[] _factors = new double[members];
    private readonly double[] _crossovers = new double[members];
    private readonly double[] _newFactors = new double[members];
    private readonly double[] _newCrossovers = new double[members];
    private readonly double[] _trial = new double[area.Dimension];
    private double _injectedValue = double.NaN;

    public int Generation { get; private set; }

    public int BestMember { get; private set; }

    public double BestValue => _values[BestMember];

    /// <summary>Best value other than that of the point that was injected.</summary>
    public double OwnBestValue
    {
        get
        {
            double best = Batch.Failed;
            foreach (double value in _values)
            {
                best = value != _injectedValue && value < best ? value : best;
            }
            return best;
        }
    }

    /// <summary>Largest value of a member.</summary>
    public double WorstValue
    {
        get
        {
            double worst = double.NegativeInfinity;
            foreach (double value in _values)
            {
                worst = Math.Max(worst, value);
            }
            return worst;
        }
    }

    public ReadOnlySpan<double> Point(int member) => _points.AsSpan(member * _n, _n);

    /// <summary>Makes the first population, at random.</summary>
    /// <param name="injectBest">Whether the best point known is one of its members.</param>
    public IEnumerable<Batch> Begin(bool injectBest)
    {
        int first = injectBest ? 1 : 0;
        if (injectBest)
        {
            area.CopyBest(Member(0));
            _values[0] = _injectedValue = area.BestValue;
        }
        area.Resize(members - first);
        for (int i = first; i < members; i++)
        {
            random.FillPoint(Member(i), 0);
            area.Set(i - first, Point(i));
        }
        yield return area.Batch;
        for (int i = 0; i < members; i++)
        {
            _values[i] = i < first ? _values[i] : area.Value(i - first);
            _factors[i] = _crossovers[i] = 0.5;
            BestMember = _values[i] < BestValue ? i : BestMember;
        }
    }

    /// <summary>One generation.</summary>
    public IEnumerable<Batch> Step()
    {
        area.Resize(members);
        for (int i = 0; i < members; i++)
        {
            SetTrial(i);
        }
        yield return area.Batch;
        for (int i = 0; i < members; i++)
        {
            double value = area.Value(i);
            if (value <= _values[i])
            {
                area.Get(i, Member(i));
                _values[i] = value;
                _factors[i] = _newFactors[i];
                _crossovers[i] = _newCrossovers[i];
                BestMember = value < BestValue ? i : BestMember;
            }
        }
        Generation++;
    }

    /// <summary>Puts a better point in place of the best member.</summary>
    public void Improve(ReadOnlySpan<double> point, double value)
    {
        point.CopyTo(Member(BestMember));
        _values[BestMember] = value;
    }

    private Span<double> Member(int member) => _points.AsSpan(member * _n, _n);

    private void SetTrial(int member)
    {
        int a = Other(member, -1, -1), b = Other(member, a, -1), c = Other(member, a, b);
        double factor = _newFactors[member] = random.NextDouble() < ChangeProbability ? 0.1 + 0.9 * random.NextDouble() : _factors[member];
        double crossover = _newCrossovers[member] = random.NextDouble() < ChangeProbability ? random.NextDouble() : _crossovers[member];
        ReadOnlySpan<double> parent = Point(member), start = Point(a), to = Point(b), from = Point(c);
        parent.CopyTo(_trial);
        int at = random.NextBelow(_n), length = 1;
        while (length < _n && random.NextDouble() < crossover)
        {
            length++;
        }
        for (; length > 0; length--, at = at + 1 < _n ? at + 1 : 0)
        {
            double moved = start[at] + factor * (to[at] - from[at]);
            _trial[at] = moved < 0 ? parent[at] / 2 : moved > 1 ? (parent[at] + 1) / 2 : moved;
        }
        area.Set(member, _trial);
    }

    /// <summary>A member other than three.</summary>
    private int Other(int first, int second, int third)
    {
        int other;
        do
        {
            other = random.NextBelow(members);
        }
        while (other == first || other == second || other == third);
        return other;
    }
}
