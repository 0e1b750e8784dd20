namespace RanCognition.Numerics;

/// <summary>Q R of the last columns of a growing matrix: a column is added at the end, the oldest taken away at the front, in O(rows x columns) each.</summary>
/// <remarks>
/// As in H. F. Walker and P. Ni, Anderson acceleration for fixed-point iterations, SIAM Journal on Numerical Analysis 49, 2011: Gram and Schmidt's orthogonalization, done twice (Daniel, Gragg, Kaufman and
/// Stewart, Mathematics of Computation 30, 1976), and Givens rotations. Columns that the newest one depends on, as far as rounding tells, are taken away, the oldest first.
/// </remarks>
internal sealed class UpdatedQr(int rows, int columnsMax)
{
    private const double Dependent = 1e-10;   // what is left of a column of length 1

    private readonly double[] _q = new double[rows * columnsMax];
    private readonly double[] _r = new double[columnsMax * columnsMax];   // column by column

    public int Columns { get; private set; }

    public void Clear() => Columns = 0;

    /// <summary>Adds a column of length 1.</summary>
    /// <returns>Columns that were taken away at the front.</returns>
    public int Append(ReadOnlySpan<double> column)
    {
        int removed = 0;
        if (Columns == columnsMax)
        {
            RemoveFirst();
            removed++;
        }
        while (!TryAppend(column))
        {
            RemoveFirst();
            removed++;
        }
        return removed;
    }

    /// <summary>Takes from b what the columns span.</summary>
    /// <param name="b">Becomes the rest, orthogonal to all columns.</param>
    /// <param name="weights">Get the columns' weights in what was taken.</param>
    public void Project(Span<double> b, Span<double> weights)
    {
        for (int j = 0; j < Columns; j++)
        {
            weights[j] = DenseVectors.Dot(Q(j), b);
            DenseVectors.Add(-weights[j], Q(j), b);
        }
        for (int j = Columns - 1; j >= 0; j--)
        {
            ReadOnlySpan<double> column = R(j);
            weights[j] /= column[j];
            DenseVectors.Add(-weights[j], column[..j], weights[..j]);
        }
    }

    private Span<double> Q(int j) => _q.AsSpan(j * rows, rows);

    private Span<double> R(int j) => _r.AsSpan(j * columnsMax, columnsMax);

    private bool TryAppend(ReadOnlySpan<double> column)
    {
        Span<double> q = Q(Columns), r = R(Columns);
        column.CopyTo(q);
        r.Clear();
        for (int pass = 0; pass < 2; pass++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double share = DenseVectors.Dot(Q(j), q);
                r[j] += share;
                DenseVectors.Add(-share, Q(j), q);
            }
        }
        double rest = DenseVectors.Norm(q);
        if (rest < Dependent && Columns > 0)
        {
            return false;
        }
        r[Columns] = rest;
        DenseVectors.Scale(1 / rest, q);
        Columns++;
        return true;
    }

    private void RemoveFirst()
    {
        for (int j = 1; j < Columns; j++)
        {
            R(j).CopyTo(R(j - 1));
        }
        Columns--;
        for (int j = 0; j < Columns; j++)   // column j has one number below the diagonal now
        {
            double above = R(j)[j], below = R(j)[j + 1], length = Math.Sqrt(above * above + below * below);
            double cosine = above / length, sine = below / length;
            for (int k = j; k < Columns; k++)
            {
                Span<double> column = R(k);
                (column[j], column[j + 1]) = (cosine * column[j] + sine * column[j + 1], cosine * column[j + 1] - sine * column[j]);
            }
            Span<double> q = Q(j), next = Q(j + 1);
            for (int i = 0; i < rows; i++)
            {
                (q[i], next[i]) = (cosine * q[i] + sine * next[i], cosine * next[i] - sine * q[i]);
            }
        }
    }
}
