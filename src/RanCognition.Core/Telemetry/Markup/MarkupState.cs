namespace RanCognition.Telemetry.Markup;

/// <summary>What a markup reader remembers: the elements that are open, the attributes of the current one and the prefixes that are declared, as places in the text.</summary>
internal sealed class MarkupState
{
    /// <summary>Elements within each other.</summary>
    public const int DepthMax = 256;

    /// <summary>Of one element, those that declare prefixes included: each is compared with those before it.</summary>
    public const int AttributesMax = 128;

    /// <summary>Declared at one place of the text.</summary>
    public const int PrefixesMax = 64;

    public readonly Range[] Open = new Range[DepthMax];   // names as written
    public readonly Range[] AttributeNames = new Range[AttributesMax];
    public readonly Range[] AttributeValues = new Range[AttributesMax];
    public readonly bool[] AttributeNeedsDecoding = new bool[AttributesMax];
    public readonly Range[] Prefixes = new Range[PrefixesMax];
    public readonly int[] PrefixDepths = new int[PrefixesMax];
    public byte[] Decoded = new byte[256];   // the last attribute or text that had to be decoded
    public int Depth;
    public int Attributes;
    public int PrefixCount;
}
