namespace RanCognition.Optimization.Search;

/// <summary>Why a run of CMA-ES ended.</summary>
internal enum CovarianceEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The values hardly differ any more.</summary>
    Range,

    /// <summary>The points hardly differ any more.</summary>
    StepSize,

    /// <summary>The best values of generations do not get better.</summary>
    Stagnation,

    /// <summary>It has contracted around a point worse than the best known.</summary>
    Hopeless,

    /// <summary>The basin it is in is known already.</summary>
    KnownBasin,

    /// <summary>The covariance has lost its meaning.</summary>
    Numeric,
}
