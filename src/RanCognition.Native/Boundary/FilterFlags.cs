namespace RanCognition.Native.Boundary;

/// <summary>Which numbers of a rancog_filter are conditions.</summary>
[CConstants("RANCOG_FILTER_")]
internal static class FilterFlags
{
    /// <summary>from_ns and until_ns.</summary>
    public const int Time = 1;

    /// <summary>min_reward.</summary>
    public const int MinReward = 2;

    /// <summary>max_reward.</summary>
    public const int MaxReward = 4;

    /// <summary>success.</summary>
    public const int Success = 8;
}
