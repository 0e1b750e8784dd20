using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Looks for the seasons of a series whose sampling step is unknown: periods whose phase means explain more variance than chance does.</summary>
/// <remarks>
/// The series is folded twice: as it is, and whitened by the AR(1) part of what the first period leaves, so that neither a random walk makes seasons nor a
/// strong smooth season hides itself. Keeps buffers; not thread-safe.
/// </remarks>
internal sealed unsafe class SeasonFinder
{
    private const int PointsMin = 24;

    /// <summary>A season must be this improbable, in normal scores: about 1e-6 a period that is tried.</summary>
    private const double ScoreMin = 5.5;

    /// <summary>A multiple that explains more than its part with this score is no mere repetition of it.</summary>
    private const double RepetitionScoreMax = 3.5;

    /// <summary>
    /// Of two nested seasons, the short one must fit this often into the long one, bear this share of the energy, and more of it for each of its phases by
    /// this factor; else the long one is the only season.
    /// </summary>
    private const int NestedCyclesMin = 4;
    private const double NestedShareMin = 0.2, NestedDensityMin = 2;

    /// <summary>Harmonics that settle which of the periods side by side it is, and the noise energy that each must rise above.</summary>
    private const int HarmonicsMax = 16;
    private const double HarmonicNoise = 6;
    private const int RefineMax = 16;

    /// <summary>Advantage of usual seasons where the data hardly tell neighbours apart, in units of the noise: 20 to 1.</summary>
    private const double CalendarBonus = 6;

    /// <summary>Least t of the likeness of the cycles; a few cycles cannot show more than the lower one.</summary>
    private const double RepetitionMin = 5, RepetitionOfFewMin = 3;
    private const int FewCycles = 5;

    /// <summary>Days, weeks and years in steps of a minute to a month.</summary>
    private static ReadOnlySpan<int> CalendarSeasons => [7, 12, 24, 48, 52, 96, 144, 168, 288, 336, 365, 672, 1008, 1440, 2016];

    private readonly PeriodFolds _folds;
    private readonly ScratchBuffer _waves = new();
    private int _n;

    public SeasonFinder(SimdOps simd, RankSelector ranks) => _folds = new PeriodFolds(simd, ranks);

    /// <summary>Seasons of x[0..n) in steps; 1 = none.</summary>
    public (int Season, int LongSeason) Find(double* x, int n)
    {
        _n = n;
        if (n < PointsMin || !_folds.Load(x, n) || !_folds.FoldAll(0) || !_folds.FoldAll(_folds.CorrelationWithout(Refine(_folds.Strongest()))))
        {
            return (1, 1);
        }
        int p = Refine(_folds.Strongest());
        if (_folds.Score(p) < ScoreMin || !Repeats(p))
        {
            return (1, 1);
        }
        (int season, int longSeason) = Nested(p);
        return (season, longSeason > 1 ? longSeason : LongSeasonOf(season));
    }

    private bool Repeats(int p) => _folds.Repetition(p) >= (_n / p <= FewCycles ? RepetitionOfFewMin : RepetitionMin);

    /// <summary>
    /// Folding hardly tells a smooth season from its neighbours when there are few cycles; the energy of its strong harmonics does. What even that leaves open
    /// is decided for a season of the calendar.
    /// </summary>
    private int Refine(int p)
    {
        int reach = Math.Min(RefineMax, 1 + p * p / (2 * _n)), best = p;
        double noise = _folds.Noise(p), most = double.NegativeInfinity;
        for (int q = Math.Max(PeriodFolds.PeriodMin, p - reach); q <= Math.Min(_folds.PeriodMax, p + reach); q++)
        {
            double energy = HarmonicEnergy(q, noise) + (CalendarSeasons.Contains(q) ? CalendarBonus * noise : 0);
            if (energy > most)
            {
                (best, most) = (q, energy);
            }
        }
        return best;
    }

    /// <summary>Energy above the noise of the harmonics of a period.</summary>
    private double HarmonicEnergy(int p, double noise)
    {
        _folds.Fold(p);
        double* sums = _folds.Sums, cosine = _waves.Ensure(2 * p), sine = cosine + p;
        for (int j = 0; j < p; j++)
        {
            (sine[j], cosine[j]) = Math.SinCos(2 * Math.PI * j / p);
        }
        double energy = 0;
        for (int h = 1; h <= Math.Min(HarmonicsMax, p / 2); h++)
        {
            double a = 0, b = 0;
            for (int j = 0, k = 0; j < p; j++)
            {
                a += sums[j] * cosine[k];
                b += sums[j] * sine[k];
                k += h;
                k -= k >= p ? p : 0;
            }
            if (2.0 / _n * (a * a + b * b) > HarmonicNoise * noise)
            {
                energy += Math.Max(0, (2 * h == p ? a * a / _n : FittedEnergy(p, h, a, b, cosine, sine)) - HarmonicNoise * noise);
            }
        }
        return energy;
    }

    /// <summary>
    /// Energy of a least-squares fit of one harmonic beside a level and a trend, from its products a, b with the series. Where the cycles are few and the last
    /// is not whole, the sum of squares alone would favour wrong periods.
    /// </summary>
    private double FittedEnergy(int p, int h, double a, double b, double* cosine, double* sine)
    {
        double cc = 0, ss = 0, cs = 0, c1 = 0, s1 = 0, ct = 0, st = 0, trend = _n * ((double)_n * _n - 1) / 12;
        for (int j = 0, k = 0; j < p; j++)
        {
            double count = _n / p + (j < _n % p ? 1 : 0), time = count * (j - (_n - 1) / 2.0 + p * (count - 1) / 2), c = cosine[k], s = sine[k];
            cc += count * c * c;
            ss += count * s * s;
            cs += count * c * s;
            c1 += count * c;
            s1 += count * s;
            ct += time * c;
            st += time * s;
            k += h;
            k -= k >= p ? p : 0;
        }
        cc -= c1 * c1 / _n + ct * ct / trend;
        ss -= s1 * s1 / _n + st * st / trend;
        cs -= c1 * s1 / _n + ct * st / trend;
        return (a * a * ss - 2 * a * b * cs + b * b * cc) / (cc * ss - cs * cs);
    }

    /// <summary>The period found may be a multiple of the season, or a week that holds days.</summary>
    private (int Season, int LongSeason) Nested(int p)
    {
        int inner = 1;
        double excess = Excess(p, p), highest = ScoreMin;
        for (int q = PeriodFolds.PeriodMin; q <= p / 2; q++)
        {
            if (p % q != 0 || _folds.Score(q) < ScoreMin)
            {
                continue;
            }
            if (_folds.Score(p, q) < RepetitionScoreMax)
            {
                return (q, 1);
            }
            double share = Excess(q, p) / excess;
            if (p / q >= NestedCyclesMin && share * (p - 1) >= NestedDensityMin * (q - 1) && share >= NestedShareMin && _folds.Score(q) > highest)
            {
                inner = q;
                highest = _folds.Score(q);
            }
        }
        return inner > 1 ? (inner, p) : (p, 1);
    }

    /// <summary>Energy that the phase means of q explain beyond what noise would, when the period is p.</summary>
    private double Excess(int q, int p) => _folds.Energy(q) - (q - 1) * _folds.Noise(p);

    /// <summary>The multiple of the season that explains most on top of it.</summary>
    private int LongSeasonOf(int season)
    {
        int best = 1;
        double highest = ScoreMin;
        for (int p = 2 * season; p <= _folds.PeriodMax; p += season)
        {
            double score = _folds.Score(p, season);
            if (score > highest)
            {
                (best, highest) = (p, score);
            }
        }
        if (best == 1)
        {
            return 1;
        }
        _folds.RemoveMeans(season);
        return Repeats(best) ? best : 1;
    }
}
