namespace RanCognition.Cognition.Outlooks;

/// <summary>How the object of a metric lies to a changed object.</summary>
internal enum Nearness : byte
{
    /// <summary>The change does not reach it.</summary>
    None,

    /// <summary>It is the changed object.</summary>
    Own,

    /// <summary>It is a relation from the changed cell.</summary>
    Source,

    /// <summary>It is touched: the other end, a cell of a changed relation, or the whole network.</summary>
    Near,
}
