namespace RanCognition.Optimization.Search.Mixed;

/// <summary>The terms of a model of values: per variable its place and the square of it, one for each value of a category, and products of two variables where there are not too many.</summary>
internal sealed class ModelFeatures
{
    private const int TermsMax = 400;
    private const int TermsWithProductsMax = 260;

    private readonly SearchSpace _space;

    // First term of each variable, -1 = it is fixed.
    private readonly int[] _first;
    private readonly int[] _factors;   // variables of which products are taken
    private readonly int[] _factorPlaces;   // place of each variable among them, -1 = it is none

    public ModelFeatures(SearchSpace space)
    {
        _space = space;
        _first = new int[space.Dimension];
        List<int> factors = [];
        int terms = 1;
        for (int i = 0; i < space.Dimension; i++)
        {
            int levels = space.LevelCount(i);
            _first[i] = levels == 1 ? -1 : terms;
            terms += levels == 1 ? 0 : space.IsCategory(i) ? levels - 1 : levels == 2 ? 1 : 2;
            if (levels != 1 && !space.IsCategory(i))
            {
                factors.Add(i);
            }
        }
        int products = factors.Count * (factors.Count - 1) / 2;
        _factors = terms + products <= TermsWithProductsMax ? [.. factors] : [];
        _factorPlaces = new int[space.Dimension];
        Array.Fill(_factorPlaces, -1);
        for (int place = 0; place < _factors.Length; place++)
        {
            _factorPlaces[_factors[place]] = place;
        }
        Plain = terms;
        Count = terms + (_factors.Length > 0 ? products : 0);
    }

    /// <summary>Number of terms.</summary>
    public int Count { get; }

    /// <summary>Terms before the products.</summary>
    public int Plain { get; }

    /// <summary>Whether a model of so many terms is worth its time.</summary>
    public bool AreFew => Count <= TermsMax;

    /// <summary>The terms of a point.</summary>
    public void Fill(ReadOnlySpan<double> point, Span<double> terms)
    {
        terms.Clear();
        terms[0] = 1;
        for (int i = 0; i < point.Length; i++)
        {
            int first = _first[i], levels = _space.LevelCount(i);
            if (first < 0)
            {
                continue;
            }
            if (_space.IsCategory(i))
            {
                int level = _space.Level(i, point[i]);
                terms[first + Math.Max(0, level - 1)] = level > 0 ? 1 : 0;
                continue;
            }
            double place = Place(i, point[i]);
            terms[first] = place;
            if (levels != 2)
            {
                terms[first + 1] = place * place;
            }
        }
        int term = Plain;
        for (int a = 1; a < _factors.Length; a++)
        {
            double place = terms[_first[_factors[a]]];
            for (int b = 0; b < a; b++)
            {
                terms[term++] = place * terms[_first[_factors[b]]];
            }
        }
    }

    /// <summary>First term of a variable; -1 = it is fixed.</summary>
    public int First(int variable) => _first[variable];

    public bool HasSquare(int variable) => _space.LevelCount(variable) != 2;

    /// <summary>Term of a value of a category, 0 for its first value; -1 = the variable is none.</summary>
    public int CategoryTerm(int variable, double u)
    {
        if (!_space.IsCategory(variable) || _first[variable] < 0)
        {
            return -1;
        }
        int level = _space.Level(variable, u);
        return level > 0 ? _first[variable] + level - 1 : 0;
    }

    /// <summary>Term of the product of two variables; -1 = there is none.</summary>
    public int Product(int variable, int other)
    {
        int a = _factorPlaces[variable], b = _factorPlaces[other];
        if (a < 0 || b < 0 || a == b)
        {
            return -1;
        }
        (a, b) = (Math.Max(a, b), Math.Min(a, b));
        return Plain + a * (a - 1) / 2 + b;
    }

    /// <summary>-1 at the lowest level or bound, 1 at the highest.</summary>
    public double Place(int variable, double u)
    {
        int levels = _space.LevelCount(variable);
        return levels > 1 ? 2.0 * _space.Level(variable, u) / (levels - 1) - 1 : 2 * u - 1;
    }
}
