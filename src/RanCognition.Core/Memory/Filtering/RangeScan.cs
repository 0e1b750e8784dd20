using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Memory.Filtering;

/// <summary>Which of a column's values lie in an interval, 64 rows at a time.</summary>
internal static class RangeScan
{
    private const int WordBits = RowBits.WordBits;

    /// <summary>Keeps the bits of rows whose value is in low..high (inverted: is not, NaN too).</summary>
    public static void Restrict(ReadOnlySpan<double> values, Span<ulong> words, double low, double high, bool isInverted)
    {
        ulong flip = isInverted ? ulong.MaxValue : 0;
        int whole = values.Length / WordBits;
        ref double first = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            if (words[word] != 0)
            {
                words[word] &= Within(ref Unsafe.Add(ref first, word * WordBits), low, high) ^ flip;
            }
        }
        for (int row = whole * WordBits; row < values.Length; row++)
        {
            if ((values[row] >= low && values[row] <= high) == isInverted)
            {
                words[whole] &= ~(1UL << (row % WordBits));
            }
        }
    }

    /// <summary>The same for numbers of 63 bits.</summary>
    public static void Restrict(ReadOnlySpan<ulong> values, Span<ulong> words, ulong low, ulong high, bool isInverted)
    {
        ulong flip = isInverted ? ulong.MaxValue : 0;
        int whole = values.Length / WordBits;
        ref ulong first = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            if (words[word] != 0)
            {
                words[word] &= Within(ref Unsafe.As<ulong, long>(ref Unsafe.Add(ref first, word * WordBits)), (long)low, (long)high) ^ flip;
            }
        }
        for (int row = whole * WordBits; row < values.Length; row++)
        {
            if ((values[row] >= low && values[row] <= high) == isInverted)
            {
                words[whole] &= ~(1UL << (row % WordBits));
            }
        }
    }

    /// <summary>Keeps the bits of rows whose value is this one (inverted: another).</summary>
    public static void Restrict(ReadOnlySpan<sbyte> values, Span<ulong> words, sbyte value, bool isInverted)
    {
        ulong flip = isInverted ? ulong.MaxValue : 0;
        int whole = values.Length / WordBits;
        ref sbyte first = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            words[word] &= Equal(ref Unsafe.Add(ref first, word * WordBits), value) ^ flip;
        }
        for (int row = whole * WordBits; row < values.Length; row++)
        {
            if ((values[row] == value) == isInverted)
            {
                words[whole] &= ~(1UL << (row % WordBits));
            }
        }
    }

    /// <summary>The same for codes.</summary>
    public static void Restrict(ReadOnlySpan<int> values, Span<ulong> words, int value, bool isInverted)
    {
        ulong flip = isInverted ? ulong.MaxValue : 0;
        int whole = values.Length / WordBits;
        ref int first = ref MemoryMarshal.GetReference(values);
        for (int word = 0; word < whole; word++)
        {
            if (words[word] != 0)
            {
                words[word] &= Equal(ref Unsafe.Add(ref first, word * WordBits), value) ^ flip;
            }
        }
        for (int row = whole * WordBits; row < values.Length; row++)
        {
            if ((values[row] == value) == isInverted)
            {
                words[whole] &= ~(1UL << (row % WordBits));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Within(ref double values, double low, double high)
    {
        ulong bits = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> lows = Vector256.Create(low), highs = Vector256.Create(high);
            for (int i = 0; i < WordBits; i += Vector256<double>.Count)
            {
                Vector256<double> value = Vector256.LoadUnsafe(ref values, (nuint)i);
                bits |= (ulong)(Vector256.GreaterThanOrEqual(value, lows) & Vector256.LessThanOrEqual(value, highs)).ExtractMostSignificantBits() << i;
            }
        }
        else
        {
            Vector128<double> lows = Vector128.Create(low), highs = Vector128.Create(high);
            for (int i = 0; i < WordBits; i += Vector128<double>.Count)
            {
                Vector128<double> value = Vector128.LoadUnsafe(ref values, (nuint)i);
                bits |= (ulong)(Vector128.GreaterThanOrEqual(value, lows) & Vector128.LessThanOrEqual(value, highs)).ExtractMostSignificantBits() << i;
            }
        }
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Within(ref long values, long low, long high)
    {
        ulong outside = 0;   // signed: unsigned order costs two more steps for each
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<long> lows = Vector256.Create(low), highs = Vector256.Create(high);
            for (int i = 0; i < WordBits; i += Vector256<long>.Count)
            {
                Vector256<long> value = Vector256.LoadUnsafe(ref values, (nuint)i);
                outside |= (ulong)(Vector256.GreaterThan(lows, value) | Vector256.GreaterThan(value, highs)).ExtractMostSignificantBits() << i;
            }
        }
        else
        {
            Vector128<long> lows = Vector128.Create(low), highs = Vector128.Create(high);
            for (int i = 0; i < WordBits; i += Vector128<long>.Count)
            {
                Vector128<long> value = Vector128.LoadUnsafe(ref values, (nuint)i);
                outside |= (ulong)(Vector128.GreaterThan(lows, value) | Vector128.GreaterThan(value, highs)).ExtractMostSignificantBits() << i;
            }
        }
        return ~outside;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ref sbyte values, sbyte value)
    {
        ulong bits = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (int i = 0; i < WordBits; i += Vector256<sbyte>.Count)
            {
                bits |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref values, (nuint)i), Vector256.Create(value)).ExtractMostSignificantBits() << i;
            }
            return bits;
        }
        for (int i = 0; i < WordBits; i += Vector128<sbyte>.Count)
        {
            bits |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref values, (nuint)i), Vector128.Create(value)).ExtractMostSignificantBits() << i;
        }
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ref int values, int value)
    {
        ulong bits = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (int i = 0; i < WordBits; i += Vector256<int>.Count)
            {
                bits |= (ulong)Vector256.Equals(Vector256.LoadUnsafe(ref values, (nuint)i), Vector256.Create(value)).ExtractMostSignificantBits() << i;
            }
        }
        else
        {
            for (int i = 0; i < WordBits; i += Vector128<int>.Count)
            {
                bits |= (ulong)Vector128.Equals(Vector128.LoadUnsafe(ref values, (nuint)i), Vector128.Create(value)).ExtractMostSignificantBits() << i;
            }
        }
        return bits;
    }
}
