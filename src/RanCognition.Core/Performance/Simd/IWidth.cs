namespace RanCognition.Performance;

/// <summary>
/// The operations that a kernel needs, at one vector width. A kernel is written once over a width; the compiler makes a body for each, the scalar one included,
/// and nothing of this interface is left in it.
/// </summary>
/// <typeparam name="TVector">What one register holds.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>A product and a sum are two roundings at every width: nothing is contracted to a fused multiply-add, so the bits do not depend on the processor.</remarks>
internal unsafe interface IWidth<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Values in a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Broadcast(T value);

    static abstract TVector Load(T* from);

    static abstract void Store(TVector vector, T* to);

    /// <summary>Past the caches; <paramref name="to"/> is aligned to the vector's size.</summary>
    static abstract void StoreStreaming(TVector vector, T* to);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>|value|, and 0 for a NaN.</summary>
    static abstract TVector KnownMagnitude(TVector value);

    /// <summary>The lesser value of each place; a NaN in <paramref name="value"/> is passed over.</summary>
    static abstract TVector Lesser(TVector value, TVector best);

    /// <summary>The greater value of each place; a NaN in <paramref name="value"/> is passed over.</summary>
    static abstract TVector Greater(TVector value, TVector best);

    /// <summary>Whether the two hold the same bits, NaN and the sign of zeros included.</summary>
    static abstract bool SameBits(TVector a, TVector b);

    /// <summary>Sum of the places, upper half onto lower half until one is left.</summary>
    static abstract T Sum(TVector vector);

    /// <summary>Value at a place.</summary>
    static abstract T At(TVector vector, int place);
}
