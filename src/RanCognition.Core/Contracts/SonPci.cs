namespace RanCognition.Contracts;

/// <summary>Physical cell identities to be given to cells: which cells see each other, and which identities may be used.</summary>
/// <remarks>JSON: <c>"pci":{"cells":n,"relations":[[1,2],..],"weights"?:[..],"values":[0,1,..]|{"count":k},"present"?:[..],"confusion"?:true}</c>.</remarks>
public sealed record PciSpec
{
    /// <summary>Number of cells; null = those of the network.</summary>
    public int? Cells { get; init; }

    /// <summary>Neighbours: cells 1, 2 of the first relation, of the second, and so on; cells count from 1. Null = cells of the network that interfere strongly with each other.</summary>
    public int[]? Relations { get; init; }

    /// <summary>How much each relation counts; null = 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Identities that may be used, 0..1007; null = the first ValueCount.</summary>
    public int[]? Values { get; init; }

    /// <summary>0, 1, .. ValueCount - 1 may be used; null = all 1008. Values goes first.</summary>
    public int? ValueCount { get; init; }

    /// <summary>Identity of each cell now; null = none is set.</summary>
    public int[]? Present { get; init; }

    /// <summary>Whether two neighbours of one cell must differ too.</summary>
    public bool Confusion { get; init; } = true;
}
