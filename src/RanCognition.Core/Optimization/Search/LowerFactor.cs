namespace RanCognition.Optimization.Search;

/// <summary>Cholesky factors, kept by columns: entry (i, j) of a lower triangle stands at j n + i.</summary>
internal static class LowerFactor
{
    /// <summary>Finds A with A A' = C.</summary>
    /// <param name="symmetric">Lower triangle of C.</param>
    /// <param name="factor">Gets A; what it held above the diagonal stays.</param>
    /// <param name="dimension">Order of both.</param>
    /// <param name="pivotMin">Smallest pivot, relative to the entry of the diagonal.</param>
    /// <returns>False when a pivot was smaller, or not a number.</returns>
    public static bool Find(ReadOnlySpan<double> symmetric, Span<double> factor, int dimension, double pivotMin)
    {
        for (int j = 0; j < dimension; j++)
        {
            int start = j * dimension + j, length = dimension - j;
            Span<double> column = factor.Slice(start, length);
            symmetric.Slice(start, length).CopyTo(column);
            for (int k = 0; k < j; k++)
            {
                ReadOnlySpan<double> earlier = factor.Slice(k * dimension + j, length);
                Rows.AddScaled(-earlier[0], earlier, column);
            }
            if (!(column[0] > pivotMin * symmetric[start]) || !double.IsFinite(column[0]))
            {
                return false;
            }
            double root = Math.Sqrt(column[0]);
            column[0] = root;
            Rows.Scale(column[1..], 1 / root);
        }
        return true;
    }

    /// <summary>product = A z.</summary>
    public static void Multiply(ReadOnlySpan<double> factor, ReadOnlySpan<double> z, Span<double> product)
    {
        int n = z.Length;
        product.Clear();
        for (int j = 0; j < n; j++)
        {
            Rows.AddScaled(z[j], factor.Slice(j * n + j, n - j), product[j..]);
        }
    }

    /// <summary>Finds z with A z = product; the product is used up.</summary>
    public static void Solve(ReadOnlySpan<double> factor, Span<double> product, Span<double> z)
    {
        int n = z.Length;
        for (int j = 0; j < n; j++)
        {
            z[j] = product[j] / factor[j * n + j];
            Rows.AddScaled(-z[j], factor.Slice(j * n + j, n - j), product[j..]);
        }
    }

    /// <summary>symmetric += weight * y y', lower triangle.</summary>
    public static void AddOuter(double weight, ReadOnlySpan<double> y, Span<double> symmetric)
    {
        int n = y.Length;
        for (int j = 0; j < n; j++)
        {
            Rows.AddScaled(weight * y[j], y[j..], symmetric.Slice(j * n + j, n - j));
        }
    }
}
