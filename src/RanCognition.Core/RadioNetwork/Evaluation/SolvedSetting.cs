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
            if (!ReferenceEquals(cells[i], others[i]) && Differ(cells[i], others[i]))
            {
                return false;
            }
        }
        return sites.AsSpan().SequenceEqual(otherSites);
    }

    /// <summary>Whether two settings of a cell give different networks. The site is kept apart.</summary>
    public static bool Differ(CellSpec a, CellSpec b) =>
        a.TiltDeg != b.TiltDeg || a.PowerDbm != b.PowerDbm || a.AzimuthDeg != b.AzimuthDeg || a.On != b.On || a.CioDb != b.CioDb || a.Carrier != b.Carrier;
}
