namespace RanCognition.Temporal.Forecasting;

/// <summary>Features of the regressions: each is the mean of the series at a few lags. Equal groups are kept once.</summary>
internal sealed class LagGroups
{
    public const int GroupsMax = 20;
    private const int LagsMax = 64;

    private readonly int[] _lags = new int[LagsMax];
    private readonly int[] _start = new int[GroupsMax + 1];

    /// <summary>Lags at or past this are left out, because too few rows would hold them.</summary>
    private int _lagLimit;

    public int Count { get; private set; }

    /// <summary>Largest lag of all groups.</summary>
    public int LargestLag { get; private set; }

    public ReadOnlySpan<int> this[int group] => _lags.AsSpan(_start[group], _start[group + 1] - _start[group]);

    /// <summary>Empties the set for regressions whose oldest origin lies at <paramref name="oldestOrigin"/>.</summary>
    public void Reset(int oldestOrigin)
    {
        Count = 0;
        LargestLag = 0;
        _lagLimit = oldestOrigin > 120 ? oldestOrigin - 30 : (int)(0.6 * oldestOrigin);
    }

    /// <summary>Adds a group and returns the bit of its place, or 0 when one of its lags is too large.</summary>
    public uint Add(params ReadOnlySpan<int> lags)
    {
        int largest = 0;
        foreach (int lag in lags)
        {
            largest = Math.Max(largest, lag);
        }
        if (largest >= _lagLimit)
        {
            return 0;
        }
        for (int i = 0; i < Count; i++)
        {
            if (this[i].SequenceEqual(lags))
            {
                return 1u << i;
            }
        }
        return Append(lags, largest);
    }

    /// <summary>Adds one lag, a second time if it is there already: then the two share its weight and half the penalty.</summary>
    public void AddTwice(int lag)
    {
        if (lag < _lagLimit)
        {
            Append([lag], lag);
        }
    }

    /// <summary>Adds single lags as groups of one and returns their bits.</summary>
    public uint AddSingles(params ReadOnlySpan<int> lags)
    {
        uint bits = 0;
        foreach (int lag in lags)
        {
            bits |= Add(lag);
        }
        return bits;
    }

    /// <summary>Makes sure there is something to regress on: lag 1.</summary>
    public void RequireOne()
    {
        if (Count == 0)
        {
            Append([1], 1);
        }
    }

    /// <summary>Place of the group that is this lag alone, or -1.</summary>
    public int IndexOfSingle(int lag)
    {
        for (int i = 0; i < Count; i++)
        {
            var group = this[i];
            if (group.Length == 1 && group[0] == lag)
            {
                return i;
            }
        }
        return -1;
    }

    private uint Append(ReadOnlySpan<int> lags, int largest)
    {
        lags.CopyTo(_lags.AsSpan(_start[Count]));
        _start[Count + 1] = _start[Count] + lags.Length;
        LargestLag = Math.Max(LargestLag, largest);
        return 1u << Count++;
    }
}
