namespace RanCognition.Contracts;

/// <summary>Documented bounds of the temporal core, on its inputs and on what it keeps.</summary>
public static class TemporalLimits
{
    public const ulong ExpansionFactorMax = 1_000_000;
    public const ulong TemporalResolutionMax = 1_000_000;

    /// <summary>Longest forecast, steps.</summary>
    public const int HorizonStepsMax = 100_000;

    /// <summary>Longest look-ahead of a problem, steps; longer windows are cut and the result says so.</summary>
    public const int WindowStepsMax = 4096;

    /// <summary>Values that the scenario paths of one problem may hold (paths x steps x metrics), 64 MiB.</summary>
    public const long ScenarioValuesMax = 8L << 20;

    /// <summary>Metrics of one problem.</summary>
    public const int MetricsMax = 1024;

    /// <summary>Problems of one batch.</summary>
    public const int ProblemsMax = 100_000;

    public const int ThreadsMax = 256;

    /// <summary>Observed samples kept per series; the oldest make room.</summary>
    public const int SeriesSamplesMax = 16_384;
    public const int SeriesMax = 65_536;

    /// <summary>Observed samples kept in all, 256 MiB.</summary>
    public const long SamplesMax = 1L << 24;

    /// <summary>Longest name of a network or metric, UTF-8 bytes.</summary>
    public const int NameBytesMax = 1024;

    public static int RequireHorizon(nuint horizon, string name)
    {
        if (horizon == 0 || horizon > HorizonStepsMax)
        {
            InvalidInputException.Throw(name, $"{horizon} steps, must be 1..{HorizonStepsMax}");
        }
        return (int)horizon;
    }

    public static void RequireCoverage(double coverage, string name)
    {
        if (!(coverage > 0 && coverage < 1))
        {
            InvalidInputException.Throw(name, FormattableString.Invariant($"{coverage}, must be above 0 and below 1"));
        }
    }

    /// <summary>A factor or resolution that must be 1..max.</summary>
    public static ulong RequireCount(ulong value, ulong max, string name)
    {
        if (value == 0 || value > max)
        {
            InvalidInputException.Throw(name, $"{value}, must be 1..{max}");
        }
        return value;
    }
}
