using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Performance;

/// <summary>Vectors of 128 bits.</summary>
internal readonly unsafe struct Width128<T> : IWidth<Vector128<T>, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* from) => Vector128.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> vector, T* to) => Vector128.Store(vector, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(Vector128<T> vector, T* to) => Vector128.StoreAlignedNonTemporal(vector, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> a, Vector128<T> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> a, Vector128<T> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> a, Vector128<T> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> KnownMagnitude(Vector128<T> value) => Vector128.ConditionalSelect(Vector128.Equals(value, value), Vector128.Abs(value), Vector128<T>.Zero);

    // x86's own minimum takes the second operand where one is NaN; others' would keep the NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Lesser(Vector128<T> value, Vector128<T> best) =>
        Sse2.IsSupported ? Vector128.MinNative(value, best) : Vector128.ConditionalSelect(Vector128.LessThan(value, best), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Greater(Vector128<T> value, Vector128<T> best) =>
        Sse2.IsSupported ? Vector128.MaxNative(value, best) : Vector128.ConditionalSelect(Vector128.GreaterThan(value, best), value, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameBits(Vector128<T> a, Vector128<T> b) => Vector128.EqualsAll(a.AsByte(), b.AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> vector) => sizeof(T) == 8 ? vector.GetElement(0) + vector.GetElement(1)
        : vector.GetElement(0) + vector.GetElement(2) + (vector.GetElement(1) + vector.GetElement(3));

    public static T At(Vector128<T> vector, int place) => vector.GetElement(place);
}
