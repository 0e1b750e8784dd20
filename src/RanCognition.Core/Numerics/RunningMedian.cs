using System.Numerics;

namespace RanCognition.Numerics;

/// <summary>Centred running median, the window cut at both ends.</summary>
/// <remarks>
/// The values are ranked once; the window is then a set of ranks, kept as bits with a second level of one bit per word, and the median a
/// position in it that moves by at most one place per value that enters or leaves. Cost: one sort, then a few operations a value, whatever
/// the window.
/// </remarks>
public static class RunningMedian
{
    /// <summary>Writes, for each i, the median of values[i - halfWidth .. i + halfWidth], as far as these exist.</summary>
    /// <param name="values">No NaN; may be empty.</param>
    /// <param name="halfWidth">0 or more points.</param>
    /// <param name="medians">As many places as values; may not overlap them.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">halfWidth is negative.</exception>
    public static void Compute(ReadOnlySpan<double> values, int halfWidth, Span<double> medians)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(halfWidth);
        if (medians.Length != values.Length)
        {
            throw new ArgumentException($"needs {values.Length} places, has {medians.Length}", nameof(medians));
        }
        var n = values.Length;
        if (n == 0)
        {
            return;
        }
        var half = Math.Min(halfWidth, n);
        var order = NumberSort.Order(values);
        var sorted = new double[n];
        var rank = new int[n];
        for (var i = 0; i < n; i++)
        {
            sorted[i] = values[order[i]];
            rank[order[i]] = i;
        }

        var window = new RankWindow(n);
        for (var i = 0; i < half; i++)
        {
            window.Add(rank[i]);
        }
        for (var i = 0; i < n; i++)
        {
            if (i + half < n)
            {
                window.Add(rank[i + half]);
            }
            if (i > half)
            {
                window.Remove(rank[i - half - 1]);
            }
            var (low, high) = window.Middle();
            medians[i] = low == high ? sorted[low] : .5 * (sorted[low] + sorted[high]);
        }
    }

    // A set of ranks with a cursor on its lower median.
    private struct RankWindow(int capacity)
    {
        private readonly ulong[] _words = new ulong[(capacity >> 6) + 1];
        private readonly ulong[] _busy = new ulong[(capacity >> 12) + 1];   // which words are not 0
        private int _count;
        private int _cursor = -1;   // a member, unless the set is empty
        private int _below;         // members below the cursor

        public void Add(int rank)
        {
            _words[rank >> 6] |= 1UL << rank;
            _busy[rank >> 12] |= 1UL << (rank >> 6);
            if (_count++ == 0)
            {
                _cursor = rank;
                _below = 0;
            }
            else if (rank < _cursor)
            {
                _below++;
            }
        }

        public void Remove(int rank)
        {
            if (rank == _cursor)
            {
                // Step aside first; a last member leaves the cursor to the next Add.
                if (_below > 0)
                {
                    _cursor = Previous(rank);
                    _below--;
                }
                else if (_count > 1)
                {
                    _cursor = Next(rank);
                    _below++;
                }
            }
            if ((_words[rank >> 6] &= ~(1UL << rank)) == 0)
            {
                _busy[rank >> 12] &= ~(1UL << (rank >> 6));
            }
            _count--;
            if (rank < _cursor)
            {
                _below--;
            }
        }

        public (int Low, int High) Middle()
        {
            var target = (_count - 1) / 2;
            while (_below < target)
            {
                _cursor = Next(_cursor);
                _below++;
            }
            while (_below > target)
            {
                _cursor = Previous(_cursor);
                _below--;
            }
            return (_cursor, _count % 2 == 0 ? Next(_cursor) : _cursor);
        }

        // The next member; there must be one.
        private readonly int Next(int rank)
        {
            var word = rank >> 6;
            var bits = _words[word] & (ulong.MaxValue << rank << 1);
            if (bits == 0)
            {
                var block = word >> 6;
                var busy = _busy[block] & (ulong.MaxValue << word << 1);
                while (busy == 0)
                {
                    busy = _busy[++block];
                }
                word = (block << 6) + BitOperations.TrailingZeroCount(busy);
                bits = _words[word];
            }
            return (word << 6) + BitOperations.TrailingZeroCount(bits);
        }

        private readonly int Previous(int rank)
        {
            var word = rank >> 6;
            var bits = _words[word] & ~(ulong.MaxValue << rank);
            if (bits == 0)
            {
                var block = word >> 6;
                var busy = _busy[block] & ~(ulong.MaxValue << word);
                while (busy == 0)
                {
                    busy = _busy[--block];
                }
                word = (block << 6) + 63 - BitOperations.LeadingZeroCount(busy);
                bits = _words[word];
            }
            return (word << 6) + 63 - BitOperations.LeadingZeroCount(bits);
        }
    }
}
