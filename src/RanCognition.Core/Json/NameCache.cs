using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace RanCognition.Json;

/// <summary>Field and metric names come again with every call: one string serves all of them.</summary>
/// <remarks>Bounded: a name takes its slot from the one that was there. Threads share it without a lock, as a slot is one reference to a string that never changes.</remarks>
internal static class NameCache
{
    private const int Slots = 8192;   // a power of two; a problem may have some thousands of metrics
    private const int BytesMax = 64;   // longer names are not kept

    private static readonly string?[] Names = new string?[Slots];

    /// <summary>The string of a name in valid UTF-8 and a hash of it, equal for equal names.</summary>
    public static string Get(ReadOnlySpan<byte> name, out uint hash)
    {
        hash = Hash(name);
        ref string? slot = ref Names[(hash ^ (hash >> 10) ^ (hash >> 20)) & (Slots - 1)];
        string? kept = Volatile.Read(ref slot);
        if (kept is not null && kept.Length == name.Length && Ascii.Equals(name, kept))
        {
            return kept;
        }
        string made = Encoding.UTF8.GetString(name);
        if (name.Length <= BytesMax && made.Length == name.Length)   // as long in bytes: ASCII
        {
            Volatile.Write(ref slot, made);
        }
        return made;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = (uint)name.Length;
        if (name.Length < sizeof(ulong))
        {
            foreach (byte character in name)
            {
                hash = BitOperations.Crc32C(hash, character);
            }
            return hash;
        }
        for (int at = 0; at + sizeof(ulong) <= name.Length; at += sizeof(ulong))
        {
            hash = BitOperations.Crc32C(hash, MemoryMarshal.Read<ulong>(name[at..]));
        }
        return BitOperations.Crc32C(hash, MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]));
    }
}
