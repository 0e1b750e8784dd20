using RanCognition.Numerics;

namespace RanCognition.Optimization.Search;

/// <summary>The random numbers of one search: a <see cref="RandomStream"/> that iterators can share.</summary>
internal sealed class RandomSource(ulong seed)
{
    private RandomStream _stream = new(seed);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => _stream.NextDouble();

    public double NextNormal() => _stream.NextNormal();

    /// <summary>One of 0 .. count - 1.</summary>
    public int NextBelow(int count) => (int)(_stream.NextBits() % (ulong)count);

    /// <summary>Fills with independent standard normal numbers.</summary>
    public void FillNormal(Span<double> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _stream.NextNormal();
        }
    }

    /// <summary>Fills with a point of the cube that is at least <paramref name="margin"/> from its faces.</summary>
    public void FillPoint(Span<double> point, double margin)
    {
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = margin + (1 - 2 * margin) * _stream.NextDouble();
        }
    }
}
