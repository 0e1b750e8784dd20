using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Loads of a setting and the inverse of I - slopes there: where searches near it start.</summary>
/// <remarks>Not changed once it is made, so threads may share it.</remarks>
internal sealed unsafe class SolvedBase
{
    private readonly ScratchBuffer _inverse = new();

    public SolvedBase(double[] loads)
    {
        Loads = (double[])loads.Clone();
        _inverse.Ensure(loads.Length * ShiftedFactors.Stride(loads.Length));
    }

    public double[] Loads { get; }

    /// <summary>Rows padded to whole vectors of four.</summary>
    public double* Inverse => _inverse.Pointer;
}
