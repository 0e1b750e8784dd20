using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>Which cell stands at which site.</summary>
internal static class CellPlacement
{
    private const int SectorsPerSite = 3;
    private const double FirstBoresightDeg = 30, BetweenBoresightsDeg = 120;

    /// <summary>Three sectors a site, at 30, 150 and 270 degrees.</summary>
    public static CellSpec[] ThreeSectors(int sites)
    {
        CellSpec[] cells = new CellSpec[sites * SectorsPerSite];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = new CellSpec { Site = i / SectorsPerSite, AzimuthDeg = FirstBoresightDeg + BetweenBoresightsDeg * (i % SectorsPerSite) };
        }
        return cells;
    }

    /// <summary>0-based site of every cell: the one it gives, else floor(i s / c).</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="sites">How many sites there are.</param>
    /// <param name="place">Where the cells were given, for messages.</param>
    public static int[] Sites(IReadOnlyList<CellSpec> cells, int sites, string place)
    {
        int[] result = new int[cells.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = cells[i].Site ?? (int)((long)i * sites / result.Length);
            if (result[i] < 0 || result[i] >= sites)
            {
                InvalidInputException.Throw(string.Create(CultureInfo.InvariantCulture, $"{place}/{i}/site"),
                    string.Create(CultureInfo.InvariantCulture, $"{result[i]}, must be 0..{sites - 1}"));
            }
        }
        return result;
    }
}
