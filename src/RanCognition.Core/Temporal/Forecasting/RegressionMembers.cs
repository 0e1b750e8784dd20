using System.Numerics;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>The six ridge regressions: three on the level, shrunk to the seasonal naive, and three on the deseasonalised or differenced series.</summary>
/// <remarks>Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class RegressionMembers(SimdOps simd)
{
    private const double LevelRidge = 1e-4, ProfileRidge = 1e-3, DifferenceRidge = 1e-2;
    private const double ProfileGain = 0.15;
    private const int GroupedDaysMax = 7;
    private const int GroupedDaysWithoutWeek = 6;

    private readonly RidgeAutoregression _ridge = new();
    private readonly LagGroups _groups = new();
    private readonly ScratchBuffer _centred = new(), _seasonless = new(), _difference = new(), _profile = new(), _profiles = new();
    private readonly int[] _shiftedOrigins = new int[ForecastPlan.RollingMax + 1];

    /// <summary>Writes result[member][origin * h + lead] for those of the six members whose pointer is set.</summary>
    public void Forecast(double* x, int n, int[] origins, int originCount, int h, int m, int longM, double** result)
    {
        if (result[Members.ArBase] is not null || result[Members.ArDay] is not null || result[Members.ArWeek] is not null)
        {
            ForecastLevel(x, n, origins, originCount, h, m, longM, result);
        }
        for (int k = 0; k < originCount; k++)
        {
            _shiftedOrigins[k] = origins[k] - 1;
        }
        if (result[Members.ArProfile] is not null || result[Members.ArDiffProfile] is not null)
        {
            ForecastProfile(x, n, origins, originCount, h, m, longM, result);
        }
        if (result[Members.ArDiff] is not null)
        {
            _groups.Reset(origins[0] - 1);
            _groups.AddSingles(1, 2, 3, 4);
            ForecastDifferences(x, n, originCount, h, result[Members.ArDiff]);
            for (int k = 0; k < originCount; k++)
            {
                Cumulate(result[Members.ArDiff] + (nint)k * h, h, x[origins[k] - 1]);
            }
        }
    }

    private void ForecastLevel(double* x, int n, int[] origins, int originCount, int h, int m, int longM, double** result)
    {
        double* centred = _centred.Ensure(n);
        double mean = Centre(x, n, origins[0], centred);
        bool useBase = result[Members.ArBase] is not null, useDay = result[Members.ArDay] is not null, useWeek = result[Members.ArWeek] is not null;
        uint forBase, forDay, forWeek;
        _groups.Reset(origins[0]);
        if (m > 1)
        {
            uint core = _groups.AddSingles(1, 2, 3, m - 1, m, m + 1);
            if (longM > 1)
            {
                core |= _groups.AddSingles(longM - 1, longM, longM + 1);
            }
            forBase = core | (useBase ? _groups.Add(2 * m) : 0);
            forDay = core | (useDay ? AddDays(m, longM) : 0);
            forWeek = core | (!useWeek ? 0 : longM > 1 ? _groups.Add(longM, 2 * longM) | _groups.Add(longM + 1, 2 * longM + 1) : _groups.Add(m, 2 * m, 3 * m));
        }
        else
        {
            forDay = _groups.Add(1);
            forWeek = _groups.AddSingles(1, 2);
            forBase = _groups.AddSingles(1, 2, 3);
        }
        _groups.RequireOne();

        Span<double> priors = stackalloc double[LagGroups.GroupsMax];
        priors.Clear();
        int day = _groups.IndexOfSingle(m), week = longM > 1 ? _groups.IndexOfSingle(longM) : -1;
        if (day >= 0)
        {
            priors[day] = week >= 0 ? 0.5 : 1;   // without a season this is lag 1
        }
        if (week >= 0)
        {
            priors[week] = 0.5;
        }
        _ridge.Accumulate(centred, n, _groups, origins, originCount);
        if (useBase)
        {
            _ridge.Forecast(_groups, Math.Max(1, forBase), priors, LevelRidge, h, mean, result[Members.ArBase]);
        }
        if (useDay)
        {
            _ridge.Forecast(_groups, Math.Max(1, forDay), priors, LevelRidge, h, mean, result[Members.ArDay]);
        }
        if (useWeek)
        {
            _ridge.Forecast(_groups, Math.Max(1, forWeek), priors, LevelRidge, h, mean, result[Members.ArWeek]);
        }
    }

    /// <summary>The mean of this hour, and of the one before, over the last days.</summary>
    private uint AddDays(int m, int longM)
    {
        int days = longM > 1 ? Math.Min(GroupedDaysMax, longM / m) : GroupedDaysWithoutWeek;
        Span<int> lags = stackalloc int[GroupedDaysMax];
        uint bits = 0;
        for (int shift = 0; shift <= 1; shift++)
        {
            for (int i = 1; i <= days; i++)
            {
                lags[i - 1] = m * i + shift;
            }
            bits |= _groups.Add(lags[..days]);
        }
        return bits;
    }

    private void ForecastProfile(double* x, int n, int[] origins, int originCount, int h, int m, int longM, double** result)
    {
        double* z = x, profiles = null;
        if (m > 1 && origins[0] >= 3 * m)
        {
            z = _seasonless.Ensure(n);
            profiles = _profiles.Ensure(originCount * m);
            RemoveProfile(x, n, origins, originCount, m, z, profiles);
        }
        if (result[Members.ArProfile] is not null)
        {
            double* centred = _centred.Ensure(n);
            double mean = Centre(z, n, origins[0], centred);
            _groups.Reset(origins[0]);
            _groups.AddSingles(1, 2, 3);
            AddSeasonal(m);
            AddSeasonal(longM);
            _groups.RequireOne();
            _ridge.Accumulate(centred, n, _groups, origins, originCount);
            Span<double> priors = stackalloc double[LagGroups.GroupsMax];
            priors.Clear();
            _ridge.Forecast(_groups, uint.MaxValue, priors, ProfileRidge, h, mean, result[Members.ArProfile]);
        }
        if (result[Members.ArDiffProfile] is not null)
        {
            _groups.Reset(origins[0] - 1);
            _groups.AddSingles(1, 2, 3, 4);
            if (m > 1)
            {
                _groups.AddTwice(m);   // four steps a season: the season counts twice
            }
            ForecastDifferences(z, n, originCount, h, result[Members.ArDiffProfile]);
        }
        for (int k = 0; k < originCount; k++)
        {
            int o = origins[k];
            double* profile = profiles + k * m;
            if (result[Members.ArDiffProfile] is not null)
            {
                double* path = result[Members.ArDiffProfile] + (nint)k * h;
                Cumulate(path, h, x[o - 1] - (profiles is null ? 0 : profile[(o - 1) % m]));
            }
            if (profiles is not null)
            {
                AddRepeated(result[Members.ArProfile], k, h, profile, m, o % m);
                AddRepeated(result[Members.ArDiffProfile], k, h, profile, m, o % m);
            }
        }
    }

    private void AddSeasonal(int period)
    {
        if (period > 1)
        {
            _groups.AddSingles(period, period + 1);
        }
    }

    /// <summary>Regression of the first differences on the groups that are set, for the origins one step earlier.</summary>
    private void ForecastDifferences(double* x, int n, int originCount, int h, double* result)
    {
        _groups.RequireOne();
        double* difference = _difference.Ensure(n);
        int width = Vector<double>.Count;
        for (int t = 0; t < n - 1; t += width)
        {
            Vector.Store(Vector.Load(x + t + 1) - Vector.Load(x + t), difference + t);
        }
        _ridge.Accumulate(difference, n - 1, _groups, _shiftedOrigins, originCount);
        Span<double> priors = stackalloc double[LagGroups.GroupsMax];
        priors.Clear();
        _ridge.Forecast(_groups, uint.MaxValue, priors, DifferenceRidge, h, 0, result);
    }

    /// <summary>z[t] = x[t] less the day profile known before t; one profile of mean 0 for each origin.</summary>
    private void RemoveProfile(double* x, int n, int[] origins, int originCount, int m, double* z, double* profiles)
    {
        double* s = _profile.Ensure(m);
        int cycles = Math.Min(n, 3 * m) / m;
        double mean = simd.Sum(new ReadOnlySpan<double>(x, cycles * m)) / (cycles * m);
        for (int j = 0; j < m; j++)
        {
            double sum = 0;
            for (int c = 0; c < cycles; c++)
            {
                sum += (x[c * m + j] - mean) / cycles;
            }
            s[j] = sum;
        }
        double window = 0, inverse = 1.0 / m;
        int next = 0, phase = 0;
        for (int t = 0; t <= n; t++)
        {
            if (next < originCount && origins[next] == t)
            {
                double level = 0;
                for (int j = 0; j < m; j++)
                {
                    level += s[j];
                }
                level /= m;
                for (int j = 0; j < m; j++)
                {
                    profiles[next * m + j] = s[j] - level;
                }
                next++;
            }
            if (t == n)
            {
                break;
            }
            double value = x[t];
            z[t] = value - s[phase];
            window += value;
            if (t >= m)
            {
                window -= x[t - m];
            }
            if (t >= 3 * m)
            {
                s[phase] += ProfileGain * (value - window * inverse - s[phase]);
            }
            phase = phase + 1 == m ? 0 : phase + 1;
        }
    }

    private double Centre(double* x, int n, int upTo, double* centred)
    {
        double mean = simd.Sum(new ReadOnlySpan<double>(x, upTo)) / upTo;
        var shift = new Vector<double>(mean);
        for (int t = 0; t < n; t += Vector<double>.Count)
        {
            Vector.Store(Vector.Load(x + t) - shift, centred + t);
        }
        return mean;
    }

    private static void Cumulate(double* path, int h, double level)
    {
        double sum = 0;
        for (int j = 0; j < h; j++)
        {
            sum += path[j];
            path[j] = level + sum;
        }
    }

    private static void AddRepeated(double* member, int origin, int h, double* profile, int m, int phase)
    {
        if (member is null)
        {
            return;
        }
        double* path = member + (nint)origin * h;
        for (int j = 0; j < h; j++)
        {
            path[j] += profile[phase];
            phase = phase + 1 == m ? 0 : phase + 1;
        }
    }
}
