using System.Numerics;

namespace RanCognition.Optimization.Search;

/// <summary>A smallest set of elements that shares one with each of given sets.</summary>
/// <remarks>
/// Branch and bound: of the sets not yet hit the one with the fewest elements left is branched on; sets without a common element bound what is still needed from below; the greedy answer (always the
/// element that hits most) bounds it from above. The problem is NP-hard: after <see cref="WorkMax"/> comparisons the best answer so far is given, which is a hitting set but may not be a smallest one.
/// </remarks>
internal sealed class HittingSet
{
    // Comparisons of words: some 20 ms.
    private const long WorkMax = 5_000_000;

    private readonly ulong[] _sets;
    private readonly int _words;
    private readonly int _count;
    private readonly int _elements;
    private readonly int[] _chosen;
    private readonly bool[] _isExcluded;
    private int[] _best;
    private long _work;

    private HittingSet(ReadOnlySpan<ulong> sets, int words, int elements)
    {
        _sets = sets.ToArray();
        _words = words;
        _count = sets.Length / words;
        _elements = elements;
        _chosen = new int[elements];
        _isExcluded = new bool[elements];
        _best = Greedy();
    }

    /// <summary>The elements of a smallest hitting set, in ascending order.</summary>
    /// <param name="sets">Bits of the elements of each set, none of them empty.</param>
    /// <param name="words">Words of a set.</param>
    /// <param name="elements">Number of elements.</param>
    public static int[] Smallest(ReadOnlySpan<ulong> sets, int words, int elements)
    {
        if (sets.Length == 0)
        {
            return [];
        }
        HittingSet search = new(sets, words, elements);
        bool[] isOpen = new bool[search._count];
        Array.Fill(isOpen, true);
        search.Branch(isOpen, 0);
        Array.Sort(search._best);
        return search._best;
    }

    private bool Has(int set, int element) => (_sets[set * _words + (element >> 6)] >> (element & 63) & 1) != 0;

    private int[] Greedy()
    {
        bool[] isOpen = new bool[_count];
        Array.Fill(isOpen, true);
        List<int> chosen = [];
        while (Array.IndexOf(isOpen, true) >= 0)
        {
            int best = 0, most = 0;
            for (int element = 0; element < _elements; element++)
            {
                int hit = Hits(isOpen, element);
                if (hit > most)
                {
                    (best, most) = (element, hit);
                }
            }
            chosen.Add(best);
            Close(isOpen, best);
        }
        return [.. chosen];
    }

    private int Hits(bool[] isOpen, int element)
    {
        int hit = 0;
        for (int set = 0; set < _count; set++)
        {
            hit += isOpen[set] && Has(set, element) ? 1 : 0;
        }
        return hit;
    }

    private void Close(bool[] isOpen, int element)
    {
        for (int set = 0; set < _count; set++)
        {
            isOpen[set] &= !Has(set, element);
        }
    }

    private void Branch(bool[] isOpen, int depth)
    {
        int narrow = Narrowest(isOpen);
        if (narrow < 0)
        {
            if (depth < _best.Length)
            {
                _best = _chosen.AsSpan(0, depth).ToArray();
            }
            return;
        }
        if (depth + Needed(isOpen) >= _best.Length || _work > WorkMax)
        {
            return;
        }
        List<int> tried = [];
        for (int element = 0; element < _elements; element++)
        {
            if (!Has(narrow, element) || _isExcluded[element])
            {
                continue;
            }
            bool[] below = (bool[])isOpen.Clone();
            Close(below, element);
            _work += _count;
            _chosen[depth] = element;
            Branch(below, depth + 1);
            _isExcluded[element] = true;   // answers with it are known now
            tried.Add(element);
        }
        foreach (int element in tried)
        {
            _isExcluded[element] = false;
        }
    }

    /// <summary>The open set with the fewest elements that are not excluded; -1 = none is open.</summary>
    private int Narrowest(bool[] isOpen)
    {
        int narrow = -1, fewest = int.MaxValue;
        for (int set = 0; set < _count; set++)
        {
            if (isOpen[set] && Left(set) is int left && left < fewest)
            {
                (narrow, fewest) = (set, left);
            }
        }
        _work += (long)_count * _words;
        return narrow;
    }

    private int Left(int set)
    {
        int left = 0;
        for (int word = 0; word < _words; word++)
        {
            for (ulong bits = _sets[set * _words + word]; bits != 0; bits &= bits - 1)
            {
                left += _isExcluded[64 * word + BitOperations.TrailingZeroCount(bits)] ? 0 : 1;
            }
        }
        return left;
    }

    /// <summary>Elements that are surely still needed: one for each of some open sets that have none in common.</summary>
    private int Needed(bool[] isOpen)
    {
        ulong[] taken = new ulong[_words];
        int needed = 0;
        for (int set = 0; set < _count; set++)
        {
            ulong common = 0;
            for (int word = 0; word < _words; word++)
            {
                common |= taken[word] & _sets[set * _words + word];
            }
            if (isOpen[set] && common == 0)
            {
                needed++;
                for (int word = 0; word < _words; word++)
                {
                    taken[word] |= _sets[set * _words + word];
                }
            }
        }
        _work += (long)_count * _words;
        return needed;
    }
}
