using System.Runtime.Intrinsics;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Who receives what, and who is served by which cell, for the present settings of the cells.</summary>
/// <remarks>
/// A change of some cells costs what these cells cost; what comes out is the same to the last bit as if all had been computed anew, because every number is a function of the settings alone.
/// Among cells whose powers differ by less than 1e-12 the first one serves: equal sums of decibels are not exactly equal powers. Powers are kept cell by cell, since a change is of a cell, and once more in the
/// coupling's table, where those that do not interfere are 0. Not thread-safe.
/// </remarks>
internal sealed unsafe class ReceivedPower
{
    // More changed cells than this, and every user's choice is made anew.
    private const int FewCells = 4;

    // Users whose numbers are copied together: whole lines of memory are read, and what was copied is still near when it is used.
    private const int TileUsers = 64;

    private const double SameWithin = 1e-12, MaybeSameWithin = 1e-11;

    private readonly NetworkConstants _constants;
    private readonly LinkFactors _links;
    private readonly CellSpec[] _cells;
    private readonly int[] _sites;
    private readonly int _paddedUsers;
    private readonly ScratchBuffer _powers = new();   // mW, [cell * padded users + user]
    private readonly ScratchBuffer _before = new();   // the column that changes
    private readonly ScratchBuffer _offsets = new();
    private readonly ScratchBuffer _references = new();
    private readonly ScratchBuffer _bestRank = new();   // largest power with its cell's offset, by user
    private readonly ScratchBuffer _bestReference = new();   // largest power of a resource element, by user
    private readonly double[] _demandMbps;
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
        Columns = columns ?? new CellColumns(constants, links, cells.Count);
        _cells = [.. cells];
        _sites = (int[])sites.Clone();
        Table = new CouplingTable(links.Users, cells.Count, constants.Network.SinrEfficiency);
        _paddedUsers = Table.PaddedUsers;
        _powers.Ensure(checked(cells.Count * _paddedUsers));
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
        for (int first = 0; first < _links.Users; first += TileUsers)
        {
            int end = Math.Min(first + TileUsers, _paddedUsers);
            ReadTile(first, end);
            for (int user = first; user < Math.Min(end, _links.Users); user += 4)
            {
                Choose(user);
            }
        }
    }

    /// <summary>Copies what some users receive from the cells' columns.</summary>
    private void ReadTile(int firstUser, int endUser)
    {
        nint length = (nint)Table.Stride * 4;
        double* to = Table.Block(firstUser), from = _powers.Pointer + firstUser;
        for (int k = 0; k < _cells.Length; k++, to += 4, from += _paddedUsers)
        {
            double* block = to;
            for (int i = 0; i < endUser - firstUser; i += 4, block += length)
            {
                Vector256.Store(Vector256.Load(from + i), block);
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
        fixed (int* serving = table.ServingCell)
        {
            for (int user = 0; user < _links.Users; user += 4)
            {
                Vector256<double> now = Vector256.Load(power + user), then = Vector256.Load(before + user), best = Vector256.Load(bestReference + user);
                Vector256<double> limit = Vector256.Load(bestRank + user) * maybe;
                uint again = (Vector256.GreaterThanOrEqual(now * offset, limit) | Vector256.GreaterThanOrEqual(then * offsetBefore, limit) | Vector256.Equals(then * reference, best))
                    .ExtractMostSignificantBits();
                Vector256.Store(Vector256.Max(best, now * reference), bestReference + user);
                if ((again | Vector128.Equals(Vector128.Load(serving + user), Vector128.Create(cell)).ExtractMostSignificantBits()) != 0)
                {
                    for (int place = 0; place < 4; place++)
                    {
                        int own = serving[user + place];
                        table.Block(user)[4 * own + place] = _powers.Pointer[(nint)own * _paddedUsers + user + place];
                    }
                    Choose(user);
                }
            }
        }
    }

    /// <summary>Chooses the cells that serve four users.</summary>
    /// <param name="firstUser">The first of them. What they receive of every cell is in the table; it becomes what interferes with them.</param>
    private void Choose(int firstUser)
    {
        CouplingTable table = Table;
        double* block = table.Block(firstUser), offsets = _offsets.Pointer, references = _references.Pointer;
        Vector256<double> rank = Vector256<double>.Zero, best = Vector256<double>.Zero;
        for (int k = 0; k < _cells.Length; k++)
        {
            Vector256<double> power = Vector256.Load(block + 4 * k);
            rank = Vector256.Max(rank, power * Vector256.Create(offsets[k]));
            best = Vector256.Max(best, power * Vector256.Create(references[k]));
        }
        Vector256.Store(rank, _bestRank.Pointer + firstUser);
        Vector256.Store(best, _bestReference.Pointer + firstUser);
        Vector256<double> least = rank * Vector256.Create(1 - SameWithin), first = Vector256<double>.Zero;
        for (int k = _cells.Length - 1; k >= 0; k--)
        {
            Vector256<double> isEqual = Vector256.GreaterThanOrEqual(Vector256.Load(block + 4 * k) * Vector256.Create(offsets[k]), least);
            first = Vector256.ConditionalSelect(isEqual, Vector256.Create((double)k), first);
        }
        for (int place = 0; place < Math.Min(4, _links.Users - firstUser); place++)
        {
            SetServing(firstUser + place, _bestRank.Pointer[firstUser + place] > 0 ? (int)first.GetElement(place) : FirstOn(), block + place);
        }
        table.CopyRoughly(firstUser);
    }

    private void SetServing(int user, int serving, double* powers)
    {
        CouplingTable table = Table;
        int carrier = _cells[serving].Carrier;
        table.ServingCell[user] = serving;
        table.SignalMw[user] = Math.Max(powers[4 * serving], CouplingTable.NoSignalMw);
        table.SetNoise(user, _constants.NoiseMw[carrier]);
        table.FullRateLoad[user] = _demandMbps[user] * _constants.LoadPerMbps[carrier];
        powers[4 * serving] = 0;
        if (_constants.Carriers > 1)
        {
            for (int k = 0; k < _cells.Length; k++)
            {
                powers[4 * k] = _cells[k].Carrier == carrier ? powers[4 * k] : 0;
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
}
