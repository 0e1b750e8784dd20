namespace RanCognition.Temporal.Patterns;

/// <summary>What makes a point stand out.</summary>
public enum AnomalyKind
{
    /// <summary>Nothing does.</summary>
    None,

    /// <summary>The values are above what the same time of earlier days leads to expect.</summary>
    Up,

    /// <summary>The values are below it.</summary>
    Down,

    /// <summary>One step is larger than usual, whatever the level.</summary>
    Jump,

    /// <summary>The same value repeats longer than it ever did.</summary>
    Flatline,
}
