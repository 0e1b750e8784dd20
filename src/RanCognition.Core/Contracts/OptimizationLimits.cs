namespace RanCognition.Contracts;

/// <summary>Bounds of the optimization core.</summary>
public static class OptimizationLimits
{
    /// <summary>Variables of one problem.</summary>
    public const int VariablesMax = 1024;

    /// <summary>Levels of one stepped, ordered or category variable.</summary>
    public const int LevelsMax = 1 << 20;

    public const int ObjectivesMax = 8;

    public const int ConstraintsMax = 256;

    public const ulong EvaluationsMax = 1UL << 40;

    /// <summary>Points that a problem gives as starts.</summary>
    public const int StartsMax = 1024;

    /// <summary>Points of one tell.</summary>
    public const int TellRowsMax = 1 << 20;

    /// <summary>Entries of a trace.</summary>
    public const int TraceMax = 1000;

    /// <summary>Points kept of a Pareto front.</summary>
    public const int FrontMax = 2000;

    public const int NameBytesMax = 1024;

    public const int ThreadsMax = 1024;

    public const int SitesMax = 1000;

    public const int CellsMax = 1000;

    public const int UsersMax = 100_000;

    /// <summary>Users times sites of one network.</summary>
    public const long LinksMax = 20_000_000;

    /// <summary>Size of any level or ratio in dB or dBm: its linear value stays far within a double.</summary>
    public const double DecibelsMax = 1000;

    /// <summary>Size of a coordinate, m.</summary>
    public const double CoordinateMax = 1e7;

    /// <summary>Elements of an antenna's column.</summary>
    public const int AntennaRowsMax = 1024;

    public const int CarriersMax = 64;

    /// <summary>Neighbour relations of cells.</summary>
    public const int RelationsMax = 1 << 20;

    /// <summary>Largest physical cell identity.</summary>
    public const int PciMax = 1007;

    public const int SlicesMax = VariablesMax;

    /// <summary>Users whose movement a problem gives or has made.</summary>
    public const int TracesMax = 10_000;

    /// <summary>Samples times cells of one user's movement.</summary>
    public const int TraceNumbersMax = 20_000_000;
}
