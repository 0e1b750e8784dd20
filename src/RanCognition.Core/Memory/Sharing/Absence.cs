namespace RanCognition.Memory.Sharing;

/// <summary>A site whose episodes cannot be taken here, for instance because its vectors have another dimension: it is asked for them again after a growing number of rounds.</summary>
internal sealed class Absence
{
    private const int RoundsMax = 64;

    private int _rounds;

    public required string Reason { get; init; }

    public int RoundsToWait { get; set; }

    /// <summary>After one more refusal.</summary>
    public static Absence After(Absence? earlier, string reason)
    {
        int rounds = earlier is null ? 1 : Math.Min(2 * earlier._rounds, RoundsMax);
        return new Absence { Reason = reason, RoundsToWait = rounds, _rounds = rounds };
    }
}
