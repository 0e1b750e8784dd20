using RanCognition.Numerics;

namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>
/// Random problems whose optimum is known: f = base(x - x*) - sum_j price_j g_j(x) with base at least 0, and 0 at x*, and g_j(x*) = 0. Where every g_j is at most 0, f is at least 0: x* is the optimum,
/// with value 0 and these constraints active. Others hold with room at x*.
/// </summary>
internal static class PlantedProblem
{
    public enum Base
    {
        Sphere,
        Ellipsoid,
        Rosenbrock,
        Rastrigin,
    }

    /// <param name="kind">What is to be minimised beyond the constraints.</param>
    /// <param name="dimension">Variables, in [-5, 5].</param>
    /// <param name="active">Constraints that are active at the optimum; every second one is curved.</param>
    /// <param name="idle">Constraints that are not.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="grid">Distance of the values on which every second coordinate of the optimum lies; 0 = none.</param>
    public static ClassicalProblem Create(Base kind, int dimension, int active, int idle, ulong seed, double grid = 0)
    {
        RandomStream random = new(1000 + seed);
        double[] optimum = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            optimum[i] = -4 + 8 * random.NextDouble();
            optimum[i] = grid > 0 && i % 2 == 0 ? grid * Math.Round(optimum[i] / grid) : optimum[i];
        }
        double[][] rotation = Rotation(dimension, ref random), normals = new double[active + idle][];
        double[] prices = new double[active + idle], bends = new double[active + idle], rooms = new double[active + idle];
        for (int j = 0; j < normals.Length; j++)
        {
            normals[j] = new double[dimension];
            double length = 0;
            for (int i = 0; i < dimension; i++)
            {
                normals[j][i] = random.NextNormal();
                length += normals[j][i] * normals[j][i];
            }
            double scale = Math.Pow(10, 2 * random.NextDouble() - 1) / Math.Sqrt(length);
            for (int i = 0; i < dimension; i++)
            {
                normals[j][i] *= scale;
            }
            prices[j] = j < active ? 1 + 4 * random.NextDouble() : 0;
            bends[j] = j % 2 == 1 ? scale * (random.NextDouble() - 0.3) : 0;
            rooms[j] = j < active ? 0 : random.NextDouble();
        }
        return new($"{kind} {dimension} {active}+{idle} #{seed}", Enumerable.Repeat(-5.0, dimension).ToArray(), Enumerable.Repeat(5.0, dimension).ToArray(), active + idle, 0, (x, g) =>
        {
            double[] away = new double[dimension];
            double squared = 0;
            for (int i = 0; i < dimension; i++)
            {
                away[i] = x[i] - optimum[i];
                squared += away[i] * away[i];
            }
            double f = Value(kind, rotation, away);
            for (int j = 0; j < normals.Length; j++)
            {
                double along = 0;
                for (int i = 0; i < dimension; i++)
                {
                    along += normals[j][i] * away[i];
                }
                double bent = along + bends[j] * squared / 4;
                f -= prices[j] * bent;
                g[j] = bent - rooms[j];
            }
            return f;
        });
    }

    private static double Value(Base kind, double[][] rotation, double[] away)
    {
        int n = away.Length;
        double[] z = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                z[i] += rotation[i][k] * away[k];
            }
        }
        double f = 0;
        for (int i = 0; i < n; i++)
        {
            f += kind switch
            {
                Base.Sphere => z[i] * z[i],
                Base.Ellipsoid => Math.Pow(1e4, (double)i / Math.Max(1, n - 1)) * z[i] * z[i],
                Base.Rosenbrock => i + 1 < n ? 100 * Math.Pow((z[i] + 1) * (z[i] + 1) - z[i + 1] - 1, 2) + z[i] * z[i] : 0,
                _ => 10 * (1 - Math.Cos(2 * Math.PI * z[i])) + z[i] * z[i],
            };
        }
        return f;
    }

    private static double[][] Rotation(int n, ref RandomStream random)
    {
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++)
        {
            rows[i] = new double[n];
            for (int k = 0; k < n; k++)
            {
                rows[i][k] = random.NextNormal();
            }
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    double product = rows[i].Zip(rows[j], (a, b) => a * b).Sum();
                    for (int k = 0; k < n; k++)
                    {
                        rows[i][k] -= product * rows[j][k];
                    }
                }
            }
            double length = Math.Sqrt(rows[i].Sum(value => value * value));
            for (int k = 0; k < n; k++)
            {
                rows[i][k] /= length;
            }
        }
        return rows;
    }
}
