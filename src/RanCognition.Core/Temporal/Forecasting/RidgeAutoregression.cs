using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Ridge regressions of a series on lag groups: every subset of the groups, at every origin, from one growing Gram matrix.</summary>
/// <remarks>
/// Gram rows are dot products of shifted views of the series; the systems of all origins are solved together, one origin a vector lane, and the
/// forecasts of all origins are iterated together in the same lanes. Keeps buffers; not thread-safe.
/// </remarks>
internal sealed unsafe class RidgeAutoregression
{
    /// <summary>A fit needs this many rows more than it has coefficients.</summary>
    private const int SpareRowsMin = 8;
    private const double RidgeFloor = 1e-12;
    private const double ConstantRidge = 1e-6;
    private const double ConstantRidgeFloor = 1e-9;
    private const int ColumnsMax = LagGroups.GroupsMax + 2;

    private readonly ScratchBuffer _means = new(), _ones = new(), _gram = new(), _solve = new(), _weights = new(), _polynomial = new(), _path = new();
    private readonly double*[] _columns = new double*[ColumnsMax + 4];
    private readonly int[] _distinctLags = new int[64];

    private double* _x;
    private int _n, _columnCount, _lanes, _originCount;
    private int[] _origins = [];

    /// <summary>
    /// Accumulates the Gram matrices of x[0..n) for all groups at all origins. The arguments must stay valid until the last <see cref="Forecast"/>.
    /// </summary>
    public void Accumulate(double* x, int n, LagGroups groups, int[] origins, int originCount)
    {
        _x = x;
        _n = n;
        _origins = origins;
        _originCount = originCount;
        int width = Vector<double>.Count, firstRow = groups.LargestLag, rows = n - firstRow;
        _lanes = (originCount + width - 1) / width * width;
        _columnCount = groups.Count + 2;
        SetColumns(groups, firstRow, rows);
        double* gram = _gram.Ensure(BatchCholesky.PackedLength(_columnCount) * _lanes);

        int last = 0;
        for (int k = 0; k < originCount; k++)
        {
            int end = Math.Max(last, origins[k] - firstRow);
            AccumulateRows(last, end, gram + k, k > 0);
            last = end;
        }
    }

    /// <summary>Fits one subset at every origin and writes its forecasts: result[origin * h + lead], plus <paramref name="offset"/>.</summary>
    /// <remarks>
    /// The subset is given by the bits of its groups, priors by group are the values that coefficients are shrunk to. Origins with too few rows, and fits that
    /// fail, come out as NaN.
    /// </remarks>
    public void Forecast(LagGroups groups, uint subset, ReadOnlySpan<double> priors, double ridge, int h, double offset, double* result)
    {
        Span<int> used = stackalloc int[LagGroups.GroupsMax + 1];
        int size = 0;
        for (int i = 0; i < groups.Count; i++)
        {
            if ((subset >> i & 1) != 0)
            {
                used[size++] = i;
            }
        }
        used[size] = groups.Count;   // the constant
        double* weights = _weights.Ensure((size + 1) * _lanes);
        int width = Vector<double>.Count;
        for (int lane = 0; lane < _lanes; lane += width)
        {
            Solve(used[..(size + 1)], priors, ridge, lane, weights);
        }
        for (int k = _originCount; k < _lanes; k++)
        {
            for (int i = 0; i <= size; i++)
            {
                weights[i * _lanes + k] = 0;   // idle lanes hold old numbers
            }
        }
        for (int k = 0; k < _originCount; k++)
        {
            if (_origins[k] - groups.LargestLag < size + SpareRowsMin)
            {
                weights[size * _lanes + k] = double.NaN;   // the constant enters every lead
            }
        }
        Iterate(groups, used[..size], weights, h, offset, result);
    }

    /// <summary>Columns are features, ones, target. A single lag is a shifted view of the series; only means are computed.</summary>
    private void SetColumns(LagGroups groups, int firstRow, int rows)
    {
        int means = 0, width = Vector<double>.Count, stride = rows + 8;
        for (int i = 0; i < groups.Count; i++)
        {
            means += groups[i].Length > 1 ? 1 : 0;
        }
        double* mean = _means.Ensure(means * stride), ones = _ones.Ensure(rows);
        new Span<double>(ones, rows).Fill(1.0);
        for (int i = 0; i < groups.Count; i++)
        {
            var lags = groups[i];
            _columns[i] = _x + firstRow - lags[0];
            if (lags.Length == 1)
            {
                continue;
            }
            var share = new Vector<double>(1.0 / lags.Length);
            for (int r = 0; r < rows; r += width)
            {
                var sum = Vector.Load(_columns[i] + r);
                for (int q = 1; q < lags.Length; q++)
                {
                    sum += Vector.Load(_x + firstRow - lags[q] + r);
                }
                Vector.Store(sum * share, mean + r);
            }
            _columns[i] = mean;
            mean += stride;
        }
        _columns[groups.Count] = ones;
        _columns[groups.Count + 1] = _x + firstRow;
    }

    /// <summary>Adds the products of rows [from, to) to the lane at <paramref name="gram"/>, four columns at a time.</summary>
    private void AccumulateRows(int from, int to, double* gram, bool hasPrevious)
    {
        int width = Vector<double>.Count, lanes = _lanes, count = to - from, whole = count / width * width;
        double* entry = gram;
        for (int i = 0; i < _columnCount; i++)
        {
            double* a = _columns[i] + from;
            for (int j = 0; j <= i; j += 4)
            {
                double* b0 = _columns[j] + from, b1 = _columns[Math.Min(j + 1, i)] + from, b2 = _columns[Math.Min(j + 2, i)] + from, b3 = _columns[Math.Min(j + 3, i)] + from;
                Vector<double> s0 = Vector<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
                int r = 0;
                for (; r < whole; r += width)
                {
                    var v = Vector.Load(a + r);
                    s0 = Vector.MultiplyAddEstimate(v, Vector.Load(b0 + r), s0);
                    s1 = Vector.MultiplyAddEstimate(v, Vector.Load(b1 + r), s1);
                    s2 = Vector.MultiplyAddEstimate(v, Vector.Load(b2 + r), s2);
                    s3 = Vector.MultiplyAddEstimate(v, Vector.Load(b3 + r), s3);
                }
                double t0 = Vector.Sum(s0), t1 = Vector.Sum(s1), t2 = Vector.Sum(s2), t3 = Vector.Sum(s3);
                for (; r < count; r++)
                {
                    t0 += a[r] * b0[r];
                    t1 += a[r] * b1[r];
                    t2 += a[r] * b2[r];
                    t3 += a[r] * b3[r];
                }
                int tile = Math.Min(4, i + 1 - j);
                Span<double> sums = [t0, t1, t2, t3];
                for (int q = 0; q < tile; q++, entry += lanes)
                {
                    *entry = sums[q] + (hasPrevious ? entry[-1] : 0);
                }
            }
        }
    }

    /// <summary>Solves the ridge systems of the origins in one group of lanes; the coefficients go to weights[i * lanes + lane].</summary>
    private void Solve(ReadOnlySpan<int> used, ReadOnlySpan<double> priors, double ridge, int lane, double* weights)
    {
        int order = used.Length, size = order - 1, lanes = _lanes, target = _columnCount - 1, width = Vector<double>.Count;
        var a = (Vector<double>*)_solve.Ensure((BatchCholesky.PackedLength(order) + order) * width);
        Vector<double>* rhs = a + BatchCholesky.PackedLength(order), entry = a;
        double* gram = _gram.Pointer + lane;
        var trace = Vector<double>.Zero;
        for (int i = 0; i < order; i++)
        {
            double* row = gram + BatchCholesky.PackedLength(used[i]) * lanes;
            for (int j = 0; j <= i; j++)
            {
                *entry++ = Vector.Load(row + used[j] * lanes);
            }
            if (i < size)
            {
                trace += entry[-1];
            }
            rhs[i] = Vector.Load(gram + (BatchCholesky.PackedLength(target) + used[i]) * lanes);
        }
        var penalty = trace / size * ridge + new Vector<double>(RidgeFloor);
        for (int i = 0; i < size; i++)
        {
            a[BatchCholesky.PackedLength(i + 1) - 1] += penalty;
            rhs[i] += penalty * priors[used[i]];
        }
        a[BatchCholesky.PackedLength(order) - 1] += a[BatchCholesky.PackedLength(order) - 1] * ConstantRidge + new Vector<double>(ConstantRidgeFloor);
        BatchCholesky.Solve(a, rhs, order);
        for (int i = 0; i < order; i++)
        {
            Vector.Store(rhs[i], weights + i * lanes + lane);
        }
    }

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
        for (int j = 0; j < h; j++)
        {
            int row = j * lanes;
            for (int lane = 0; lane < lanes; lane += width)
            {
                var even = Vector.Load(constants + lane);
                var odd = Vector<double>.Zero;
                int q = 0;
                for (; q + 1 < lagCount; q += 2)
                {
                    even = Vector.MultiplyAddEstimate(Vector.Load(polynomial + q * lanes + lane), Vector.Load(terms[q] + row + lane), even);
                    odd = Vector.MultiplyAddEstimate(Vector.Load(polynomial + (q + 1) * lanes + lane), Vector.Load(terms[q + 1] + row + lane), odd);
                }
                if (q < lagCount)
                {
                    even = Vector.MultiplyAddEstimate(Vector.Load(polynomial + q * lanes + lane), Vector.Load(terms[q] + row + lane), even);
                }
                Vector.Store(even + odd, start + row + lane);
            }
        }
        for (int k = 0; k < _originCount; k++)
        {
            double* to = result + (nint)k * h, from = start + k;
            for (int j = 0; j < h; j++)
            {
                to[j] = from[j * lanes] + offset;
            }
        }
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
