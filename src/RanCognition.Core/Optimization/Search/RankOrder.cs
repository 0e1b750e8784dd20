namespace RanCognition.Optimization.Search;

/// <summary>Order of values by rank, with memory that is used again.</summary>
internal sealed class RankOrder
{
    private const int Run = 12;   // rows sorted by insertion before runs are merged
    private int[] _order = [];
    private int[] _other = [];

    /// <summary>Indices of the values, ascending; equal ones in the order of their indices. Good until the next call.</summary>
    public ReadOnlySpan<int> Of(ReadOnlySpan<double> values)
    {
        int n = values.Length;
        if (_order.Length < n)
        {
            _order = new int[n];
            _other = new int[n];
        }
        for (int start = 0; start < n; start += Run)
        {
            Insert(values, start, Math.Min(n, start + Run));
        }
        for (int width = Run; width < n; width *= 2)
        {
            for (int start = 0; start < n; start += 2 * width)
            {
                Merge(values, start, Math.Min(n, start + width), Math.Min(n, start + 2 * width));
            }
            (_order, _other) = (_other, _order);
        }
        return _order.AsSpan(0, n);
    }

    private void Insert(ReadOnlySpan<double> values, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int place = i;
            for (; place > start && values[_order[place - 1]] > values[i]; place--)
            {
                _order[place] = _order[place - 1];
            }
            _order[place] = i;
        }
    }

    private void Merge(ReadOnlySpan<double> values, int start, int middle, int end)
    {
        int a = start, b = middle;
        for (int to = start; to < end; to++)
        {
            bool second = a >= middle || (b < end && values[_order[b]] < values[_order[a]]);
            _other[to] = second ? _order[b++] : _order[a++];
        }
    }
}
