namespace RanCognition.Temporal.Logic;

/// <summary>Arithmetic on times that stays at the largest one instead of wrapping.</summary>
internal static class Saturating
{
    public static ulong Add(ulong a, ulong b) => a + b < a ? ulong.MaxValue : a + b;

    /// <summary>Time of the k-th sample after a start, ns.</summary>
    public static ulong SampleTime(ulong startNs, ulong stepNs, int steps)
    {
        var time = (UInt128)startNs + (UInt128)stepNs * (uint)steps;
        return time > ulong.MaxValue ? ulong.MaxValue : (ulong)time;
    }
}
