namespace RanCognition.Memory.Filtering;

/// <summary>Rows as bits: row 64 w + i is bit i of word w.</summary>
internal static class RowBits
{
    public const int WordBits = 64;

    public static bool Has(ReadOnlySpan<ulong> words, int row) => (words[row / WordBits] >> (row % WordBits) & 1) != 0;

    public static void Set(Span<ulong> words, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            words[row / WordBits] |= 1UL << (row % WordBits);
        }
    }

    public static void Clear(Span<ulong> words, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            words[row / WordBits] &= ~(1UL << (row % WordBits));
        }
    }

    /// <summary>Keeps the bits of rows first..end-1 only.</summary>
    public static void KeepRange(Span<ulong> words, int first, int end)
    {
        if (first >= end)
        {
            words.Clear();
            return;
        }
        int firstWord = first / WordBits, endWord = (end + WordBits - 1) / WordBits;
        words[..firstWord].Clear();
        words[endWord..].Clear();
        words[firstWord] &= ulong.MaxValue << (first % WordBits);
        words[endWord - 1] &= ulong.MaxValue >> (endWord * WordBits - end);
    }

    /// <summary>Keeps the bits that are set in both.</summary>
    public static void And(Span<ulong> words, ReadOnlySpan<ulong> others)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] &= others[i];
        }
    }

    public static int Count(ReadOnlySpan<ulong> words)
    {
        int count = 0;
        foreach (ulong word in words)
        {
            count += System.Numerics.BitOperations.PopCount(word);
        }
        return count;
    }

    /// <summary>Writes the rows, ascending; gives how many.</summary>
    public static int List(ReadOnlySpan<ulong> words, Span<int> rows)
    {
        int count = 0;
        for (int i = 0; i < words.Length; i++)
        {
            for (ulong word = words[i]; word != 0; word &= word - 1)
            {
                rows[count++] = i * WordBits + System.Numerics.BitOperations.TrailingZeroCount(word);
            }
        }
        return count;
    }
}
