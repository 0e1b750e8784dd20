using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>The first value alone: a plain sum.</summary>
internal readonly struct ValueTerm : ISumTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TWidth, TVector, T>(TVector a, TVector b)
        where TWidth : IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged => a;
}
