using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>The used part of a history, made safe: bounded, missing values marked, extreme magnitudes scaled, gaps filled, and its plain facts.</summary>
/// <remarks>Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class SeriesInput
{
    /// <summary>Magnitudes outside are divided by the largest one, so that squares stay finite.</summary>
    private const double MagnitudeMax = 1e100, MagnitudeMin = 1e-100;
    private const int LatticePointsMin = 20;

    private readonly ScratchBuffer _values = new(), _filled = new();
    private long[] _seen = [];

    /// <summary>Points used: the last 4096 less missing ones at their start; 0 when there is no finite value.</summary>
    public int Count { get; private set; }
    public int Known { get; private set; }

    /// <summary>Values, NaN = missing.</summary>
    public double* Values { get; private set; }

    /// <summary>Values with the gaps filled; set by <see cref="Fill"/>.</summary>
    public double* Filled { get; private set; }

    /// <summary>Factor back to the caller's units.</summary>
    public double Scale { get; private set; }
    public double Minimum { get; private set; }

    /// <summary>Mean magnitude, never 0.</summary>
    public double Reference { get; private set; }

    /// <summary>Whole numbers that repeat: forecasts should be whole too.</summary>
    public bool IsLattice { get; private set; }
    public bool IsNonNegative => Minimum >= 0;

    public void Load(ReadOnlySpan<double> history)
    {
        history = history[Math.Max(0, history.Length - Forecaster.HistoryMax)..];
        while (!history.IsEmpty && !double.IsFinite(history[0]))
        {
            history = history[1..];
        }
        Count = history.Length;
        Known = 0;
        Scale = 1;
        double* values = Values = _values.Ensure(Count);
        history.CopyTo(new Span<double>(values, Count));
        double top = 0;
        for (int t = 0; t < Count; t++)
        {
            double magnitude = Math.Abs(values[t]);
            if (magnitude <= double.MaxValue)
            {
                Known++;
                top = magnitude > top ? magnitude : top;
            }
            else
            {
                values[t] = double.NaN;
            }
        }
        if (top > MagnitudeMax || (top > 0 && top < MagnitudeMin))
        {
            Scale = top;
            for (int t = 0; t < Count; t++)
            {
                values[t] /= top;
            }
        }
        double least = double.PositiveInfinity, sum = 0;
        bool whole = true;
        for (int t = 0; t < Count; t++)
        {
            double v = values[t];
            if (!double.IsNaN(v))
            {
                least = v < least ? v : least;
                sum += Math.Abs(v);
                whole = whole && Math.Floor(v) == v;
            }
        }
        Minimum = least;
        Reference = sum / Math.Max(1, Known) + 1e-300;
        IsLattice = whole && Count >= LatticePointsMin && CountDistinctBelow(Known);
    }

    /// <summary>Gaps: the mean of what is known one season before and after; else on the line between their ends.</summary>
    public void Fill(int season, int longSeason)
    {
        Filled = _filled.Ensure(Count);
        new ReadOnlySpan<double>(Values, Count).CopyTo(new Span<double>(Filled, Count));
        if (Known == Count)
        {
            return;
        }
        for (int t = 0; t < Count; t++)
        {
            if (!double.IsNaN(Values[t]))
            {
                continue;
            }
            int left = t - 1, right = t;      // the first point is always known
            while (right < Count && double.IsNaN(Values[right]))
            {
                right++;
            }
            double slope = right < Count ? (Values[right] - Values[left]) / (right - left) : 0;
            for (; t < right; t++)
            {
                Filled[t] = SeasonalNeighbours(t, season, longSeason, out double mean) ? mean : slope * (t - left) + Values[left];
            }
        }
    }

    private bool SeasonalNeighbours(int t, int season, int longSeason, out double mean)
    {
        double sum = 0;
        int found = 0;
        Span<int> places = [t - season, t + season, t - longSeason, t + longSeason];
        int count = season == 1 ? 0 : longSeason == 1 ? 2 : 4;
        foreach (int u in places[..count])
        {
            if (u >= 0 && u < Count && !double.IsNaN(Values[u]))
            {
                sum += Values[u];
                found++;
            }
        }
        mean = sum / Math.Max(1, found);
        return found > 0;
    }

    /// <summary>Whether fewer than half of the values are distinct; stops as soon as they are not.</summary>
    private bool CountDistinctBelow(int known)
    {
        const long Empty = -1;   // bits of a NaN, which is never looked up
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, 2 * known)), distinct = 0;
        if (_seen.Length < size)
        {
            _seen = new long[size];
        }
        Array.Fill(_seen, Empty, 0, size);
        for (int t = 0; t < Count; t++)
        {
            if (double.IsNaN(Values[t]))
            {
                continue;
            }
            long bits = BitConverter.DoubleToInt64Bits(Values[t] + 0.0);   // -0 and 0 are one value
            int place = (int)((ulong)(bits * -7046029254386353131) >> 40) & (size - 1);
            while (_seen[place] != Empty && _seen[place] != bits)
            {
                place = (place + 1) & (size - 1);
            }
            if (_seen[place] == Empty)
            {
                _seen[place] = bits;
                if (++distinct >= 0.5 * known)
                {
                    return false;
                }
            }
        }
        return true;
    }
}
