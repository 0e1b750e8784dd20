namespace RanCognition.Performance;

/// <summary>What a sum adds up for a pair of values. The term of two zeros is zero.</summary>
internal interface ISumTerm
{
    static abstract TVector Of<TWidth, TVector, T>(TVector a, TVector b)
        where TWidth : IWidth<TVector, T>
        where TVector : struct
        where T : unmanaged;
}
