using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Native.Boundary;

/// <summary>The host's function as a search for a fixed point sees it: one evaluation a call, on the calling thread.</summary>
internal sealed unsafe class CallbackMap(delegate* unmanaged[Cdecl]<double*, nuint, double*, void*, int> function, int dimension, void* userData) : IFixedPointMap
{
    public int Dimension => dimension;

    public bool HasSlopes => false;

    public void Apply(ReadOnlySpan<double> x, Span<double> image)
    {
        image.Fill(double.NaN);   // what a callback leaves unset is no value
        int status;
        fixed (double* point = x, values = image)
        {
            status = function(point, (nuint)x.Length, values, userData);
        }
        if (status != 0)
        {
            InvalidInputException.Throw("fn", $"gave {status}: the map could not be evaluated");
        }
    }

    public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes) => throw new NotSupportedException();
}
