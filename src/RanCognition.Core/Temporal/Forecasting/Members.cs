using System.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>The pool of cheap forecasters, and which of them a given effort uses.</summary>
internal static class Members
{
    public const int ArBase = 0, ArDay = 1, ArWeek = 2, ArProfile = 3, ArDiffProfile = 4, ArDiff = 5, Hw0 = 6, Hw1 = 7, Hw2 = 8, Phase = 9, Naive = 10;
    public const int Count = 11;

    /// <summary>With fewer the trimmed mean has nothing to trim.</summary>
    private const int UsedMin = 4;

    /// <summary>Most valuable first: what stays when the effort is cut.</summary>
    private static ReadOnlySpan<byte> ByValue => [ArDay, ArProfile, Hw2, Naive, ArWeek, ArDiffProfile, Hw1, ArBase, Phase, Hw0, ArDiff];

    public static string NameOf(int member) => member switch
    {
        ArBase => "ar_base",
        ArDay => "ar_day",
        ArWeek => "ar_week",
        ArProfile => "ar_profile",
        ArDiffProfile => "ar_diff_profile",
        ArDiff => "ar_diff",
        Hw0 => "hw0",
        Hw1 => "hw1",
        Hw2 => "hw2",
        Phase => "phase",
        _ => "naive",
    };

    /// <summary>Bits of the members that an effort of 0..1 uses: 4 to all 11.</summary>
    public static uint ForEffort(double effort)
    {
        int count = Math.Clamp((int)Math.Round(Count * effort), UsedMin, Count);
        uint bits = 0;
        foreach (byte member in ByValue[..count])
        {
            bits |= 1u << member;
        }
        return bits;
    }

    public static int CountOf(uint bits) => BitOperations.PopCount(bits);
}
