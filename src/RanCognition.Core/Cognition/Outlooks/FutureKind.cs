namespace RanCognition.Cognition.Outlooks;

/// <summary>What a future rests on.</summary>
internal enum FutureKind : byte
{
    Unknown,

    /// <summary>The newest value alone.</summary>
    Present,

    /// <summary>A model's value alone.</summary>
    Model,

    /// <summary>A history.</summary>
    History,

    /// <summary>A history of counts: so many cases of so many attempts.</summary>
    Rate,
}
