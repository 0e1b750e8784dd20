using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RanCognition.Memory.Storage;

/// <summary>A row that stands for that in its page, or is between those of its page: everything that loading needs, in one blob.</summary>
/// <remarks>
/// checksum u64 | time u64 | reward f64 | cell i32 | success i8 | present u8 (0: the episode of the page is gone) | numbers of the vector u16 | vector f32.. | situation f32..
/// The checksum is that of the rest, seeded with the id.
/// </remarks>
internal readonly ref struct LooseRow
{
    public const int HeaderBytes = 32;

    private readonly ReadOnlySpan<byte> _data;

    private LooseRow(ReadOnlySpan<byte> data) => _data = data;

    public bool IsPresent => _data[29] != 0;

    public ulong TimeNs => BinaryPrimitives.ReadUInt64LittleEndian(_data[8..]);

    public double Reward => BinaryPrimitives.ReadDoubleLittleEndian(_data[16..]);

    public uint Cell => BinaryPrimitives.ReadUInt32LittleEndian(_data[24..]);

    public sbyte Success => (sbyte)_data[28];

    public ReadOnlySpan<float> Vector => MemoryMarshal.Cast<byte, float>(_data.Slice(HeaderBytes, 4 * Dimension));

    public ReadOnlySpan<float> Situation => MemoryMarshal.Cast<byte, float>(_data[(HeaderBytes + 4 * Dimension)..]);

    private int Dimension => BinaryPrimitives.ReadUInt16LittleEndian(_data[30..]);

    public static LooseRow Read(ulong id, ReadOnlySpan<byte> data)
    {
        var row = new LooseRow(data);
        if (data.Length < HeaderBytes || data.Length % 4 != 0 || HeaderBytes + 4 * row.Dimension > data.Length
            || BinaryPrimitives.ReadUInt64LittleEndian(data) != Checksum64.Of(data[8..], id))
        {
            throw StorageFailure.Damaged($"row of episode {id}");
        }
        return row;
    }

    public static int Bytes(StoredEpisode episode) => HeaderBytes + 4 * (episode.Vector.Length + episode.Situation.Length);

    public static void Write(Span<byte> data, StoredEpisode episode, uint cell)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(data[8..], episode.TimeNs);
        BinaryPrimitives.WriteDoubleLittleEndian(data[16..], StoredNumbers.Reward(episode.Reward));
        BinaryPrimitives.WriteUInt32LittleEndian(data[24..], cell);
        data[28] = (byte)(sbyte)episode.Success;
        data[29] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(data[30..], (ushort)episode.Vector.Length);
        MemoryMarshal.AsBytes(episode.Vector.Span).CopyTo(data[HeaderBytes..]);
        MemoryMarshal.AsBytes(episode.Situation.Span).CopyTo(data[(HeaderBytes + 4 * episode.Vector.Length)..]);
        Seal(data, episode.Id);
    }

    /// <summary>Says that the episode is gone.</summary>
    public static void WriteAbsent(Span<byte> data, ulong id)
    {
        data[..HeaderBytes].Clear();
        Seal(data[..HeaderBytes], id);
    }

    private static void Seal(Span<byte> data, ulong id) => BinaryPrimitives.WriteUInt64LittleEndian(data, Checksum64.Of(data[8..], id));
}
