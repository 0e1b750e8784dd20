using System.Runtime.Intrinsics;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Who receives what, and who is served by which cell, for the present settings of the cells.</summary>
/// <remarks>
/// A change of some cells costs what these cells cost; what comes out is the same to the last bit as if all had been computed anew, because every number is a function of the settings alone.
/// Among cells whose powers differ by less than 1e-12 the first one serves: equal sums of decibels are not exactly equal powers. Not thread-safe.
/// </remarks>
internal sealed unsafe class ReceivedPower
{
    private const int BlockUsers = 128;

    // More changed cells than this, and every user's choice is made anew.
    private const int FewCells = 4;

    private const double SameWithin = 1e-12, MaybeSameWithin = 1e-11;

    private readonly NetworkConstants _constants;
    private readonly LinkFactors _links;
    private readonly CellColumns _columns;
    private readonly CellSpec[] _cells;
    private readonly int[] _sites;
    private readonly ScratchBuffer? _all;   // with several carriers: what is received of every cell, interfering or not
    private readonly ScratchBuffer _offsets = new();
    private readonly ScratchBuffer _references = new();
    private readonly double[] _bestRank;   // largest power with its cell's offset, by user
    private readonly double[] _bestReference;   // largest power of a resource element, by user
    private readonly double[] _demandMbps;
    private readonly double[] _column;
    private readonly List<int> _changed = [];

    /// <param name="constants">The model.</param>
    /// <param name="links">Its links.</param>
    /// <param name="cells">The settings, checked.</param>
    /// <param name="sites">Where each cell stands.</param>
    /// <param name="columns">Null = computed here.</param>
    public ReceivedPower(NetworkConstants constants, LinkFactors links, IReadOnlyList<CellSpec> cells, int[] sites, CellColumns? columns)
    {
        _constants = constants;
        _links = links;
        _columns = columns ?? new CellColumns(constants, links, cells.Count);
        _cells = [.. cells];
        _sites = (int[])sites.Clone();
        Table = new CouplingTable(links.Users, cells.Count, constants.Network.SinrEfficiency);
        if (constants.Carriers > 1)
        {
            _all = new ScratchBuffer();
            _all.Ensure(checked(Table.PaddedUsers * Table.Stride));
        }
        _bestRank = new double[links.Users];
        _bestReference = new double[links.Users];
        _demandMbps = new double[links.Users];
        _column = new double[Math.Max(BlockUsers, links.Users)];
        new Span<double>(_offsets.Ensure(Table.Stride), Table.Stride).Clear();
        new Span<double>(_references.Ensure(Table.Stride), Table.Stride).Clear();
        for (int user = 0; user < links.Users; user++)
        {
            _demandMbps[user] = links.Weights[user] * constants.Network.TrafficMbps;
        }
        for (int cell = 0; cell < _cells.Length; cell++)
        {
            SetFactors(cell);
            _changed.Add(cell);
        }
        ChangeMany();
    }

    public CouplingTable Table { get; }

    public CellColumns Columns => _columns;

    /// <summary>Present settings.</summary>
    public ReadOnlySpan<CellSpec> Cells => _cells;

    /// <summary>Cells that are on.</summary>
    public int CellsOn { get; private set; }

    /// <summary>Users that ask for something and receive nothing.</summary>
    public int UsersWithoutSignal { get; private set; }

    /// <summary>Largest power of a resource element, mW, by user.</summary>
    public ReadOnlySpan<double> BestReferenceMw => _bestReference;

    /// <summary>Takes over settings.</summary>
    /// <param name="cells">One per cell, checked.</param>
    /// <param name="sites">Where each cell stands.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Set(IReadOnlyList<CellSpec> cells, int[] sites)
    {
        _changed.Clear();
        for (int i = 0; i < _cells.Length; i++)
        {
            CellSpec from = _cells[i], to = cells[i];
            if (ReferenceEquals(from, to) && _sites[i] == sites[i])
            {
                continue;
            }
            if (from.TiltDeg != to.TiltDeg || from.PowerDbm != to.PowerDbm || from.AzimuthDeg != to.AzimuthDeg || from.On != to.On || from.CioDb != to.CioDb || from.Carrier != to.Carrier
                || _sites[i] != sites[i])
            {
                _changed.Add(i);
            }
            _cells[i] = to;
            _sites[i] = sites[i];
        }
        if (_changed.Count > FewCells || _all is not null)
        {
            foreach (int cell in _changed)
            {
                SetFactors(cell);
            }
            ChangeMany();
        }
        else
        {
            foreach (int cell in _changed)
            {
                ChangeOne(cell);
            }
            Count();
        }
        return _changed.Count > 0;
    }

    private void SetFactors(int cell)
    {
        _offsets.Pointer[cell] = NetworkConstants.OffsetFactor(_cells[cell].CioDb);
        _references.Pointer[cell] = _constants.ReferenceSignalFactor[_cells[cell].Carrier];
    }

    private void ChangeMany()
    {
        CouplingTable table = Table;
        int stride = table.Stride;
        double* all = _all is null ? table.InterferenceMw : _all.Pointer;
        for (int first = 0; first < table.Users; first += BlockUsers)
        {
            int count = Math.Min(BlockUsers, table.Users - first);
            Span<double> received = _column.AsSpan(0, count);
            if (_all is null)
            {
                for (int user = first; user < first + count; user++)
                {
                    all[(nint)user * stride + table.ServingCell[user]] = Signal(user);
                }
            }
            foreach (int cell in _changed)
            {
                _columns.Received(cell, _cells[cell], _sites[cell], first, received);
                double* to = all + (nint)first * stride + cell;
                for (int i = 0; i < received.Length; i++, to += stride)
                {
                    *to = received[i];
                }
            }
            for (int user = first; user < first + count; user++)
            {
                Choose(user, all + (nint)user * stride);
            }
        }
        Count();
    }

    private void ChangeOne(int cell)
    {
        CouplingTable table = Table;
        int stride = table.Stride;
        double offsetBefore = _offsets.Pointer[cell];
        SetFactors(cell);
        double offset = _offsets.Pointer[cell], reference = _references.Pointer[cell];
        Span<double> received = _column.AsSpan(0, table.Users);
        _columns.Received(cell, _cells[cell], _sites[cell], 0, received);
        double* row = table.InterferenceMw;
        for (int user = 0; user < received.Length; user++, row += stride)
        {
            double power = received[user], best = _bestRank[user] * (1 - MaybeSameWithin);
            int serving = table.ServingCell[user];
            if (serving == cell)
            {
                row[cell] = power;
                Choose(user, row);
                continue;
            }
            double before = row[cell];
            row[cell] = power;
            if (power * offset >= best || before * offsetBefore >= best || before * reference == _bestReference[user])
            {
                row[serving] = Signal(user);
                Choose(user, row);
            }
            else
            {
                _bestReference[user] = Math.Max(_bestReference[user], power * reference);
            }
        }
    }

    private double Signal(int user) => Table.SignalMw[user] == CouplingTable.NoSignalMw ? 0 : Table.SignalMw[user];

    /// <summary>Chooses the cell that serves a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="row">What it receives of every cell.</param>
    private void Choose(int user, double* row)
    {
        CouplingTable table = Table;
        int stride = table.Stride;
        double* offsets = _offsets.Pointer, references = _references.Pointer;
        Vector256<double> ranks = Vector256<double>.Zero, bests = Vector256<double>.Zero;
        for (int k = 0; k < stride; k += 4)
        {
            Vector256<double> power = Vector256.Load(row + k);
            ranks = Vector256.Max(ranks, power * Vector256.Load(offsets + k));
            bests = Vector256.Max(bests, power * Vector256.Load(references + k));
        }
        double rank = Largest(ranks);
        _bestRank[user] = rank;
        _bestReference[user] = Largest(bests);
        int serving = 0;
        if (rank > 0)
        {
            Vector256<double> least = Vector256.Create(rank * (1 - SameWithin));
            for (int k = 0; ; k += 4)
            {
                uint found = Vector256.GreaterThanOrEqual(Vector256.Load(row + k) * Vector256.Load(offsets + k), least).ExtractMostSignificantBits();
                if (found != 0)
                {
                    serving = k + System.Numerics.BitOperations.TrailingZeroCount(found);
                    break;
                }
            }
        }
        else
        {
            for (int k = _cells.Length - 1; k >= 0; k--)
            {
                serving = _cells[k].On ? k : serving;
            }
        }
        int carrier = _cells[serving].Carrier;
        table.ServingCell[user] = serving;
        table.SignalMw[user] = Math.Max(row[serving], CouplingTable.NoSignalMw);
        table.NoiseMw[user] = _constants.NoiseMw[carrier];
        table.FullRateLoad[user] = _demandMbps[user] / (_constants.Network.BandwidthEfficiency * _constants.BandwidthMHz[carrier]);
        if (_all is null)
        {
            row[serving] = 0;
            return;
        }
        double* interference = table.InterferenceMw + (nint)user * stride;
        for (int k = 0; k < _cells.Length; k++)
        {
            interference[k] = k != serving && _cells[k].Carrier == carrier ? row[k] : 0;
        }
    }

    private void Count()
    {
        CellsOn = UsersWithoutSignal = 0;
        foreach (CellSpec cell in _cells)
        {
            CellsOn += cell.On ? 1 : 0;
        }
        for (int user = 0; user < Table.Users; user++)
        {
            UsersWithoutSignal += Table.SignalMw[user] == CouplingTable.NoSignalMw && _links.Weights[user] > 0 ? 1 : 0;
        }
    }

    private static double Largest(Vector256<double> values)
    {
        Vector128<double> pair = Vector128.Max(values.GetLower(), values.GetUpper());
        return Math.Max(pair.ToScalar(), pair.GetElement(1));
    }
}
