namespace RanCognition.Reporting;

/// <summary>How many points each chart may have, so that the page stays below about 2 MB however many charts it has.</summary>
internal sealed class ChartRoom
{
    /// <summary>Charts on one page; metrics beyond it have their words and tables only.</summary>
    public const int ChartsMax = 1000;

    private const int HistoryOfPage = 60_000;
    private const int ForecastOfPage = 18_000;
    private int _left = ChartsMax;
    private int _next;

    public ChartRoom(int charts)
    {
        Wanted = charts;
        var share = Math.Clamp(charts, 1, ChartsMax);
        HistoryPoints = Math.Clamp(HistoryOfPage / share, 80, 2000);
        ForecastPoints = Math.Clamp(ForecastOfPage / share, 24, 400);
    }

    /// <summary>Charts that the result has.</summary>
    public int Wanted { get; }

    public int HistoryPoints { get; }
    public int ForecastPoints { get; }

    /// <summary>Charts given out so far.</summary>
    public int Used => _next;

    /// <summary>Number of the next chart, from 1; 0 when the page has its fill.</summary>
    public int Take() => _left-- > 0 ? ++_next : 0;
}
