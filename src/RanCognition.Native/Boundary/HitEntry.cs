using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

// Laid out as the core's MemoryHit, as which it is written.
/// <summary>One hit of rancog_memory_search.</summary>
[CType("rancog_hit")]
[StructLayout(LayoutKind.Sequential)]
internal struct HitEntry
{
    /// <summary>Id of the episode.</summary>
    public ulong Id;

    /// <summary>Its time, ns since the Unix epoch.</summary>
    public ulong TimeNs;

    /// <summary>In the memory's metric: Euclidean distance; 1 - cosine; minus the inner product.</summary>
    public double Distance;

    /// <summary>NaN = not known.</summary>
    public double Reward;
}
