using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

internal sealed class StrangeLoopOptionsConverter : InputConverter<StrangeLoopOptions>
{
    public override void Write(Utf8JsonWriter writer, StrangeLoopOptions value, JsonSerializerOptions options) => JsonOut.WriteStrangeLoopOptions(writer, value);

    protected override StrangeLoopOptions ReadText(ReadOnlySpan<byte> text) => JsonIn.StrangeLoopOptions(text, "options");
}

internal sealed class FixedPointRequestConverter : InputConverter<FixedPointRequest>
{
    public override void Write(Utf8JsonWriter writer, FixedPointRequest value, JsonSerializerOptions options) => JsonOut.WriteFixedPointRequest(writer, value);

    protected override FixedPointRequest ReadText(ReadOnlySpan<byte> text) => JsonIn.FixedPointRequest(text, "request");
}

internal sealed class LoopObservationConverter : InputConverter<LoopObservation>
{
    public override void Write(Utf8JsonWriter writer, LoopObservation value, JsonSerializerOptions options) => JsonOut.WriteLoopObservation(writer, value);

    protected override LoopObservation ReadText(ReadOnlySpan<byte> text) => JsonIn.LoopObservation(text, "observation");
}

internal sealed class ConflictRequestConverter : InputConverter<ConflictRequest>
{
    public override void Write(Utf8JsonWriter writer, ConflictRequest value, JsonSerializerOptions options) => JsonOut.WriteConflictRequest(writer, value);

    protected override ConflictRequest ReadText(ReadOnlySpan<byte> text) => JsonIn.ConflictRequest(text, "request");
}

internal sealed class StrangeLoopStateConverter : InputConverter<StrangeLoopState>
{
    public override void Write(Utf8JsonWriter writer, StrangeLoopState value, JsonSerializerOptions options) => JsonOut.WriteStrangeLoopState(writer, value);

    protected override StrangeLoopState ReadText(ReadOnlySpan<byte> text) => JsonIn.StrangeLoopState(text, "state");
}

internal sealed class StrangeLoopOperationConverter : InputConverter<StrangeLoopOperation>
{
    public override void Write(Utf8JsonWriter writer, StrangeLoopOperation value, JsonSerializerOptions options) => JsonOut.WriteStrangeLoopOperation(writer, value);

    protected override StrangeLoopOperation ReadText(ReadOnlySpan<byte> text) => JsonIn.StrangeLoopOperation(text, "data");
}
