using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Looks for the seasons of a series whose sampling step is unknown: significant peaks of the autocorrelation.</summary>
/// <remarks>
/// The trend is taken out and the series prewhitened by its AR(1) part, so that a random walk has no peaks; what stands far off is clipped, so that a spike
/// makes none. A season must show in at least three cycles, and at twice its length too. Keeps buffers; not thread-safe.
/// </remarks>
internal sealed unsafe class SeasonFinder
{
    private const int SeasonMin = 4, CyclesMin = 3, PointsMin = 24;

    /// <summary>Least autocorrelation that counts, and the same in its standard errors: 5 leaves 1 in 10^6 a lag by chance.</summary>
    private const double CorrelationMin = 0.1, StandardErrorsMin = 5;

    /// <summary>The shortest peak with this share of the highest one is the season; the higher one is its multiple.</summary>
    private const double FundamentalShare = 0.7;

    /// <summary>Share of the correlation that must be left at twice the season.</summary>
    private const double PersistenceMin = 0.4;
    private const double ClipDeviations = 4 * 1.4826;

    private readonly RankSelector _ranks;
    private readonly ScratchBuffer _residual = new(), _absolute = new(), _correlation = new();

    public SeasonFinder(RankSelector ranks) => _ranks = ranks;

    /// <summary>Seasons of x[0..n) in steps; 1 = none.</summary>
    public (int Season, int LongSeason) Find(double* x, int n)
    {
        if (n < PointsMin)
        {
            return (1, 1);
        }
        int lagMax = n / CyclesMin;
        double* u = _residual.Ensure(n), r = _correlation.Ensure(2 * lagMax + 4);
        int count = Prewhiten(x, n, u);
        if (count < PointsMin || !Correlate(u, count, 2 * lagMax + 2, r))
        {
            return (1, 1);
        }
        double least = Math.Max(CorrelationMin, StandardErrorsMin / Math.Sqrt(n)), best = 0;
        for (int p = SeasonMin; p <= lagMax; p++)
        {
            best = IsPeak(r, p, least) ? Math.Max(best, r[p]) : best;
        }
        if (best == 0)
        {
            return (1, 1);
        }
        int season = SeasonMin;
        while (!IsPeak(r, season, Math.Max(least, FundamentalShare * best)))
        {
            season++;
        }
        return (season, LongSeasonOf(r, season, lagMax, n));
    }

    /// <summary>The multiple of the season that correlates clearly more than the season and the multiples beside it.</summary>
    private static int LongSeasonOf(double* r, int season, int lagMax, int n)
    {
        int longSeason = 1;
        double margin = StandardErrorsMin / Math.Sqrt(n), best = r[season] + margin;
        for (int p = 2 * season; p <= lagMax; p += season)
        {
            if (r[p] > best && r[p] > r[p - season] + margin && r[p] > r[p + season] + margin)
            {
                best = r[p];
                longSeason = p;
            }
        }
        return longSeason;
    }

    private static bool IsPeak(double* r, int p, double least) =>
        r[p] >= least && r[p] > r[p - 1] && r[p] >= r[p + 1] && Math.Max(r[2 * p], Math.Max(r[2 * p - 1], r[2 * p + 1])) >= PersistenceMin * r[p];

    /// <summary>Residuals of the AR(1) fit to the detrended series, clipped and centred; returns their number, 0 when nothing varies.</summary>
    private int Prewhiten(double* x, int n, double* u)
    {
        double mean = 0, slope = 0, centre = (n - 1) / 2.0;
        for (int t = 0; t < n; t++)
        {
            mean += x[t] / n;
        }
        for (int t = 0; t < n; t++)
        {
            slope += (x[t] - mean) * (t - centre);
        }
        slope /= n * ((double)n * n - 1) / 12;
        double lagged = 0, square = 0;
        for (int t = 0; t < n; t++)
        {
            u[t] = x[t] - mean - slope * (t - centre);
            square += u[t] * u[t];
            lagged += t > 0 ? u[t] * u[t - 1] : 0;
        }
        if (!(square > 0))
        {
            return 0;
        }
        int count = n - 1;
        double phi = lagged / square;
        double* absolute = _absolute.Ensure(count);
        for (int t = 0; t < count; t++)
        {
            u[t] = u[t + 1] - phi * u[t];
            absolute[t] = Math.Abs(u[t]);
        }
        double limit = ClipDeviations * _ranks.Median(absolute, count);
        mean = 0;
        for (int t = 0; t < count; t++)
        {
            u[t] = limit > 0 ? Math.Clamp(u[t], -limit, limit) : u[t];
            mean += u[t] / count;
        }
        for (int t = 0; t < count; t++)
        {
            u[t] -= mean;
        }
        return count;
    }

    /// <summary>Autocorrelations r[0..lags]; false when nothing varies.</summary>
    private static bool Correlate(double* u, int count, int lags, double* r)
    {
        double scale = 0;
        for (int lag = 0; lag <= lags; lag++)
        {
            Vector<double> even = Vector<double>.Zero, odd = even;
            int t = 0, width = Vector<double>.Count, pairs = Math.Max(0, count - lag);
            for (; t <= pairs - 2 * width; t += 2 * width)
            {
                even = Vector.MultiplyAddEstimate(Vector.Load(u + t), Vector.Load(u + t + lag), even);
                odd = Vector.MultiplyAddEstimate(Vector.Load(u + t + width), Vector.Load(u + t + lag + width), odd);
            }
            double sum = Vector.Sum(even + odd);
            for (; t < pairs; t++)
            {
                sum += u[t] * u[t + lag];
            }
            if (lag == 0 && !(sum > 0))
            {
                return false;
            }
            scale = lag == 0 ? sum / count : scale;
            r[lag] = pairs > 0 ? sum / pairs / scale : 0;   // the mean over the pairs: long lags are not shrunk
        }
        return true;
    }
}
