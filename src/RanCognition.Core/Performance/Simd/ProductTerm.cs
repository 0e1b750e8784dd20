using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>a * b: the sum is a dot product.</summary>
internal readonly struct ProductTerm : ISumTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TWidth, TVector, T>(TVector a, TVector b)
        where TWidth : IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged => TWidth.Multiply(a, b);
}
