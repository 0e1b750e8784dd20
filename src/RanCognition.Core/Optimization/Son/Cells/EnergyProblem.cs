using RanCognition.Contracts;
using RanCognition.Optimization.Search;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>ES: which cells are on, so that the network takes least power.</summary>
/// <remarks>
/// Knobs: <c>on</c> of each cell, under the cell's name. Objective: <c>energy_w</c>, min; without a finite load vector every cell that is on counts as fully loaded. Constraints, each taken away by a limit of null:
/// <c>max_load</c> (largest load - limits.max_load, default 0.7; 1e9 without loads), <c>coverage</c> (uncovered share - that with every cell on - limits.coverage_loss, default 0.01), <c>p5_throughput</c>
/// (1 - 5th percentile of throughput / that with every cell on - limits.p5_loss, default 0.1). Where every cell on has no finite loads or no throughput, nothing can be lost against it.
/// Without max_load the constraint <c>finite_load</c> remains: 1e9 without loads, else -1.
/// </remarks>
internal sealed class EnergyProblem : CellProblem
{
    private readonly double? _maxLoad;
    private readonly double? _coverageLoss;
    private readonly double? _p5Loss;
    private readonly double _allOnUncovered;
    private readonly double? _allOnP5;
    private readonly double[] _allOnLoads;
    private readonly CellSpec[] _on;
    private readonly CellSpec[] _off;

    public EnergyProblem(OptimizationProblem problem)
        : base(problem, "ES")
    {
        _maxLoad = Limit(problem.Limits.MaxLoad, 0.7, "max_load");
        _coverageLoss = Limit(problem.Limits.CoverageLoss, 0.01, "coverage_loss");
        _p5Loss = Limit(problem.Limits.P5Loss, 0.1, "p5_loss");
        int count = PresentCells.Length;
        _on = new CellSpec[count];
        _off = new CellSpec[count];
        var variables = new DecisionVariable[count];
        for (int cell = 0; cell < count; cell++)
        {
            CellSpec present = PresentCells[cell];
            _on[cell] = present.On ? present : present with { On = true };
            _off[cell] = present.On ? present with { On = false } : present;
            variables[cell] = new DecisionVariable { Name = CellName(cell), Kind = VariableKind.Binary, Upper = 1, Initial = present.On ? 1 : 0 };
        }
        Variables = variables;
        First.Set(_on);
        _allOnUncovered = First.UncoveredShare;
        _allOnP5 = First.ThroughputMbps(0.05);
        _allOnLoads = First.IsFeasible ? First.Loads.ToArray() : new double[count];
        First.Set(PresentCells);
        List<string> constraints = [_maxLoad is null ? "finite_load" : MaxLoad];
        if (_coverageLoss is not null)
        {
            constraints.Add("coverage");
        }
        if (_p5Loss is not null)
        {
            constraints.Add("p5_throughput");
        }
        Constraints = constraints;
    }

    public override IReadOnlyList<DecisionVariable> Variables { get; }

    public override IReadOnlyList<ObjectiveSpec> Objectives { get; } = [new ObjectiveSpec("energy_w", Maximize: false)];

    public override IReadOnlyList<string> Constraints { get; }

    public override CellSpec[] CellsAt(ReadOnlySpan<double> x)
    {
        var cells = new CellSpec[x.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            cells[cell] = x[cell] > 0.5 ? _on[cell] : _off[cell];
        }
        return cells;
    }

    public override IReadOnlyList<ConfigurationChange> Actions(double[] x)
    {
        var changes = new List<ConfigurationChange>();
        for (int cell = 0; cell < x.Length; cell++)
        {
            bool isOn = x[cell] > 0.5;
            if (isOn != PresentCells[cell].On)
            {
                changes.Add(new ConfigurationChange(CellName(cell), "administrativeState", isOn ? "LOCKED" : "UNLOCKED", isOn ? "UNLOCKED" : "LOCKED"));
            }
        }
        return changes;
    }

    public override IEnumerable<Batch> FirstPhase(SearchProblem problem, Ledger ledger) =>
        new EnergyFirstPhase(problem, ledger, _allOnLoads).Run();

    protected override void Judge(RadioNetworkEvaluator evaluator, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = evaluator.EnergyW ?? FullEnergyW(evaluator.PresentCells);
        constraints[0] = !evaluator.IsFeasible ? NoLoads : _maxLoad is { } limit ? evaluator.LargestLoad - limit : -1;
        int place = 1;
        if (_coverageLoss is { } coverageLoss)
        {
            constraints[place++] = evaluator.UncoveredShare - _allOnUncovered - coverageLoss;
        }
        if (_p5Loss is { } p5Loss)
        {
            constraints[place] = (_allOnP5 > 0 ? 1 - (evaluator.ThroughputMbps(0.05) ?? 0) / _allOnP5.Value : 0) - p5Loss;
        }
    }

    private double FullEnergyW(ReadOnlySpan<CellSpec> cells)
    {
        double sum = 0;
        foreach (CellSpec cell in cells)
        {
            sum += cell.On ? Network.Energy.ActiveW + Network.Energy.LoadW : Network.Energy.SleepW;
        }
        return sum;
    }
}
