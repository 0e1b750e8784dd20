namespace RanCognition.Contracts;

/// <summary>A cell on the map, before and after.</summary>
public sealed record MapCell
{
    /// <summary>0-based.</summary>
    public required int Site { get; init; }

    public required double AzimuthDeg { get; init; }

    public required double TiltDegBefore { get; init; }

    public required double TiltDegAfter { get; init; }

    public required double PowerDbmBefore { get; init; }

    public required double PowerDbmAfter { get; init; }

    public required bool OnBefore { get; init; }

    public required bool OnAfter { get; init; }

    public double? LoadBefore { get; init; }

    public double? LoadAfter { get; init; }
}

/// <summary>A user on the map, before and after.</summary>
public readonly record struct MapUser(double X, double Y, double? RateMbpsBefore, double? RateMbpsAfter);

/// <summary>A network drawn: where things are, and what they give before and after.</summary>
public sealed record NetworkMap
{
    /// <summary>Users of a map at most; of more, evenly spaced ones.</summary>
    public const int UsersMax = 2000;

    public IReadOnlyList<SiteSpec> Sites { get; init; } = [];

    public IReadOnlyList<MapCell> Cells { get; init; } = [];

    public IReadOnlyList<MapUser> Users { get; init; } = [];
}
