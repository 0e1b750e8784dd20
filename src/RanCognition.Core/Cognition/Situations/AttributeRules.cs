namespace RanCognition.Cognition.Situations;

/// <summary>The attributes that the library knows: names and ranges of 3GPP TS 28.541 and TS 38.331, units of the contract.</summary>
internal static class AttributeRules
{
    public const string CellIndividualOffset = "cellIndividualOffset";
    public const string A3Offset = "a3Offset";
    public const string Hysteresis = "hysteresis";
    public const string TimeToTrigger = "timeToTrigger";
    public const string DigitalTilt = "digitalTilt";
    public const string ConfiguredMaxTxPower = "configuredMaxTxPower";
    public const string AdministrativeState = "administrativeState";
    public const string EnergySavingState = "energySavingState";
    public const string Locked = "LOCKED";
    public const string Unlocked = "UNLOCKED";
    public const string Saving = "isEnergySaving";
    public const string NotSaving = "isNotEnergySaving";

    /// <summary>Q-OffsetRange of TS 38.331, dB.</summary>
    public static readonly double[] OffsetRange =
    [
        -24, -22, -20, -18, -16, -14, -12, -10, -8, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24,
    ];

    /// <summary>TimeToTrigger of TS 38.331, ms.</summary>
    public static readonly double[] TimesToTrigger = [0, 40, 64, 80, 100, 128, 160, 256, 320, 480, 512, 640, 1024, 1280, 2560, 5120];

    private static readonly AttributeRule[] All =
    [
        new() { Name = CellIndividualOffset, Lower = -24, Upper = 24, Values = OffsetRange, BoundLower = -6, BoundUpper = 6, MaxChange = 2 },
        new() { Name = A3Offset, Lower = -15, Upper = 15, Step = 0.5, Default = 3, BoundLower = -15, BoundUpper = 15, MaxChange = 1 },
        new() { Name = Hysteresis, Lower = 0, Upper = 15, Step = 0.5, Default = 1, BoundLower = 0, BoundUpper = 15, MaxChange = 1 },
        new() { Name = TimeToTrigger, Lower = 0, Upper = 5120, Values = TimesToTrigger, Default = 160, BoundLower = 0, BoundUpper = 5120 },
        new() { Name = DigitalTilt, Lower = -900, Upper = 900, Step = 1, BoundLower = -900, BoundUpper = 900 },
        new() { Name = ConfiguredMaxTxPower, Lower = -30, Upper = 60, Default = 46, BoundLower = -30, BoundUpper = 60 },
        new() { Name = AdministrativeState, Words = [Locked, "SHUTTINGDOWN", Unlocked] },
        new() { Name = EnergySavingState, Words = [Saving, NotSaving] },
    ];

    /// <summary>Null when the library does not know the attribute.</summary>
    public static AttributeRule? Find(string attribute)
    {
        foreach (AttributeRule rule in All)
        {
            if (rule.Name == attribute)
            {
                return rule;
            }
        }
        return null;
    }

    /// <summary>The known attributes, for messages.</summary>
    public static IEnumerable<string> Names()
    {
        foreach (AttributeRule rule in All)
        {
            yield return rule.Name;
        }
    }
}
