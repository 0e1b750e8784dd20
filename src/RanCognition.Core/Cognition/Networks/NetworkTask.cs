namespace RanCognition.Cognition.Networks;

/// <summary>What a type of problem turns.</summary>
internal enum NetworkTask : byte
{
    /// <summary>MLB: offsets of cells.</summary>
    LoadBalancing,

    /// <summary>CCO: tilts and powers.</summary>
    Coverage,

    /// <summary>ES: which cells are on.</summary>
    EnergySaving,

    /// <summary>Tilts and powers of the neighbours of cells that are off.</summary>
    Outage,

    /// <summary>All of these.</summary>
    Any,

    /// <summary>Nothing: handovers in time, cell identities and slices are not in the model.</summary>
    None,
}
