using RanCognition.Contracts;

namespace RanCognition.Optimization.Son;

/// <summary>A user's movement, prepared for replays: what does not depend on handover settings is computed once.</summary>
internal sealed class ReplayTrace
{
    /// <param name="trace">What the user received.</param>
    /// <param name="filterCoefficient">Weight of a new sample in the L3 filter, at the distance of the samples.</param>
    /// <param name="noiseDbm">Noise in the bandwidth of an RSRP.</param>
    /// <param name="load">Share of the time in which other cells send.</param>
    public ReplayTrace(MobilityTrace trace, double filterCoefficient, double noiseDbm, double load)
    {
        Samples = trace.Samples;
        Cells = trace.Cells;
        Filtered = new float[Samples * Cells];
        SinrDb = new float[Samples * Cells];
        Strongest = new int[Samples];
        double[] level = new double[Cells], power = new double[Cells];
        double noise = Math.Pow(10, noiseDbm / 10);
        for (int sample = 0; sample < Samples; sample++)
        {
            ReadOnlySpan<double> row = trace.RsrpDbm.AsSpan(sample * Cells, Cells);
            double total = 0;
            int strongest = 0;
            for (int cell = 0; cell < Cells; cell++)
            {
                level[cell] = sample == 0 ? row[cell] : level[cell] + filterCoefficient * (row[cell] - level[cell]);
                power[cell] = Math.Pow(10, row[cell] / 10);
                total += power[cell];
                strongest = level[cell] > level[strongest] ? cell : strongest;
            }
            Strongest[sample] = strongest;
            for (int cell = 0; cell < Cells; cell++)
            {
                Filtered[sample * Cells + cell] = (float)level[cell];
                SinrDb[sample * Cells + cell] = (float)(10 * Math.Log10(power[cell] / (load * Math.Max(0, total - power[cell]) + noise)));
            }
        }
    }

    public int Samples { get; }

    public int Cells { get; }

    /// <summary>RSRP behind the L3 filter, dBm, [sample][cell].</summary>
    public float[] Filtered { get; }

    /// <summary>SINR if the cell served, dB, [sample][cell].</summary>
    public float[] SinrDb { get; }

    /// <summary>Cell of the largest filtered RSRP by sample.</summary>
    public int[] Strongest { get; }
}
