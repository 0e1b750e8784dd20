namespace RanCognition.Optimization.Functions;

/// <summary>The random numbers that the test functions are made of, as their definition has them: shifts and rotations follow from a seed and are the same everywhere.</summary>
/// <remarks>
/// Source: Hansen, Finck, Ros, Auger, "Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions", RR-6829, and its reference programs. The generator is the
/// minimal standard of Park and Miller (16807, modulus 2^31 - 1), shuffled through a table of 32 as Bays and Durham do.
/// </remarks>
internal static class BbobRandom
{
    private const long Modulus = 2147483647;
    private const int TableSize = 32;

    /// <summary>Uniform numbers in (0, 1].</summary>
    public static double[] Uniform(int count, long seed)
    {
        Span<long> table = stackalloc long[TableSize];
        long state = Math.Max(1, seed);
        for (int i = TableSize + 7; i >= 0; i--)
        {
            state = Next(state);
            if (i < TableSize)
            {
                table[i] = state;
            }
        }
        long current = table[0];
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            state = Next(state);
            int place = (int)(current / (Modulus / TableSize + 2));
            current = table[place];
            table[place] = state;
            numbers[i] = current == 0 ? 1e-99 : current / (double)Modulus;
        }
        return numbers;
    }

    /// <summary>Normal numbers, by Box and Muller.</summary>
    public static double[] Normal(int count, long seed)
    {
        double[] uniform = Uniform(2 * count, seed);
        var numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            double value = Math.Sqrt(-2 * Math.Log(uniform[i])) * Math.Cos(2 * Math.PI * uniform[count + i]);
            numbers[i] = value == 0 ? 1e-99 : value;
        }
        return numbers;
    }

    /// <summary>A place in [-4, 4]^n, on a grid of 0.0008 and never 0.</summary>
    public static double[] Place(int dimension, long seed)
    {
        double[] place = Uniform(dimension, seed);
        for (int i = 0; i < dimension; i++)
        {
            double value = 8 * Math.Floor(1e4 * place[i]) / 1e4 - 4;
            place[i] = value == 0 ? -1e-5 : value;
        }
        return place;
    }

    /// <summary>The least value of a function: Cauchy distributed with two decimals, within 1000.</summary>
    public static double LeastValue(long seed)
    {
        double ratio = 100 * 100 * Normal(1, seed)[0] / Normal(1, seed + 1)[0];
        return Math.Clamp(Math.Floor(ratio + 0.5) / 100, -1000, 1000);
    }

    /// <summary>An orthogonal matrix: normal numbers, column by column made orthogonal to those before (Gram and Schmidt).</summary>
    public static SquareMatrix Rotation(int dimension, long seed)
    {
        double[] numbers = Normal(dimension * dimension, seed);
        var rotation = new SquareMatrix(dimension);
        for (int j = 0; j < dimension; j++)
        {
            Span<double> column = rotation.Column(j);
            numbers.AsSpan(j * dimension, dimension).CopyTo(column);
            for (int earlier = 0; earlier < j; earlier++)
            {
                ReadOnlySpan<double> other = rotation.Column(earlier);
                double product = Product(column, other);
                for (int i = 0; i < dimension; i++)
                {
                    column[i] -= product * other[i];
                }
            }
            double length = Math.Sqrt(Product(column, column));
            for (int i = 0; i < dimension; i++)
            {
                column[i] /= length;
            }
        }
        return rotation;
    }

    /// <summary>Places of the numbers in ascending order.</summary>
    public static int[] Order(double[] numbers)
    {
        var order = new int[numbers.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int at = i;
            for (; at > 0 && numbers[order[at - 1]] > numbers[i]; at--)
            {
                order[at] = order[at - 1];
            }
            order[at] = i;
        }
        return order;
    }

    private static double Product(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }
        return sum;
    }

    /// <summary>16807 s modulo 2^31 - 1, by Schrage's division.</summary>
    private static long Next(long state)
    {
        long quotient = state / 127773;
        long next = 16807 * (state - quotient * 127773) - 2836 * quotient;
        return next < 0 ? next + Modulus : next;
    }
}
