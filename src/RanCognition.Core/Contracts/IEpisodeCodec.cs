using System.Buffers;

namespace RanCognition.Contracts;

/// <summary>Between an episode and the document that a memory keeps of it: a JSON object with the members that have no column of their own.</summary>
/// <remarks>Columns are id, time_ns, cell, reward, success and vector; situation is in the document too, with full precision.</remarks>
public interface IEpisodeCodec
{
    void Write(Episode episode, IBufferWriter<byte> document);

    /// <summary>The episode without the members that are columns.</summary>
    Episode Read(ReadOnlySpan<byte> document);

    /// <summary>One field of a document as filters name it (network_id, problem_type, tags, text, metadata.KEY, situation.METRIC, outcome.METRIC), or null when it is not there.</summary>
    MetadataValue? Field(ReadOnlySpan<byte> document, string field);
}
