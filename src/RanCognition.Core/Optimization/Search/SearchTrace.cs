using RanCognition.Contracts;

namespace RanCognition.Optimization.Search;

/// <summary>The way of the best value: the first point, every improvement, the last point. At most <see cref="OptimizationLimits.TraceMax"/> entries.</summary>
/// <remarks>When there are too many, the last improvement is kept of each stretch of evaluations, the stretches being of equal length on a logarithmic scale: a curve of the whole search stays a curve.</remarks>
internal sealed class SearchTrace
{
    private const int Room = 2 * OptimizationLimits.TraceMax;

    private ulong[] _evaluations = new ulong[64];
    private double[] _values = new double[64];

    // Stretches per factor e of the evaluations, fewer each time that there is no room.
    private double _scale = 8192;

    public int Count { get; private set; }

    public ulong Evaluations(int entry) => _evaluations[entry];

    /// <summary>Best value then; NaN while nothing was feasible.</summary>
    public double Value(int entry) => _values[entry];

    public void Add(ulong evaluations, double value)
    {
        if (Count == Room)
        {
            Count = Thin(_evaluations, _values, Count, OptimizationLimits.TraceMax, ref _scale);
        }
        else if (Count == _evaluations.Length)
        {
            Array.Resize(ref _evaluations, Math.Min(2 * Count, Room));
            Array.Resize(ref _values, _evaluations.Length);
        }
        _evaluations[Count] = evaluations;
        _values[Count++] = value;
    }

    /// <summary>The entries, with the last point.</summary>
    /// <param name="evaluations">Evaluations up to the last point.</param>
    /// <param name="sign">-1 turns values into those of an objective that is to be large.</param>
    public TraceEntry[] Entries(ulong evaluations, double sign)
    {
        ulong[] at = _evaluations.AsSpan(0, Count).ToArray();
        double[] values = _values.AsSpan(0, Count).ToArray();
        bool hasLast = Count == 0 || at[^1] == evaluations;
        double scale = _scale;
        int most = OptimizationLimits.TraceMax - (hasLast ? 0 : 1), kept = Count > most ? Thin(at, values, Count, most, ref scale) : Count;
        TraceEntry[] entries = new TraceEntry[kept + (hasLast ? 0 : 1)];
        for (int i = 0; i < kept; i++)
        {
            entries[i] = new TraceEntry(at[i], Reported(values[i], sign));
        }
        if (!hasLast)
        {
            entries[kept] = new TraceEntry(evaluations, Reported(values[kept - 1], sign));
        }
        return entries;
    }

    private static double? Reported(double value, double sign) => double.IsNaN(value) ? null : sign * value;

    /// <summary>Leaves at most so many entries, the first and the last among them; returns their number.</summary>
    private static int Thin(ulong[] evaluations, double[] values, int count, int most, ref double scale)
    {
        double[] stretches = new double[count];
        while (!Fits(evaluations, stretches, scale, most))
        {
            scale *= 0.8;
        }
        int kept = 1;
        for (int i = 1; i < count; i++)
        {
            if (i == count - 1 || stretches[i] != stretches[i + 1])
            {
                evaluations[kept] = evaluations[i];
                values[kept++] = values[i];
            }
        }
        return kept;
    }

    private static bool Fits(ulong[] evaluations, double[] stretches, double scale, int most)
    {
        int kept = 2;
        for (int i = 1; i < stretches.Length; i++)
        {
            stretches[i] = Math.Floor(scale * Math.Log(evaluations[i]));
            kept += i > 1 && stretches[i] != stretches[i - 1] ? 1 : 0;
        }
        return kept <= most;
    }
}
