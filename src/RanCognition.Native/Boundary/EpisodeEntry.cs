using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>One episode of rancog_memory_append.</summary>
[CType("rancog_episode")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct EpisodeEntry
{
    /// <summary>sizeof(rancog_episode).</summary>
    public uint StructSize;

    /// <summary>Must be 0.</summary>
    public uint Flags;

    /// <summary>1..2^63-1, not there yet; 0 = the memory gives the next one.</summary>
    public ulong Id;

    /// <summary>When the situation was, ns since the Unix epoch, at most 2^63-1; 0 = the host's clock.</summary>
    public ulong TimeNs;

    /// <summary>UTF-8 text, at most 1024 bytes. NULL with length 0 = none.</summary>
    [CSpelling("const uint8_t *")]
    public byte* Cell;

    /// <summary>Its length in bytes.</summary>
    public nuint CellLength;

    /// <summary>The state vector: finite numbers. NULL with dimension 0 = none; then the document must have a situation.</summary>
    [CSpelling("const float *")]
    public float* Vector;

    /// <summary>Numbers of the vector, the same in all vectors of a memory, at most 4096.</summary>
    public nuint Dimension;

    /// <summary>NaN = not known yet.</summary>
    public double Reward;

    /// <summary>1, 0, or -1 = not known yet.</summary>
    public int Success;

    /// <summary>Must be 0.</summary>
    public uint Reserved0;

    /// <summary>UTF-8 JSON object with the other members of an episode (situation, action, outcome, tags, metadata, text, network_id, problem_type). NULL with length 0 = none.</summary>
    [CSpelling("const uint8_t *")]
    public byte* Document;

    /// <summary>Its length in bytes.</summary>
    public nuint DocumentLength;
}
