using System.Runtime.Intrinsics;

namespace RanCognition.Performance;

/// <summary>What <see cref="Int8Sums"/> adds up for a pair of values: a product of two numbers of at most 9 bits.</summary>
internal interface IInt8Term
{
    static abstract int Of(sbyte a, sbyte b);

    static abstract Vector128<short> First(Vector128<short> a, Vector128<short> b);

    static abstract Vector128<short> Second(Vector128<short> a, Vector128<short> b);

    static abstract Vector256<short> First(Vector256<short> a, Vector256<short> b);

    static abstract Vector256<short> Second(Vector256<short> a, Vector256<short> b);
}
