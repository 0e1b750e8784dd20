using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Tests whether the levels of neighbouring segments differ, on medians of blocks.</summary>
internal sealed class ChangePointTest
{
    private const int BlocksWanted = 80;
    private const double CorrelationMax = .95;

    private readonly Segment[] _segments;
    private readonly double _squares;        // of all blocks from the means of their segments
    private readonly int _freedom;           // blocks less segments
    private readonly double _correlation;    // of successive blocks
    private readonly double _rounding;       // variance that is only rounding

    public ChangePointTest(SimdOps simd, double[] values, int period, ReadOnlySpan<int> changes)
    {
        var length = Math.Max(1, period > 0 ? period : values.Length / BlocksWanted);
        _segments = new Segment[changes.Length + 1];
        double products = 0, top = 0;
        var (pairs, from) = (0, 0);
        for (var i = 0; i < _segments.Length; i++)
        {
            var to = i < changes.Length ? changes[i] : values.Length;
            var blocks = Blocks(simd, values.AsSpan(from, to - from), length);
            var mean = blocks.Average();
            var squares = 0.0;
            for (var j = 0; j < blocks.Length; j++)
            {
                top = Math.Max(top, Math.Abs(blocks[j]));
                blocks[j] -= mean;
                squares += blocks[j] * blocks[j];
                if (j > 0)
                {
                    products += blocks[j] * blocks[j - 1];
                    pairs++;
                }
            }
            _segments[i] = new Segment(blocks.Length, mean, squares);
            _squares += squares;
            _freedom += blocks.Length - 1;
            from = to;
        }
        _rounding = 1e-24 * top * top;

        // Residuals from fitted means look less correlated than they are: by about (1 + 4 r) / freedom (Kendall 1954).
        var r = pairs > 0 && _squares > 0 ? products / _squares : 0;
        _correlation = Math.Clamp(r + (1 + 4 * Math.Max(r, 0)) / Math.Max(_freedom, 1), 0, CorrelationMax);
    }

    private readonly record struct Segment(int Blocks, double Mean, double Squares);

    /// <summary>P-value of change i; 1 when there is nothing to measure the noise by.</summary>
    public double PValue(int i)
    {
        if (_freedom == 0)
        {
            return 1;
        }
        var (a, b) = (_segments[i], _segments[i + 1]);
        var variance = _squares / _freedom;
        if (a.Blocks + b.Blocks > 2)
        {
            variance = Math.Max(variance, (a.Squares + b.Squares) / (a.Blocks + b.Blocks - 2));
        }
        variance = Math.Max(variance, _rounding);
        var inflation = (1 + _correlation) / (1 - _correlation);
        var error = variance * inflation * (1.0 / a.Blocks + 1.0 / b.Blocks);
        var distance = a.Mean - b.Mean;
        if (distance == 0 || error == 0)
        {
            return 1;
        }
        var places = a.Blocks + b.Blocks - 1;
        return Math.Min(1, places * TailProbability.StudentTwoSided(Math.Abs(distance) / Math.Sqrt(error), Math.Max(1, _freedom / inflation)));
    }

    private static double[] Blocks(SimdOps simd, Span<double> values, int length)
    {
        var blocks = new double[Math.Max(1, values.Length / length)];
        var scratch = new double[Math.Min(length, values.Length)];
        for (var i = 0; i < blocks.Length; i++)
        {
            values.Slice(i * length, scratch.Length).CopyTo(scratch);
            blocks[i] = ChangePointMedian.Of(simd, scratch);
        }
        return blocks;
    }
}
