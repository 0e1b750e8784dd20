using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>How a space is learned.</summary>
internal sealed unsafe partial class CodeSpace
{
    private const int SampleRowsMax = 2048;
    private const int SampleRowsMin = 256;

    // The sample of long vectors is smaller, so that learning takes less than about 50 ms.
    private const int SampleNumbers = 1 << 20;

    // Ranges of the byte codes reach beyond the sample by this part of its range on each side.
    private const float RangeMargin = 0.05f;

    // The extra coordinate has room for norms larger than any so far, so that few rows make a new space.
    private const double NormMargin = 1.05;

    private const int CellRounds = 8;

    /// <summary>Learns from the rows that the bitmap names; at least one.</summary>
    public static CodeSpace Learn(DistanceMetric metric, int dimension, float* vectors, ulong* has, int rows)
    {
        CodeSpace space = new(metric, dimension);
        space.SetScale(vectors, has, rows);
        int limit = Math.Clamp(SampleNumbers / space._stride, SampleRowsMin, SampleRowsMax);
        int every = Math.Max(1, (rows + limit - 1) / limit);
        int room = (rows + every - 1) / every;
        float* sample = (float*)NativeMemory.AlignedAlloc((nuint)((long)room * space._stride * sizeof(float)), 64);
        try
        {
            int count = 0;
            for (int row = 0; row < rows; row += every)
            {
                if ((has[row >> 6] >> (row & 63) & 1) != 0)
                {
                    _ = space.TryPlace(vectors + (long)row * dimension, sample + (long)count++ * space._stride, out _);
                }
            }
            space.SetRanges(sample, count);
            space.SetAxes(sample, count);
            space.SetCells(sample, count);
        }
        finally
        {
            NativeMemory.AlignedFree(sample);
        }
        return space;
    }

    // A power of two that brings the largest number into [0.5, 1), as far as f32 has it.
    private void SetScale(float* vectors, ulong* has, int rows)
    {
        if (_metric == DistanceMetric.Cosine)
        {
            return;
        }
        float largest = 0;
        Vector256<float> most = default;
        double normMax = 0;
        for (int row = 0; row < rows; row++)
        {
            if ((has[row >> 6] >> (row & 63) & 1) == 0)
            {
                continue;
            }
            float* x = vectors + (long)row * _dimension;
            int i = 0;
            for (; i + 8 <= _dimension; i += 8)
            {
                most = Vector256.MaxNative(most, Vector256.Abs(Vector256.Load(x + i)));
            }
            for (; i < _dimension; i++)
            {
                largest = Math.Max(largest, Math.Abs(x[i]));
            }
            if (_metric == DistanceMetric.InnerProduct)
            {
                normMax = Math.Max(normMax, SquaredNorm(x));
            }
        }
        for (int lane = 0; lane < 8; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }
        if (largest > 0)
        {
            _scale = (float)Math.ScaleB(1, Math.Clamp(-1 - Math.ILogB(largest), -126, 126));
        }
        _normMax = Math.Max(Math.Sqrt(normMax) * _scale * NormMargin, 1e-6);
    }

    private void SetRanges(float* sample, int count)
    {
        double offsets = 0;
        for (int i = 0; i < _dimension; i++)
        {
            float least = float.MaxValue, largest = -float.MaxValue;
            for (int row = 0; row < count; row++)
            {
                float value = sample[(long)row * _stride + i];
                least = Math.Min(least, value);
                largest = Math.Max(largest, value);
            }
            if (count == 0)
            {
                least = largest = 0;
            }
            float range = largest - least;
            _offset[i] = least - range * RangeMargin;
            _step[i] = range * (1 + 2 * RangeMargin) / 255;
            _step[i] = _step[i] > 1e-36f ? _step[i] : 0;
            _perStep[i] = _step[i] > 0 ? 1 / _step[i] : 0;
            double reach = Math.Abs(_offset[i]) + 255.0 * _step[i];
            offsets += reach * reach;
        }
        _offsetNorm = (float)(Math.Sqrt(offsets) * 1.001);
    }

    private void SetAxes(float* sample, int count)
    {
        double meanSquared = 0;
        for (int i = 0; i < _stride; i++)
        {
            double sum = 0;
            for (int row = 0; row < count; row++)
            {
                sum += sample[(long)row * _stride + i];
            }
            _mean[i] = count == 0 ? 0 : (float)(sum / count);
            meanSquared += (double)_mean[i] * _mean[i];
            for (int row = 0; row < count; row++)
            {
                sample[(long)row * _stride + i] -= _mean[i];
            }
        }
        _meanNorm = (float)(Math.Sqrt(meanSquared) * 1.001);
        int numbers = _dimension + (_metric == DistanceMetric.InnerProduct ? 1 : 0);
        _axisCount = numbers <= Coordinates ? numbers : Coordinates - 1;
        _defect = PrincipalAxes.Find(sample, count, _stride, _axisCount, _axes);
    }

    private void SetCells(float* sample, int count)
    {
        float* y = stackalloc float[Coordinates];
        float* point = stackalloc float[_stride];
        float[] values = new float[Math.Max(1, count) * Coordinates];
        for (int row = 0; row < count; row++)
        {
            for (int i = 0; i < _stride; i++)
            {
                point[i] = sample[(long)row * _stride + i] + _mean[i];
            }
            Project(point, point, y, y, out _, out _);
            for (int j = 0; j < Coordinates; j++)
            {
                values[j * count + row] = y[j];
            }
        }
        for (int j = 0; j < Coordinates; j++)
        {
            Span<float> sorted = values.AsSpan(j * count, count);
            sorted.Sort();
            SetEdges(sorted, j);
        }
    }

    // Lloyd's rounds from quantiles: cells are small where rows are dense, and not too wide elsewhere.
    private void SetEdges(ReadOnlySpan<float> sorted, int coordinate)
    {
        Span<double> centre = stackalloc double[Cells];
        Span<int> start = stackalloc int[Cells + 1];
        for (int cell = 0; cell <= Cells; cell++)
        {
            start[cell] = (int)((long)sorted.Length * cell / Cells);
        }
        for (int round = 0; ; round++)
        {
            for (int cell = 0; cell < Cells; cell++)
            {
                double sum = 0;
                int from = start[cell], end = start[cell + 1];
                for (int i = from; i < end; i++)
                {
                    sum += sorted[i];
                }
                centre[cell] = end > from ? sum / (end - from) : sorted.Length == 0 ? 0 : sorted[Math.Min(from, sorted.Length - 1)];
            }
            for (int cell = 0; cell < Cells - 1; cell++)
            {
                _edges[cell * Coordinates + coordinate] = (float)((centre[cell] + centre[cell + 1]) / 2);
            }
            if (round == CellRounds)
            {
                return;
            }
            for (int cell = 1, i = 0; cell < Cells; cell++)
            {
                while (i < sorted.Length && sorted[i] <= _edges[(cell - 1) * Coordinates + coordinate])
                {
                    i++;
                }
                start[cell] = i;
            }
        }
    }
}
