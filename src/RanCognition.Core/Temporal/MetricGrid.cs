namespace RanCognition.Temporal;

/// <summary>Samples of one metric on a regular grid, oldest first, NaN = missing: what every analysis works on.</summary>
public sealed record MetricGrid
{
    /// <summary>Source of a grid that holds nothing but the present value.</summary>
    public const string CurrentState = "current_state";

    public string Metric { get; init; } = "";

    /// <summary>Time of the first sample, ns since the epoch.</summary>
    public ulong StartNs { get; init; }

    /// <summary>Sampling step, ns; 0 = unknown.</summary>
    public ulong StepNs { get; init; }
    public double[] Values { get; init; } = [];

    /// <summary>given, observed or current_state.</summary>
    public string Source { get; init; } = "given";

    /// <summary>The samples as they came, where times were given that leave bins out or lie between them; else null. <see cref="GridPair"/> may put them on another step.</summary>
    internal SparseSamples? Sparse { get; init; }

    /// <summary>Time of the last sample; saturates at 2^64 - 1.</summary>
    public ulong EndNs => TimeOf(Math.Max(0, Values.Length - 1));

    public double StepSeconds => StepNs / 1e9;

    public int MissingCount => Values.Length - KnownCount;

    public int KnownCount
    {
        get
        {
            int known = 0;
            foreach (double value in Values)
            {
                known += double.IsFinite(value) ? 1 : 0;
            }
            return known;
        }
    }

    /// <summary>Time of a sample, also past the end; saturates at 2^64 - 1.</summary>
    public ulong TimeOf(long index)
    {
        UInt128 time = (UInt128)StartNs + (UInt128)StepNs * (ulong)Math.Max(0, index);
        return time > ulong.MaxValue ? ulong.MaxValue : (ulong)time;
    }
}
