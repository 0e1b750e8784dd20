using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>
/// Forecasts a regular series: eleven cheap members on one transformed scale, a trimmed mean weighted by rolling-origin errors, and a conformal interval from
/// the same backtest. One setting serves every series.
/// </summary>
/// <remarks>
/// Keeps its workspaces, so a warm call allocates only its result. Not thread-safe: use one instance a thread. The same input gives the same output.
/// </remarks>
public sealed unsafe class Forecaster
{
    /// <summary>Points of the history used; older ones are left out.</summary>
    public const int HistoryMax = 4096;

    /// <summary>Leads one call can forecast.</summary>
    public const int HorizonMax = 100_000;

    /// <summary>With fewer points the last value is all there is to say.</summary>
    private const int EnsemblePointsMin = 12;

    /// <summary>Half width of the fall-back interval in standard deviations, at coverage 0.95.</summary>
    private const double FallbackWidth = 2.2;
    private const double LargestFinite = 1.7e308;
    private const double LatticeSlack = 1e-9;

    private readonly SimdOps _simd;
    private readonly RankSelector _ranks;
    private readonly SeriesInput _input = new();
    private readonly ForecastPlan _plan = new();
    private readonly SpikeCleaner _cleaner;
    private readonly SeasonFinder _seasons;
    private readonly BlockRegressions _regressions;
    private readonly SmoothingMembers _smoothing = new();
    private readonly IntervalModel _interval;
    private readonly ScratchBuffer _transformed = new(), _cleaned = new(), _members = new(), _combined = new(), _actuals = new(), _transformedActuals = new();

    /// <param name="simd">Kernels to use; they differ in speed alone.</param>
    public Forecaster(SimdOps simd)
    {
        _simd = simd;
        _ranks = new RankSelector(simd);
        _interval = new IntervalModel(simd);
        _cleaner = new SpikeCleaner(_ranks);
        _seasons = new SeasonFinder(simd, _ranks);
        _regressions = new BlockRegressions(simd);
    }

    /// <summary>Forecasts the next <paramref name="horizon"/> values.</summary>
    /// <param name="values">History, oldest first; values that are not finite are missing.</param>
    /// <param name="stepSeconds">Sampling step in seconds, from which the calendar seasons follow; 0 = unknown, then a season is looked for in the data.</param>
    /// <param name="horizon">Leads wanted, 1 to <see cref="HorizonMax"/>.</param>
    /// <param name="coverage">Share of outcomes that the interval is to hold, between 0 and 1, both excluded.</param>
    /// <param name="effort">Share of the member pool to use, 0 to 1; 0 still uses four members.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ForecastResult Forecast(ReadOnlySpan<double> values, double stepSeconds, int horizon, double coverage = 0.95, double effort = 1.0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(horizon, HorizonMax);
        Check(double.IsFinite(stepSeconds) && stepSeconds >= 0, nameof(stepSeconds));
        Check(coverage > 0 && coverage < 1, nameof(coverage));
        Check(effort >= 0 && effort <= 1, nameof(effort));

        _input.Load(values);
        if (_input.Count == 0)
        {
            return new ForecastResult(_simd, new IntervalSource())
            {
                Horizon = horizon,
                Coverage = coverage,
                Mean = new double[horizon],
                Lower = new double[horizon],
                Upper = new double[horizon],
            };
        }
        SetSeasons(stepSeconds);
        _input.Fill(_plan.Season, _plan.LongSeason);
        return _input.Count < EnsemblePointsMin ? FromLastValue(horizon, coverage) : FromEnsemble(horizon, coverage, effort);
    }

    /// <summary>From the calendar when the step is known, else from the data on the scale the members will use.</summary>
    private void SetSeasons(double stepSeconds)
    {
        if (stepSeconds > 0)
        {
            _plan.SetCalendarSeasons(stepSeconds, _input.Count);
            return;
        }
        _input.Fill(1, 1);
        int n = _input.Count;
        double* x = _transformed.Ensure(n);
        (double least, double most) = _simd.Range(new ReadOnlySpan<double>(_input.Filled, n));
        ValueTransform.Apply(ValueTransform.Choose(_input.Filled, n, least, most, _ranks), _input.Filled, n, x);
        (int season, int longSeason) = _seasons.Find(x, n);
        _plan.SetSeasons(season, longSeason);
    }

    private ForecastResult FromLastValue(int horizon, double coverage)
    {
        var centre = new double[horizon];
        Array.Fill(centre, _input.Filled[_input.Count - 1]);
        return Finish(new ForecastResult(_simd, Uncertainty(centre, 0, false))
        {
            Horizon = horizon,
            Coverage = coverage,
            Mean = new double[horizon],
            Lower = new double[horizon],
            Upper = new double[horizon],
            Season = _plan.Season,
            LongSeason = _plan.LongSeason,
            HistoryUsed = _input.Count,
            Model = "last_value",
        });
    }

    private ForecastResult FromEnsemble(int horizon, double coverage, double effort)
    {
        int n = _input.Count, h = horizon;
        double* v = _input.Filled, x = _transformed.Ensure(n), cleaned = _cleaned.Ensure(n);
        _plan.SetOrigins(n, h);
        (double least, double most) = _simd.Range(new ReadOnlySpan<double>(v, n));
        var transform = ValueTransform.Choose(v, n, least, most, _ranks);
        ValueTransform.Apply(transform, v, n, x);
        _cleaner.Clean(x, n, _plan.Season, cleaned);

        int rolling = _plan.RollingCount, total = rolling * h, all = total + h;
        uint used = Members.ForEffort(effort);
        int count = Members.CountOf(used), stride = (all + 7) / 8 * 8;
        double* room = _members.Ensure(checked(count * stride));
        double** places = stackalloc double*[Members.Count], members = stackalloc double*[Members.Count];
        for (int i = 0, next = 0; i < Members.Count; i++)
        {
            places[i] = (used >> i & 1) != 0 ? members[next] = room + (nint)next++ * stride : null;
        }
        ForecastMembers(cleaned, n, h, places);

        int known = LoadActuals(x, h);
        double[] errors = new double[count], weights = new double[count];
        (least, most) = _simd.Range(new ReadOnlySpan<double>(x, n));
        for (int i = 0; i < count; i++)
        {
            MemberCombiner.Sanitize(members[i], x, _plan, h, least, most);
            errors[i] = known > 0 ? MemberCombiner.MeanError(_simd, members[i], _transformedActuals.Pointer, total, known) : 1;
        }
        MemberCombiner.Weigh(errors, weights);
        double* combined = _combined.Ensure(all);
        MemberCombiner.Combine(members, weights, all, combined);
        ValueTransform.Invert(transform, combined, all);

        bool hasErrors = rolling >= IntervalModel.OriginsMin && known >= IntervalModel.ErrorsMin;
        double* f = combined + total;
        var result = new ForecastResult(_simd, Uncertainty(new ReadOnlySpan<double>(f, h).ToArray(), known, hasErrors))
        {
            Horizon = h,
            Coverage = coverage,
            Mean = new double[h],
            Lower = new double[h],
            Upper = new double[h],
            Season = _plan.Season,
            LongSeason = _plan.LongSeason,
            Transform = ValueTransform.NameOf(transform),
            MemberNames = NamesOf(used, count),
            MemberWeights = weights,
            MemberErrors = errors,
            Origins = _plan.Origins.AsSpan(0, rolling).ToArray(),
            Backtest = ToUnits(new ReadOnlySpan<double>(combined, total)),
            BacktestActuals = ToUnits(new ReadOnlySpan<double>(_actuals.Pointer, total)),
            HistoryUsed = n,
            Model = "ensemble",
        };
        if (hasErrors && coverage == CoverageRule.Nominal)
        {
            _interval.Fit(combined, _actuals.Pointer, rolling, h, known, _input.Reference, _input.IsNonNegative);
            _interval.Ends(result.Source.Centre, result.Lower, result.Upper);
        }
        return Finish(result);
    }

    private void ForecastMembers(double* x, int n, int h, double** places)
    {
        _regressions.Forecast(x, n, _plan, h, places);
        if (places[Members.Hw0] is not null || places[Members.Hw1] is not null || places[Members.Hw2] is not null)
        {
            _smoothing.Forecast(x, n, _plan, h, places);
        }
        if (places[Members.Phase] is not null)
        {
            SeasonalMembers.ForecastPhase(_simd, x, _plan, h, places[Members.Phase]);
        }
        if (places[Members.Naive] is not null)
        {
            SeasonalMembers.ForecastNaive(x, _plan, h, places[Members.Naive]);
        }
    }

    /// <summary>Lays out the actuals of the rolling origins in both scales, NaN = missing, and returns how many are known.</summary>
    private int LoadActuals(double* x, int h)
    {
        int rolling = _plan.RollingCount, known = 0;
        double* y = _actuals.Ensure(rolling * h), yx = _transformedActuals.Ensure(rolling * h);
        for (int k = 0; k < rolling; k++)
        {
            int o = _plan.Origins[k];
            new ReadOnlySpan<double>(_input.Values + o, h).CopyTo(new Span<double>(y + k * h, h));
            new ReadOnlySpan<double>(x + o, h).CopyTo(new Span<double>(yx + k * h, h));
        }
        if (_input.Known == _input.Count)
        {
            return rolling * h;
        }
        for (int i = 0; i < rolling * h; i++)
        {
            bool missing = double.IsNaN(y[i]);
            yx[i] = missing ? double.NaN : yx[i];
            known += missing ? 0 : 1;
        }
        return known;
    }

    private IntervalSource Uncertainty(double[] centre, int known, bool hasErrors)
    {
        double halfWidth = 0;
        int n = _input.Count, period = _plan.Season > 1 && n > 2 * _plan.Season ? _plan.Season : 1;
        if (!hasErrors && n > period)
        {
            double sum = _simd.SquaredDistance(new ReadOnlySpan<double>(_input.Filled + period, n - period), new(_input.Filled, n - period));
            halfWidth = FallbackWidth * Math.Sqrt(sum / (n - period));
        }
        return new IntervalSource
        {
            Scale = _input.Scale,
            Centre = centre,
            Reference = _input.Reference,
            KnownErrors = known,
            HasErrors = hasErrors,
            FallbackHalfWidth = halfWidth,
            FallbackPeriod = period,
            IsLattice = _input.IsLattice,
            IsNonNegative = _input.IsNonNegative,
        };
    }

    /// <summary>Interval where it is still missing, then the last rules and the caller's units.</summary>
    private ForecastResult Finish(ForecastResult result)
    {
        var source = result.Source;
        double[] f = result.Mean, lower = result.Lower, upper = result.Upper, centre = source.Centre!;
        if (!source.HasErrors && result.Coverage == CoverageRule.Nominal)
        {
            for (int j = 0; j < f.Length; j++)
            {
                double k = source.FallbackHalfWidth * Math.Sqrt(j / source.FallbackPeriod + 1.0);
                lower[j] = centre[j] - k;
                upper[j] = centre[j] + k;
            }
        }
        centre.CopyTo(f, 0);
        if (result.Coverage != CoverageRule.Nominal)
        {
            SetEndsFromDistribution(result);
        }
        ZeroRule.Apply(_input.Filled, _input.Count, Math.Min(0, _input.Minimum), f);
        for (int j = 0; j < f.Length; j++)
        {
            double value = f[j], low = lower[j], high = upper[j];
            if (source.IsLattice)
            {
                value = Math.Round(value);
                low = Math.Ceiling(low - LatticeSlack);
                high = Math.Floor(high + LatticeSlack);
            }
            if (source.IsNonNegative)
            {
                value = Math.Max(value, 0);
                low = Math.Max(low, 0);
            }
            f[j] = ToUnits(value);
            lower[j] = ToUnits(Math.Min(low, value));
            upper[j] = ToUnits(Math.Max(high, value));
        }
        return result;
    }

    /// <summary>Other coverages are quantiles of the predictive distribution, so that intervals are nested.</summary>
    private static void SetEndsFromDistribution(ForecastResult result)
    {
        double z = NormalQuantiles.Quantile((1 - result.Coverage) / 2);
        var distribution = result.Distribution;
        for (int j = 0; j < result.Horizon; j++)
        {
            result.Lower[j] = distribution.CentredValue(j, z);
            result.Upper[j] = distribution.CentredValue(j, -z);
        }
    }

    private double ToUnits(double value) => _input.Scale == 1 ? value : Math.Clamp(value * _input.Scale, -LargestFinite, LargestFinite);

    private double[] ToUnits(ReadOnlySpan<double> values)
    {
        double[] result = values.ToArray();
        for (int i = 0; i < result.Length && _input.Scale != 1; i++)
        {
            result[i] = ToUnits(result[i]);
        }
        return result;
    }

    private static string[] NamesOf(uint used, int count)
    {
        var names = new string[count];
        for (int i = 0, next = 0; i < Members.Count; i++)
        {
            if ((used >> i & 1) != 0)
            {
                names[next++] = Members.NameOf(i);
            }
        }
        return names;
    }

    private static void Check(bool holds, string name)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name);
        }
    }
}
