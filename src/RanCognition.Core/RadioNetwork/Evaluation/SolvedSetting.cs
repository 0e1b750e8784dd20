using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>Settings whose loads are known.</summary>
internal sealed class SolvedSetting(CellSpec[] cells, int[] sites, double[] loads, int iterations)
{
    public double[] Loads => loads;

    public int Iterations => iterations;

    /// <summary>Whether these are the settings.</summary>
    public bool IsFor(ReadOnlySpan<CellSpec> others, int[] otherSites)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            CellSpec a = cells[i], b = others[i];
            if (!ReferenceEquals(a, b) && (a.TiltDeg != b.TiltDeg || a.PowerDbm != b.PowerDbm || a.AzimuthDeg != b.AzimuthDeg || a.On != b.On || a.CioDb != b.CioDb || a.Carrier != b.Carrier))
            {
                return false;
            }
        }
        return sites.AsSpan().SequenceEqual(otherSites);
    }
}
