using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.FixedPoints;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Short ways to solve, and matrices of a chosen spectrum.</summary>
internal static class FixedPoints
{
    public static FixedPointResult Solve(IFixedPointMap map, FixedPointMethod method, double start) => Solve(map, new FixedPointRequest { Method = method, X0 = [start] });

    public static FixedPointResult Solve(IFixedPointMap map, FixedPointRequest request) => new FixedPointRun(new FixedHost()).Solve(request, map, "request", 0);

    public static double[] Noise(ref RandomStream random, int n)
    {
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = 2 * random.NextDouble() - 1;
        }
        return values;
    }

    /// <summary>H T H with T upper triangular and H reflections: its eigenvalues are the diagonal of T.</summary>
    /// <param name="eigenvalues">Real ones.</param>
    /// <param name="random">Of the reflections and of what is above the diagonal.</param>
    /// <param name="skew">Size of the numbers above the diagonal: 0 = the matrix is symmetric.</param>
    public static double[,] Matrix(double[] eigenvalues, ref RandomStream random, double skew)
    {
        int n = eigenvalues.Length;
        double[,] matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            matrix[i, i] = eigenvalues[i];
            for (int j = i + 1; j < n; j++)
            {
                matrix[i, j] = skew * (2 * random.NextDouble() - 1);
            }
        }
        for (int reflection = 0; reflection < 3; reflection++)
        {
            double[] v = Noise(ref random, n);
            double square = v.Sum(value => value * value);
            for (int i = 0; i < n; i++)
            {
                double dot = 0;
                for (int j = 0; j < n; j++)
                {
                    dot += matrix[i, j] * v[j];
                }
                for (int j = 0; j < n; j++)
                {
                    matrix[i, j] -= 2 * dot * v[j] / square;
                }
            }
            for (int j = 0; j < n; j++)
            {
                double dot = 0;
                for (int i = 0; i < n; i++)
                {
                    dot += matrix[i, j] * v[i];
                }
                for (int i = 0; i < n; i++)
                {
                    matrix[i, j] -= 2 * dot * v[i] / square;
                }
            }
        }
        return matrix;
    }

    public static double Distance(double[] left, double[] right)
    {
        double largest = 0;
        for (int i = 0; i < left.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(left[i] - right[i]));
        }
        return largest;
    }
}
