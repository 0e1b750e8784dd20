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
    private readonly ScratchBuffer _roughInput = new();
    private readonly ScratchBuffer _rough = new();
    private readonly ScratchBuffer _interference = new();   // and noise, by user
    private readonly ScratchBuffer _loads = new();   // that a user causes
    private readonly ScratchBuffer _sums = new();   // of loads by cell, four parts each
    private readonly ScratchBuffer _weights = new();   // derivative of a user's load by its interference
    private readonly ScratchBuffer _sinr = new();
    private readonly ScratchBuffer _spectralEfficiency = new();

    public LoadCoupling(CouplingTable table)
    {
        Table = table;
        _input.Ensure(table.Stride);
        _roughInput.Ensure(table.Stride);
        _rough.Ensure(table.PaddedUsers);
        _interference.Ensure(table.PaddedUsers);
        _sums.Ensure(4 * table.Stride);
        _loads.Ensure(table.PaddedUsers);
        _weights.Ensure(table.PaddedUsers);
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
        Interference(Input(loads));
        Loads(result, null);
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }

    /// <summary>F(x) to about 1e-6, at less than half the cost.</summary>
    /// <param name="loads">x, none negative.</param>
    /// <param name="result">About F(x).</param>
    public void ApplyRoughly(ReadOnlySpan<double> loads, Span<double> result)
    {
        CouplingTable table = Table;
        float* x = (float*)_roughInput.Pointer, ratios = (float*)_rough.Pointer;
        for (int i = 0; i < table.Cells; i++)
        {
            x[i] = (float)loads[i];
        }
        RoughInterference(x, ratios);
        for (int user = 0; user < table.PaddedUsers; user += 8)
        {
            Vector256<float> sinr = Vector256.Load(table.RoughSignal + user) / (Vector256.Load(ratios + user) + Vector256<float>.One);
            Vector256.Store(Vector256.Load(table.RoughLoad + user) / BinaryLogarithm.OfOnePlus(sinr), ratios + user);
        }
        double* sums = _sums.Pointer;
        new Span<double>(sums, 4 * table.Cells).Clear();
        fixed (int* serving = table.ServingCell)
        {
            for (int user = 0; user < table.PaddedUsers; user += 4)
            {
                sums[4 * serving[user]] += ratios[user];
                sums[4 * serving[user + 1] + 1] += ratios[user + 1];
                sums[4 * serving[user + 2] + 2] += ratios[user + 2];
                sums[4 * serving[user + 3] + 3] += ratios[user + 3];
            }
        }
        AddSums(result);
        GC.KeepAlive(this);
    }

    /// <summary>F(x) for an x close to that of the last <see cref="Apply"/> or <see cref="ApplyNear"/>: what differs is computed in single precision, so that the error is 1e-7 of the difference.</summary>
    /// <param name="loads">x, none negative.</param>
    /// <param name="result">F(x).</param>
    public void ApplyNear(ReadOnlySpan<double> loads, Span<double> result)
    {
        CouplingTable table = Table;
        float* x = (float*)_roughInput.Pointer, ratios = (float*)_rough.Pointer;
        double* input = _input.Pointer, interference = _interference.Pointer;
        for (int i = 0; i < table.Cells; i++)
        {
            x[i] = (float)(loads[i] - input[i]);
            input[i] = loads[i];
        }
        RoughInterference(x, ratios);
        for (int user = 0; user < table.PaddedUsers; user += 4)
        {
            Vector128<float> four = Vector128.Load(ratios + user);
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(four);
            Vector256.Store(Vector256.Load(interference + user) + Vector256.Create(low, high) * Vector256.Load(table.NoiseMw + user), interference + user);
        }
        Loads(result, null);
        GC.KeepAlive(this);
    }

    /// <summary>F(x) and its slopes.</summary>
    /// <param name="loads">x, none negative.</param>
    /// <param name="result">F(x).</param>
    /// <param name="slopes">dF_i / dx_k at [i * Stride + k].</param>
    public void ApplyWithSlopes(ReadOnlySpan<double> loads, Span<double> result, double* slopes)
    {
        Interference(Input(loads));
        Loads(result, _weights.Pointer);
        Slopes(slopes);
        GC.KeepAlive(this);
    }

    /// <summary>The slopes that F has far out, and the least b with F(x) at most A x + b.</summary>
    /// <param name="slopes">A_ik at [i * Stride + k].</param>
    /// <param name="offsets">b.</param>
    public void AsymptoticSlopes(double* slopes, Span<double> offsets)
    {
        CouplingTable table = Table;
        double* weights = _weights.Pointer, constant = _loads.Pointer;
        Vector256<double> factor = Vector256.Create(Ln2 / table.SinrEfficiency), half = Vector256.Create(Ln2 / 2);
        for (int user = 0; user < table.PaddedUsers; user += 4)
        {
            Vector256<double> demand = Vector256.Load(table.FullRateLoad + user), weight = factor * demand / Vector256.Load(table.SignalMw + user);
            Vector256.Store(weight, weights + user);
            Vector256.Store(weight * Vector256.Load(table.NoiseMw + user) + half * demand, constant + user);
        }
        AddByCell(offsets);
        Slopes(slopes);
        GC.KeepAlive(this);
    }

    /// <summary>SINR by user, without the efficiency's factor.</summary>
    /// <param name="loads">x, none negative.</param>
    /// <returns>As long as the padded users.</returns>
    public double* Sinr(ReadOnlySpan<double> loads)
    {
        CouplingTable table = Table;
        Interference(Input(loads));
        double* interference = _interference.Pointer, sinr = _sinr.Pointer;
        for (int user = 0; user < table.PaddedUsers; user += 4)
        {
            Vector256.Store(Vector256.Load(table.SignalMw + user) / Vector256.Load(interference + user), sinr + user);
        }
        return sinr;
    }

    private double* Input(ReadOnlySpan<double> loads)
    {
        loads[..Table.Cells].CopyTo(new Span<double>(_input.Pointer, Table.Cells));   // the padding stays 0
        return _input.Pointer;
    }

    /// <summary>Interference and noise by user: sums over even and over odd cells, in their order.</summary>
    private void Interference(double* x)
    {
        CouplingTable table = Table;
        double* block = table.InterferenceMw, interference = _interference.Pointer, noise = table.NoiseMw;
        int stride = table.Stride;
        nint length = (nint)stride * 4;
        for (int user = 0; user < table.PaddedUsers; user += 8, block += 2 * length)
        {
            double* next = block + length;
            Vector256<double> even0 = Vector256<double>.Zero, odd0 = even0, even1 = even0, odd1 = even0;
            for (int k = 0; k < stride; k += 2)
            {
                Vector256<double> even = Vector256.Create(x[k]), odd = Vector256.Create(x[k + 1]);
                even0 += Vector256.Load(block + 4 * k) * even;
                even1 += Vector256.Load(next + 4 * k) * even;
                odd0 += Vector256.Load(block + 4 * k + 4) * odd;
                odd1 += Vector256.Load(next + 4 * k + 4) * odd;
            }
            Vector256.Store(even0 + odd0 + Vector256.Load(noise + user), interference + user);
            Vector256.Store(even1 + odd1 + Vector256.Load(noise + user + 4), interference + user + 4);
        }
    }

    /// <summary>Interference over noise by user, in single precision.</summary>
    private void RoughInterference(float* x, float* ratios)
    {
        CouplingTable table = Table;
        float* block = table.RoughInterference;
        int stride = table.Stride;
        nint length = (nint)stride * 8;
        for (int user = 0; user < table.PaddedUsers; user += 16, block += 2 * length)
        {
            float* next = block + length;
            Vector256<float> even0 = Vector256<float>.Zero, odd0 = even0, even1 = even0, odd1 = even0;
            for (int k = 0; k < stride; k += 2)
            {
                Vector256<float> even = Vector256.Create(x[k]), odd = Vector256.Create(x[k + 1]);
                even0 += Vector256.Load(block + 8 * k) * even;
                even1 += Vector256.Load(next + 8 * k) * even;
                odd0 += Vector256.Load(block + 8 * k + 8) * odd;
                odd1 += Vector256.Load(next + 8 * k + 8) * odd;
            }
            Vector256.Store(even0 + odd0, ratios + user);
            Vector256.Store(even1 + odd1, ratios + user + 8);
        }
    }

    /// <summary>Loads by cell that the interference causes; with weights also the derivative of each user's load by its interference.</summary>
    private void Loads(Span<double> result, double* weights)
    {
        CouplingTable table = Table;
        double* interference = _interference.Pointer, efficiency = _spectralEfficiency.Pointer, loads = _loads.Pointer, signal = table.SignalMw, demand = table.FullRateLoad;
        Vector256<double> factor = Vector256.Create(table.SinrEfficiency);
        for (int user = 0; user < table.PaddedUsers; user += 4)
        {
            Vector256<double> sinr = factor * Vector256.Load(signal + user) / Vector256.Load(interference + user);
            Vector256<double> bits = BinaryLogarithm.OfOnePlus(sinr);
            Vector256.Store(bits, efficiency + user);
            Vector256<double> load = Vector256.Load(demand + user) / bits;
            Vector256.Store(load, loads + user);
            if (weights is not null)
            {
                Vector256.Store(load * sinr / (bits * Vector256.Create(Ln2) * (sinr + Vector256<double>.One) * Vector256.Load(interference + user)), weights + user);
            }
        }
        AddByCell(result);
    }

    /// <summary>Sums of the users' loads by cell, in four parts, so that an addition seldom waits for the one before.</summary>
    private void AddByCell(Span<double> result)
    {
        double* loads = _loads.Pointer, sums = _sums.Pointer;
        new Span<double>(sums, 4 * Table.Cells).Clear();
        fixed (int* serving = Table.ServingCell)
        {
            for (int user = 0; user < Table.PaddedUsers; user += 4)
            {
                sums[4 * serving[user]] += loads[user];
                sums[4 * serving[user + 1] + 1] += loads[user + 1];
                sums[4 * serving[user + 2] + 2] += loads[user + 2];
                sums[4 * serving[user + 3] + 3] += loads[user + 3];
            }
        }
        AddSums(result);
    }

    private void AddSums(Span<double> result)
    {
        double* sums = _sums.Pointer;
        for (int cell = 0; cell < Table.Cells; cell++, sums += 4)
        {
            result[cell] = (sums[0] + sums[2]) + (sums[1] + sums[3]);
        }
    }

    /// <summary>Sum over each cell's users of their weights times what interferes with them.</summary>
    private void Slopes(double* slopes)
    {
        CouplingTable table = Table;
        int stride = table.Stride;
        double* weights = _weights.Pointer;
        new Span<double>(slopes, table.Cells * stride).Clear();
        fixed (int* serving = table.ServingCell)
        {
            for (int user = 0; user < table.PaddedUsers; user += 2)
            {
                double* from = table.Block(user) + (user & 3);
                double* row0 = slopes + (nint)serving[user] * stride, row1 = slopes + (nint)serving[user + 1] * stride;
                Vector256<double> weight0 = Vector256.Create(weights[user]), weight1 = Vector256.Create(weights[user + 1]);
                for (int k = 0; k < stride; k += 4, from += 16)
                {
                    Vector128<double> a = Vector128.Load(from), b = Vector128.Load(from + 4), c = Vector128.Load(from + 8), d = Vector128.Load(from + 12);
                    Vector256<double> first = Vector256.Create(Lower(a, b), Lower(c, d)), second = Vector256.Create(Upper(a, b), Upper(c, d));
                    Vector256.Store(Vector256.Load(row0 + k) + weight0 * first, row0 + k);
                    Vector256.Store(Vector256.Load(row1 + k) + weight1 * second, row1 + k);
                }
            }
        }
    }

    private static Vector128<double> Lower(Vector128<double> a, Vector128<double> b) => Vector128.Create(a.ToScalar(), b.ToScalar());

    private static Vector128<double> Upper(Vector128<double> a, Vector128<double> b) => Vector128.Create(a.GetElement(1), b.GetElement(1));
}
