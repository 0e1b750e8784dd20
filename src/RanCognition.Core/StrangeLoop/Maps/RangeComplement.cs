namespace RanCognition.StrangeLoop.Maps;

/// <summary>Takes out of vectors what a square matrix can give: what is left is at right angles to the matrix's range.</summary>
/// <remarks>
/// An orthonormal basis of the range by Gram and Schmidt, the column with most left first, each taken off twice (Golub and Van Loan, Matrix Computations, sections 5.2 and 5.4). Columns count by their
/// direction, not by their size; what rounding leaves of a column is no direction.
/// </remarks>
internal sealed class RangeComplement
{
    private const double RoundingLeftMax = 32 * 1.1102230246251565e-16;   // times the dimension

    private readonly List<double[]> _basis = [];

    /// <param name="matrix">Rows of the stride.</param>
    /// <param name="n">Rows.</param>
    /// <param name="stride">Length of a row.</param>
    public unsafe RangeComplement(double* matrix, int n, int stride)
    {
        double[][] columns = new double[n][];
        for (int j = 0; j < n; j++)
        {
            double[] column = columns[j] = new double[n];
            double largest = 0;
            for (int i = 0; i < n; i++)
            {
                column[i] = matrix[(nint)i * stride + j];
                largest = Math.Max(largest, Math.Abs(column[i]));
            }
            for (int i = 0; i < n && largest > 0; i++)
            {
                column[i] /= largest;
            }
        }
        for (int count = 0; count < n; count++)
        {
            int best = count;
            double most = 0;
            for (int j = count; j < n; j++)
            {
                double square = Dot(columns[j], columns[j]);
                if (square > most)
                {
                    most = square;
                    best = j;
                }
            }
            double length = Math.Sqrt(most);
            if (!(length > RoundingLeftMax * n))
            {
                break;
            }
            (columns[count], columns[best]) = (columns[best], columns[count]);
            double[] next = columns[count];
            Scale(next, 1 / length);
            TakeOut(next);
            Scale(next, 1 / Math.Sqrt(Dot(next, next)));
            _basis.Add(next);
            for (int j = count + 1; j < n; j++)
            {
                Subtract(Dot(next, columns[j]), next, columns[j]);
            }
        }
    }

    /// <summary>Leaves of a vector what the matrix cannot give.</summary>
    public void TakeOut(double[] vector)
    {
        for (int round = 0; round < 2; round++)
        {
            foreach (double[] direction in _basis)
            {
                Subtract(Dot(direction, vector), direction, vector);
            }
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void Subtract(double factor, double[] from, double[] vector)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] -= factor * from[i];
        }
    }

    private static void Scale(double[] vector, double factor)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }
}
