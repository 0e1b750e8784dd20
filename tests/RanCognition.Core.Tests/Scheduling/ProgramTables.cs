using RanCognition.Contracts;

namespace RanCognition.Tests.Scheduling;

/// <summary>The values that random programs are made of: many equal ones, and those at the edges.</summary>
internal static class ProgramTables
{
    private const ulong Slot = 4096;
    private const ulong Far = 1UL << 62;

    public static readonly ulong[] StartTimes =
    [
        0, 0, 1, Slot - 1, (Slot << 10) - 3, Slot << 20, (Slot << 30) - 1, 1_700_000_000_000_000_000, Far - 5, Far + 1, 1UL << 63,
        SchedulingLimits.TimeMax - 5000, SchedulingLimits.TimeMax - 3, SchedulingLimits.TimeMax,
    ];

    /// <summary>Distances in time, small first for shrinking.</summary>
    public static readonly ulong[] NearSpans = [0, 0, 1, 1, 2, 3, 5, 7, 10, 10, 100];

    public static readonly ulong[] Spans =
    [
        .. NearSpans, 1000, Slot - 1, Slot, Slot + 1, 2 * Slot, 1_000_000, (Slot << 10) - 1, Slot << 10, (Slot << 10) + 1, (Slot << 20) - 1, Slot << 20, (Slot << 20) + 1,
        (Slot << 30) - 1, Slot << 30, (Slot << 30) + 1, Slot << 40, (Slot << 40) + 1, Slot << 50, Far - 1, Far, Far + 1, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    /// <summary>Edges of the slots of a wheel, to which times are rounded up.</summary>
    public static readonly ulong[] Grains = [Slot, Slot << 10, Slot << 20, Slot << 30, Slot << 40, 64, 1 << 16, 1UL << 32];

    public static readonly ulong[] Intervals = [10, 0, 1, 2, 3, 7, 10, 100, Slot - 1, Slot, Slot << 10, (Slot << 10) + 1, 1UL << 33, Slot << 30, Far, Far + 1, SchedulingLimits.TimeMax, ulong.MaxValue];

    /// <summary>The shortest interval of an endless series that skips: its ids must not run out.</summary>
    public const ulong EndlessIntervalMin = 1UL << 50;

    public static readonly uint[] Executions = [2, 1, 2, 3, 3, 5, 5, 10, 100, 1_000_000, uint.MaxValue - 1, uint.MaxValue, uint.MaxValue, 0];

    public static readonly ulong[] MaxTasks = [1, 2, 3, 5, 8, 20, 50, 0];

    public static readonly ulong[] Deadlines = [0, 1, 5, 100, Slot, Far];

    public static readonly ulong[] Backoffs = [0, 1, 3, 10, Slot, 1UL << 50];

    public static readonly int[] DataLengths = [4, 4, 5, 8, 15, 16, 17, 64, 100];

    public static T Of<T>(IReadOnlyList<T> table, int index) => table[index % table.Count];
}
