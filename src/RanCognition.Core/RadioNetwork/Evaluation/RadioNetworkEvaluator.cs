using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>What a network gives for settings of its cells. Built once for a model; a change of few cells then costs little.</summary>
/// <remarks>
/// <see cref="Set"/> takes settings over and finds the loads; what is read afterwards is computed when it is read. Searches of loads start from the base, at first the model's own settings, so that every
/// answer is a function of the model, the base and the settings, not of what was evaluated before. Not thread-safe: each thread has its own, from <see cref="CloneForThread"/>.
/// </remarks>
internal sealed unsafe partial class RadioNetworkEvaluator
{
    /// <summary>Users times cells of one network.</summary>
    public const long PairsMax = 3 * OptimizationLimits.LinksMax;

    /// <summary>The inverse of a larger network's slopes costs more than it saves.</summary>
    public const int BaseCellsMax = 600;

    private readonly NetworkConstants _constants;
    private readonly LinkFactors _links;
    private readonly CellSpec[] _initialCells;
    private readonly int[] _initialSites;
    private readonly int[] _sites;
    private readonly ReceivedPower _received;
    private readonly LoadSolver _solver;
    private readonly ScratchBuffer _rates = new();
    private readonly ScratchBuffer _gains = new();
    private WeightedPercentiles? _percentiles;
    private SolvedSetting? _base;
    private bool _hasRates;

    /// <param name="network">The model.</param>
    /// <param name="argument">Its name in messages.</param>
    public RadioNetworkEvaluator(NetworkModel network, string argument)
        : this(network, LinkTable.From(network, argument), argument)
    {
    }

    /// <param name="network">The model.</param>
    /// <param name="links">Its links.</param>
    /// <param name="argument">Its name in messages.</param>
    public RadioNetworkEvaluator(NetworkModel network, LinkTable links, string argument)
    {
        _constants = new NetworkConstants(network, argument);
        _initialCells = network.Cells is { } cells ? [.. cells] : CellPlacement.ThreeSectors(links.Sites);
        if (_initialCells.Length is < 1 or > OptimizationLimits.CellsMax)
        {
            InvalidInputException.Throw(argument + "/cells", string.Create(CultureInfo.InvariantCulture, $"has {_initialCells.Length} entries, must have 1..{OptimizationLimits.CellsMax}"));
        }
        if ((long)_initialCells.Length * links.Users > PairsMax)
        {
            InvalidInputException.Throw(argument + "/cells", string.Create(CultureInfo.InvariantCulture, $"{(long)_initialCells.Length * links.Users} pairs of users and cells, must be at most {PairsMax}"));
        }
        _initialSites = CellPlacement.Sites(_initialCells, links.Sites, argument + "/cells");
        _sites = (int[])_initialSites.Clone();
        for (int i = 0; i < _initialCells.Length; i++)
        {
            _constants.CheckCell(_initialCells[i], i);
        }
        _links = new LinkFactors(links, _constants.Antenna);
        _received = new ReceivedPower(_constants, _links, _initialCells, _sites, null);
        Coupling = new LoadCoupling(_received.Table);
        _solver = new LoadSolver(Coupling);
        Rebase();
    }

    private RadioNetworkEvaluator(RadioNetworkEvaluator other)
    {
        _constants = other._constants;
        _links = other._links;
        _initialCells = other._initialCells;
        _initialSites = other._initialSites;
        _sites = (int[])other._sites.Clone();
        _received = new ReceivedPower(_constants, _links, other._received.Cells.ToArray(), _sites, new CellColumns(other._received.Columns));
        Coupling = new LoadCoupling(_received.Table);
        _base = other._base;
        _solver = new LoadSolver(Coupling) { Base = other._solver.Base };
        Solve();
    }

    public int Cells => _initialCells.Length;

    public int Users => _links.Users;

    /// <summary>The cells of the model.</summary>
    public IReadOnlyList<CellSpec> InitialCells => _initialCells;

    /// <summary>The cells as they are set now.</summary>
    public ReadOnlySpan<CellSpec> PresentCells => _received.Cells;

    /// <summary>Share of the traffic by user; the sum is 1.</summary>
    public ReadOnlySpan<double> Weights => _links.Weights;

    /// <summary>The map from loads to loads at the present settings.</summary>
    public LoadCoupling Coupling { get; }

    /// <summary>A finite load vector exists.</summary>
    public bool IsFeasible { get; private set; }

    /// <summary>Loads by cell; meaningless when not feasible.</summary>
    public ReadOnlySpan<double> Loads => _solver.Loads;

    /// <summary>Evaluations of the coupling that the present loads took.</summary>
    public int Iterations { get; private set; }

    /// <summary>The same network with the same settings and base, for another thread.</summary>
    public RadioNetworkEvaluator CloneForThread() => new(this);

    /// <summary>Takes settings over and finds the loads.</summary>
    /// <param name="cells">One entry per cell of the model. An entry that is the same object as before is not looked at.</param>
    public void Set(IReadOnlyList<CellSpec> cells)
    {
        if (cells.Count != Cells)
        {
            InvalidInputException.Throw(_constants.Argument + "/cells", string.Create(CultureInfo.InvariantCulture, $"has {cells.Count} entries, must have one per cell, {Cells}"));
        }
        ReadOnlySpan<CellSpec> present = _received.Cells;
        for (int i = 0; i < cells.Count; i++)
        {
            if (!ReferenceEquals(cells[i], present[i]))
            {
                _constants.CheckCell(cells[i], i);
                int site = cells[i].Site ?? (int)((long)i * _links.Sites / Cells);
                if (site < 0 || site >= _links.Sites)
                {
                    CellPlacement.Sites(cells, _links.Sites, _constants.Argument + "/cells");   // names it
                }
            }
        }
        for (int i = 0; i < cells.Count; i++)
        {
            _sites[i] = cells[i].Site ?? (int)((long)i * _links.Sites / Cells);
        }
        if (_received.Set(cells, _sites))
        {
            Solve();
        }
    }

    /// <summary>Makes the present settings the base that searches of loads start from. Loads found later may then differ in their last bits.</summary>
    public void Rebase()
    {
        _base = null;
        _solver.Base = null;
        Solve();
        if (IsFeasible)
        {
            _solver.Base = Cells <= BaseCellsMax ? _solver.ToBase() : null;
            _base = new SolvedSetting(_received.Cells.ToArray(), (int[])_sites.Clone(), (double[])_solver.Loads.Clone(), Iterations);
        }
    }

    private void Solve()
    {
        _hasRates = false;
        if (_received.CellsOn == 0 || (_received.UsersWithoutSignal > 0 && _constants.Network.TrafficMbps > 0))
        {
            IsFeasible = false;
            Iterations = 0;
            return;
        }
        if (_base is not null && _base.IsFor(_received.Cells, _sites))
        {
            _base.Loads.CopyTo(_solver.Loads, 0);
            Iterations = _base.Iterations;
            IsFeasible = true;
            Coupling.Apply(_solver.Loads, _solver.Scratch);
            return;
        }
        IsFeasible = _solver.Solve();
        Iterations = _solver.Iterations;
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }
}
