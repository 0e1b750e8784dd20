using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Memory.Index;

/// <summary>The directions in which a sample of rows spreads most, by orthogonal iteration. The same sample gives the same axes on one build of the library.</summary>
/// <remarks>Nothing depends on how well they fit but speed; that they are orthonormal to the reported error does matter.</remarks>
internal static unsafe class PrincipalAxes
{
    /// <summary>Axes are kept in rows of this many numbers, one row a coordinate.</summary>
    public const int Width = 32;

    private const int Rounds = 12;

    // A direction whose spread is below this part of the sample's has none.
    private const double RankTolerance = 1e-6;

    /// <summary>Writes <paramref name="count"/> axes; those that the sample has no spread for are zero.</summary>
    /// <remarks>
    /// The sample is centred, its rows of <paramref name="stride"/> numbers, a multiple of 8. The axes are stride * Width numbers: number j of row d is coordinate d of axis j;
    /// the columns beyond the count become zero.
    /// </remarks>
    /// <returns>Frobenius norm of V'V - I over the axes that are not zero.</returns>
    public static double Find(float* sample, int rows, int stride, int count, float* axes)
    {
        long numbers = (long)stride * Width;
        float* next = (float*)NativeMemory.AlignedAlloc((nuint)(numbers * sizeof(float)), 64);
        try
        {
            Start(axes, stride, count);
            Orthonormalize(axes, stride, count, 0);
            for (int round = 0; round < Rounds; round++)
            {
                new Span<float>(next, (int)numbers).Clear();
                for (int row = 0; row < rows; row++)
                {
                    AddProjection(sample + (long)row * stride, stride, axes, next);
                }
                new Span<float>(next, (int)numbers).CopyTo(new Span<float>(axes, (int)numbers));
                Orthonormalize(axes, stride, count, RankTolerance);
            }
            Orthonormalize(axes, stride, count, 0);   // again, for what the first left by rounding
            return Defect(axes, stride, count);
        }
        finally
        {
            NativeMemory.AlignedFree(next);
        }
    }

    // Any numbers that no data are likely to be orthogonal to.
    private static void Start(float* axes, int stride, int count)
    {
        ulong state = 0x9E3779B97F4A7C15;
        for (int d = 0; d < stride; d++)
        {
            for (int j = 0; j < Width; j++)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                axes[d * Width + j] = j < count ? (int)(state >> 32) * (1f / int.MaxValue) : 0;
            }
        }
    }

    // next += x (x' V)
    private static void AddProjection(float* x, int stride, float* axes, float* next)
    {
        Vector256<float> part0 = default, part1 = default, part2 = default, part3 = default;
        for (int d = 0; d < stride; d++)
        {
            Vector256<float> value = Vector256.Create(x[d]);
            float* row = axes + d * Width;
            part0 = Vector256.MultiplyAddEstimate(value, Vector256.Load(row), part0);
            part1 = Vector256.MultiplyAddEstimate(value, Vector256.Load(row + 8), part1);
            part2 = Vector256.MultiplyAddEstimate(value, Vector256.Load(row + 16), part2);
            part3 = Vector256.MultiplyAddEstimate(value, Vector256.Load(row + 24), part3);
        }
        for (int d = 0; d < stride; d++)
        {
            Vector256<float> value = Vector256.Create(x[d]);
            float* row = next + d * Width;
            Vector256.MultiplyAddEstimate(value, part0, Vector256.Load(row)).Store(row);
            Vector256.MultiplyAddEstimate(value, part1, Vector256.Load(row + 8)).Store(row + 8);
            Vector256.MultiplyAddEstimate(value, part2, Vector256.Load(row + 16)).Store(row + 16);
            Vector256.MultiplyAddEstimate(value, part3, Vector256.Load(row + 24)).Store(row + 24);
        }
    }

    // Modified Gram-Schmidt, each axis twice against those before it.
    private static void Orthonormalize(float* axes, int stride, int count, double tolerance)
    {
        double largest = 0;
        for (int j = 0; j < count; j++)
        {
            double before = Math.Sqrt(Dot(axes, stride, j, j));
            largest = Math.Max(largest, before);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int i = 0; i < j; i++)
                {
                    double share = Dot(axes, stride, i, j);
                    for (int d = 0; d < stride; d++)
                    {
                        axes[d * Width + j] = (float)(axes[d * Width + j] - share * axes[d * Width + i]);
                    }
                }
            }
            double length = Math.Sqrt(Dot(axes, stride, j, j));
            bool isRank = length > 1e-30 && length > tolerance * largest && length > 1e-5 * before;
            for (int d = 0; d < stride; d++)
            {
                axes[d * Width + j] = isRank ? (float)(axes[d * Width + j] / length) : 0;
            }
        }
    }

    private static double Defect(float* axes, int stride, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double dot = Dot(axes, stride, i, j);
                double difference = i == j && dot != 0 ? dot - 1 : dot;
                sum += difference * difference;
            }
        }
        return Math.Sqrt(sum);
    }

    private static double Dot(float* axes, int stride, int i, int j)
    {
        double sum = 0;
        for (int d = 0; d < stride; d++)
        {
            sum += (double)axes[d * Width + i] * axes[d * Width + j];
        }
        return sum;
    }
}
