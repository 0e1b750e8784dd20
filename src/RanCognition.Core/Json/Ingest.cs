using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Telemetry;

namespace RanCognition.Json;

/// <summary>Measurement messages of every format that is known.</summary>
public static class Ingest
{
    /// <summary>Reads a message, whole or not at all: XML when its first character is '&lt;' or it begins with the mark of UTF-16, else JSON.</summary>
    /// <param name="message">The message.</param>
    /// <param name="bytesMax">A longer one is refused before it is looked at.</param>
    /// <param name="nowNs">The present: samples that end later are taken, and noted.</param>
    /// <param name="argument">Named in errors.</param>
    /// <exception cref="LimitExceededException">The message or something in it is beyond a bound.</exception>
    /// <exception cref="InvalidJsonException">The message is not JSON, or not of the shape of its format.</exception>
    /// <exception cref="InvalidInputException">The message is not well-formed XML, or of no known format.</exception>
    public static MeasurementBatch Read(ReadOnlySpan<byte> message, ulong bytesMax, ulong nowNs, string argument)
    {
        if ((ulong)message.Length > bytesMax)
        {
            throw new LimitExceededException(argument,
                $"{message.Length.ToString(CultureInfo.InvariantCulture)} bytes, at most {bytesMax.ToString(CultureInfo.InvariantCulture)} (max_message_bytes)");
        }
        return IsMarkup(message) ? Telemetry.MeasurementMessage.ReadXml(message, argument, nowNs) : JsonIn.MeasurementMessage(message, argument, nowNs);
    }

    private static bool IsMarkup(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith<byte>([0xFF, 0xFE]) || message.StartsWith<byte>([0xFE, 0xFF]))
        {
            return true;
        }
        ReadOnlySpan<byte> text = (message.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? message[3..] : message).TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && text[0] == '<';
    }
}
