namespace RanCognition.Contracts;

/// <summary>How a message with measurements is written.</summary>
public enum MeasurementFormat : byte
{
    VesPerf3gpp,
    Ts28532Xml,
    Ts32435Xml,
    E2smKpm,
    Rows,
}

/// <summary>Samples of one metric of one managed object, times ascending.</summary>
public sealed class MeasuredSeries
{
    /// <summary>Measured entity under which it is kept; null = the report's.</summary>
    public string? NetworkId { get; init; }

    /// <summary>Managed object, as written.</summary>
    public required string ManagedObject { get; init; }

    /// <summary>Name as written, labels included; with [i] for an element of a list.</summary>
    public required string Metric { get; init; }

    /// <summary>Ends of the periods, ns since the epoch, never decreasing.</summary>
    public required ulong[] TimesNs { get; init; }

    public required double[] Values { get; init; }

    /// <summary>Key in the history.</summary>
    public string Key => ManagedObject + "/" + Metric;
}

/// <summary>Values that were not taken, for one reason.</summary>
public sealed class SkippedMeasurements
{
    /// <summary>What they are, with the first of them named.</summary>
    public required string What { get; init; }

    /// <summary>suspect, bad_time, missing_type, empty or not_a_number.</summary>
    public required string Why { get; init; }

    /// <summary>Values as written; a list is one.</summary>
    public required ulong Count { get; init; }
}

/// <summary>What was taken of a message, and what was not.</summary>
public sealed class IngestReport
{
    public required MeasurementFormat Format { get; init; }

    /// <summary>Measured entity: where the samples are kept.</summary>
    public required string NetworkId { get; init; }

    /// <summary>Distinct managed objects of which a number was taken.</summary>
    public required int Objects { get; init; }

    /// <summary>Distinct names of which a number was taken.</summary>
    public required int Metrics { get; init; }

    /// <summary>Numbers taken.</summary>
    public required ulong Samples { get; init; }

    public required IReadOnlyList<SkippedMeasurements> Skipped { get; init; }

    /// <summary>Earliest start of a period; null when nothing was taken.</summary>
    public ulong? FromNs { get; init; }

    /// <summary>Latest end of a period.</summary>
    public ulong? ToNs { get; init; }

    /// <summary>Granularity periods that were met, ascending, ns.</summary>
    public IReadOnlyList<ulong> GranularityNs { get; init; } = [];

    public IReadOnlyList<IgnoredField> Ignored { get; init; } = [];

    public ulong ExecutionTime { get; set; }
}

/// <summary>A message that was read whole.</summary>
public sealed class MeasurementBatch
{
    public required IngestReport Report { get; init; }

    public required IReadOnlyList<MeasuredSeries> Series { get; init; }
}
