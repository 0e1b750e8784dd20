using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Documents of episodes: compact JSON with the names that calls use.</summary>
public sealed class EpisodeCodec : IEpisodeCodec
{
    internal const string Argument = "document";

    private EpisodeCodec()
    {
    }

    public static EpisodeCodec Instance { get; } = new();

    public void Write(Episode episode, IBufferWriter<byte> document)
    {
        Utf8JsonWriter json = JsonWriting.On(document);
        JsonOut.WriteEpisodeDocument(json, episode);
        json.Flush();
    }

    /// <exception cref="InvalidJsonException">The document is not one.</exception>
    /// <exception cref="InvalidInputException">A member of it cannot be used.</exception>
    /// <exception cref="LimitExceededException">It is larger than episodes can be.</exception>
    public Episode Read(ReadOnlySpan<byte> document)
    {
        JsonCursor json = new(document, Argument);
        json.Next();
        EpisodeMembersReader reader = new(EpisodeForm.Kept, []);
        reader.Read(ref json, null);
        json.End();
        return reader.Episode();
    }

    /// <remarks>metadata.a.b is the member "a.b" where there is one, and else the member "b" of the object "a".</remarks>
    /// <exception cref="InvalidJsonException">The document is not one, as far as it was read.</exception>
    public MetadataValue? Field(ReadOnlySpan<byte> document, string field)
    {
        int dot = field.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return field is "network_id" or "problem_type" or "text" or "tags" ? new DocumentField(document).Member(field) : null;
        }
        ReadOnlySpan<char> rest = field.AsSpan(dot + 1);
        return field.AsSpan(0, dot) switch
        {
            "metadata" => new DocumentField(document).Metadata(rest),
            "situation" => new DocumentField(document).Metric("situation", rest),
            "outcome" => new DocumentField(document).Metric("outcome", rest),
            _ => null,
        };
    }
}
