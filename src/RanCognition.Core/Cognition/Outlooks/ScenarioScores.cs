using System.Numerics;
using RanCognition.Numerics;

namespace RanCognition.Cognition.Outlooks;

/// <summary>The noise of the futures: normal scores, one in the middle of each of equally likely parts, and the order in which a metric meets them.</summary>
/// <remarks>
/// Every metric meets each part once, in an order of its own (Latin hypercube sampling: McKay, Beckman and Conover, Technometrics 21, 1979). The order follows
/// from the seed and the metric alone, so that all candidates are judged in the same futures (common random numbers).
/// </remarks>
internal sealed class ScenarioScores
{
    public const int Fewest = 256;
    public const int Most = 1024;

    private static readonly ScenarioScores?[] Made = new ScenarioScores?[BitOperations.Log2(Most) + 1];

    private readonly int _bits;

    private ScenarioScores(int count)
    {
        Count = count;
        _bits = BitOperations.Log2((uint)count);
        Scores = new double[count];
        for (int i = 0; i < count / 2; i++)
        {
            double score = NormalQuantiles.Quantile((i + 0.5) / count);
            Scores[i] = score;
            Scores[count - 1 - i] = -score;
        }
    }

    /// <summary>Futures, a power of two.</summary>
    public int Count { get; }

    /// <summary>Ascending.</summary>
    public double[] Scores { get; }

    /// <param name="count">A power of two, <see cref="Fewest"/> to <see cref="Most"/>.</param>
    public static ScenarioScores Of(int count)
    {
        int place = BitOperations.Log2((uint)count);
        return Made[place] ??= new ScenarioScores(count);   // two threads may make the same one: either is right
    }

    /// <summary>A seed of its own for each metric and use.</summary>
    public static ulong SeedOf(ulong seed, string metric, int use)
    {
        const ulong Prime = 0x100000001B3;   // FNV-1a (Fowler, Noll, Vo)
        ulong hash = 0xCBF29CE484222325;
        foreach (char letter in metric)
        {
            hash = (hash ^ letter) * Prime;
        }
        return (hash ^ (ulong)use) * Prime ^ seed * 0x9E3779B97F4A7C15;
    }

    /// <summary>Place among the scores by future: each place once. Odd factors and shifts modulo a power of two are invertible.</summary>
    public void Order(ulong seed, Span<int> places)
    {
        RandomStream random = new(seed);
        uint mask = (uint)Count - 1;
        uint first = (uint)random.NextBits() | 1, second = (uint)random.NextBits() | 1, third = (uint)random.NextBits() | 1;
        uint start = (uint)random.NextBits(), middle = (uint)random.NextBits(), end = (uint)random.NextBits();
        int half = (_bits + 1) / 2;
        for (int i = 0; i < places.Length; i++)
        {
            uint x = ((uint)i * first + start) & mask;
            x ^= x >> half;
            x = (x * second + middle) & mask;
            x ^= x >> half;
            x = (x * third + end) & mask;
            x ^= x >> half;
            places[i] = (int)x;
        }
    }

    /// <summary>
    /// Ranks of values that are about standard normal: each rank once, in their order but for values closer than a 512th. Counting them by cells is twelve times as
    /// fast as sorting.
    /// </summary>
    public void Rank(ReadOnlySpan<double> values, Span<int> ranks)
    {
        const int CellsPerUnit = 512, UnitsMost = 4, Cells = 2 * UnitsMost * CellsPerUnit;
        Span<int> places = new int[Cells];
        for (int i = 0; i < values.Length; i++)
        {
            places[CellOf(values[i])]++;
        }
        int place = 0;
        foreach (ref int count in places)
        {
            (count, place) = (place, place + count);
        }
        for (int i = 0; i < values.Length; i++)
        {
            ranks[i] = places[CellOf(values[i])]++;
        }

        static int CellOf(double value) => Math.Clamp((int)((value + UnitsMost) * CellsPerUnit), 0, Cells - 1);
    }
}
