namespace RanCognition.Optimization.Son;

/// <summary>Cells, the identities they may have, and what identities that go badly together cost.</summary>
/// <remarks>
/// Collision: two neighbours have the same identity. Confusion: two neighbours of one cell have. Both are forbidden. Neighbours that are equal modulo 3 send their primary synchronisation signal alike: each such
/// relation costs its weight. Each cell that gets another identity than it has costs 1 / (cells + 1), so that all of them together weigh less than one relation of weight 1.
/// </remarks>
internal sealed class PciTask
{
    /// <param name="cells">Number of cells.</param>
    /// <param name="relations">Pairs of neighbours, 0-based, each pair once.</param>
    /// <param name="weights">Cost of each pair.</param>
    /// <param name="values">Identities that may be used.</param>
    /// <param name="present">Place of each cell's identity in values, -1 = none of them or none at all; null = nothing is set yet.</param>
    /// <param name="isConfusionForbidden">Whether neighbours of one cell must differ.</param>
    public PciTask(int cells, int[] relations, double[] weights, int[] values, int[]? present, bool isConfusionForbidden)
    {
        Cells = cells;
        Relations = relations;
        Weights = weights;
        Values = values;
        Present = present;
        Neighbours = new ColourGraph(cells, relations);
        ConfusedPairs = isConfusionForbidden ? Neighbours.PairsWithCommonNeighbour() : [];
        MustDiffer = ConfusedPairs.Count == 0 ? Neighbours : new ColourGraph(cells, [.. relations, .. ConfusedPairs]);
        WeightsByCell = new double[cells][];
        for (int cell = 0; cell < cells; cell++)
        {
            WeightsByCell[cell] = new double[Neighbours.Neighbours[cell].Length];
        }
        for (int relation = 0; relation < weights.Length; relation++)
        {
            AddWeight(relations[2 * relation], relations[2 * relation + 1], weights[relation]);
            AddWeight(relations[2 * relation + 1], relations[2 * relation], weights[relation]);
        }
        ChangeCost = 1.0 / (cells + 1);
    }

    public int Cells { get; }

    public int[] Relations { get; }

    public double[] Weights { get; }

    public int[] Values { get; }

    public int[]? Present { get; }

    public ColourGraph Neighbours { get; }

    /// <summary>Pairs of cells that a third one could confuse, one after the other; empty when that is allowed.</summary>
    public List<int> ConfusedPairs { get; }

    /// <summary>Neighbours, and cells that could be confused.</summary>
    public ColourGraph MustDiffer { get; }

    /// <summary>Of each cell, the weights of its relations in the order of its neighbours.</summary>
    public double[][] WeightsByCell { get; }

    public double ChangeCost { get; }

    /// <summary>Cost of giving a cell an identity, apart from its neighbours.</summary>
    public double CostOfChange(int cell, int value) => Present is null || Present[cell] == value ? 0 : ChangeCost;

    public int Collisions(ReadOnlySpan<int> chosen) => EqualPairs(Relations, chosen);

    public int Confusions(ReadOnlySpan<int> chosen)
    {
        int count = 0;
        for (int i = 0; i < ConfusedPairs.Count; i += 2)
        {
            count += chosen[ConfusedPairs[i]] == chosen[ConfusedPairs[i + 1]] ? 1 : 0;
        }
        return count;
    }

    /// <summary>Weight of the relations whose cells are equal modulo a number.</summary>
    public double ConflictWeight(ReadOnlySpan<int> chosen, int modulus)
    {
        double sum = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            sum += Values[chosen[Relations[2 * i]]] % modulus == Values[chosen[Relations[2 * i + 1]]] % modulus ? Weights[i] : 0;
        }
        return sum;
    }

    public int ChangedCells(ReadOnlySpan<int> chosen)
    {
        int count = 0;
        for (int cell = 0; cell < Cells && Present is not null; cell++)
        {
            count += chosen[cell] == Present[cell] ? 0 : 1;
        }
        return count;
    }

    public double Cost(ReadOnlySpan<int> chosen) => ConflictWeight(chosen, 3) + ChangedCells(chosen) * ChangeCost;

    private static int EqualPairs(int[] pairs, ReadOnlySpan<int> chosen)
    {
        int count = 0;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            count += chosen[pairs[i]] == chosen[pairs[i + 1]] ? 1 : 0;
        }
        return count;
    }

    private void AddWeight(int cell, int neighbour, double weight) =>
        WeightsByCell[cell][Array.BinarySearch(Neighbours.Neighbours[cell], neighbour)] += weight;
}
