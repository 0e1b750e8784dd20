namespace RanCognition.Memory.Index;

/// <summary>What a search looked at; a search adds to it.</summary>
internal struct SearchCounts
{
    /// <summary>Rows that were selected and have a vector.</summary>
    public long Scanned;

    /// <summary>Rows among them whose distance was estimated from their byte codes: the coarse codes could not rule them out.</summary>
    public long Estimated;

    /// <summary>Rows whose exact distance was computed: the bounds could not rule them out.</summary>
    public long Reranked;
}
