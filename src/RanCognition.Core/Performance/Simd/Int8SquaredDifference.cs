using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>(a - b)^2: the sum is a squared distance.</summary>
internal readonly struct Int8SquaredDifference : IInt8Term
{
    public static int Of(sbyte a, sbyte b) => (a - b) * (a - b);

    public static Vector128<short> First(Vector128<short> a, Vector128<short> b) => a - b;

    public static Vector128<short> Second(Vector128<short> a, Vector128<short> b) => a - b;

    public static Vector256<short> First(Vector256<short> a, Vector256<short> b) => a - b;

    public static Vector256<short> Second(Vector256<short> a, Vector256<short> b) => a - b;
}
