using System.Text.Json;
using System.Text.Json.Serialization;
using RanCognition.Contracts;

namespace RanCognition.Json;

internal sealed class MeasurementFormatConverter : JsonConverter<MeasurementFormat>
{
    public override MeasurementFormat Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        string? name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        for (MeasurementFormat format = MeasurementFormat.VesPerf3gpp; format <= MeasurementFormat.Rows; format++)
        {
            if (JsonOut.FormatName(format) == name)
            {
                return format;
            }
        }
        throw new JsonException("must be ves_perf3gpp, ts28532_xml, ts32435_xml, e2sm_kpm or rows");
    }

    public override void Write(Utf8JsonWriter writer, MeasurementFormat value, JsonSerializerOptions options) => writer.WriteStringValue(JsonOut.FormatName(value));
}
