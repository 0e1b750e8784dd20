namespace RanCognition.Optimization.Son;

/// <summary>Handover settings of all cells, in the units of a replay.</summary>
internal sealed class ReplaySettings(int cells)
{
    /// <summary>a3-Offset plus hysteresis by serving cell, dB: what a neighbour must be better by.</summary>
    public double[] MarginDb { get; } = new double[cells];

    /// <summary>By serving cell, in samples.</summary>
    public int[] TriggerSamples { get; } = new int[cells];

    /// <summary>Cell individual offsets by serving cell and neighbour, dB; null = all 0.</summary>
    public double[]?[] OffsetsDb { get; } = new double[cells][];

    /// <summary>The largest of them by serving cell, at least 0.</summary>
    public double[] LargestOffsetDb { get; } = new double[cells];
}
