using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Performance;

/// <summary>Vectors of 256 bits.</summary>
internal readonly unsafe struct Width256<T> : IWidth<Vector256<T>, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* from) => Vector256.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> vector, T* to) => Vector256.Store(vector, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(Vector256<T> vector, T* to) => Vector256.StoreAlignedNonTemporal(vector, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> a, Vector256<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> a, Vector256<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> a, Vector256<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> KnownMagnitude(Vector256<T> value) => Vector256.ConditionalSelect(Vector256.Equals(value, value), Vector256.Abs(value), Vector256<T>.Zero);

    // x86's own minimum takes the second operand where one is NaN; others' would keep the NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Lesser(Vector256<T> value, Vector256<T> best) =>
        Avx.IsSupported ? Vector256.MinNative(value, best) : Vector256.ConditionalSelect(Vector256.LessThan(value, best), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Greater(Vector256<T> value, Vector256<T> best) =>
        Avx.IsSupported ? Vector256.MaxNative(value, best) : Vector256.ConditionalSelect(Vector256.GreaterThan(value, best), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameBits(Vector256<T> a, Vector256<T> b) => Vector256.EqualsAll(a.AsByte(), b.AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> vector) => Width128<T>.Sum(vector.GetLower() + vector.GetUpper());

    public static T At(Vector256<T> vector, int place) => vector.GetElement(place);
}
