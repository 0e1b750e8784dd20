using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>Four rows at a time, a lane each: every lane adds in the order of the coordinates, so that the sums are those of one row at a time.</summary>
internal static unsafe partial class ExactDistance
{
    /// <summary>Rows that are computed at a time.</summary>
    public const int Together = 4;

    /// <summary>The reported distances of four rows.</summary>
    public static void Between(DistanceMetric metric, float* query, double queryNorm, float* row0, float* row1, float* row2, float* row3, int dimension, double* distances)
    {
        if (metric == DistanceMetric.L2)
        {
            Vector256.Sqrt(SquaredL2(query, row0, row1, row2, row3, dimension)).Store(distances);
            return;
        }
        Vector256<double> dots = Dot(query, row0, row1, row2, row3, dimension, out Vector256<double> squares);
        for (int i = 0; i < Together; i++)
        {
            distances[i] = metric == DistanceMetric.InnerProduct ? 0 - dots[i] : Cosine(dots[i], queryNorm, Math.Sqrt(squares[i]));
        }
    }

    private static Vector256<double> SquaredL2(float* query, float* row0, float* row1, float* row2, float* row3, int dimension)
    {
        Vector256<double> sum = default;
        int i = 0;
        for (; i + 4 <= dimension; i += 4)
        {
            Transpose(row0 + i, row1 + i, row2 + i, row3 + i, out Vector128<float> at0, out Vector128<float> at1, out Vector128<float> at2, out Vector128<float> at3);
            sum = AddSquare(sum, query[i], at0);
            sum = AddSquare(sum, query[i + 1], at1);
            sum = AddSquare(sum, query[i + 2], at2);
            sum = AddSquare(sum, query[i + 3], at3);
        }
        for (; i < dimension; i++)
        {
            sum = AddSquare(sum, query[i], Vector128.Create(row0[i], row1[i], row2[i], row3[i]));
        }
        return sum;
    }

    private static Vector256<double> Dot(float* query, float* row0, float* row1, float* row2, float* row3, int dimension, out Vector256<double> squares)
    {
        Vector256<double> dot = default, square = default;
        for (int i = 0; i < dimension; i++)
        {
            Vector256<double> at = WidenAll(Vector128.Create(row0[i], row1[i], row2[i], row3[i]));
            dot += WidenAll(Vector128.Create(query[i])) * at;
            square += at * at;
        }
        squares = square;
        return dot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AddSquare(Vector256<double> sum, float query, Vector128<float> rows)
    {
        Vector256<double> difference = WidenAll(Vector128.Create(query)) - WidenAll(rows);
        return sum + difference * difference;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        float* row0, float* row1, float* row2, float* row3, out Vector128<float> at0, out Vector128<float> at1, out Vector128<float> at2, out Vector128<float> at3)
    {
        if (Sse.IsSupported)
        {
            Vector128<float> first = Vector128.Load(row0), second = Vector128.Load(row1), third = Vector128.Load(row2), fourth = Vector128.Load(row3);
            Vector128<float> low01 = Sse.UnpackLow(first, second), low23 = Sse.UnpackLow(third, fourth);
            Vector128<float> high01 = Sse.UnpackHigh(first, second), high23 = Sse.UnpackHigh(third, fourth);
            at0 = Sse.MoveLowToHigh(low01, low23);
            at1 = Sse.MoveHighToLow(low23, low01);
            at2 = Sse.MoveLowToHigh(high01, high23);
            at3 = Sse.MoveHighToLow(high23, high01);
            return;
        }
        at0 = Vector128.Create(row0[0], row1[0], row2[0], row3[0]);
        at1 = Vector128.Create(row0[1], row1[1], row2[1], row3[1]);
        at2 = Vector128.Create(row0[2], row1[2], row2[2], row3[2]);
        at3 = Vector128.Create(row0[3], row1[3], row2[3], row3[3]);
    }
}
