using RanCognition.Performance;

namespace RanCognition.Memory.Index;

/// <summary>Native memory of items of one size that is made larger by doubling; new items are zero.</summary>
internal sealed unsafe class GrowingTable(int itemBytes) : IDisposable
{
    private const nuint Alignment = 4096;
    private const ulong HugeFromBytes = 4 << 20;

    // Kernels may read this far past the last item.
    private const ulong SlackBytes = 64;

    private NativePages? _pages;

    /// <summary>The first item, at a multiple of the page size; null before the first one.</summary>
    public byte* Address { get; private set; }

    public int Capacity { get; private set; }

    /// <summary>Memory of so many items.</summary>
    public ulong BytesOf(int items) => (ulong)items * (ulong)itemBytes;

    /// <summary>Makes room for so many items, of which the first are kept.</summary>
    public void Ensure(int items, int kept)
    {
        if (items <= Capacity)
        {
            return;
        }
        int capacity = (int)Math.Min(int.MaxValue, Math.Max((long)items, 2L * Capacity));
        ulong bytes = BytesOf(capacity) + SlackBytes;
        NativePages pages = bytes >= HugeFromBytes ? new NativePages(bytes) : new NativePages(bytes, Alignment);
        if (kept > 0)
        {
            Buffer.MemoryCopy(Address, pages.Address, bytes, BytesOf(kept));
        }
        _pages?.Dispose();
        _pages = pages;
        Address = (byte*)pages.Address;
        Capacity = capacity;
    }

    /// <summary>Takes the other's memory in place of its own; the other is empty then.</summary>
    public void TakeOver(GrowingTable other)
    {
        Dispose();
        _pages = other._pages;
        Address = other.Address;
        Capacity = other.Capacity;
        other._pages = null;
        other.Dispose();
    }

    public void Dispose()
    {
        _pages?.Dispose();
        _pages = null;
        Address = null;
        Capacity = 0;
    }
}
