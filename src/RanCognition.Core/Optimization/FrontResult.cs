using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Pareto;

namespace RanCognition.Optimization;

/// <summary>What a result says of several objectives.</summary>
internal sealed class FrontResult
{
    /// <summary>By ascending first objective; empty with one objective.</summary>
    public IReadOnlyList<FrontPoint> Points { get; private init; } = [];

    /// <summary>
    /// Volume that the points dominate, in the units of the objectives, up to the reference point of the problem; without one, up to the worst value that each objective has among the points. Null with one
    /// objective, without points and reference point, or when the number is too large.
    /// </summary>
    public double? Hypervolume { get; private init; }

    public static FrontResult Of(CompiledProblem compiled, Ledger ledger)
    {
        if (ledger.Front is not { } front)
        {
            return new FrontResult();
        }
        bool[] maximize = compiled.Search.Maximize;
        int[] rows = front.Sorted();
        FrontPoint[] points = new FrontPoint[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] f = front.F(rows[i]).ToArray();
            for (int j = 0; j < f.Length; j++)
            {
                f[j] = maximize[j] ? -f[j] : f[j];
            }
            points[maximize[0] ? rows.Length - 1 - i : i] = new FrontPoint(front.X(rows[i]).ToArray(), f);
        }
        return new FrontResult { Points = points, Hypervolume = Volume(compiled, front) };
    }

    private static double? Volume(CompiledProblem compiled, FrontArchive front)
    {
        int m = compiled.Search.Maximize.Length;
        if (front.Count == 0 && compiled.Problem.ReferencePoint is null)
        {
            return null;
        }
        double[] points = new double[front.Count * m], reference = new double[m];
        Array.Fill(reference, double.NegativeInfinity);
        for (int row = 0; row < front.Count; row++)
        {
            front.F(row).CopyTo(points.AsSpan(row * m, m));
            for (int j = 0; j < m; j++)
            {
                reference[j] = Math.Max(reference[j], points[row * m + j]);
            }
        }
        if (compiled.Problem.ReferencePoint is { } given)
        {
            for (int j = 0; j < m; j++)
            {
                reference[j] = compiled.Search.Maximize[j] ? -given[j] : given[j];
            }
        }
        double volume = new Hypervolume(m).Of(points, front.Count, reference);
        return double.IsFinite(volume) ? volume : null;
    }
}
