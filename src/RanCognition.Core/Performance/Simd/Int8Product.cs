using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>a * b: the sum is an inner product.</summary>
internal readonly struct Int8Product : IInt8Term
{
    public static int Of(sbyte a, sbyte b) => a * b;

    public static Vector128<short> First(Vector128<short> a, Vector128<short> b) => a;

    public static Vector128<short> Second(Vector128<short> a, Vector128<short> b) => b;

    public static Vector256<short> First(Vector256<short> a, Vector256<short> b) => a;

    public static Vector256<short> Second(Vector256<short> a, Vector256<short> b) => b;
}
