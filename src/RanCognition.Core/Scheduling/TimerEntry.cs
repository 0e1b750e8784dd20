using System.Runtime.CompilerServices;

namespace RanCognition.Scheduling;

/// <summary>One place in the order of execution: due time, then priority, arrival and, as what they belong to, the slot of the task.</summary>
/// <remarks>
/// Key = priority (8 bits) | arrival (32) | slot (24). The arrival doubles as the entry's version: a task that was cancelled or rescheduled has another
/// arrival in its record, and the entry is dropped when it is met.
/// </remarks>
internal readonly struct TimerEntry(ulong due, ulong key)
{
    public const int SlotBits = 24;
    public const int ArrivalBits = 32;

    public readonly ulong Due = due;
    public readonly ulong Key = key;

    public static TimerEntry Of(ulong due, byte priority, uint arrival, uint slot) =>
        new(due, ((ulong)priority << (SlotBits + ArrivalBits)) | ((ulong)arrival << SlotBits) | slot);

    public uint Slot => (uint)Key & ((1u << SlotBits) - 1);

    public uint Arrival => (uint)(Key >> SlotBits);

    public byte Priority => (byte)(Key >> (SlotBits + ArrivalBits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBefore(TimerEntry other) => Due < other.Due || (Due == other.Due && Key < other.Key);
}
