using System.Runtime.Intrinsics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Double seasonal exponential smoothing with AR(1) errors, three settings of the gains side by side in vector lanes.</summary>
/// <remarks>
/// Source: J. W. Taylor, "Short-term electricity demand forecasting using double seasonal exponential smoothing", JORS 2003; the residual carry-over is his
/// AR(1) term. Keeps buffers; not thread-safe.
/// </remarks>
internal sealed unsafe class SmoothingMembers
{
    private const int Lanes = 4;   // three settings and one idle lane: two 128-bit vectors
    private const int LevelPointsMin = 8;

    private readonly ScratchBuffer _day = new(), _week = new(), _dayStart = new(), _weekStart = new(), _count = new();

    /// <summary>Writes result[Hw0..Hw2][origin * h + lead] for those whose pointer is set.</summary>
    public void Forecast(double* x, int n, ForecastPlan plan, int h, double** result)
    {
        int m = plan.Season, longM = plan.LongSeason, oldest = plan.Origins[0], next = 0, dayPhase = 0, weekPhase = 0;
        double* day = _day.Ensure(m * Lanes), week = _week.Ensure(longM * Lanes);
        double start = Start(x, oldest, m, longM, day, week);

        Vector128<double> levelGainA = Vector128.Create(0.01, 0.1), levelGainB = Vector128.Create(0.3, 0);
        Vector128<double> carryA = Vector128.Create(0, 0.8), carryB = Vector128.Create(0.8, 0);
        Vector128<double> dayGainA = m > 1 ? Vector128.Create(0.03, 0.1) : default, dayGainB = m > 1 ? Vector128.Create(0.03, 0) : default;
        Vector128<double> weekGainA = longM > 1 ? Vector128.Create(0.1, 0.1) : default, weekGainB = longM > 1 ? Vector128.Create(0.03, 0) : default;
        Vector128<double> takenA = levelGainA + dayGainA + weekGainA, takenB = levelGainB + dayGainB + weekGainB;   // share of an error the states absorb
        Vector128<double> levelA = Vector128.Create(start), levelB = levelA, errorA = default, errorB = default;
        for (int t = 0; t <= n; t++)
        {
            if (next < plan.OriginCount && plan.Origins[next] == t)
            {
                Project(levelA, levelB, errorA, errorB, carryA, carryB, day, dayPhase, m, week, weekPhase, longM, h, (nint)next * h, result);
                next++;
            }
            if (t == n)
            {
                return;
            }
            double* s1 = day + dayPhase * Lanes, s2 = week + weekPhase * Lanes;
            var value = Vector128.Create(x[t]);
            Vector128<double> s1A = Vector128.Load(s1), s1B = Vector128.Load(s1 + 2), s2A = Vector128.Load(s2), s2B = Vector128.Load(s2 + 2);
            var restA = value - s1A - s2A - levelA;
            var restB = value - s1B - s2B - levelB;
            var uA = restA - carryA * errorA;
            var uB = restB - carryB * errorB;
            levelA += levelGainA * uA;
            levelB += levelGainB * uB;
            Vector128.Store(s1A + dayGainA * uA, s1);
            Vector128.Store(s1B + dayGainB * uB, s1 + 2);
            Vector128.Store(s2A + weekGainA * uA, s2);
            Vector128.Store(s2B + weekGainB * uB, s2 + 2);
            errorA = restA - takenA * uA;
            errorB = restB - takenB * uB;
            dayPhase = dayPhase + 1 == m ? 0 : dayPhase + 1;
            weekPhase = weekPhase + 1 == longM ? 0 : weekPhase + 1;
        }
    }

    /// <summary>Level + seasons + the decaying error, h steps on.</summary>
    private static void Project(Vector128<double> levelA, Vector128<double> levelB, Vector128<double> errorA, Vector128<double> errorB, Vector128<double> carryA,
        Vector128<double> carryB, double* day, int dayPhase, int m, double* week, int weekPhase, int longM, int h, nint at, double** result)
    {
        double* to0 = result[Members.Hw0], to1 = result[Members.Hw1], to2 = result[Members.Hw2];
        for (int j = 0; j < h; j++)
        {
            errorA *= carryA;
            errorB *= carryB;
            double* s1 = day + dayPhase * Lanes, s2 = week + weekPhase * Lanes;
            var a = levelA + Vector128.Load(s1) + Vector128.Load(s2) + errorA;
            var b = levelB + Vector128.Load(s1 + 2) + Vector128.Load(s2 + 2) + errorB;
            if (to0 is not null)
            {
                to0[at + j] = a.ToScalar();
            }
            if (to1 is not null)
            {
                to1[at + j] = a.GetElement(1);
            }
            if (to2 is not null)
            {
                to2[at + j] = b.ToScalar();
            }
            dayPhase = dayPhase + 1 == m ? 0 : dayPhase + 1;
            weekPhase = weekPhase + 1 == longM ? 0 : weekPhase + 1;
        }
    }

    /// <summary>Seasons and level from the points before the oldest origin; returns the level.</summary>
    private double Start(double* x, int oldest, int m, int longM, double* day, double* week)
    {
        double* s1 = _dayStart.Ensure(m), s2 = _weekStart.Ensure(longM);
        new Span<double>(s1, m).Clear();
        new Span<double>(s2, longM).Clear();
        double mean = 0;
        for (int t = 0; t < oldest; t++)
        {
            mean += x[t];
        }
        mean /= oldest;
        if (m > 1)
        {
            for (int t = 0, phase = 0; t < oldest; t++)
            {
                s1[phase] += x[t] - mean;
                phase = phase + 1 == m ? 0 : phase + 1;
            }
            for (int j = 0; j < m; j++)
            {
                s1[j] /= oldest / m + (j < oldest % m ? 1 : 0);
            }
        }
        if (longM > 1)
        {
            for (int t = 0, phase = 0, weekPhase = 0; t < oldest; t++)
            {
                s2[weekPhase] += x[t] - mean - s1[phase];
                phase = phase + 1 == m ? 0 : phase + 1;
                weekPhase = weekPhase + 1 == longM ? 0 : weekPhase + 1;
            }
            for (int j = 0; j < longM; j++)
            {
                s2[j] /= oldest / longM + (j < oldest % longM ? 1 : 0) + 1.0;
            }
        }
        int points = Math.Min(oldest, Math.Max(m, LevelPointsMin));
        double level = 0;
        for (int t = 0; t < points; t++)
        {
            level += x[t] - s1[t % m] - s2[t % longM];
        }
        for (int j = 0; j < m * Lanes; j++)
        {
            day[j] = s1[j / Lanes];
        }
        for (int j = 0; j < longM * Lanes; j++)
        {
            week[j] = s2[j / Lanes];
        }
        return level / points;
    }
}
