namespace RanCognition.Numerics;
/// <summary>Provisional.</summary>
public struct RandomStream
{
    private ulong _s;
    public RandomStream(ulong seed) => _s = seed;
    public ulong NextUInt64() { _s += 0x9E3779B97F4A7C15; ulong z = _s; z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9; z = (z ^ (z >> 27)) * 0x94D049BB133111EB; return z ^ (z >> 31); }
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
    public double NextNormal() => NormalQuantiles.Quantile(Math.Clamp(NextDouble(), 1e-15, 1 - 1e-15));
}
