using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Optimization.Son;

/// <summary>PCI: a physical cell identity for each cell so that no neighbours and no two neighbours of one cell have the same, few neighbours are equal modulo 3, and few cells change.</summary>
/// <remarks>
/// Knobs: the identity of each cell, a category. Constraints: <c>collision</c> and <c>confusion</c>, numbers of pairs. Objective: <c>pci_cost</c>, see <see cref="PciTask"/>. The identities are computed: from the present
/// ones, or those of an exact colouring, by tabu search; in small networks branch and bound proves them the best, or that there are none.
/// </remarks>
internal sealed class PciProblem : SonProblem
{
    private const int IdentitiesMax = 1008;
    private const int RelationsMax = 1_000_000;
    private const long NodeLimit = 200_000;
    private const long PricesMax = 60_000_000;   // of identities, that branch and bound may look at

    private readonly PciTask _task;
    private readonly int[]? _present;   // as the caller gave them
    private readonly int? _leastValues;

    public PciProblem(OptimizationProblem problem)
    {
        PciSpec spec = problem.Pci ?? (problem.Network is not null ? new PciSpec() : throw new InvalidInputException("problem/pci", "is required by problem_type PCI"));
        NetworkNeighbours? network = spec.Relations is null && problem.Network is not null ? new NetworkNeighbours(problem.Network, "problem/network") : null;
        int cells = network?.Cells ?? spec.Cells ?? throw new InvalidInputException("problem/pci/cells", "is required");
        if (cells is < 1 or > OptimizationLimits.VariablesMax || (spec.Cells ?? cells) != cells)
        {
            InvalidInputException.Throw("problem/pci/cells", $"must be 1..{OptimizationLimits.VariablesMax}, and as many as the network has");
        }
        int[] relations = spec.Relations ?? network?.Relations ?? throw new InvalidInputException("problem/pci/relations", "is required without a network");
        double[] weights = spec.Weights is null && network is not null ? network.Weights : CheckedWeights(spec, relations);
        (relations, weights) = OncePerPair(cells, relations, weights);
        int[] values = CheckedValues(spec);
        _present = CheckedPresent(spec, cells);
        _task = new PciTask(cells, relations, weights, values, PlacesOf(_present, values), spec.Confusion);
        int least = ExactColouring.LeastColours(_task.MustDiffer, NodeLimit, out bool isProven);
        _leastValues = isProven ? least : null;

        string[] names = new string[values.Length];
        for (int value = 0; value < values.Length; value++)
        {
            names[value] = values[value].ToString(CultureInfo.InvariantCulture);
        }
        var variables = new List<DecisionVariable>(cells);
        for (int cell = 0; cell < cells; cell++)
        {
            int place = _task.Present?[cell] ?? -1;
            variables.Add(new DecisionVariable { Name = CellName(cell), Kind = VariableKind.Category, Categories = names, Initial = place < 0 ? null : place });
        }
        Variables = variables;
        Constraints = spec.Confusion ? ["collision", "confusion"] : ["collision"];
    }

    public override IReadOnlyList<DecisionVariable> Variables { get; }

    public override IReadOnlyList<ObjectiveSpec> Objectives { get; } = [new ObjectiveSpec("pci_cost", Maximize: false)];

    public override IReadOnlyList<string> Constraints { get; }

    public override bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        int[] chosen = Chosen(x);
        objectives[0] = _task.Cost(chosen);
        constraints[0] = _task.Collisions(chosen);
        if (constraints.Length > 1)
        {
            constraints[1] = _task.Confusions(chosen);
        }
        return true;
    }

    public override SonSolution Solve()
    {
        int[] best = PciTabuSearch.Improve(_task, Start(), seed: 1);
        bool isAllowed = IsAllowed(best);
        if (!isAllowed && ExactColouring.Find(_task.MustDiffer, _task.Values.Length, NodeLimit, out int[]? colours) == true)
        {
            best = PciTabuSearch.Improve(_task, colours!, seed: 2);
            isAllowed = IsAllowed(best);
        }
        double cost = isAllowed ? _task.Cost(best) : double.PositiveInfinity;
        bool isOptimal = cost == 0;
        if (!isOptimal && PciBranchAndBound.Improve(_task, cost, PricesMax / (3L * _task.Cells * _task.Values.Length), out isOptimal) is { } better)
        {
            (best, isAllowed) = (better, true);
        }
        IReadOnlyList<string>? infeasible = isAllowed ? null : Infeasible();
        return new SonSolution
        {
            X = ToX(best),
            Bound = isAllowed && isOptimal ? _task.Cost(best) : null,
            IsOptimal = isAllowed ? isOptimal : infeasible is not null,
            InfeasibleSubset = infeasible,
        };
    }

    public override IReadOnlyList<ConfigurationChange> Actions(double[] x)
    {
        var changes = new List<ConfigurationChange>();
        for (int cell = 0; cell < x.Length; cell++)
        {
            int after = _task.Values[(int)x[cell]];
            if (_present is null)
            {
                changes.Add(new ConfigurationChange(CellName(cell), "nRPCI", null, after));
            }
            else if (_present[cell] != after)
            {
                changes.Add(new ConfigurationChange(CellName(cell), "nRPCI", _present[cell], after));
            }
        }
        return changes;
    }

    public override IReadOnlyList<KeyValuePair<string, ExpectedChange>> Expected(double[] x)
    {
        int[] after = Chosen(x);
        int[]? before = _task.Present is not null && Array.IndexOf(_task.Present, -1) < 0 ? _task.Present : null;
        return new KeyValuePair<string, ExpectedChange>[]
        {
            Change("pci_collisions", before is null ? null : _task.Collisions(before), _task.Collisions(after)),
            Change("pci_confusions", before is null ? null : _task.Confusions(before), _task.Confusions(after)),
            Change("mod3_conflicts", before is null ? null : _task.ConflictWeight(before, 3), _task.ConflictWeight(after, 3)),
            Change("mod30_conflicts", before is null ? null : _task.ConflictWeight(before, 30), _task.ConflictWeight(after, 30)),
            Change("identities_used", before is null ? null : DistinctCount(before), DistinctCount(after)),
            Change("identities_needed", _leastValues, _leastValues),
        };
    }

    /// <summary>The present identities, cells without one getting the first; without any, a colouring, or all the first.</summary>
    private int[] Start()
    {
        if (_task.Present is { } present)
        {
            int[] start = (int[])present.Clone();
            for (int cell = 0; cell < start.Length; cell++)
            {
                start[cell] = Math.Max(0, start[cell]);
            }
            return start;
        }
        return ExactColouring.Find(_task.MustDiffer, _task.Values.Length, NodeLimit, out int[]? colours) == true ? colours! : new int[_task.Cells];
    }

    private bool IsAllowed(int[] chosen) => _task.Collisions(chosen) == 0 && _task.Confusions(chosen) == 0;

    /// <summary>A smallest set of constraints for which the identities do not suffice; null = not proven.</summary>
    private string[]? Infeasible()
    {
        int count = _task.Values.Length;
        bool? collision = ExactColouring.Find(_task.Neighbours, count, NodeLimit, out _);
        if (collision == false)
        {
            return ["collision"];
        }
        bool? confusion = ExactColouring.Find(new ColourGraph(_task.Cells, _task.ConfusedPairs), count, NodeLimit, out _);
        if (confusion == false)
        {
            return ["confusion"];
        }
        bool? both = ExactColouring.Find(_task.MustDiffer, count, NodeLimit, out _);
        return collision == true && confusion == true && both == false ? ["collision", "confusion"] : null;
    }

    private int[] Chosen(ReadOnlySpan<double> x)
    {
        int[] chosen = new int[x.Length];
        for (int cell = 0; cell < x.Length; cell++)
        {
            chosen[cell] = (int)x[cell];
        }
        return chosen;
    }

    private static double[] ToX(int[] chosen)
    {
        double[] x = new double[chosen.Length];
        for (int cell = 0; cell < x.Length; cell++)
        {
            x[cell] = chosen[cell];
        }
        return x;
    }

    private int DistinctCount(int[] chosen)
    {
        bool[] isUsed = new bool[_task.Values.Length];
        int count = 0;
        foreach (int value in chosen)
        {
            count += isUsed[value] ? 0 : 1;
            isUsed[value] = true;
        }
        return count;
    }

    private static double[] CheckedWeights(PciSpec spec, int[] relations)
    {
        int count = relations.Length / 2;
        if (relations.Length % 2 != 0 || count > RelationsMax)
        {
            InvalidInputException.Throw("problem/pci/relations", $"must be pairs of cells, at most {RelationsMax}");
        }
        if (spec.Weights is null)
        {
            double[] ones = new double[count];
            Array.Fill(ones, 1);
            return ones;
        }
        if (spec.Weights.Length != count)
        {
            InvalidInputException.Throw("problem/pci/weights", "must be one per relation");
        }
        for (int i = 0; i < count; i++)
        {
            if (!(spec.Weights[i] >= 0 && spec.Weights[i] <= 1e9))
            {
                InvalidInputException.Throw($"problem/pci/weights/{i}", "must be 0..1e9");
            }
        }
        return spec.Weights;
    }

    /// <summary>Relations 0-based, each pair of cells once with the larger of its weights: relations are usually listed from both sides.</summary>
    private static (int[] Relations, double[] Weights) OncePerPair(int cells, int[] relations, double[] weights)
    {
        int[] placeOf = new int[cells * cells];   // 1-based place of a pair in the list; 0 = not there yet
        var pairs = new List<int>();
        var once = new List<double>();
        for (int i = 0; i < weights.Length; i++)
        {
            int a = relations[2 * i], b = relations[2 * i + 1];
            if (a < 1 || b < 1 || a > cells || b > cells || a == b)
            {
                InvalidInputException.Throw($"problem/pci/relations/{i}", $"must be two different cells of 1..{cells}");
            }
            ref int place = ref placeOf[(Math.Min(a, b) - 1) * cells + Math.Max(a, b) - 1];
            if (place > 0)
            {
                once[place - 1] = Math.Max(once[place - 1], weights[i]);
                continue;
            }
            place = once.Count + 1;
            pairs.Add(Math.Min(a, b) - 1);
            pairs.Add(Math.Max(a, b) - 1);
            once.Add(weights[i]);
        }
        return ([.. pairs], [.. once]);
    }

    private static int[] CheckedValues(PciSpec spec)
    {
        int[]? values = spec.Values;
        if (values is null)
        {
            int count = spec.ValueCount ?? IdentitiesMax;
            if (count is < 1 or > IdentitiesMax)
            {
                InvalidInputException.Throw("problem/pci/values/count", $"must be 1..{IdentitiesMax}");
            }
            values = new int[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = i;
            }
            return values;
        }
        if (values.Length == 0)
        {
            InvalidInputException.Throw("problem/pci/values", "is empty");
        }
        bool[] isKnown = new bool[IdentitiesMax];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is < 0 or >= IdentitiesMax)
            {
                InvalidInputException.Throw($"problem/pci/values/{i}", "must be 0..1007");
            }
            if (isKnown[values[i]])
            {
                InvalidInputException.Throw($"problem/pci/values/{i}", "is there twice");
            }
            isKnown[values[i]] = true;
        }
        return values;
    }

    private static int[]? CheckedPresent(PciSpec spec, int cells)
    {
        if (spec.Present is { } present)
        {
            if (present.Length != cells)
            {
                InvalidInputException.Throw("problem/pci/present", $"must be {cells} numbers, one per cell");
            }
            for (int cell = 0; cell < cells; cell++)
            {
                if (present[cell] is < 0 or >= IdentitiesMax)
                {
                    InvalidInputException.Throw($"problem/pci/present/{cell}", "must be 0..1007");
                }
            }
        }
        return spec.Present;
    }

    private static int[]? PlacesOf(int[]? present, int[] values)
    {
        if (present is null)
        {
            return null;
        }
        int[] places = new int[present.Length];
        for (int cell = 0; cell < places.Length; cell++)
        {
            places[cell] = Array.IndexOf(values, present[cell]);
        }
        return places;
    }
}
