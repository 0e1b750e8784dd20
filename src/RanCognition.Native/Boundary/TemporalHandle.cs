namespace RanCognition.Native.Boundary;

/// <summary>A temporal reasoning core: its settings, the history it observed, its metrics.</summary>
[CType("rancog_temporal")]
internal readonly struct TemporalHandle
{
    public readonly nint Value;

    public TemporalHandle(nint value) => Value = value;
}
