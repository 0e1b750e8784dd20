using System.Runtime.CompilerServices;

namespace RanCognition.Performance;

/// <summary>
/// One unit of a pool's address range cut into blocks of one class. The record lies apart from the blocks, with three arrays behind it: a bit for each block that
/// is free, a bit for each that another thread freed, and the rounding of each live block (0 = not live), by which a wrong free is recognised.
/// </summary>
/// <remarks>Only the thread that owns it changes it without the pool's lock, and of it never <see cref="Remote"/>.</remarks>
internal unsafe struct Slab
{
    public const int UnitShift = 18;
    public const int UnitBytes = 1 << UnitShift;

    /// <summary>Whose it is; null when its thread has ended.</summary>
    public PoolCache* Owner;

    /// <summary>First block.</summary>
    public byte* Start;

    public ulong* Bits;
    public ulong* Remote;

    /// <summary>Per block, bytes that were rounded up + 1: a byte up to PoolSizes.NarrowBytesMax, else a ushort.</summary>
    public byte* Slack;

    /// <summary>Other slabs of this owner and class; of a record in stock, the next of its class.</summary>
    public Slab* Next;

    /// <summary>Next in its owner's list of slabs with free blocks, while IsListed.</summary>
    public Slab* NextListed;

    /// <summary>Next in its owner's list of slabs with blocks that other threads freed, while RemoteFree is not 0.</summary>
    public Slab* NextRemote;

    /// <summary>Of a large block, which has a record without blocks: bytes asked for.</summary>
    public nuint LargeBytes;

    public uint BlockBytes;

    /// <summary>2^32 / BlockBytes, rounded up: a multiple of BlockBytes times this, shifted by 32, is exact.</summary>
    public uint Reciprocal;

    /// <summary>Blocks that exist: the first ones. The memory behind them was not touched, or given back.</summary>
    public uint Carved;

    public uint BlocksMax;

    /// <summary>Set bits of Bits.</summary>
    public uint Free;

    /// <summary>No word of Bits below this has a set bit, so the lowest free block is found at once.</summary>
    public uint Word;

    /// <summary>A free that would reach this number of free blocks goes to the pool, which looks what can be given back.</summary>
    public uint TidyAt;

    /// <summary>Set bits of Remote.</summary>
    public uint RemoteFree;

    public int Class;
    public int Unit;

    /// <summary>Class for which the record is large enough.</summary>
    public int Stock;

    /// <summary>In its owner's list of slabs with free blocks: it may have none left, and a slab that has some is listed or serves a class now.</summary>
    public bool IsListed;

    public readonly bool IsWide => BlockBytes > PoolSizes.NarrowBytesMax;

    public readonly uint Words => (BlocksMax + 63) >> 6;

    /// <summary>Bytes of the record and its arrays.</summary>
    public static nuint RecordBytes(uint blockBytes)
    {
        uint blocks = UnitBytes / blockBytes;
        nuint words = (blocks + 63) >> 6;
        nuint slack = blockBytes > PoolSizes.NarrowBytesMax ? 2 * blocks : blocks;
        return ((nuint)sizeof(Slab) + 16 * words + slack + 15) & ~(nuint)15;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint SlackOf(Slab* slab, uint block) => slab->IsWide ? ((ushort*)slab->Slack)[block] : slab->Slack[block];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetSlack(Slab* slab, uint block, uint slack)
    {
        if (slab->IsWide)
        {
            ((ushort*)slab->Slack)[block] = (ushort)slack;
        }
        else
        {
            slab->Slack[block] = (byte)slack;
        }
    }

    /// <summary>The lowest free block becomes a live one of this size; null when none is free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Take(Slab* slab, uint size)
    {
        uint word = slab->Word;
        ulong bits = slab->Bits[word];
        if (bits == 0)
        {
            if (slab->Free == 0)
            {
                return null;
            }
            do
            {
                bits = slab->Bits[++word];
            }
            while (bits == 0);
            slab->Word = word;
        }
        slab->Bits[word] = bits & (bits - 1);
        slab->Free--;
        uint block = (word << 6) + (uint)System.Numerics.BitOperations.TrailingZeroCount(bits);
        SetSlack(slab, block, slab->BlockBytes - size + 1);
        return slab->Start + (nuint)block * slab->BlockBytes;
    }

    /// <summary>A live block becomes a free one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Give(Slab* slab, uint block)
    {
        SetSlack(slab, block, 0);
        uint word = block >> 6;
        slab->Bits[word] |= 1UL << (int)(block & 63);
        slab->Free++;
        if (word < slab->Word)
        {
            slab->Word = word;
        }
    }

    /// <summary>Number of the block that begins at this offset; Carved or more when none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BlockAt(Slab* slab, uint offset)
    {
        uint block = (uint)(((ulong)offset * slab->Reciprocal) >> 32);
        return block * slab->BlockBytes == offset ? block : uint.MaxValue;
    }

    /// <summary>Size with which the live block at this offset, or this large block, was allocated; 0 when there is none.</summary>
    public static nuint SizeAt(Slab* slab, uint offset)
    {
        if (slab->Class == SlabRecords.LargeClass)
        {
            return slab->LargeBytes;
        }
        uint block = BlockAt(slab, offset);
        uint slack = block < slab->Carved ? SlackOf(slab, block) : 0;
        return slack == 0 ? 0 : slab->BlockBytes - slack + 1;
    }

    public static bool IsRemote(Slab* slab, uint block) => (slab->Remote[block >> 6] >> (int)(block & 63) & 1) != 0;
}
