using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Pareto;

namespace RanCognition.Optimization;

/// <summary>The front of a search for several objectives, in their own senses.</summary>
internal sealed class FrontResult
{
    private static readonly FrontResult None = new();

    /// <summary>Ascending by the first objective, in its sense for searches.</summary>
    public IReadOnlyList<FrontPoint> Points { get; private init; } = [];

    /// <summary>Size of what the front dominates up to the reference point, in the objectives' units; null with one objective or without a front.</summary>
    public double? Hypervolume { get; private init; }

    public static FrontResult Of(CompiledProblem compiled, Ledger ledger)
    {
        if (ledger.Front is not { Count: > 0 } front)
        {
            return None;
        }
        int m = compiled.Search.Maximize.Length;
        int[] rows = front.Sorted();
        FrontPoint[] points = new FrontPoint[rows.Length];
        double[] values = new double[rows.Length * m];
        for (int i = 0; i < rows.Length; i++)
        {
            front.F(rows[i]).CopyTo(values.AsSpan(i * m));
            points[i] = new FrontPoint(front.X(rows[i]).ToArray(), Signed(front.F(rows[i]), compiled.Search.Maximize));
        }
        double volume = new Hypervolume(m).Of(values, rows.Length, Reference(compiled, values));
        return new FrontResult { Points = points, Hypervolume = volume };
    }

    /// <summary>The corner that was given, or the worst value of each objective on the front.</summary>
    private static double[] Reference(CompiledProblem compiled, double[] values)
    {
        bool[] maximize = compiled.Search.Maximize;
        int m = maximize.Length;
        if (compiled.Problem.ReferencePoint is { } given)
        {
            return Signed([.. given], maximize);
        }
        double[] worst = values[..m];
        for (int i = m; i < values.Length; i++)
        {
            worst[i % m] = Math.Max(worst[i % m], values[i]);
        }
        return worst;
    }

    private static double[] Signed(ReadOnlySpan<double> values, bool[] maximize)
    {
        double[] signed = values.ToArray();
        for (int i = 0; i < signed.Length; i++)
        {
            signed[i] = maximize[i] ? -signed[i] : signed[i];
        }
        return signed;
    }
}
