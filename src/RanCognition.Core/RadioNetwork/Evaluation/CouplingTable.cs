using System.Runtime.Intrinsics;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>What the coupling of loads depends on: for each user its signal, noise and demand, and what every cell would interfere with at full load.</summary>
/// <remarks>
/// Users are padded to a multiple of eight with users that ask for nothing. Rows begin at multiples of 32 bytes. A copy in single precision, in units of the user's noise, is half as long to read; it
/// serves where the digits do not reach the result. Not thread-safe.
/// </remarks>
internal sealed unsafe class CouplingTable
{
    /// <summary>Stands for a signal that is not there, so that nothing is divided by 0; mW.</summary>
    public const double NoSignalMw = 1e-290;

    private readonly ScratchBuffer _interferenceMw = new();
    private readonly ScratchBuffer _signalMw = new();
    private readonly ScratchBuffer _noiseMw = new();
    private readonly ScratchBuffer _perNoise = new();
    private readonly ScratchBuffer _fullRateLoad = new();

    // Keeps sums in single precision finite. A network in which it matters is not solved roughly at first, but right away exactly.
    private const double RatioMax = 1e30;

    private readonly ScratchBuffer _roughInterference = new();
    private readonly ScratchBuffer _roughSignal = new();
    private readonly ScratchBuffer _roughLoad = new();

    public CouplingTable(int users, int cells, double sinrEfficiency)
    {
        Users = users;
        Cells = cells;
        PaddedUsers = (users + 7) & ~7;
        Stride = ShiftedFactors.Stride(cells);
        RoughStride = (cells + 7) & ~7;
        SinrEfficiency = sinrEfficiency;
        _interferenceMw.Ensure(checked(PaddedUsers * Stride));
        _roughInterference.Ensure(checked(PaddedUsers * RoughStride / 2));
        Fill(_roughSignal, 0);
        Fill(_roughLoad, 0);
        new Span<float>(RoughSignal, PaddedUsers).Fill(1);
        Fill(_signalMw, 1);
        Fill(_noiseMw, 1);
        Fill(_perNoise, 1);
        Fill(_fullRateLoad, 0);
        ServingCell = new int[PaddedUsers];
    }

    public int Users { get; }

    public int Cells { get; }

    public int PaddedUsers { get; }

    /// <summary>Numbers of a row of <see cref="InterferenceMw"/>.</summary>
    public int Stride { get; }

    public double SinrEfficiency { get; }

    /// <summary>Received power by user and cell, [user * Stride + cell]; 0 for the serving cell and for cells that do not interfere with the user.</summary>
    public double* InterferenceMw => _interferenceMw.Pointer;

    /// <summary>Received power of the serving cell.</summary>
    public double* SignalMw => _signalMw.Pointer;

    public double* NoiseMw => _noiseMw.Pointer;

    /// <summary>Demand over what the bandwidth carries at 1 bit/s/Hz, efficiency included: the user's load is this over log2(1 + sinr).</summary>
    public double* FullRateLoad => _fullRateLoad.Pointer;

    /// <summary>Numbers of a row of <see cref="RoughInterference"/>.</summary>
    public int RoughStride { get; }

    /// <summary>Interference over noise, [user * RoughStride + cell].</summary>
    public float* RoughInterference => (float*)_roughInterference.Pointer;

    /// <summary>Signal times the efficiency's factor over noise.</summary>
    public float* RoughSignal => (float*)_roughSignal.Pointer;

    /// <summary><see cref="FullRateLoad"/> in single precision.</summary>
    public float* RoughLoad => (float*)_roughLoad.Pointer;

    /// <summary>0 for padding.</summary>
    public int[] ServingCell { get; }

    /// <summary>Brings the copy of what a user receives up to date.</summary>
    public void CopyRoughly(int user)
    {
        double perNoise = _perNoise.Pointer[user];
        double* from = InterferenceMw + (nint)user * Stride;
        float* to = RoughInterference + (nint)user * RoughStride;
        Vector256<double> scale = Vector256.Create(perNoise), most = Vector256.Create(RatioMax);
        for (int k = 0; k < Stride; k += 4)
        {
            Vector256<double> ratio = Vector256.Min(Vector256.Load(from + k) * scale, most);
            Vector128.Store(Vector128.Narrow(ratio.GetLower(), ratio.GetUpper()), to + k);
        }
        RoughSignal[user] = (float)Math.Clamp(SignalMw[user] * SinrEfficiency * perNoise, 1 / RatioMax, RatioMax);
        RoughLoad[user] = (float)FullRateLoad[user];
    }

    /// <summary>Sets what one cell would interfere with all users that another cell serves.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="powerMw">By user.</param>
    public void SetInterference(int cell, double* powerMw)
    {
        double* to = InterferenceMw + cell, perNoise = _perNoise.Pointer;
        float* roughTo = RoughInterference + cell;
        int stride = Stride, roughStride = RoughStride;
        fixed (int* serving = ServingCell)
        {
            for (int user = 0; user < Users; user++, to += stride, roughTo += roughStride)
            {
                double power = serving[user] == cell ? 0 : powerMw[user];
                *to = power;
                double ratio = power * perNoise[user];
                *roughTo = (float)(ratio < RatioMax ? ratio : RatioMax);
            }
        }
    }

    /// <summary>Sets the noise that a user has.</summary>
    public void SetNoise(int user, double noiseMw)
    {
        _noiseMw.Pointer[user] = noiseMw;
        _perNoise.Pointer[user] = 1 / noiseMw;
    }

    private void Fill(ScratchBuffer buffer, double value) => new Span<double>(buffer.Ensure(PaddedUsers), PaddedUsers).Fill(value);
}
