using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>The two forecasts without a fit: recent values of the same phase, and the last value.</summary>
internal static unsafe class SeasonalMembers
{
    private const int DaysMax = 3, WeeksMax = 4;
    private const double DayWeight = 0.3, WeekWeight = 1;

    /// <summary>Weighted mean of the same phase in the last three days and four weeks, those that exist; none: the last value.</summary>
    public static void ForecastPhase(SimdOps simd, double* x, ForecastPlan plan, int h, double* result)
    {
        for (int k = 0; k < plan.OriginCount; k++)
        {
            int o = plan.Origins[k];
            double* path = result + (nint)k * h;
            double weights = 0;
            for (int i = 1; i <= DaysMax && plan.Season > 1 && o >= i * plan.Season; i++)
            {
                weights += DayWeight;
            }
            for (int i = 1; i <= WeeksMax && plan.LongSeason > 1 && o >= i * plan.LongSeason; i++)
            {
                weights += WeekWeight;
            }
            if (weights == 0)
            {
                new Span<double>(path, h).Fill(x[o - 1]);
                continue;
            }
            new Span<double>(path, h).Clear();
            AddCycles(simd, x, o, plan.Season, DaysMax, DayWeight / weights, h, path);
            AddCycles(simd, x, o, plan.LongSeason, WeeksMax, WeekWeight / weights, h, path);
        }
    }

    public static void ForecastNaive(double* x, ForecastPlan plan, int h, double* result)
    {
        for (int k = 0; k < plan.OriginCount; k++)
        {
            new Span<double>(result + (nint)k * h, h).Fill(x[plan.Origins[k] - 1]);
        }
    }

    private static void AddCycles(SimdOps simd, double* x, int origin, int period, int cycles, double weight, int h, double* path)
    {
        if (period == 1)
        {
            return;
        }
        for (int i = 1; i <= cycles && origin >= i * period; i++)
        {
            double* cycle = x + origin - i * period;
            for (int from = 0; from < h; from += period)
            {
                int count = Math.Min(period, h - from);
                simd.AddScaled(weight, new(cycle, count), new(path + from, count));
            }
        }
    }
}
