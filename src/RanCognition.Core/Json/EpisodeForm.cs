namespace RanCognition.Json;

/// <summary>Where the members of an episode stand, as that decides which must, may and cannot be there.</summary>
internal enum EpisodeForm
{
    /// <summary>To be stored: null is not given, and situation or vector must be there.</summary>
    Store,

    /// <summary>Changes of one that is there: null clears.</summary>
    Update,

    /// <summary>Beside the numbers of a binary call, which it cannot repeat.</summary>
    Document,

    /// <summary>As a memory keeps it.</summary>
    Kept,
}
