using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Native.Boundary;

/// <summary>The host's function as a search sees it: one point a call, on the calling thread.</summary>
internal sealed unsafe class CallbackEvaluator(delegate* unmanaged[Cdecl]<double*, nuint, double*, nuint, double*, nuint, void*, int> function, void* userData) : IEvaluator
{
    public bool IsThreadSafe => false;

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        // What a callback leaves unset is no value.
        objectives.Fill(double.NaN);
        constraints.Fill(double.NaN);
        double none = 0;
        fixed (double* point = x, values = objectives, limits = constraints)
        {
            return function(point, (nuint)x.Length, values, (nuint)objectives.Length, limits is null ? &none : limits, (nuint)constraints.Length, userData) == 0;
        }
    }

    /// <summary>The function must be there.</summary>
    public static void Check(void* function)
    {
        if (function is null)
        {
            InvalidInputException.Throw("fn", "is NULL");
        }
    }
}
