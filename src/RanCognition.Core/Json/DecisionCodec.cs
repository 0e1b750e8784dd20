using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Documents of decision records: compact JSON with the names that results use. What is empty or not known is left out.</summary>
/// <remarks>Every number comes back to the bit, and the values of attributes as they were written; a number that is not finite comes back as not known.</remarks>
public sealed class DecisionCodec : IDecisionCodec
{
    private const string Argument = "document";

    private DecisionCodec()
    {
    }

    public static DecisionCodec Instance { get; } = new();

    public void Write(DecisionRecord record, IBufferWriter<byte> document)
    {
        Utf8JsonWriter json = JsonWriting.On(document);
        JsonOut.WriteDecisionRecord(json, record);
        json.Flush();
    }

    /// <exception cref="InvalidJsonException">The document is not one. Members that it does not know are passed over.</exception>
    public DecisionRecord Read(ReadOnlySpan<byte> document)
    {
        try
        {
            JsonCursor json = new(document, Argument);
            json.Next();
            DecisionRecord record = JsonIn.ReadDecisionRecord(ref json);
            json.End();
            return record;
        }
        catch (Exception error) when (error is InvalidInputException or LimitExceededException)
        {
            throw new InvalidJsonException(Argument, error.Message[(Argument.Length + 2)..]);
        }
    }
}
