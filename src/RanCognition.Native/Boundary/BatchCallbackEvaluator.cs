using RanCognition.Optimization.Search;

namespace RanCognition.Native.Boundary;

/// <summary>The host's function as a search sees it: all points that do not depend on each other in one call, on the calling thread.</summary>
internal sealed unsafe class BatchCallbackEvaluator(
    delegate* unmanaged[Cdecl]<double*, nuint, nuint, double*, nuint, double*, nuint, void*, int> function, void* userData, int objectiveCount, int constraintCount) : IEvaluator
{
    public bool IsThreadSafe => false;

    public bool PrefersBatches => true;

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        bool failed = false;
        EvaluateAll(x, 1, objectives, constraints, new Span<bool>(ref failed));
        return !failed;
    }

    public void EvaluateAll(ReadOnlySpan<double> x, int rows, Span<double> objectives, Span<double> constraints, Span<bool> failed)
    {
        objectives.Fill(double.NaN);
        constraints.Fill(double.NaN);
        double none = 0;
        fixed (double* points = x, values = objectives, limits = constraints)
        {
            // A call that fails says nothing of any of its points; a single point fails by NaN.
            int status = function(
                points, (nuint)rows, (nuint)(x.Length / rows), values, (nuint)objectiveCount, limits is null ? &none : limits, (nuint)constraintCount, userData);
            failed[..rows].Fill(status != 0);
        }
    }
}
