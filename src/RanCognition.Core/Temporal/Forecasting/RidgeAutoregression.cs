using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RanCognition.Numerics;
using RanCognition.Performance;

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

    /// <summary>Lanes come in fours, whatever the vectors hold (two or four), so that a sum has the same order on every processor.</summary>
    private const int LaneGroup = 4;

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
        Debug.Assert(Vector<double>.Count <= LaneGroup);
        int firstRow = groups.LargestLag, rows = n - firstRow;
        _lanes = (originCount + LaneGroup - 1) / LaneGroup * LaneGroup;
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
                double* a0 = _columns[i] + from, a1 = _columns[pair] + from, b0 = _columns[j] + from, b1 = _columns[Math.Min(j + 1, pair)] + from;
                double* b2 = _columns[Math.Min(j + 2, pair)] + from, b3 = _columns[Math.Min(j + 3, pair)] + from;
                if (Vector256.IsHardwareAccelerated)
                {
                    DotTile<Width256<double>, Vector256<double>>(a0, a1, b0, b1, b2, b3, to - from, sums);
                }
                else
                {
                    DotTile<Width128<double>, Vector128<double>>(a0, a1, b0, b1, b2, b3, to - from, sums);
                }
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

    /// <summary>
    /// Products of two columns with four over count rows: sums[0..4) of the first, sums[4..8) of the second. Each is four partial sums, one for each row modulo
    /// four; narrower vectors take them in two passes.
    /// </summary>
    [SkipLocalsInit]
    internal static void DotTile<TWidth, TVector>(double* a0, double* a1, double* b0, double* b1, double* b2, double* b3, int count, double* sums)
        where TWidth : struct, IWidth<TVector, double>
        where TVector : struct
    {
        int width = TWidth.Count, whole = count / LaneGroup * LaneGroup;
        double* first = stackalloc double[8 * LaneGroup / 2];   // what narrow vectors leave of their first pass
        for (int lane = 0; lane < LaneGroup; lane += width)
        {
            TVector s00 = TWidth.Broadcast(0), s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
            for (int r = lane; r < whole; r += LaneGroup)
            {
                TVector u = TWidth.Load(a0 + r), v = TWidth.Load(a1 + r), b = TWidth.Load(b0 + r);
                s00 = TWidth.Add(s00, TWidth.Multiply(u, b));
                s10 = TWidth.Add(s10, TWidth.Multiply(v, b));
                b = TWidth.Load(b1 + r);
                s01 = TWidth.Add(s01, TWidth.Multiply(u, b));
                s11 = TWidth.Add(s11, TWidth.Multiply(v, b));
                b = TWidth.Load(b2 + r);
                s02 = TWidth.Add(s02, TWidth.Multiply(u, b));
                s12 = TWidth.Add(s12, TWidth.Multiply(v, b));
                b = TWidth.Load(b3 + r);
                s03 = TWidth.Add(s03, TWidth.Multiply(u, b));
                s13 = TWidth.Add(s13, TWidth.Multiply(v, b));
            }
            if (lane > 0)   // the second pass: onto the first
            {
                s00 = TWidth.Add(TWidth.Load(first), s00);
                s01 = TWidth.Add(TWidth.Load(first + width), s01);
                s02 = TWidth.Add(TWidth.Load(first + 2 * width), s02);
                s03 = TWidth.Add(TWidth.Load(first + 3 * width), s03);
                s10 = TWidth.Add(TWidth.Load(first + 4 * width), s10);
                s11 = TWidth.Add(TWidth.Load(first + 5 * width), s11);
                s12 = TWidth.Add(TWidth.Load(first + 6 * width), s12);
                s13 = TWidth.Add(TWidth.Load(first + 7 * width), s13);
            }
            if (lane + width < LaneGroup)
            {
                TWidth.Store(s00, first);
                TWidth.Store(s01, first + width);
                TWidth.Store(s02, first + 2 * width);
                TWidth.Store(s03, first + 3 * width);
                TWidth.Store(s10, first + 4 * width);
                TWidth.Store(s11, first + 5 * width);
                TWidth.Store(s12, first + 6 * width);
                TWidth.Store(s13, first + 7 * width);
                continue;
            }
            sums[0] = TWidth.Sum(s00);
            sums[1] = TWidth.Sum(s01);
            sums[2] = TWidth.Sum(s02);
            sums[3] = TWidth.Sum(s03);
            sums[4] = TWidth.Sum(s10);
            sums[5] = TWidth.Sum(s11);
            sums[6] = TWidth.Sum(s12);
            sums[7] = TWidth.Sum(s13);
        }
        for (int r = whole; r < count; r++)
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
