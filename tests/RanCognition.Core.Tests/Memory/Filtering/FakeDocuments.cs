using System.Buffers;
using System.Buffers.Binary;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Filtering;

/// <summary>Documents that are only a number, by which their fields are looked up; and a store of them.</summary>
internal sealed class FakeDocuments : IEpisodeCodec
{
    private readonly Dictionary<int, Dictionary<string, MetadataValue>> _fields = [];
    private readonly SortedDictionary<ulong, byte[]> _documents = [];
    private int _passes;

    /// <summary>How often all documents were read.</summary>
    public int Passes => _passes;

    public byte[] Put(ulong id, Dictionary<string, MetadataValue> fields)
    {
        var document = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(document, _fields.Count);
        _fields.Add(_fields.Count, fields);
        _documents[id] = document;
        return document;
    }

    public void Remove(ulong id) => _documents.Remove(id);

    public void ReadAll(DocumentReader read)
    {
        Interlocked.Increment(ref _passes);
        foreach ((ulong id, byte[] document) in _documents)
        {
            read(id, document);
        }
    }

    public void Read(ReadOnlySpan<ulong> ids, DocumentReader read)
    {
        foreach (ulong id in ids)
        {
            if (_documents.TryGetValue(id, out byte[]? document))
            {
                read(id, document);
            }
        }
    }

    public MetadataValue? Field(ReadOnlySpan<byte> document, string field) => _fields[BinaryPrimitives.ReadInt32LittleEndian(document)].GetValueOrDefault(field);

    void IEpisodeCodec.Write(Episode episode, IBufferWriter<byte> document) => throw new NotSupportedException();

    Episode IEpisodeCodec.Read(ReadOnlySpan<byte> document) => throw new NotSupportedException();
}
