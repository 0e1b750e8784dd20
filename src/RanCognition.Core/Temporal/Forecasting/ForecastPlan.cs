namespace RanCognition.Temporal.Forecasting;

/// <summary>Seasons and rolling origins of one problem.</summary>
internal sealed class ForecastPlan
{
    /// <summary>Rolling origins at most; the end of the history comes on top.</summary>
    public const int RollingMax = 16;
    private const int HistoryBeforeOriginMin = 20;
    private const int SeasonStepsMin = 4;
    private const double SeasonRoundingMax = 0.02;

    /// <summary>Series with more steps a season are averaged to at least 24 blocks a season for the regressions.</summary>
    private const int StepsWithoutBlocksMax = 72;

    private static ReadOnlySpan<double> CalendarSeconds => [86400.0, 604800.0, 31557600.0];

    /// <summary>Short and long season in steps; 1 = none.</summary>
    public int Season { get; private set; } = 1;
    public int LongSeason { get; private set; } = 1;

    /// <summary>Steps a block of the regressions; 1 = no blocks.</summary>
    public int Block { get; private set; } = 1;

    /// <summary>Origins, oldest first; the last is the end of the history.</summary>
    public int[] Origins { get; } = new int[RollingMax + 1];
    public int OriginCount { get; private set; }

    /// <summary>Origins with known actuals.</summary>
    public int RollingCount => OriginCount - 1;

    public void SetSeasons(int season, int longSeason)
    {
        Season = season;
        LongSeason = longSeason;
        Block = BlockOf(season);
    }

    /// <summary>Day, week and year as whole numbers of steps that were seen twice; the first two of them.</summary>
    public void SetCalendarSeasons(double stepSeconds, int n)
    {
        int found = 0, first = 1, second = 1;
        foreach (double seconds in CalendarSeconds)
        {
            double p = seconds / stepSeconds, q = Math.Round(p);
            if (found < 2 && q >= SeasonStepsMin && Math.Abs(p - q) / p < SeasonRoundingMax && n >= 2 * q)
            {
                if (found++ == 0)
                {
                    first = (int)q;
                }
                else
                {
                    second = (int)q;
                }
            }
        }
        SetSeasons(first, second);
    }

    /// <summary>Origins spaced 5/12 of the horizon, so that they do not line up with the season.</summary>
    public void SetOrigins(int n, int h)
    {
        int m = Season, spacing = (int)Math.Max(1, Math.Round(h * 5 / 12.0));
        if (Block > 1)
        {
            spacing = Math.Max(Block, spacing / Block * Block);
            if (spacing == m)
            {
                spacing -= Block;
            }
        }
        else if (spacing == m)
        {
            spacing++;
        }
        int need = HistoryBeforeOriginMin;
        if (m > 1)
        {
            need = Math.Max(need, Math.Max(3 * m, n >= 2.5 * LongSeason + h ? 2 * LongSeason : 2 * m));
        }
        int rolling = 0;
        while (rolling < RollingMax && n - h - rolling * spacing >= need)
        {
            rolling++;
        }
        for (int j = 0; j < rolling; j++)
        {
            Origins[rolling - 1 - j] = n - h - j * spacing;
        }
        Origins[rolling] = n;
        OriginCount = rolling + 1;
    }

    private static int BlockOf(int m)
    {
        if (m <= StepsWithoutBlocksMax)
        {
            return 1;
        }
        int g = m / 24;
        while (m % g != 0)
        {
            g--;
        }
        return g;
    }
}
