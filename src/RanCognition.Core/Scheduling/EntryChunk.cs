namespace RanCognition.Scheduling;

/// <summary>A link of a bucket's chain: four cache lines of entries in no order.</summary>
internal unsafe struct EntryChunk
{
    public const int Room = 15;

    public fixed ulong Entries[2 * Room];
    public uint Next;
    public uint Count;
    public ulong Padding;
}
