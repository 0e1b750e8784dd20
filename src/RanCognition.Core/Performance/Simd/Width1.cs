using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>One value at a time: the scalar path, and the tails of the others.</summary>
internal readonly unsafe struct Width1<T> : IWidth<T, T>
    where T : unmanaged, INumber<T>
{
    public static int Count => 1;

    public static T Broadcast(T value) => value;

    public static T Load(T* from) => *from;

    public static void Store(T vector, T* to) => *to = vector;

    public static void StoreStreaming(T vector, T* to) => *to = vector;

    public static T Add(T a, T b) => a + b;

    public static T Subtract(T a, T b) => a - b;

    public static T Multiply(T a, T b) => a * b;

    public static T KnownMagnitude(T value) => T.IsNaN(value) ? T.Zero : T.Abs(value);

    public static T Lesser(T value, T best) => value < best ? value : best;

    public static T Greater(T value, T best) => value > best ? value : best;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameBits(T a, T b) => sizeof(T) == sizeof(uint) ? *(uint*)&a == *(uint*)&b : *(ulong*)&a == *(ulong*)&b;

    public static T Sum(T vector) => vector;

    public static T At(T vector, int place) => vector;
}
