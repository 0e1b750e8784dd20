using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>|a - b| where both are known, 0 where one is NaN: the sum is the distance of what can be compared.</summary>
internal readonly struct KnownDifferenceTerm : ISumTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TWidth, TVector, T>(TVector a, TVector b)
        where TWidth : IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged => TWidth.KnownMagnitude(TWidth.Subtract(a, b));
}
