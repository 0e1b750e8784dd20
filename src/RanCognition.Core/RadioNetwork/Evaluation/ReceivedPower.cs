using System.Runtime.Intrinsics;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Who receives what, and who is served by which cell, for the present settings of the cells.</summary>
/// <remarks>
/// A change of some cells costs what these cells cost; what comes out is the same to the last bit as if all had been computed anew, because every number is a function of the settings alone.
/// Among cells whose powers differ by less than 1e-12 the first one serves: equal sums of decibels are not exactly equal powers. Powers are kept cell by cell, since a change is of a cell, and in the
/// coupling's table user by user, since a user's choice and its interference are sums over cells. Not thread-safe.
/// </remarks>
internal sealed unsafe class ReceivedPower
{
    // More changed cells than this, and every user's choice is made anew.
    private const int FewCells = 4;

    private const double SameWithin = 1e-12, MaybeSameWithin = 1e-11;

    private readonly NetworkConstants _constants;
    private readonly LinkFactors _links;
    private readonly CellSpec[] _cells;
    private readonly int[] _sites;
    private readonly int _paddedUsers;
    private readonly ScratchBuffer _powers = new();   // mW, [cell * padded users + user], as many rows of zeros behind as make whole vectors
    private readonly ScratchBuffer _before = new();   // the column that changes
    private readonly ScratchBuffer _offsets = new();
    private readonly ScratchBuffer _references = new();
    private readonly ScratchBuffer _bestRank = new();   // largest power with its cell's offset, by user
    private readonly ScratchBuffer _bestReference = new();   // largest power of a resource element, by user
    private readonly double[] _demandMbps;
    private readonly List<int> _changed = [];
    private readonly List<int> _usersToChoose = [];

    /// <param name="constants">The model.</param>
    /// <param name="links">Its links.</param>
    /// <param name="cells">The settings, checked.</param>
    /// <param name="sites">Where each cell stands.</param>
    /// <param name="columns">Null = computed here.</param>
    public ReceivedPower(NetworkConstants constants, LinkFactors links, IReadOnlyList<CellSpec> cells, int[] sites, CellColumns? columns)
    {
        _constants = constants;
        _links = links;
        Columns = columns ?? new CellColumns(constants, links, cells.Count);
        _cells = [.. cells];
        _sites = (int[])sites.Clone();
        Table = new CouplingTable(links.Users, cells.Count, constants.Network.SinrEfficiency);
        _paddedUsers = Table.PaddedUsers;
        _powers.Ensure(checked(Table.Stride * _paddedUsers));
        _before.Ensure(_paddedUsers);
        _bestRank.Ensure(_paddedUsers);
        _bestReference.Ensure(_paddedUsers);
        _offsets.Ensure(Table.Stride);
        _references.Ensure(Table.Stride);
        _demandMbps = new double[links.Users];
        for (int user = 0; user < links.Users; user++)
        {
            _demandMbps[user] = links.Weights[user] * constants.Network.TrafficMbps;
        }
        for (int cell = 0; cell < _cells.Length; cell++)
        {
            _changed.Add(cell);
        }
        ChangeMany();
        Count();
    }

    public CouplingTable Table { get; }

    public CellColumns Columns { get; }

    /// <summary>Present settings.</summary>
    public ReadOnlySpan<CellSpec> Cells => _cells;

    /// <summary>Cells that are on.</summary>
    public int CellsOn { get; private set; }

    /// <summary>Users that ask for something and receive nothing.</summary>
    public int UsersWithoutSignal { get; private set; }

    /// <summary>Largest power of a resource element, mW, by user.</summary>
    public double* BestReferenceMw => _bestReference.Pointer;

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
            if ((!ReferenceEquals(from, to) && SolvedSetting.Differ(from, to)) || _sites[i] != sites[i])
            {
                _changed.Add(i);
            }
            _cells[i] = to;
            _sites[i] = sites[i];
        }
        if (_changed.Count == 0)
        {
            return false;
        }
        if (_changed.Count > FewCells || _constants.Carriers > 1)
        {
            ChangeMany();
        }
        else
        {
            foreach (int cell in _changed)
            {
                ChangeOne(cell);
            }
        }
        Count();
        return true;
    }

    /// <summary>Computes what is received of a cell, with its factors.</summary>
    private double* Column(int cell)
    {
        double* column = _powers.Pointer + (nint)cell * _paddedUsers;
        Columns.Received(cell, _cells[cell], _sites[cell], new Span<double>(column, _links.Users));
        _offsets.Pointer[cell] = NetworkConstants.OffsetFactor(_cells[cell].CioDb);
        _references.Pointer[cell] = _constants.ReferenceSignalFactor[_cells[cell].Carrier];
        return column;
    }

    private void ChangeMany()
    {
        foreach (int cell in _changed)
        {
            Column(cell);
        }
        double* rows = Table.InterferenceMw;
        int stride = Table.Stride;
        for (int first = 0; first < _links.Users; first += 4)
        {
            double* row = rows + (nint)first * stride;
            Transpose(first, row);
            for (int user = first; user < Math.Min(first + 4, _links.Users); user++, row += stride)
            {
                Choose(user, row);
            }
        }
    }

    /// <summary>Copies what four users receive from columns to rows.</summary>
    private void Transpose(int firstUser, double* rows)
    {
        double* column = _powers.Pointer + firstUser;
        int stride = Table.Stride;
        for (int k = 0; k < stride; k += 4, column += (nint)_paddedUsers * 4)
        {
            for (int half = 0; half < 2; half++)
            {
                double* from = column + 2 * half, to = rows + (nint)(2 * half) * stride + k;
                Vector128<double> a = Vector128.Load(from), b = Vector128.Load(from + _paddedUsers), c = Vector128.Load(from + 2 * (nint)_paddedUsers), d = Vector128.Load(from + 3 * (nint)_paddedUsers);
                Vector128.Store(Vector128.Create(a.ToScalar(), b.ToScalar()), to);
                Vector128.Store(Vector128.Create(c.ToScalar(), d.ToScalar()), to + 2);
                Vector128.Store(Vector128.Create(a.GetElement(1), b.GetElement(1)), to + stride);
                Vector128.Store(Vector128.Create(c.GetElement(1), d.GetElement(1)), to + stride + 2);
            }
        }
    }

    private void ChangeOne(int cell)
    {
        CouplingTable table = Table;
        double* before = _before.Pointer, bestRank = _bestRank.Pointer, bestReference = _bestReference.Pointer;
        new Span<double>(_powers.Pointer + (nint)cell * _paddedUsers, _paddedUsers).CopyTo(new Span<double>(before, _paddedUsers));
        Vector256<double> offsetBefore = Vector256.Create(_offsets.Pointer[cell]);
        double* power = Column(cell);
        table.SetInterference(cell, power);
        Vector256<double> offset = Vector256.Create(_offsets.Pointer[cell]), reference = Vector256.Create(_references.Pointer[cell]), maybe = Vector256.Create(1 - MaybeSameWithin);
        _usersToChoose.Clear();
        fixed (int* serving = table.ServingCell)
        {
            for (int user = 0; user < _paddedUsers; user += 4)
            {
                Vector256<double> now = Vector256.Load(power + user), then = Vector256.Load(before + user), best = Vector256.Load(bestReference + user);
                Vector256<double> limit = Vector256.Load(bestRank + user) * maybe;
                uint again = (Vector256.GreaterThanOrEqual(now * offset, limit) | Vector256.GreaterThanOrEqual(then * offsetBefore, limit) | Vector256.Equals(then * reference, best))
                    .ExtractMostSignificantBits();
                Vector256.Store(Vector256.Max(best, now * reference), bestReference + user);
                again |= Vector128.Equals(Vector128.Load(serving + user), Vector128.Create(cell)).ExtractMostSignificantBits();
                for (; again != 0; again &= again - 1)
                {
                    _usersToChoose.Add(user + System.Numerics.BitOperations.TrailingZeroCount(again));
                }
            }
        }
        foreach (int user in _usersToChoose)
        {
            if (user < _links.Users)
            {
                double* row = table.InterferenceMw + (nint)user * table.Stride;
                int own = table.ServingCell[user];
                row[own] = _powers.Pointer[(nint)own * _paddedUsers + user];
                Choose(user, row);
            }
        }
    }

    /// <summary>Chooses the cell that serves a user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="row">What it receives of every cell; becomes what interferes with it.</param>
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
        _bestRank.Pointer[user] = rank;
        _bestReference.Pointer[user] = Largest(bests);
        int serving = rank > 0 ? FirstOf(row, rank) : FirstOn();
        int carrier = _cells[serving].Carrier;
        table.ServingCell[user] = serving;
        table.SignalMw[user] = Math.Max(row[serving], CouplingTable.NoSignalMw);
        table.SetNoise(user, _constants.NoiseMw[carrier]);
        table.FullRateLoad[user] = _demandMbps[user] * _constants.LoadPerMbps[carrier];
        row[serving] = 0;
        if (_constants.Carriers > 1)
        {
            for (int k = 0; k < _cells.Length; k++)
            {
                row[k] = _cells[k].Carrier == carrier ? row[k] : 0;
            }
        }
        table.CopyRoughly(user);
    }

    private int FirstOf(double* row, double rank)
    {
        double* offsets = _offsets.Pointer;
        Vector256<double> least = Vector256.Create(rank * (1 - SameWithin));
        for (int k = 0; ; k += 4)
        {
            uint found = Vector256.GreaterThanOrEqual(Vector256.Load(row + k) * Vector256.Load(offsets + k), least).ExtractMostSignificantBits();
            if (found != 0)
            {
                return k + System.Numerics.BitOperations.TrailingZeroCount(found);
            }
        }
    }

    private int FirstOn()
    {
        int first = 0;
        for (int k = _cells.Length - 1; k >= 0; k--)
        {
            first = _cells[k].On ? k : first;
        }
        return first;
    }

    private void Count()
    {
        CellsOn = UsersWithoutSignal = 0;
        foreach (CellSpec cell in _cells)
        {
            CellsOn += cell.On ? 1 : 0;
        }
        double* signal = Table.SignalMw;
        for (int user = 0; user < _links.Users; user++)
        {
            UsersWithoutSignal += signal[user] == CouplingTable.NoSignalMw && _links.Weights[user] > 0 ? 1 : 0;
        }
    }

    private static double Largest(Vector256<double> values)
    {
        Vector128<double> pair = Vector128.Max(values.GetLower(), values.GetUpper());
        return Math.Max(pair.ToScalar(), pair.GetElement(1));
    }
}
