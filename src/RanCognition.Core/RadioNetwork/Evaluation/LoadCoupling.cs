using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>The map from loads to the loads that they cause: x -> F(x), with its slopes.</summary>
/// <remarks>
/// Siomina and Yuan, "Analysis of cell load coupling for LTE network planning and optimization" (IEEE Trans. Wireless Communications 11, 2012):
/// F_i(x) = sum over users j of cell i of d_j / (W log2(1 + e S_j / (sum_{k != i} x_k I_kj + N_j))). F is positive, increasing and concave, and its slopes fall to A_ik = sum_j d_j ln 2 I_kj / (W e S_j):
/// since 1 / ln(1 + s) is at most 1 / s + 1 / 2, F(x) is at most A x + b. Sums over users run in their order, so the bits do not depend on vectors.
/// </remarks>
internal sealed unsafe class LoadCoupling
{
    private const double Ln2 = 0.69314718055994530942;

    private readonly ScratchBuffer _input = new();
    private readonly ScratchBuffer _sinr = new();
    private readonly ScratchBuffer _spectralEfficiency = new();

    public LoadCoupling(CouplingTable table)
    {
        Table = table;
        _input.Ensure(table.Stride);
        _sinr.Ensure(table.PaddedUsers);
        _spectralEfficiency.Ensure(table.PaddedUsers);
    }

    public CouplingTable Table { get; }

    /// <summary>log2(1 + sinr) by user at the loads that <see cref="Apply"/> was last called with.</summary>
    public double* SpectralEfficiency => _spectralEfficiency.Pointer;

    /// <summary>F(x).</summary>
    /// <param name="loads">x, none negative.</param>
    /// <param name="result">F(x); may be the same as x.</param>
    public void Apply(ReadOnlySpan<double> loads, Span<double> result)
    {
        CouplingTable table = Table;
        double* x = Input(loads), row = table.InterferenceMw, efficiency = _spectralEfficiency.Pointer;
        result[..table.Cells].Clear();
        fixed (int* serving = table.ServingCell)
        fixed (double* sums = result)
        {
            Vector256<double> factor = Vector256.Create(table.SinrEfficiency);
            for (int user = 0; user < table.PaddedUsers; user += 4, row += (nint)table.Stride * 4)
            {
                Vector256<double> interference = RowProducts.Four(row, table.Stride, x) + Vector256.Load(table.NoiseMw + user);
                Vector256<double> bits = BinaryLogarithm.OfOnePlus(factor * Vector256.Load(table.SignalMw + user) / interference);
                Vector256.Store(bits, efficiency + user);
                Add(sums, serving + user, Vector256.Load(table.FullRateLoad + user) / bits);
            }
        }
    }

    /// <summary>F(x) and its slopes.</summary>
    /// <param name="loads">x, none negative.</param>
    /// <param name="result">F(x).</param>
    /// <param name="slopes">dF_i / dx_k at [i * Stride + k].</param>
    public void ApplyWithSlopes(ReadOnlySpan<double> loads, Span<double> result, double* slopes)
    {
        CouplingTable table = Table;
        int stride = table.Stride;
        double* x = Input(loads), row = table.InterferenceMw, efficiency = _spectralEfficiency.Pointer;
        result[..table.Cells].Clear();
        new Span<double>(slopes, table.Cells * stride).Clear();
        double* weights = stackalloc double[4];
        fixed (int* serving = table.ServingCell)
        fixed (double* sums = result)
        {
            Vector256<double> factor = Vector256.Create(table.SinrEfficiency);
            for (int user = 0; user < table.PaddedUsers; user += 4, row += (nint)stride * 4)
            {
                Vector256<double> interference = RowProducts.Four(row, stride, x) + Vector256.Load(table.NoiseMw + user);
                Vector256<double> sinr = factor * Vector256.Load(table.SignalMw + user) / interference;
                Vector256<double> bits = BinaryLogarithm.OfOnePlus(sinr);
                Vector256.Store(bits, efficiency + user);
                Vector256<double> load = Vector256.Load(table.FullRateLoad + user) / bits;
                Add(sums, serving + user, load);
                Vector256.Store(load * sinr / (bits * Vector256.Create(Ln2) * (sinr + Vector256<double>.One) * interference), weights);
                AddRows(slopes, serving + user, weights, row, stride);
            }
        }
    }

    /// <summary>The slopes that F has far out, and the least b with F(x) at most A x + b.</summary>
    /// <param name="slopes">A_ik at [i * Stride + k].</param>
    /// <param name="offsets">b.</param>
    public void AsymptoticSlopes(double* slopes, Span<double> offsets)
    {
        CouplingTable table = Table;
        double* row = table.InterferenceMw;
        offsets[..table.Cells].Clear();
        new Span<double>(slopes, table.Cells * table.Stride).Clear();
        double* weights = stackalloc double[4];
        fixed (int* serving = table.ServingCell)
        fixed (double* sums = offsets)
        {
            Vector256<double> factor = Vector256.Create(Ln2 / table.SinrEfficiency), half = Vector256.Create(Ln2 / 2);
            for (int user = 0; user < table.PaddedUsers; user += 4, row += (nint)table.Stride * 4)
            {
                Vector256<double> demand = Vector256.Load(table.FullRateLoad + user), weight = factor * demand / Vector256.Load(table.SignalMw + user);
                Add(sums, serving + user, weight * Vector256.Load(table.NoiseMw + user) + half * demand);
                Vector256.Store(weight, weights);
                AddRows(slopes, serving + user, weights, row, table.Stride);
            }
        }
    }

    /// <summary>SINR by user, without the efficiency's factor.</summary>
    /// <param name="loads">x, none negative.</param>
    /// <returns>As long as the padded users.</returns>
    public double* Sinr(ReadOnlySpan<double> loads)
    {
        CouplingTable table = Table;
        double* x = Input(loads), row = table.InterferenceMw, sinr = _sinr.Pointer;
        for (int user = 0; user < table.PaddedUsers; user += 4, row += (nint)table.Stride * 4)
        {
            Vector256<double> interference = RowProducts.Four(row, table.Stride, x) + Vector256.Load(table.NoiseMw + user);
            Vector256.Store(Vector256.Load(table.SignalMw + user) / interference, sinr + user);
        }
        return sinr;
    }

    private double* Input(ReadOnlySpan<double> loads)
    {
        loads[..Table.Cells].CopyTo(new Span<double>(_input.Pointer, Table.Cells));   // the padding stays 0
        return _input.Pointer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double* sums, int* serving, Vector256<double> values)
    {
        sums[serving[0]] += values.ToScalar();
        sums[serving[1]] += values.GetElement(1);
        sums[serving[2]] += values.GetElement(2);
        sums[serving[3]] += values.GetElement(3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows(double* slopes, int* serving, double* weights, double* row, int stride)
    {
        for (int i = 0; i < 4; i++, row += stride)
        {
            double* to = slopes + (nint)serving[i] * stride;
            Vector256<double> weight = Vector256.Create(weights[i]);
            for (int k = 0; k < stride; k += 4)
            {
                Vector256.Store(Vector256.Load(to + k) + weight * Vector256.Load(row + k), to + k);
            }
        }
    }
}
