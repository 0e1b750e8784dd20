using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Performance;

/// <summary>Vectors of 512 bits.</summary>
internal readonly unsafe struct Width512<T> : IWidth<Vector512<T>, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* from) => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> vector, T* to) => Vector512.Store(vector, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(Vector512<T> vector, T* to) => Vector512.StoreAlignedNonTemporal(vector, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> a, Vector512<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> a, Vector512<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> a, Vector512<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> KnownMagnitude(Vector512<T> value) => Vector512.ConditionalSelect(Vector512.Equals(value, value), Vector512.Abs(value), Vector512<T>.Zero);

    // x86's own minimum takes the second operand where one is NaN; others' would keep the NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Lesser(Vector512<T> value, Vector512<T> best) =>
        Avx512F.IsSupported ? Vector512.MinNative(value, best) : Vector512.ConditionalSelect(Vector512.LessThan(value, best), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Greater(Vector512<T> value, Vector512<T> best) =>
        Avx512F.IsSupported ? Vector512.MaxNative(value, best) : Vector512.ConditionalSelect(Vector512.GreaterThan(value, best), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameBits(Vector512<T> a, Vector512<T> b) => Vector512.EqualsAll(a.AsByte(), b.AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> vector) => Width256<T>.Sum(vector.GetLower() + vector.GetUpper());

    public static T At(Vector512<T> vector, int place) => vector.GetElement(place);
}
