using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Temporal.Forecasting;

/// <summary>Ridge regressions of a series on lag groups: every subset of the groups, at every origin, from one growing Gram matrix.</summary>
/// <remarks>
/// Gram rows are dot products of shifted views of the series; the systems of all origins are solved together, one origin a vector lane, and the
/// forecasts of all origins are iterated together in the same lanes. Keeps buffers; not thread-safe.
/// </remarks>
internal sealed unsafe partial class RidgeAutoregression
{
    /// <summary>A fit needs this many rows more than it has coefficients.</summary>
    private const int SpareRowsMin = 8;

    /// <summary>Keeps a series of zeros solvable; too small to matter in any unit of measurement.</summary>
    private const double RidgeFloor = 1e-300;
    private const double ConstantRidge = 1e-6;
    private const double ConstantRidgeFloor = 1e-9;
    private const int ColumnsMax = LagGroups.GroupsMax + 2;

    private readonly ScratchBuffer _means = new(), _ones = new(), _gram = new(), _solve = new(), _weights = new(), _polynomial = new(), _path = new();
    private readonly double*[] _columns = new double*[ColumnsMax];
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

    /// <summary>Adds the products of rows [from, to) to the lane at <paramref name="gram"/>, two columns against four at a time.</summary>
    private void AccumulateRows(int from, int to, double* gram, bool hasPrevious)
    {
        double* sums = stackalloc double[8];
        for (int i = 0; i < _columnCount; i += 2)
        {
            int pair = Math.Min(i + 1, _columnCount - 1);
            double* upper = gram + BatchCholesky.PackedLength(i) * _lanes, lower = gram + BatchCholesky.PackedLength(i + 1) * _lanes;
            for (int j = 0; j <= pair; j += 4)
            {
                DotTile(_columns[i] + from, _columns[pair] + from, _columns[j] + from, _columns[Math.Min(j + 1, pair)] + from, _columns[Math.Min(j + 2, pair)] + from,
                    _columns[Math.Min(j + 3, pair)] + from, to - from, sums);
                for (int q = 0; q < 4; q++)
                {
                    int column = (j + q) * _lanes;
                    if (j + q <= i)
                    {
                        upper[column] = sums[q] + (hasPrevious ? upper[column - 1] : 0);
                    }
                    if (j + q <= pair && pair > i)
                    {
                        lower[column] = sums[q + 4] + (hasPrevious ? lower[column - 1] : 0);
                    }
                }
            }
        }
    }

    /// <summary>Products of two columns with four over count rows: sums[0..4) of the first, sums[4..8) of the second.</summary>
    private static void DotTile(double* a0, double* a1, double* b0, double* b1, double* b2, double* b3, int count, double* sums)
    {
        Vector<double> s00 = Vector<double>.Zero, s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        int r = 0, width = Vector<double>.Count;
        for (; r <= count - width; r += width)
        {
            Vector<double> u = Vector.Load(a0 + r), v = Vector.Load(a1 + r), b = Vector.Load(b0 + r);
            s00 = Vector.MultiplyAddEstimate(u, b, s00);
            s10 = Vector.MultiplyAddEstimate(v, b, s10);
            b = Vector.Load(b1 + r);
            s01 = Vector.MultiplyAddEstimate(u, b, s01);
            s11 = Vector.MultiplyAddEstimate(v, b, s11);
            b = Vector.Load(b2 + r);
            s02 = Vector.MultiplyAddEstimate(u, b, s02);
            s12 = Vector.MultiplyAddEstimate(v, b, s12);
            b = Vector.Load(b3 + r);
            s03 = Vector.MultiplyAddEstimate(u, b, s03);
            s13 = Vector.MultiplyAddEstimate(v, b, s13);
        }
        sums[0] = Vector.Sum(s00);
        sums[1] = Vector.Sum(s01);
        sums[2] = Vector.Sum(s02);
        sums[3] = Vector.Sum(s03);
        sums[4] = Vector.Sum(s10);
        sums[5] = Vector.Sum(s11);
        sums[6] = Vector.Sum(s12);
        sums[7] = Vector.Sum(s13);
        for (; r < count; r++)
        {
            sums[0] += a0[r] * b0[r];
            sums[1] += a0[r] * b1[r];
            sums[2] += a0[r] * b2[r];
            sums[3] += a0[r] * b3[r];
            sums[4] += a1[r] * b0[r];
            sums[5] += a1[r] * b1[r];
            sums[6] += a1[r] * b2[r];
            sums[7] += a1[r] * b3[r];
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
}
