using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Finds one field in the document of an episode and builds nothing else: filters ask it of every episode.</summary>
internal ref struct DocumentField(ReadOnlySpan<byte> document)
{
    private const int NameBytesOnStack = 256;

    private readonly ReadOnlySpan<byte> _document = document;
    private JsonScanner _json = new(document, JsonIn.DepthMax);

    /// <summary>A string or a list that is not empty.</summary>
    public MetadataValue? Member(ReadOnlySpan<char> name)
    {
        MetadataValue? value = EnterFirst(name) ? Value() : null;
        return value is MetadataValue.Text { Value.Length: > 0 } or MetadataValue.List { Items.Count: > 0 } ? value : null;
    }

    public MetadataValue? Metric(ReadOnlySpan<char> map, ReadOnlySpan<char> metric) =>
        EnterFirst(map) && Enter(metric) && _json.Token == JsonTokenType.Number ? Value() : null;

    /// <summary>The member of that name, or where there is none what its parts between dots lead to.</summary>
    public MetadataValue? Metadata(ReadOnlySpan<char> path)
    {
        if (!EnterFirst("metadata"))
        {
            return null;
        }
        JsonScanner metadata = _json;
        if (Enter(path))
        {
            return Value();
        }
        if (!path.Contains('.'))
        {
            return null;
        }
        _json = metadata;
        foreach (Range part in path.Split('.'))
        {
            if (!Enter(path[part]))
            {
                return null;
            }
        }
        return Value();
    }

    private bool EnterFirst(ReadOnlySpan<char> name)
    {
        Next();
        return Enter(name);
    }

    /// <summary>Moves from an object to the value of its member; false when it is no object or has none of that name.</summary>
    private bool Enter(ReadOnlySpan<char> name)
    {
        if (_json.Token != JsonTokenType.StartObject)
        {
            return false;
        }
        int bytesMax = Encoding.UTF8.GetMaxByteCount(name.Length);
        Span<byte> bytes = bytesMax <= NameBytesOnStack ? stackalloc byte[NameBytesOnStack] : new byte[bytesMax];
        ReadOnlySpan<byte> wanted = bytes[..Encoding.UTF8.GetBytes(name, bytes)];
        while (true)
        {
            Next();
            if (_json.Token == JsonTokenType.EndObject)
            {
                return false;
            }
            bool isWanted = _json.HasEscapes ? Unescaped().AsSpan().SequenceEqual(wanted) : _json.Value.SequenceEqual(wanted);
            Next();
            if (isWanted)
            {
                return true;
            }
            Skip();
        }
    }

    /// <summary>The value at which the scanner stands.</summary>
    private MetadataValue Value()
    {
        switch (_json.Token)
        {
            case JsonTokenType.String:
                return new MetadataValue.Text(_json.HasEscapes ? Encoding.UTF8.GetString(Unescaped()) : Encoding.UTF8.GetString(_json.Value));
            case JsonTokenType.Number:
                return ExactNumber.Of(_json.Value, _json.Number);
            case JsonTokenType.True or JsonTokenType.False:
                return new MetadataValue.Truth(_json.Token == JsonTokenType.True);
            case JsonTokenType.Null:
                return MetadataValue.Nothing.Instance;
        }
        int start = _json.TokenStart;
        Skip();
        JsonCursor json = new(_document[start.._json.Consumed], EpisodeCodec.Argument);
        json.Next();
        return json.Value(MemoryLimits.MetadataDepthMax);
    }

    private void Skip()
    {
        if (_json.Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }
        int depth = _json.Depth;
        do
        {
            Next();
        }
        while (_json.Depth >= depth);
    }

    private readonly byte[] Unescaped()
    {
        byte[] plain = new byte[_json.Value.Length];
        if (!JsonText.TryUnescape(_json.Value, plain, out int length))
        {
            Refuse();
        }
        Array.Resize(ref plain, length);
        return plain;
    }

    private void Next()
    {
        if (!_json.Next())
        {
            Refuse();
        }
    }

    [DoesNotReturn]
    private readonly void Refuse() => throw new InvalidJsonException(EpisodeCodec.Argument, $"not valid JSON at byte {JsonFault.Find(_document, JsonIn.DepthMax).Place}");
}
