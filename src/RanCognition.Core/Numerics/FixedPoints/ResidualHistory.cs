namespace RanCognition.Numerics;

/// <summary>Residuals of all steps, thinned evenly when they get many.</summary>
internal sealed class ResidualHistory(int shownMax)
{
    private double[] _values = new double[32];
    private int _stride = 1;
    private long _seen;
    private double _last;

    /// <summary>Residuals that are kept.</summary>
    public ReadOnlySpan<double> Kept => _values.AsSpan(0, Count);

    /// <summary>Residuals added so far.</summary>
    public long Seen => _seen;

    private int Count { get; set; }

    public void Add(double residual)
    {
        _last = residual;
        if (_seen++ % _stride != 0)
        {
            return;
        }
        if (Count == 2 * shownMax)
        {
            for (int i = 0; i < shownMax; i++)
            {
                _values[i] = _values[2 * i];
            }
            Count = shownMax;   // an even number of places: this residual's turn comes at the doubled stride too
            _stride *= 2;
        }
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Math.Min(2 * shownMax, 2 * Count));
        }
        _values[Count++] = residual;
    }

    /// <summary>Those kept of the residuals that were added after so many.</summary>
    public ReadOnlySpan<double> After(long seen) => Kept[(int)Math.Min(Count, (seen + _stride - 1) / _stride)..];

    /// <summary>First, last, and evenly between them; null where it was not finite.</summary>
    public double?[] Shown()
    {
        bool lastIsKept = (_seen - 1) % _stride == 0;
        int count = Count + (lastIsKept ? 0 : 1), shown = Math.Min(count, shownMax);
        var values = new double?[shown];
        for (int i = 0; i < shown; i++)
        {
            int place = shown == 1 ? 0 : (int)((long)i * (count - 1) / (shown - 1));
            double value = place < Count ? _values[place] : _last;
            values[i] = double.IsFinite(value) ? value : null;
        }
        return values;
    }
}
