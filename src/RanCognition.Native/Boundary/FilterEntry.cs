using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>Which episodes rancog_memory_search looks at: all conditions that are given must hold. Zeroed but for struct_size it leaves all.</summary>
[CType("rancog_filter")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FilterEntry
{
    /// <summary>sizeof(rancog_filter).</summary>
    public uint StructSize;

    /// <summary>Sum of RANCOG_FILTER_..: which of the numbers below are conditions.</summary>
    public uint Flags;

    /// <summary>UTF-8 text: episodes of this cell. NULL with length 0 = of any.</summary>
    [CSpelling("const uint8_t *")]
    public byte* Cell;

    /// <summary>Its length in bytes.</summary>
    public nuint CellLength;

    /// <summary>With RANCOG_FILTER_TIME: episodes from this time on, ns.</summary>
    public ulong FromNs;

    /// <summary>With RANCOG_FILTER_TIME: episodes before this time, ns.</summary>
    public ulong UntilNs;

    /// <summary>With RANCOG_FILTER_MIN_REWARD: episodes whose reward is known and at least this.</summary>
    public double MinReward;

    /// <summary>With RANCOG_FILTER_MAX_REWARD: episodes whose reward is known and at most this.</summary>
    public double MaxReward;

    /// <summary>With RANCOG_FILTER_SUCCESS: episodes whose success is known and this, 1 or 0.</summary>
    public int Success;

    /// <summary>Must be 0.</summary>
    public uint Reserved0;

    /// <summary>UTF-8 JSON object of further conditions, as "filter" of rancog_memory_recall has it. NULL with length 0 = none.</summary>
    [CSpelling("const uint8_t *")]
    public byte* Json;

    /// <summary>Its length in bytes.</summary>
    public nuint JsonLength;
}
