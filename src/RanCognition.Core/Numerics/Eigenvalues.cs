namespace RanCognition.Numerics;

/// <summary>Eigenvalues of a real square matrix.</summary>
/// <remarks>
/// The matrix is first cut into the parts that feed each other (strongly connected components): it is block triangular in their order, and its eigenvalues are those of the blocks. So what never
/// feeds back has exact eigenvalues, however far from normal it is. Each block is balanced by powers of two (Parlett and Reinsch, Numerische Mathematik 13, 1969), brought to Hessenberg form by
/// reflections and reduced by double-shift steps (Francis 1961; Golub and Van Loan, Matrix Computations, 7.4 and 7.5). The same numbers on every machine.
/// </remarks>
public static class Eigenvalues
{
    /// <summary>Finds them; pairs of conjugates stand side by side, the one with positive imaginary part first.</summary>
    /// <param name="matrix">n rows of n numbers; overwritten.</param>
    /// <param name="n">0 or more.</param>
    /// <param name="real">n places for the real parts.</param>
    /// <param name="imaginary">n places for the imaginary parts.</param>
    /// <returns>False when a number is not finite or the steps do not settle; then all are NaN.</returns>
    /// <exception cref="ArgumentException">Too few numbers or places.</exception>
    public static bool Of(double[] matrix, int n, Span<double> real, Span<double> imaginary)
    {
        if (n < 0 || matrix.LongLength < (long)n * n || real.Length < n || imaginary.Length < n)
        {
            throw new ArgumentException($"needs {n} x {n} numbers and {n} places for each part", nameof(matrix));
        }
        real = real[..n];
        imaginary = imaginary[..n];
        bool found = AreFinite(matrix.AsSpan(0, n * n)) && OfComponents(matrix, n, real, imaginary);
        if (!found)
        {
            real.Fill(double.NaN);
            imaginary.Fill(double.NaN);
        }
        return found;
    }

    private static bool AreFinite(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }
        return true;
    }

    private static bool OfComponents(double[] matrix, int n, Span<double> real, Span<double> imaginary)
    {
        int[] component = StrongComponents.Of(matrix, n, out int count);
        if (count == 1)
        {
            return OfBlock(matrix, n, real, imaginary);
        }
        int[] starts = new int[count + 1], members = new int[n];
        foreach (int one in component)
        {
            starts[one + 1]++;
        }
        for (int one = 0; one < count; one++)
        {
            starts[one + 1] += starts[one];
        }
        int[] next = starts[..count];
        for (int i = 0; i < n; i++)
        {
            members[next[component[i]]++] = i;
        }
        for (int one = 0; one < count; one++)
        {
            int first = starts[one], size = starts[one + 1] - first;
            double[] block = new double[size * size];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    block[i * size + j] = matrix[members[first + i] * n + members[first + j]];
                }
            }
            if (!OfBlock(block, size, real.Slice(first, size), imaginary.Slice(first, size)))
            {
                return false;
            }
        }
        return true;
    }

    private static bool OfBlock(double[] block, int n, Span<double> real, Span<double> imaginary)
    {
        if (n == 1)
        {
            (real[0], imaginary[0]) = (block[0], 0);
            return true;
        }
        int exponent = ScaleToOne(block.AsSpan(0, n * n));
        Balance(block, n);
        HessenbergForm.Reduce(block, n);
        if (!FrancisSteps.Run(block, n, real, imaginary))
        {
            return false;
        }
        for (int i = 0; i < n; i++)
        {
            real[i] = Math.ScaleB(real[i], exponent);
            imaginary[i] = Math.ScaleB(imaginary[i], exponent);
        }
        return true;
    }

    /// <summary>Brings the largest number to 1..2, so that no product overflows; the power of two that was taken out.</summary>
    private static int ScaleToOne(Span<double> values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }
        if (largest == 0)
        {
            return 0;
        }
        int exponent = Math.ILogB(largest);
        foreach (ref double value in values)
        {
            value = Math.ScaleB(value, -exponent);
        }
        return exponent;
    }

    /// <summary>Makes row i and column i about equally large, by a power of two each: nothing is rounded.</summary>
    private static void Balance(double[] a, int n)
    {
        const int SweepsMax = 100;   // each gains at least a twentieth; the limit is for the sake of certainty
        for (int sweep = 0, changed = 1; changed > 0 && sweep < SweepsMax; sweep++)
        {
            changed = 0;
            for (int i = 0; i < n; i++)
            {
                double column = 0, row = 0;
                for (int j = 0; j < n; j++)
                {
                    if (j != i)
                    {
                        column += Math.Abs(a[j * n + i]);
                        row += Math.Abs(a[i * n + j]);
                    }
                }
                if (!(column > 0) || !(row > 0))
                {
                    continue;
                }
                double sum = column + row, factor = 1;
                for (; column < row / 2; column *= 4)
                {
                    factor *= 2;
                }
                for (; column >= row * 2; column /= 4)
                {
                    factor /= 2;
                }
                if ((column + row) / factor >= .95 * sum)
                {
                    continue;
                }
                changed++;
                double inverse = 1 / factor;
                for (int j = 0; j < n; j++)
                {
                    a[i * n + j] *= inverse;
                    a[j * n + i] *= factor;
                }
            }
        }
    }
}
