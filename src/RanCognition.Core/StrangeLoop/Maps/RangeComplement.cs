using RanCognition.Numerics;

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

    /// <param name="matrix">n rows of n numbers.</param>
    /// <param name="n">Rows.</param>
    public RangeComplement(double[] matrix, int n)
    {
        double[][] columns = new double[n][];
        for (int j = 0; j < n; j++)
        {
            double[] column = columns[j] = new double[n];
            for (int i = 0; i < n; i++)
            {
                column[i] = matrix[i * n + j];
            }
            double largest = DenseVectors.LargestSize(column);
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
                double length = DenseVectors.Norm(columns[j]);
                if (length > most)
                {
                    most = length;
                    best = j;
                }
            }
            if (!(most > RoundingLeftMax * n))
            {
                break;
            }
            (columns[count], columns[best]) = (columns[best], columns[count]);
            double[] next = columns[count];
            DenseVectors.Scale(1 / most, next);
            TakeOut(next);
            DenseVectors.Scale(1 / DenseVectors.Norm(next), next);
            _basis.Add(next);
            for (int j = count + 1; j < n; j++)
            {
                DenseVectors.Add(-DenseVectors.Dot(next, columns[j]), next, columns[j]);
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
                DenseVectors.Add(-DenseVectors.Dot(direction, vector), direction, vector);
            }
        }
    }
}
