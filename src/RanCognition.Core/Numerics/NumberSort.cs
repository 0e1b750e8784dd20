namespace RanCognition.Numerics;

/// <summary>Sorts numbers by their bits: linear time, and no comparer, which the framework's sort calls for every step in code compiled ahead of time.</summary>
internal static class NumberSort
{
    private const int Digits = 8;
    private const int Buckets = 256;
    private const int InsertionMax = 48;

    /// <summary>Puts the values in ascending order.</summary>
    /// <param name="values">No NaN.</param>
    public static void Ascending(Span<double> values)
    {
        if (values.Length <= InsertionMax)
        {
            Insert(values);
            return;
        }
        ulong[] keys = new ulong[values.Length];
        int[] counts = Count(values, keys);
        ulong[] other = new ulong[keys.Length];
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> places = counts.AsSpan(digit * Buckets, Buckets);
            int shift = 8 * digit;
            if (!Places(places, (int)(keys[0] >> shift & 0xFF), keys.Length))
            {
                continue;
            }
            foreach (ulong key in keys)
            {
                other[places[(int)(key >> shift & 0xFF)]++] = key;
            }
            (keys, other) = (other, keys);
        }
        for (int i = 0; i < keys.Length; i++)
        {
            values[i] = ValueOf(keys[i]);
        }
    }

    /// <summary>Indices of the values in ascending order; equal values in the order of their indices.</summary>
    /// <param name="values">No NaN.</param>
    public static int[] Order(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        ulong[] keys = new ulong[n], otherKeys = new ulong[n];
        int[] order = new int[n], otherOrder = new int[n], counts = Count(values, keys);
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
        }
        for (int digit = 0; digit < Digits && n > 0; digit++)
        {
            Span<int> places = counts.AsSpan(digit * Buckets, Buckets);
            int shift = 8 * digit;
            if (!Places(places, (int)(keys[0] >> shift & 0xFF), n))
            {
                continue;
            }
            for (int i = 0; i < n; i++)
            {
                int to = places[(int)(keys[i] >> shift & 0xFF)]++;
                (otherKeys[to], otherOrder[to]) = (keys[i], order[i]);
            }
            (keys, otherKeys) = (otherKeys, keys);
            (order, otherOrder) = (otherOrder, order);
        }
        return order;
    }

    private static void Insert(Span<double> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            double value = values[i];
            int place = i;
            for (; place > 0 && values[place - 1] > value; place--)
            {
                values[place] = values[place - 1];
            }
            values[place] = value;
        }
    }

    /// <summary>Fills the keys and counts how often each byte stands at each digit.</summary>
    private static int[] Count(ReadOnlySpan<double> values, ulong[] keys)
    {
        int[] counts = new int[Digits * Buckets];
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = keys[i] = KeyOf(values[i]);
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[digit * Buckets + (int)(key >> (8 * digit) & 0xFF)]++;
            }
        }
        return counts;
    }

    /// <summary>Turns counts into first places; false when all keys are alike in this digit.</summary>
    private static bool Places(Span<int> counts, int first, int n)
    {
        if (counts[first] == n)
        {
            return false;
        }
        int place = 0;
        foreach (ref int count in counts)
        {
            (count, place) = (place, place + count);
        }
        return true;
    }

    // Unsigned keys in the order of the numbers; adding 0 makes -0 a 0.
    private static ulong KeyOf(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value + 0.0);
        return (ulong)(bits ^ ((bits >> 63) | long.MinValue));
    }

    private static double ValueOf(ulong key)
    {
        long bits = (long)key;
        return BitConverter.Int64BitsToDouble(bits < 0 ? bits ^ long.MinValue : ~bits);
    }
}
