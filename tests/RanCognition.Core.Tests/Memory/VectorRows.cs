using RanCognition.Contracts;
using RanCognition.Memory.Index;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory;

/// <summary>Vectors of many kinds, and the neighbours that a plain loop in f64 finds.</summary>
internal static class VectorRows
{
    public static readonly string[] Kinds =
        ["isotropic", "clusters", "walk", "sparse", "integers", "huge", "tiny", "denormal", "mixed scales", "equal", "constant coordinates", "near duplicates", "flat"];

    public static float[] Make(string kind, int rows, int dimension, ulong seed)
    {
        RandomStream random = new(seed);
        float[] numbers = new float[rows * dimension];
        float[] centres = new float[20 * dimension];
        for (int i = 0; i < centres.Length; i++)
        {
            centres[i] = (float)random.NextNormal();
        }
        double level = 0;
        for (int row = 0; row < rows; row++)
        {
            int centre = (int)(random.NextBits() % 20);
            double scale = Math.Pow(10, (int)(random.NextBits() % 9) - 4);
            for (int i = 0; i < dimension; i++)
            {
                double normal = random.NextNormal();
                level = 0.99 * level + 0.1 * normal;
                numbers[row * dimension + i] = (float)(kind switch
                {
                    "isotropic" => normal,
                    "clusters" => centres[centre * dimension + i] + 0.1 * normal,
                    "walk" => level * 100 + 1000,
                    "sparse" => random.NextDouble() < 0.1 ? normal : 0,
                    "integers" => Math.Round(normal * 2),
                    "huge" => normal * 1e30,
                    "tiny" => normal * 1e-30,
                    "denormal" => normal * 1e-42,
                    "mixed scales" => normal * scale * (row % 97 == 5 ? 1e25 : 1),
                    "equal" => 3.25,
                    "constant coordinates" => i % 3 == 0 ? normal : 7,
                    "near duplicates" => centres[i] + 1e-5 * normal,
                    _ => (i + 1) * centres[0] + 1e-3 * centres[centre],
                });
            }
        }
        return numbers;
    }

    /// <summary>Every row's distance, summed in order: the definition, written once more.</summary>
    public static double Distance(DistanceMetric metric, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double squares = 0, dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = (double)a[i] - b[i];
            squares += difference * difference;
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }
        return metric switch
        {
            DistanceMetric.L2 => Math.Sqrt(squares),
            DistanceMetric.InnerProduct => 0 - dot,
            _ => aa == 0 || bb == 0 ? 1 : Math.Clamp(1 - dot / (Math.Sqrt(aa) * Math.Sqrt(bb)), 0, 2),
        };
    }

    public static (Neighbor Neighbor, double Score)[] Nearest(
        DistanceMetric metric, ReadOnlySpan<float> query, float[]?[] rows, IEnumerable<int> selected, ulong[] ids, int k, double weight = 0, double[]? prior = null)
    {
        List<(Neighbor Neighbor, double Score)> all = [];
        foreach (int row in selected)
        {
            if (rows[row] is { } vector)
            {
                double distance = Distance(metric, query, vector);
                all.Add((new Neighbor(row, distance), prior is null ? 0 : weight * VectorIndex.Similarity(metric, distance) + prior[row]));
            }
        }
        return [.. all.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Neighbor.Distance).ThenBy(hit => ids[hit.Neighbor.Row]).Take(k)];
    }
}
