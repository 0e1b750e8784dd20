using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Runs the regressions on block means where a season has many steps, and puts the fine shape back.</summary>
/// <remarks>Blocks are aligned to the end of the history. Keeps buffers; not thread-safe.</remarks>
internal sealed unsafe class BlockRegressions(SimdOps simd)
{
    private readonly RegressionMembers _regressions = new(simd);
    private readonly ScratchBuffer _means = new(), _residual = new(), _fine = new(), _fineCount = new(), _coarse = new();
    private readonly int[] _blockOrigins = new int[ForecastPlan.RollingMax + 1];

    /// <summary>Writes result[member][origin * h + lead] for those of the six regression members whose pointer is set.</summary>
    public void Forecast(double* x, int n, ForecastPlan plan, int h, double** result)
    {
        int g = plan.Block, m = plan.Season, count = plan.OriginCount;
        if (g == 1)
        {
            _regressions.Forecast(x, n, plan.Origins, count, h, m, plan.LongSeason, result);
            return;
        }
        int skipped = n % g, blocks = n / g, blockHorizon = (h + g - 1) / g;
        double* fine = x + skipped, means = _means.Ensure(blocks), residual = _residual.Ensure(blocks * g);
        for (int b = 0; b < blocks; b++)
        {
            double sum = 0;
            for (int i = 0; i < g; i++)
            {
                sum += fine[b * g + i];
            }
            means[b] = sum / g;
        }
        for (int t = 0; t < blocks * g; t++)
        {
            residual[t] = fine[t] - Interpolate(means, blocks, g, t);
        }
        for (int k = 0; k < count; k++)
        {
            _blockOrigins[k] = (plan.Origins[k] - skipped) / g;
        }

        double** coarse = stackalloc double*[Members.Count];
        double* room = _coarse.Ensure(checked(6 * count * blockHorizon));
        for (int i = 0; i < Members.Count; i++)
        {
            coarse[i] = i < 6 && result[i] is not null ? room + (nint)i * count * blockHorizon : null;
        }
        _regressions.Forecast(means, blocks, _blockOrigins, count, blockHorizon, m / g, plan.LongSeason > 1 ? plan.LongSeason / g : 1, coarse);

        double* sums = _fine.Ensure(m), seen = _fineCount.Ensure(m);
        new Span<double>(sums, m).Clear();
        new Span<double>(seen, m).Clear();
        int done = 0;
        for (int k = 0; k < count; k++)
        {
            int o = _blockOrigins[k], end = o * g;
            for (; done < end; done++)
            {
                sums[done % m] += residual[done];
                seen[done % m]++;
            }
            for (int i = 0; i < 6; i++)
            {
                if (result[i] is not null)
                {
                    Refine(means, o, coarse[i] + (nint)k * blockHorizon, blockHorizon, g, sums, seen, m, h, result[i] + (nint)k * h);
                }
            }
        }
    }

    /// <summary>Forecast between block centres, from the last known block on, plus the mean deviation of the phase.</summary>
    private static void Refine(double* means, int known, double* coarse, int blockHorizon, int g, double* sums, double* seen, int m, int h, double* result)
    {
        int end = known * g, phase = end % m;
        double left = known > 0 ? means[known - 1] : coarse[0], half = (g - 1) / 2.0;
        int block = 0;                                      // the forecast block to the right of the point
        for (int j = 0; j < h; j++)
        {
            while (block < blockHorizon && j > block * g + half)
            {
                left = coarse[block++];
            }
            double value = left;
            if (block < blockHorizon)
            {
                double slope = (coarse[block] - left) / g;
                value = slope * (j - ((block - 1) * g + half)) + left;
            }
            result[j] = value + sums[phase] / Math.Max(seen[phase], 1);
            phase = phase + 1 == m ? 0 : phase + 1;
        }
    }

    /// <summary>Block means as a line through the block centres, level before the first and after the last.</summary>
    private static double Interpolate(double* means, int blocks, int g, int t)
    {
        double half = (g - 1) / 2.0, position = (t - half) / g;
        int left = (int)Math.Floor(position);
        if (left < 0)
        {
            return means[0];
        }
        if (left >= blocks - 1)
        {
            return means[blocks - 1];
        }
        return (means[left + 1] - means[left]) / g * (t - (left * g + half)) + means[left];
    }
}
