namespace RanCognition.Performance.Clock;

/// <summary>Counter and system clock at the same moment, as nearly as can be told.</summary>
/// <param name="Counter">The counter in the middle of the reading, ticks.</param>
/// <param name="SystemNs">The system clock, ns.</param>
/// <param name="HalfWidthTicks">The system clock was read within so many ticks of Counter.</param>
internal readonly record struct CounterPair(ulong Counter, ulong SystemNs, ulong HalfWidthTicks)
{
    // One is enough when nothing comes between; an interrupt within all of them is rare, and told by the width.
    private const int Tries = 5;

    public static CounterPair Take<TSource>(TSource source)
        where TSource : IClockSource
    {
        CounterPair best = new(0, 0, ulong.MaxValue);
        ulong before = source.ReadCounter();
        for (int i = 0; i < Tries; i++)
        {
            ulong system = source.ReadSystem();
            ulong after = source.ReadCounter();
            ulong half = (after - before) / 2;
            if (half < best.HalfWidthTicks)
            {
                best = new CounterPair(before + half, system, half + 1);   // and a tick for what a coarse counter does not show
            }
            before = after;
        }
        return best;
    }
}
