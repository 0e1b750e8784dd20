using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>(a - b)^2: the sum is a squared distance.</summary>
internal readonly struct SquaredDifferenceTerm : ISumTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TWidth, TVector, T>(TVector a, TVector b)
        where TWidth : IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged
    {
        TVector difference = TWidth.Subtract(a, b);
        return TWidth.Multiply(difference, difference);
    }
}
