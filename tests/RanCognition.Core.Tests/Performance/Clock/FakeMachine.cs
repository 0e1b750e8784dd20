using RanCognition.Performance.Clock;

namespace RanCognition.Tests.Performance.Clock;

/// <summary>A machine whose time passes only when it is read or told to; counter and system clock can be made to misbehave.</summary>
internal sealed class FakeMachine(Random random) : IClockSource
{
    private const int Fraction = 32;
    private const int ReadNsMin = 10;
    private const int ReadNsMax = 40;
    private const int InterruptNsMax = 300_000;

    private UInt128 _counter;

    public bool HasCounter { get; set; } = true;

    public ulong SystemNs { get; private set; } = 1_700_000_000_000_000_000;

    /// <summary>Chance that a reading is interrupted.</summary>
    public double Interrupts { get; set; }

    /// <summary>Ticks a ns.</summary>
    public double Rate { get; set; } = 2.1;

    /// <summary>What the system clock runs too fast by, millionths.</summary>
    public int SlewPpm { get; set; }

    public ulong Counter
    {
        get => (ulong)(_counter >> Fraction);
        set => _counter = (UInt128)value << Fraction;
    }

    public void Pass(ulong ns)
    {
        PassCounter(ns);
        PassSystem(ns);
    }

    /// <summary>The counter goes on while the system clock stands still, as in a suspended machine.</summary>
    public void PassCounter(ulong ns) => _counter += (UInt128)ns * (ulong)(Rate * (1ul << Fraction));

    public void PassSystem(ulong ns) => SystemNs += ns + (ulong)((Int128)ns * SlewPpm / 1_000_000);

    public ulong ReadCounter()
    {
        Assert.True(HasCounter, "a counter that is not there was read");
        PassReading();
        return Counter;
    }

    public ulong ReadSystem()
    {
        PassReading();
        return SystemNs;
    }

    private void PassReading()
    {
        Pass((ulong)random.Next(ReadNsMin, ReadNsMax));
        if (random.NextDouble() < Interrupts)
        {
            Pass((ulong)random.Next(InterruptNsMax));
        }
    }
}
