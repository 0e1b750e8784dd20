using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>MLB: cell individual offsets that move users to other cells, so that the largest load is small.</summary>
/// <remarks>
/// Knobs: <c>cio_db</c> of each cell, under the cell's name, out of limits.cio_values (default -6, -4, .. 6 dB). Objective: <c>max_load</c>, the largest load, min. Constraint: <c>max_load</c>: largest load -
/// limits.max_load where that is given, else 0; 1e9 without a finite load vector, where the objective is 1e9 too.
/// </remarks>
internal sealed class LoadBalancingProblem : CellProblem
{
    private static readonly double[] DefaultCioDb = [-6, -4, -2, 0, 2, 4, 6];

    private readonly double? _maxLoad;

    public LoadBalancingProblem(OptimizationProblem problem)
        : base(problem, "MLB")
    {
        _maxLoad = Limit(problem.Limits.MaxLoad, null, "max_load");
        IReadOnlyList<double> values = problem.Limits.CioValues ?? DefaultCioDb;
        CheckValues(values);
        var variables = new DecisionVariable[PresentCells.Length];
        for (int cell = 0; cell < variables.Length; cell++)
        {
            double present = PresentCells[cell].CioDb;
            variables[cell] = new DecisionVariable { Name = CellName(cell), Kind = VariableKind.Ordered, Values = values, Initial = Contains(values, present) ? present : null };
        }
        Variables = variables;
    }

    public override IReadOnlyList<DecisionVariable> Variables { get; }

    public override IReadOnlyList<ObjectiveSpec> Objectives { get; } = [new ObjectiveSpec(MaxLoad, Maximize: false)];

    public override IReadOnlyList<string> Constraints { get; } = [MaxLoad];

    public override CellSpec[] CellsAt(ReadOnlySpan<double> x)
    {
        var cells = new CellSpec[x.Length];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            CellSpec present = PresentCells[cell];
            cells[cell] = present.CioDb == x[cell] ? present : present with { CioDb = x[cell] };
        }
        return cells;
    }

    public override IReadOnlyList<ConfigurationChange> Actions(double[] x)
    {
        var changes = new List<ConfigurationChange>();
        for (int cell = 0; cell < x.Length; cell++)
        {
            double present = PresentCells[cell].CioDb;
            if (x[cell] != present)
            {
                changes.Add(new ConfigurationChange(CellName(cell), "cellIndividualOffset", present, x[cell]));
            }
        }
        return changes;
    }

    protected override void Judge(RadioNetworkEvaluator evaluator, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = evaluator.IsFeasible ? evaluator.LargestLoad : NoLoads;
        constraints[0] = !evaluator.IsFeasible ? NoLoads : _maxLoad is { } limit ? evaluator.LargestLoad - limit : 0;
    }

    private static bool Contains(IReadOnlyList<double> values, double value)
    {
        foreach (double other in values)
        {
            if (other == value)
            {
                return true;
            }
        }
        return false;
    }

    private static void CheckValues(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            InvalidInputException.Throw("problem/limits/cio_values", "is empty");
        }
        for (int i = 0; i < values.Count; i++)
        {
            if (!(Math.Abs(values[i]) <= 1000))
            {
                InvalidInputException.Throw($"problem/limits/cio_values/{i}", "must be within 1000 dB");
            }
        }
    }
}
