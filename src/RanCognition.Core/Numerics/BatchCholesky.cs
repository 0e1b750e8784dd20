using System.Numerics;

namespace RanCognition.Numerics;

/// <summary>Solves several small symmetric positive definite systems at once, one in each vector lane.</summary>
internal static unsafe class BatchCholesky
{
    /// <summary>Vectors in the packed lower triangle of an n x n matrix.</summary>
    public static int PackedLength(int n) => n * (n + 1) / 2;

    /// <summary>Replaces <paramref name="rhs"/> by the solution of A x = rhs in every lane.</summary>
    /// <param name="a">Packed lower triangle, row by row; overwritten by the factor, whose diagonal is kept inverted.</param>
    /// <param name="rhs">n vectors.</param>
    /// <param name="n">Order of the systems.</param>
    /// <remarks>A lane whose matrix is not positive definite ends as NaN or infinite; the other lanes are not touched by it.</remarks>
    public static void Solve(Vector<double>* a, Vector<double>* rhs, int n)
    {
        Vector<double>* column = a;
        for (int j = 0; j < n; j++, column += j)
        {
            var d = column[j];
            for (int p = 0; p < j; p++)
            {
                d -= column[p] * column[p];
            }
            var inverse = Vector<double>.One / Vector.SquareRoot(d);
            column[j] = inverse;
            int i = j + 1;
            Vector<double>* row = column + i;
            for (; i + 3 < n; i += 4)
            {
                Vector<double>* r0 = row, r1 = r0 + i + 1, r2 = r1 + i + 2, r3 = r2 + i + 3;
                Vector<double> s0 = r0[j], s1 = r1[j], s2 = r2[j], s3 = r3[j];
                for (int p = 0; p < j; p++)
                {
                    var c = column[p];
                    s0 -= r0[p] * c;
                    s1 -= r1[p] * c;
                    s2 -= r2[p] * c;
                    s3 -= r3[p] * c;
                }
                r0[j] = s0 * inverse;
                r1[j] = s1 * inverse;
                r2[j] = s2 * inverse;
                r3[j] = s3 * inverse;
                row = r3 + i + 4;
            }
            for (; i < n; row += ++i)
            {
                var s = row[j];
                for (int p = 0; p < j; p++)
                {
                    s -= row[p] * column[p];
                }
                row[j] = s * inverse;
            }
        }

        Vector<double>* line = a;
        for (int i = 0; i < n; i++, line += i)
        {
            var s = rhs[i];
            for (int p = 0; p < i; p++)
            {
                s -= line[p] * rhs[p];
            }
            rhs[i] = s * line[i];
        }
        line = a + PackedLength(n - 1);
        for (int i = n - 1; i >= 0; line -= i--)
        {
            var s = rhs[i] * line[i];
            rhs[i] = s;
            for (int p = 0; p < i; p++)
            {
                rhs[p] -= line[p] * s;
            }
        }
    }
}
