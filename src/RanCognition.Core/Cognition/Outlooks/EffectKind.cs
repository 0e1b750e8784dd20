namespace RanCognition.Cognition.Outlooks;

/// <summary>How a metric follows from what it is when nothing is changed.</summary>
internal enum EffectKind : byte
{
    /// <summary>It does not change.</summary>
    None,

    /// <summary>It is multiplied.</summary>
    Factor,

    /// <summary>Its distance from the upper bound is multiplied.</summary>
    FactorOfRest,

    /// <summary>Something is added.</summary>
    Shift,

    /// <summary>It is what the model says.</summary>
    Level,
}
