using RanCognition.Numerics;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>Problems of ten constraints without a feasible point, with one smallest conflict.</summary>
internal static class PlantedConflict
{
    public const int Constraints = 10;

    public static int[] Choose(int size, ulong seed)
    {
        RandomStream random = new(seed * 31 + (ulong)size);
        SortedSet<int> chosen = [];
        while (chosen.Count < size)
        {
            chosen.Add((int)(random.NextDouble() * Constraints));
        }
        return [.. chosen];
    }

    /// <summary>
    /// Members of the conflict are half spaces of the first variables whose normals are the corners of a simplex: all of them leave nothing, any of them fewer leave a cone. The others are narrow balls and
    /// rings in the variables beyond.
    /// </summary>
    public static ClassicalRun Create(int[] planted, ulong seed, ulong evaluations)
    {
        const int Shared = 3, Own = 4;
        RandomStream random = new(77 + seed);
        double[] target = new double[Shared + Own], scales = new double[Constraints];
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = -3 + 6 * random.NextDouble();
        }
        for (int j = 0; j < Constraints; j++)
        {
            scales[j] = Math.Pow(10, 4 * random.NextDouble() - 2);
        }
        return new ClassicalRun(Enumerable.Repeat(-5.0, Shared + Own).ToArray(), Enumerable.Repeat(5.0, Shared + Own).ToArray(), Constraints, (x, g) =>
        {
            double squared = 0, f = 0;
            for (int i = 0; i < x.Length; i++)
            {
                f += x[i];
                squared += i >= Shared ? (x[i] - target[i]) * (x[i] - target[i]) : 0;
            }
            for (int j = 0; j < Constraints; j++)
            {
                int place = Array.IndexOf(planted, j);
                double value = place < 0 ? (j % 2 == 0 ? squared - 0.04 * (j + 1) : Math.Abs(squared - 0.02) - 0.02) : Corner(x, target, place, planted.Length) + 0.5;
                g[j] = scales[j] * value;
            }
            return f;
        }, evaluations, null, seed);
    }

    /// <summary>Row of a matrix whose rows sum to zero and of which any fewer are independent.</summary>
    private static double Corner(double[] x, double[] target, int place, int size)
    {
        if (place < size - 1)
        {
            return x[place] - target[place];
        }
        double sum = 0;
        for (int i = 0; i < size - 1; i++)
        {
            sum -= x[i] - target[i];
        }
        return sum;
    }
}
