using System.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>The fitted recursions, run past all origins side by side.</summary>
internal sealed unsafe partial class RidgeAutoregression
{
    /// <summary>Runs the fitted recursions h steps past their origins, on their own forecasts, all origins side by side.</summary>
    private void Iterate(LagGroups groups, ReadOnlySpan<int> used, double* weights, int h, double offset, double* result)
    {
        int lanes = _lanes, width = Vector<double>.Count, history = groups.LargestLag;
        int lagCount = CollectLags(groups, used);
        double* polynomial = _polynomial.Ensure(lagCount * lanes);
        new Span<double>(polynomial, lagCount * lanes).Clear();
        for (int i = 0; i < used.Length; i++)
        {
            var lags = groups[used[i]];
            var share = new Vector<double>(1.0 / lags.Length);
            foreach (int lag in lags)
            {
                double* to = polynomial + Array.IndexOf(_distinctLags, lag, 0, lagCount) * lanes;
                for (int lane = 0; lane < lanes; lane += width)
                {
                    Vector.Store(Vector.Load(to + lane) + Vector.Load(weights + i * lanes + lane) * share, to + lane);
                }
            }
        }

        double* path = _path.Ensure(checked((history + h) * lanes)), start = path + history * lanes;
        LoadHistory(path, history, h, lagCount);
        double** terms = stackalloc double*[lagCount];
        for (int q = 0; q < lagCount; q++)
        {
            terms[q] = start - _distinctLags[q] * lanes;
        }
        double* constants = weights + used.Length * lanes;
        // Which lanes are stepped together depends on groups of lanes, not on vectors: their order of additions differs. 17 origins are five groups.
        int five = lanes >= 5 * LaneGroup ? 5 * LaneGroup : 0, four = five + (lanes - five) / (4 * LaneGroup) * (4 * LaneGroup);
        for (int j = 0; j < h; j++)
        {
            int lane = 0;
            for (; lane < five; lane += 5 * width)
            {
                StepFive(constants + lane, polynomial + lane, terms, lagCount, lanes, j * lanes + lane, start);
            }
            for (; lane < four; lane += 4 * width)
            {
                StepFour(constants + lane, polynomial + lane, terms, lagCount, lanes, j * lanes + lane, start);
            }
            for (; lane < lanes; lane += width)
            {
                StepOne(constants + lane, polynomial + lane, terms, lagCount, lanes, j * lanes + lane, start);
            }
        }
        CopyOut(start, lanes, _originCount, h, offset, result);
    }

    /// <summary>Turns path[lead][lane] into result[origin * h + lead], four leads at a time.</summary>
    private static void CopyOut(double* path, int lanes, int origins, int h, double offset, double* result)
    {
        int j = 0;
        for (; j + 3 < h; j += 4)
        {
            double* r0 = path + (nint)j * lanes, r1 = r0 + lanes, r2 = r1 + lanes, r3 = r2 + lanes, to = result + j;
            for (int k = 0; k < origins; k++, to += h)
            {
                to[0] = r0[k] + offset;
                to[1] = r1[k] + offset;
                to[2] = r2[k] + offset;
                to[3] = r3[k] + offset;
            }
        }
        for (; j < h; j++)
        {
            for (int k = 0; k < origins; k++)
            {
                result[(nint)k * h + j] = path[(nint)j * lanes + k] + offset;
            }
        }
    }

    /// <summary>One step of the recursions in five vectors of lanes.</summary>
    private static void StepFive(double* constants, double* polynomial, double** terms, int lagCount, int lanes, int at, double* start)
    {
        int width = Vector<double>.Count;
        Vector<double> s0 = Vector.Load(constants), s1 = Vector.Load(constants + width), s2 = Vector.Load(constants + 2 * width), s3 = Vector.Load(constants + 3 * width),
            s4 = Vector.Load(constants + 4 * width);
        for (int q = 0; q < lagCount; q++, polynomial += lanes)
        {
            double* term = terms[q] + at;
            s0 += Vector.Load(polynomial) * Vector.Load(term);
            s1 += Vector.Load(polynomial + width) * Vector.Load(term + width);
            s2 += Vector.Load(polynomial + 2 * width) * Vector.Load(term + 2 * width);
            s3 += Vector.Load(polynomial + 3 * width) * Vector.Load(term + 3 * width);
            s4 += Vector.Load(polynomial + 4 * width) * Vector.Load(term + 4 * width);
        }
        double* to = start + at;
        Vector.Store(s0, to);
        Vector.Store(s1, to + width);
        Vector.Store(s2, to + 2 * width);
        Vector.Store(s3, to + 3 * width);
        Vector.Store(s4, to + 4 * width);
    }

    /// <summary>One step of the recursions in four vectors of lanes.</summary>
    private static void StepFour(double* constants, double* polynomial, double** terms, int lagCount, int lanes, int at, double* start)
    {
        int width = Vector<double>.Count;
        Vector<double> s0 = Vector.Load(constants), s1 = Vector.Load(constants + width), s2 = Vector.Load(constants + 2 * width), s3 = Vector.Load(constants + 3 * width);
        for (int q = 0; q < lagCount; q++, polynomial += lanes)
        {
            double* term = terms[q] + at;
            s0 += Vector.Load(polynomial) * Vector.Load(term);
            s1 += Vector.Load(polynomial + width) * Vector.Load(term + width);
            s2 += Vector.Load(polynomial + 2 * width) * Vector.Load(term + 2 * width);
            s3 += Vector.Load(polynomial + 3 * width) * Vector.Load(term + 3 * width);
        }
        double* to = start + at;
        Vector.Store(s0, to);
        Vector.Store(s1, to + width);
        Vector.Store(s2, to + 2 * width);
        Vector.Store(s3, to + 3 * width);
    }

    /// <summary>One step of the recursions in one vector of lanes, in two sums to shorten the chain of additions.</summary>
    private static void StepOne(double* constants, double* polynomial, double** terms, int lagCount, int lanes, int at, double* start)
    {
        Vector<double> even = Vector.Load(constants), odd = Vector<double>.Zero;
        int q = 0;
        for (; q + 1 < lagCount; q += 2, polynomial += 2 * lanes)
        {
            even += Vector.Load(polynomial) * Vector.Load(terms[q] + at);
            odd += Vector.Load(polynomial + lanes) * Vector.Load(terms[q + 1] + at);
        }
        if (q < lagCount)
        {
            even += Vector.Load(polynomial) * Vector.Load(terms[q] + at);
        }
        Vector.Store(even + odd, start + at);
    }

    /// <summary>Distinct lags of the used groups, largest first: the newest value, which is the last to be known, enters last.</summary>
    private int CollectLags(LagGroups groups, ReadOnlySpan<int> used)
    {
        int count = 0;
        foreach (int group in used)
        {
            foreach (int lag in groups[group])
            {
                if (Array.IndexOf(_distinctLags, lag, 0, count) < 0)
                {
                    _distinctLags[count++] = lag;
                }
            }
        }
        var lags = _distinctLags.AsSpan(0, count);
        lags.Sort();
        lags.Reverse();
        return count;
    }

    /// <summary>Lays the values before each origin side by side, as far as the recursion reads them.</summary>
    private void LoadHistory(double* path, int history, int h, int lagCount)
    {
        int lanes = _lanes, filled = 0;
        for (int q = 0; q < lagCount; q++)
        {
            int from = Math.Max(filled, history - _distinctLags[q]), to = Math.Min(history, history - _distinctLags[q] + h);
            for (int k = 0; k < _originCount; k++)
            {
                double* source = _x + _origins[k] - history, target = path + k;
                for (int t = from; t < to; t++)
                {
                    target[t * lanes] = source[t];
                }
            }
            filled = Math.Max(filled, to);
        }
    }
}
