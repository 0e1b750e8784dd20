namespace RanCognition.Contracts;

/// <summary>Bounds of the strange-loop core.</summary>
public static class StrangeLoopLimits
{
    /// <summary>Numbers of a fixed point.</summary>
    public const int DimensionMax = 1000;

    /// <summary>Steps of one search for a fixed point.</summary>
    public const int IterationsMax = 10_000_000;

    /// <summary>Residuals that a result shows.</summary>
    public const int HistoryMax = 1000;

    /// <summary>Steps that Anderson's method looks back.</summary>
    public const int AndersonDepthMax = 50;

    /// <summary>Bytes of one expression.</summary>
    public const int ExpressionBytesMax = 10_000;

    /// <summary>Loops that a core knows.</summary>
    public const int LoopsMax = 65_536;

    /// <summary>Metrics of a loop.</summary>
    public const int MetricsMax = 256;

    /// <summary>Experts of a loop.</summary>
    public const int ExpertsMax = 256;

    /// <summary>Changes told with one observation.</summary>
    public const int ActionsMax = 10_000;

    /// <summary>Bytes of a name of a loop, metric, expert, function, parameter or cell.</summary>
    public const int NameBytesMax = 1024;

    public const int LevelsMax = 3;

    /// <summary>Size of a number that a loop predicts or observes: its square must be one that a double can hold.</summary>
    public const double ValueMax = 1e150;

    /// <summary>Latest changes of attributes that a loop remembers.</summary>
    public const int ActionsKeptMax = 100;

    /// <summary>Changes to itself that a loop remembers of each metric.</summary>
    public const int ChangesKeptMax = 16;

    /// <summary>Commands of one request, and commands that are kept.</summary>
    public const int CommandsMax = 200_000;

    /// <summary>Parameters of all groups.</summary>
    public const int GroupParametersMax = 100_000;

    /// <summary>KPI samples of one request.</summary>
    public const int KpisMax = 1_000_000;

    /// <summary>Conflicts that one result lists.</summary>
    public const int ConflictsMax = 100_000;

    /// <summary>Control functions of a loop-gain matrix.</summary>
    public const int FunctionsMax = 200;

    /// <summary>Periods of changes.</summary>
    public const int PeriodsMax = 100_000;
}
