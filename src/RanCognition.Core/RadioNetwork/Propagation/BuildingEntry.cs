namespace RanCognition.RadioNetwork;

/// <summary>What the walls of a user's building add to the loss.</summary>
/// <remarks>
/// Source: 3GPP TR 38.901 V16, section 7.4.3.1 and tables 7.4.3-1, 7.4.3-2. Half of the buildings are of the low-loss kind (plain glass), half of the high-loss kind (coated glass).
/// Kind, depth and deviation belong to the user: they are the same towards every site.
/// </remarks>
internal sealed class BuildingEntry
{
    /// <summary>Share of the buildings of the high-loss kind.</summary>
    public const double HighLossShare = 0.5;

    /// <summary>Deepest a user is within a building, m.</summary>
    public const double DepthMaxM = 25;

    private const double PerMetreDb = 0.5, LowDeviationDb = 4.4, HighDeviationDb = 6.5;

    public BuildingEntry(double frequencyGHz)
    {
        double glass = Power(2 + 0.2 * frequencyGHz), coatedGlass = Power(23 + 0.3 * frequencyGHz), concrete = Power(5 + 4 * frequencyGHz);
        LowWallDb = 5 - 10 * Math.Log10(0.3 * glass + 0.7 * concrete);
        HighWallDb = 5 - 10 * Math.Log10(0.7 * coatedGlass + 0.3 * concrete);
    }

    /// <summary>Outer wall of a low-loss building.</summary>
    public double LowWallDb { get; }

    /// <summary>Outer wall of a high-loss building.</summary>
    public double HighWallDb { get; }

    /// <summary>Wall, rooms and the deviation of the building.</summary>
    /// <param name="highLoss">Kind of the building.</param>
    /// <param name="depthM">From the outer wall to the user.</param>
    /// <param name="normal">Standard normal.</param>
    public double LossDb(bool highLoss, double depthM, double normal) =>
        (highLoss ? HighWallDb + HighDeviationDb * normal : LowWallDb + LowDeviationDb * normal) + PerMetreDb * depthM;

    private static double Power(double lossDb) => Math.Pow(10, -lossDb / 10);
}
