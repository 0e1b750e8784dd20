using System.Buffers.Binary;
using System.Text;

namespace RanCognition.Memory.Storage;

/// <summary>Numbers as SQLite gives them back, and the checksums of rows.</summary>
internal static class StoredNumbers
{
    /// <summary>SQLite keeps a real that is a whole number as an integer, which has no minus zero, and no NaN at all.</summary>
    public static double Reward(double reward) => double.IsNaN(reward) ? double.NaN : reward + 0.0;

    public static ulong EpisodeChecksum(ulong id, ulong timeNs, double reward, int success, ReadOnlySpan<byte> cell, ReadOnlySpan<byte> document)
    {
        Span<byte> columns = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(columns, id);
        BinaryPrimitives.WriteUInt64LittleEndian(columns[8..], timeNs);
        BinaryPrimitives.WriteInt64LittleEndian(columns[16..], BitConverter.DoubleToInt64Bits(Reward(reward)));
        BinaryPrimitives.WriteInt64LittleEndian(columns[24..], success);
        return Checksum64.Of(document, Checksum64.Of(cell, Checksum64.Of(columns, 0)));
    }

    public static ulong RevisionChecksum(ulong episodeChecksum, ulong knownNs, ReadOnlySpan<byte> vector, ReadOnlySpan<byte> situation) =>
        Checksum64.Of(situation, Checksum64.Of(vector, episodeChecksum ^ knownNs * 0x9E3779B97F4A7C15));

    /// <summary>Of a row that is a name, a number and another text.</summary>
    public static ulong NoteChecksum(ulong number, string name, string value)
    {
        ulong seed = Checksum64.Of(Encoding.UTF8.GetBytes(name), number);
        return Checksum64.Of(Encoding.UTF8.GetBytes(value), seed);
    }

    public static ulong DecisionChecksum(ulong id, ReadOnlySpan<byte> document) => Checksum64.Of(document, id);

    public static ulong HistoryChecksum(string network, ReadOnlySpan<byte> block) => Checksum64.Of(block, NoteChecksum(0, network, ""));
}
