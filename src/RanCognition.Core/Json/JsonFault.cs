using System.Text.Json;

namespace RanCognition.Json;

/// <summary>Where a text stops being JSON.</summary>
internal static class JsonFault
{
    /// <summary>Reads a refused text once more with the framework's reader, whose notion of the place is the one that messages give.</summary>
    /// <returns>The byte, and whether the fault lies at the deepest level allowed, where one more bracket is a fault too.</returns>
    public static (long Place, bool MayBeTooDeep) Find(ReadOnlySpan<byte> text, int depthMax)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = depthMax, CommentHandling = JsonCommentHandling.Disallow });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            // its counters have stopped at the place
        }
        return (reader.BytesConsumed, reader.CurrentDepth >= depthMax - 1);
    }
}
