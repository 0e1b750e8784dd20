using RanCognition.Contracts;
using RanCognition.Telemetry.Markup;

namespace RanCognition.Telemetry;

/// <summary>Measurement files in XML.</summary>
public static class MeasurementMessage
{
    /// <summary>Reads a measCollecFile of TS 32.435 or a measDataFile of TS 28.532, whole or not at all.</summary>
    /// <param name="message">The file, in UTF-8, UTF-16 with a byte order mark, US-ASCII or ISO-8859-1.</param>
    /// <param name="argument">Named in errors.</param>
    /// <param name="nowNs">The present: samples that end later are taken, and noted.</param>
    public static MeasurementBatch ReadXml(ReadOnlySpan<byte> message, string argument, ulong nowNs = ulong.MaxValue)
    {
        MeasurementCollector collector = new(argument);
        MeasurementFile file = new(new MarkupReader(MarkupText.ToUtf8(message, argument), argument), collector, argument);
        file.Read();
        return collector.Finish(nowNs);
    }
}
