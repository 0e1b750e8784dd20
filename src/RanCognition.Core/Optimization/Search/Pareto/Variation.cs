namespace RanCognition.Optimization.Search.Pareto;

/// <summary>Makes new points from members of a population: by crossover of two of them or by differences of three, then by small changes of single variables.</summary>
/// <remarks>
/// Sources: Deb and Agrawal, "Simulated binary crossover for continuous search space", 1995; Storn and Price, "Differential evolution", 1997 (rand/1/bin); Deb and Goyal, "A combined genetic adaptive
/// search for engineering design", 1996 (polynomial mutation). Variables with levels move from level to level; categories are taken over from one of the points, or change to any other.
/// </remarks>
internal sealed class Variation
{
    private const double CrossoverProbability = 0.9;
    private const double CrossoverIndex = 15;
    private const double MutationIndex = 20;
    private const double DifferenceFactor = 0.5;
    private const int MutationsAtOnceMax = 8;   // tries to get a point other than its parent
    private readonly SearchSpace _space;
    private readonly RandomSource _random;
    private readonly Population _population;
    private readonly int[] _moving;   // variables that can have more than one value

    public Variation(SearchSpace space, Population population, RandomSource random)
    {
        (_space, _population, _random) = (space, population, random);
        List<int> moving = [];
        for (int i = 0; i < space.Dimension; i++)
        {
            if (space.LevelCount(i) != 1)
            {
                moving.Add(i);
            }
        }
        _moving = moving.ToArray();
    }

    /// <summary>Makes a point of the cube, other than its parent where that is possible.</summary>
    public void Make(Span<double> point)
    {
        ReadOnlySpan<double> parent = _population.Point(Tournament());
        parent.CopyTo(point);
        if (_moving.Length == 0)
        {
            return;
        }
        if (_random.NextDouble() < 0.5)
        {
            Cross(parent, _population.Point(Tournament()), point);
        }
        else
        {
            Differ(parent, point);
        }
        Mutate(point);
        for (int tries = 0; tries < MutationsAtOnceMax && point.SequenceEqual(parent); tries++)
        {
            MutateOne(_moving[_random.NextBelow(_moving.Length)], point);
        }
    }

    /// <summary>Puts a random point of the cube, every level equally likely.</summary>
    public void MakeRandom(Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = Snapped(i, _random.NextDouble());
        }
    }

    private double Snapped(int variable, double u) => _space.LevelCount(variable) > 0 ? _space.Middle(variable, _space.Level(variable, u)) : u;

    private int Tournament()
    {
        int one = _random.NextBelow(_population.Count), other = _random.NextBelow(_population.Count);
        return _population.Compare(one, other) <= 0 ? one : other;
    }

    private void Cross(ReadOnlySpan<double> parent, ReadOnlySpan<double> mate, Span<double> point)
    {
        if (_random.NextDouble() >= CrossoverProbability)
        {
            return;
        }
        bool takesMate = _random.NextDouble() < 0.5;   // which of the two children is made
        foreach (int i in _moving)
        {
            double near = takesMate ? mate[i] : parent[i], far = takesMate ? parent[i] : mate[i];
            if (_random.NextDouble() < 0.5 || near == far)
            {
                point[i] = near;
            }
            else if (_space.IsCategory(i))
            {
                point[i] = far;
            }
            else
            {
                point[i] = Snapped(i, Spread(near, far));
            }
        }
    }

    /// <summary>A number about as far from the near one as the two are apart, inside or outside.</summary>
    private double Spread(double near, double far)
    {
        double share = _random.NextDouble(), power = 1 / (CrossoverIndex + 1);
        double spread = share <= 0.5 ? Math.Pow(2 * share, power) : Math.Pow(1 / (2 * (1 - share)), power);
        double moved = 0.5 * ((1 + spread) * near + (1 - spread) * far);
        return Math.Clamp(moved, 0, 1);
    }

    private void Differ(ReadOnlySpan<double> parent, Span<double> point)
    {
        int count = _population.Count;
        ReadOnlySpan<double> start = _population.Point(_random.NextBelow(count)), to = _population.Point(_random.NextBelow(count)), from = _population.Point(_random.NextBelow(count));
        double crossover = _random.NextDouble() < 0.5 ? 0.2 : 0.9;
        int always = _random.NextBelow(_moving.Length);
        for (int k = 0; k < _moving.Length; k++)
        {
            if (k != always && _random.NextDouble() >= crossover)
            {
                continue;
            }
            int i = _moving[k];
            if (_space.IsCategory(i))
            {
                point[i] = to[i] == from[i] ? start[i] : to[i];
                continue;
            }
            double moved = start[i] + DifferenceFactor * (to[i] - from[i]);
            point[i] = Snapped(i, Math.Clamp(moved, 0, 1));
        }
    }

    private void Mutate(Span<double> point)
    {
        double probability = 1.0 / _moving.Length;
        foreach (int i in _moving)
        {
            if (_random.NextDouble() < probability)
            {
                MutateOne(i, point);
            }
        }
    }

    private void MutateOne(int variable, Span<double> point)
    {
        int levels = _space.LevelCount(variable);
        double u = point[variable];
        if (levels == 0)
        {
            point[variable] = Changed(u);
            return;
        }
        int level = _space.Level(variable, u), changed = _space.IsCategory(variable) ? level : _space.Level(variable, Changed(u));
        if (changed == level)
        {
            changed = _space.IsCategory(variable) ? (level + 1 + _random.NextBelow(levels - 1)) % levels : Neighbour(level, levels);
        }
        point[variable] = _space.Middle(variable, changed);
    }

    private int Neighbour(int level, int levels)
    {
        bool up = level == 0 || (level < levels - 1 && _random.NextDouble() < 0.5);
        return up ? level + 1 : level - 1;
    }

    /// <summary>A coordinate near another, seldom far, within the bounds.</summary>
    private double Changed(double u)
    {
        double share = _random.NextDouble(), power = 1 / (MutationIndex + 1);
        double change = share < 0.5
            ? Math.Pow(2 * share + (1 - 2 * share) * Math.Pow(1 - u, MutationIndex + 1), power) - 1
            : 1 - Math.Pow(2 * (1 - share) + (2 * share - 1) * Math.Pow(u, MutationIndex + 1), power);
        return Math.Clamp(u + change, 0, 1);
    }
}
