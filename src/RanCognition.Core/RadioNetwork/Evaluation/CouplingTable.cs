using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>What the coupling of loads depends on: for each user its signal, noise and demand, and what every cell would interfere with at full load.</summary>
/// <remarks>Users are padded to a multiple of four with users that ask for nothing. Rows begin at multiples of 32 bytes. Not thread-safe.</remarks>
internal sealed unsafe class CouplingTable
{
    /// <summary>Stands for a signal that is not there, so that nothing is divided by 0; mW.</summary>
    public const double NoSignalMw = 1e-290;

    private readonly ScratchBuffer _interferenceMw = new();
    private readonly ScratchBuffer _signalMw = new();
    private readonly ScratchBuffer _noiseMw = new();
    private readonly ScratchBuffer _fullRateLoad = new();

    public CouplingTable(int users, int cells, double sinrEfficiency)
    {
        Users = users;
        Cells = cells;
        PaddedUsers = (users + 3) & ~3;
        Stride = ShiftedFactors.Stride(cells);
        SinrEfficiency = sinrEfficiency;
        _interferenceMw.Ensure(checked(PaddedUsers * Stride));
        Fill(_signalMw, 1);
        Fill(_noiseMw, 1);
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

    /// <summary>0 for padding.</summary>
    public int[] ServingCell { get; }

    private void Fill(ScratchBuffer buffer, double value) => new Span<double>(buffer.Ensure(PaddedUsers), PaddedUsers).Fill(value);
}
