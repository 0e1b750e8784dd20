using RanCognition.Optimization.Search;

namespace RanCognition.Tests.Optimization.Pareto;

/// <summary>Problems of several objectives with known fronts.</summary>
/// <remarks>
/// Sources: Zitzler, Deb, Thiele, "Comparison of multiobjective evolutionary algorithms: empirical results", 2000 (ZDT); Deb, Thiele, Laumanns, Zitzler, "Scalable test problems for evolutionary
/// multiobjective optimization", 2005 (DTLZ); Huband and others, "A review of multiobjective test problems and a scalable test problem toolkit", 2006 (WFG); Deb, Pratap, Agarwal, Meyarivan, "A fast and
/// elitist multiobjective genetic algorithm: NSGA-II", 2002 (BNH, SRN, TNK, OSY).
/// </remarks>
internal sealed record FrontProblem(string Name, double[] Lower, double[] Upper, int Objectives, int Constraints, FrontProblem.Function Evaluate) : IEvaluator
{
    public delegate void Function(ReadOnlySpan<double> x, Span<double> f, Span<double> g);

    public bool IsThreadSafe => true;

    bool IEvaluator.Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        Evaluate(x, objectives, constraints);
        return true;
    }

    public SearchProblem Problem(ulong evaluations, ulong seed) => new()
    {
        Space = new SearchSpace(Lower, Upper, new double[]?[Lower.Length], new bool[Lower.Length]),
        Maximize = new bool[Objectives],
        ConstraintCount = Constraints,
        Evaluations = evaluations,
        Seed = seed,
    };

    public static FrontProblem Of(string name) => name switch
    {
        "ZDT1" => Zdt(name, 30, 0, 1, g => g, (f, g) => 1 - Math.Sqrt(f / g)),
        "ZDT2" => Zdt(name, 30, 0, 1, g => g, (f, g) => 1 - f / g * (f / g)),
        "ZDT3" => Zdt(name, 30, 0, 1, g => g, (f, g) => 1 - Math.Sqrt(f / g) - f / g * Math.Sin(10 * Math.PI * f)),
        "ZDT4" => Zdt(name, 10, -5, 5, g => g, (f, g) => 1 - Math.Sqrt(f / g)),
        "ZDT6" => Zdt(name, 10, 0, 1, g => Math.Pow(g, 0.25), (f, g) => 1 - f / g * (f / g)),
        "DTLZ1" => new(name, Filled(7, 0), Filled(7, 1), 3, 0, Dtlz1),
        "DTLZ2" => new(name, Filled(12, 0), Filled(12, 1), 3, 0, Dtlz2),
        "DTLZ2 of 5" => new(name, Filled(14, 0), Filled(14, 1), 5, 0, Dtlz2),
        "DTLZ7" => new(name, Filled(22, 0), Filled(22, 1), 3, 0, Dtlz7),
        "inner ZDT1" => new(name, Filled(20, 0), Filled(20, 1), 2, 0, InnerZdt1),
        "WFG4" => new(name, Filled(12, 0), Filled(12, 1), 2, 0, Wfg4),
        "BNH" => new(name, [0, 0], [5, 3], 2, 2, Bnh),
        "SRN" => new(name, [-20, -20], [20, 20], 2, 2, Srn),
        "TNK" => new(name, [0, 0], [Math.PI, Math.PI], 2, 2, Tnk),
        "OSY" => new(name, [0, 0, 1, 0, 1, 0], [10, 10, 5, 6, 5, 10], 2, 6, Osy),
        _ => throw new ArgumentException(name),
    };

    private static double[] Filled(int count, double value)
    {
        double[] values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private static FrontProblem Zdt(string name, int n, double lower, double upper, Func<double, double> shape, Func<double, double, double> height)
    {
        double[] low = Filled(n, lower), high = Filled(n, upper);
        (low[0], high[0]) = (0, 1);
        return new FrontProblem(name, low, high, 2, 0, (x, f, _) =>
        {
            double sum = 0;
            foreach (double value in x[1..])
            {
                sum += name == "ZDT4" ? value * value - 10 * Math.Cos(4 * Math.PI * value) : value;
            }
            double g = name == "ZDT4" ? 1 + 10 * (x.Length - 1) + sum : 1 + 9 * shape(sum / (x.Length - 1));
            double sine = Math.Sin(6 * Math.PI * x[0]);
            f[0] = name == "ZDT6" ? 1 - Math.Exp(-4 * x[0]) * Math.Pow(sine, 6) : x[0];
            f[1] = g * height(f[0], g);
        });
    }

    /// <summary>ZDT1 with its optimum within the bounds, and with variables that depend on each other.</summary>
    private static void InnerZdt1(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        double sum = 0;
        for (int i = 1; i < x.Length; i++)
        {
            double place = 0.3 + 0.4 * i / x.Length + 0.2 * (x[0] - 0.5);
            sum += Math.Abs(x[i] - place);
        }
        double distance = 1 + 9 * sum / (x.Length - 1);
        f[0] = x[0];
        f[1] = distance * (1 - Math.Sqrt(x[0] / distance));
    }

    private static void Dtlz1(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        int m = f.Length;
        double distance = x.Length - m + 1;
        foreach (double value in x[(m - 1)..])
        {
            distance += (value - 0.5) * (value - 0.5) - Math.Cos(20 * Math.PI * (value - 0.5));
        }
        distance *= 100;
        for (int j = 0; j < m; j++)
        {
            f[j] = 0.5 * (1 + distance);
            for (int i = 0; i < m - 1 - j; i++)
            {
                f[j] *= x[i];
            }
            f[j] *= j > 0 ? 1 - x[m - 1 - j] : 1;
        }
    }

    private static void Dtlz2(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        int m = f.Length;
        double distance = 0;
        foreach (double value in x[(m - 1)..])
        {
            distance += (value - 0.5) * (value - 0.5);
        }
        for (int j = 0; j < m; j++)
        {
            f[j] = 1 + distance;
            for (int i = 0; i < m - 1 - j; i++)
            {
                f[j] *= Math.Cos(0.5 * Math.PI * x[i]);
            }
            f[j] *= j > 0 ? Math.Sin(0.5 * Math.PI * x[m - 1 - j]) : 1;
        }
    }

    private static void Dtlz7(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        double sum = 0;
        foreach (double value in x[2..])
        {
            sum += value;
        }
        double distance = 1 + 9 * sum / (x.Length - 2), height = 3;
        for (int j = 0; j < 2; j++)
        {
            f[j] = x[j];
            height -= x[j] / (1 + distance) * (1 + Math.Sin(3 * Math.PI * x[j]));
        }
        f[2] = (1 + distance) * height;
    }

    /// <summary>WFG4 with two position variables: many local fronts, the front an ellipse with axes 2 and 4.</summary>
    private static void Wfg4(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        double position = 0, distance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double from = Math.Abs(x[i] - 0.35), ratio = from / (2 * (Math.Floor(0.35 - x[i]) + 0.35));
            double moved = (1 + Math.Cos(122 * Math.PI * (0.5 - ratio)) + 40 * ratio * ratio) / 12;
            (position, distance) = i < 2 ? (position + moved / 2, distance) : (position, distance + moved / (x.Length - 2));
        }
        f[0] = distance + 2 * Math.Sin(0.5 * Math.PI * position);
        f[1] = distance + 4 * Math.Cos(0.5 * Math.PI * position);
    }

    private static void Bnh(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = 4 * x[0] * x[0] + 4 * x[1] * x[1];
        f[1] = (x[0] - 5) * (x[0] - 5) + (x[1] - 5) * (x[1] - 5);
        g[0] = (x[0] - 5) * (x[0] - 5) + x[1] * x[1] - 25;
        g[1] = 7.7 - (x[0] - 8) * (x[0] - 8) - (x[1] + 3) * (x[1] + 3);
    }

    private static void Srn(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = 2 + (x[0] - 2) * (x[0] - 2) + (x[1] - 1) * (x[1] - 1);
        f[1] = 9 * x[0] - (x[1] - 1) * (x[1] - 1);
        g[0] = x[0] * x[0] + x[1] * x[1] - 225;
        g[1] = x[0] - 3 * x[1] + 10;
    }

    private static void Tnk(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        (f[0], f[1]) = (x[0], x[1]);
        g[0] = 1 + 0.1 * Math.Cos(16 * Math.Atan2(x[0], x[1])) - x[0] * x[0] - x[1] * x[1];
        g[1] = (x[0] - 0.5) * (x[0] - 0.5) + (x[1] - 0.5) * (x[1] - 0.5) - 0.5;
    }

    private static void Osy(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        f[0] = -(25 * (x[0] - 2) * (x[0] - 2) + (x[1] - 2) * (x[1] - 2) + (x[2] - 1) * (x[2] - 1) + (x[3] - 4) * (x[3] - 4) + (x[4] - 1) * (x[4] - 1));
        f[1] = 0;
        foreach (double value in x)
        {
            f[1] += value * value;
        }
        g[0] = 2 - x[0] - x[1];
        g[1] = x[0] + x[1] - 6;
        g[2] = x[1] - x[0] - 2;
        g[3] = x[0] - 3 * x[1] - 2;
        g[4] = (x[2] - 3) * (x[2] - 3) + x[3] - 4;
        g[5] = 4 - (x[4] - 3) * (x[4] - 3) - x[5];
    }
}
