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

    // Up to here the products of all pairs of coordinates are summed once; beyond, that would be more work than going through the sample in each round.
    private const int CovarianceStrideMax = 256;

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
        bool isShort = stride <= CovarianceStrideMax;
        float* next = (float*)NativeMemory.AlignedAlloc((nuint)((numbers + (isShort ? (long)stride * stride : 0)) * sizeof(float)), 64);
        float* covariance = next + numbers;
        try
        {
            if (isShort)
            {
                AddProducts(sample, rows, stride, covariance);
            }
            Start(axes, stride, count);
            Orthonormalize(axes, stride, count, 0);
            for (int round = 0; round < Rounds; round++)
            {
                if (isShort)
                {
                    for (int d = 0; d < stride; d++)
                    {
                        Project(covariance + (long)d * stride, stride, axes, next + d * Width);
                    }
                }
                else
                {
                    new Span<float>(next, (int)numbers).Clear();
                    for (int row = 0; row < rows; row++)
                    {
                        AddProjection(sample + (long)row * stride, stride, axes, next);
                    }
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

    // Products of all pairs of coordinates.
    private static void AddProducts(float* sample, int rows, int stride, float* products)
    {
        new Span<float>(products, stride * stride).Clear();
        for (int row = 0; row < rows; row += 4)
        {
            float* x = sample + (long)row * stride;
            int more = Math.Min(4, rows - row);
            float* x1 = x + (more > 1 ? stride : 0), x2 = x + (more > 2 ? 2 * stride : 0), x3 = x + (more > 3 ? 3 * stride : 0);
            for (int d = 0; d < stride; d++)
            {
                Vector256<float> value0 = Vector256.Create(x[d]), value1 = Vector256.Create(more > 1 ? x1[d] : 0);
                Vector256<float> value2 = Vector256.Create(more > 2 ? x2[d] : 0), value3 = Vector256.Create(more > 3 ? x3[d] : 0);
                float* to = products + d * stride;
                for (int e = 0; e < stride; e += 8)
                {
                    Vector256<float> sum = Vector256.MultiplyAddEstimate(value0, Vector256.Load(x + e), Vector256.Load(to + e));
                    sum = Vector256.MultiplyAddEstimate(value1, Vector256.Load(x1 + e), sum);
                    sum = Vector256.MultiplyAddEstimate(value2, Vector256.Load(x2 + e), sum);
                    Vector256.MultiplyAddEstimate(value3, Vector256.Load(x3 + e), sum).Store(to + e);
                }
            }
        }
    }

    // x' V
    private static void Project(float* x, int stride, float* axes, float* y)
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
        part0.Store(y);
        part1.Store(y + 8);
        part2.Store(y + 16);
        part3.Store(y + 24);
    }

    // next += x (x' V)
    private static void AddProjection(float* x, int stride, float* axes, float* next)
    {
        float* y = stackalloc float[Width];
        Project(x, stride, axes, y);
        Vector256<float> part0 = Vector256.Load(y), part1 = Vector256.Load(y + 8), part2 = Vector256.Load(y + 16), part3 = Vector256.Load(y + 24);
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
