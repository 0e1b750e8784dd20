using RanCognition.Numerics;

namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Random numbers that several iterators take turns at; iterators cannot hold the stream by reference.</summary>
internal sealed class RandomSource(ulong seed)
{
    private RandomStream _stream = new(seed);

    public double NextDouble() => _stream.NextDouble();

    public double NextNormal() => _stream.NextNormal();

    /// <summary>A number from 0 to count - 1.</summary>
    public int Below(int count) => (int)(_stream.NextDouble() * count);
}
