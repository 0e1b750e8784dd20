namespace RanCognition.Telemetry.Markup;

/// <summary>What a markup reader stands at.</summary>
internal enum MarkupToken : byte
{
    None,
    Start,
    Finish,
    Text,
    End,
}
