using System.Runtime.Intrinsics;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>What the coupling of loads depends on: for each user its signal, noise and demand, and what every cell would interfere with at full load.</summary>
/// <remarks>
/// Users lie side by side in blocks, four in double and eight in single precision, and within a block the cells follow each other: so sums over cells are made for a block's users at once, and a cell's
/// powers are written a vector at a time. Users are padded to a multiple of sixteen with users that ask for nothing, cells to a multiple of four with cells that are not received. The copy in single
/// precision, in units of the user's noise, is half as long to read; it serves where the digits do not reach the result. Not thread-safe.
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
        PaddedUsers = (users + 15) & ~15;
        Stride = ShiftedFactors.Stride(cells);
        SinrEfficiency = sinrEfficiency;
        _interferenceMw.Ensure(checked(PaddedUsers * Stride));
        _roughInterference.Ensure(checked(PaddedUsers * Stride / 2));
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

    /// <summary>Cells with their padding.</summary>
    public int Stride { get; }

    public double SinrEfficiency { get; }

    /// <summary>Received power by user and cell, [(user / 4 * Stride + cell) * 4 + user % 4]; 0 for the serving cell and for cells that do not interfere with the user.</summary>
    public double* InterferenceMw => _interferenceMw.Pointer;

    /// <summary>Received power of the serving cell.</summary>
    public double* SignalMw => _signalMw.Pointer;

    public double* NoiseMw => _noiseMw.Pointer;

    /// <summary>Demand over what the bandwidth carries at 1 bit/s/Hz, efficiency included: the user's load is this over log2(1 + sinr).</summary>
    public double* FullRateLoad => _fullRateLoad.Pointer;

    /// <summary>Interference over noise, [(user / 8 * Stride + cell) * 8 + user % 8].</summary>
    public float* RoughInterference => (float*)_roughInterference.Pointer;

    /// <summary>Signal times the efficiency's factor over noise.</summary>
    public float* RoughSignal => (float*)_roughSignal.Pointer;

    /// <summary><see cref="FullRateLoad"/> in single precision.</summary>
    public float* RoughLoad => (float*)_roughLoad.Pointer;

    /// <summary>0 for padding.</summary>
    public int[] ServingCell { get; }

    /// <summary>Where the numbers of the block of four begin that a user is in.</summary>
    public double* Block(int user) => InterferenceMw + (nint)(user >> 2) * Stride * 4;

    /// <summary>Brings the copy of what four users receive up to date.</summary>
    public void CopyRoughly(int firstUser)
    {
        double* from = Block(firstUser);
        float* to = RoughInterference + (nint)(firstUser >> 3) * Stride * 8 + (firstUser & 7);
        Vector256<double> perNoise = Vector256.Load(_perNoise.Pointer + firstUser), most = Vector256.Create(RatioMax);
        for (int k = 0; k < Stride; k++, from += 4, to += 8)
        {
            Vector128.Store(Narrow(Vector256.Min(Vector256.Load(from) * perNoise, most)), to);
        }
        Vector256<double> signal = Vector256.Load(SignalMw + firstUser) * Vector256.Create(SinrEfficiency) * perNoise;
        Vector128.Store(Narrow(Vector256.Max(Vector256.Min(signal, most), Vector256.Create(1 / RatioMax))), RoughSignal + firstUser);
        Vector128.Store(Narrow(Vector256.Load(FullRateLoad + firstUser)), RoughLoad + firstUser);
    }

    /// <summary>Sets what one cell would interfere with, for all users; those that it serves are to be put right afterwards.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="powerMw">By user, padding included.</param>
    public void SetInterference(int cell, double* powerMw)
    {
        double* to = InterferenceMw + cell * 4, perNoise = _perNoise.Pointer;
        float* roughTo = RoughInterference + cell * 8;
        nint step = (nint)Stride * 4, roughStep = (nint)Stride * 8;
        Vector256<double> most = Vector256.Create(RatioMax);
        for (int user = 0; user < PaddedUsers; user += 8, roughTo += roughStep)
        {
            Vector256<double> low = Vector256.Load(powerMw + user), high = Vector256.Load(powerMw + user + 4);
            Vector256.Store(low, to);
            Vector256.Store(high, to + step);
            to += 2 * step;
            Vector128.Store(Narrow(Vector256.Min(low * Vector256.Load(perNoise + user), most)), roughTo);
            Vector128.Store(Narrow(Vector256.Min(high * Vector256.Load(perNoise + user + 4), most)), roughTo + 4);
        }
    }

    /// <summary>Sets the noise that a user has.</summary>
    public void SetNoise(int user, double noiseMw)
    {
        _noiseMw.Pointer[user] = noiseMw;
        _perNoise.Pointer[user] = 1 / noiseMw;
    }

    private static Vector128<float> Narrow(Vector256<double> values) => Vector128.Narrow(values.GetLower(), values.GetUpper());

    private void Fill(ScratchBuffer buffer, double value) => new Span<double>(buffer.Ensure(PaddedUsers), PaddedUsers).Fill(value);
}
