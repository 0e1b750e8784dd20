namespace RanCognition.Native.Boundary;

/// <summary>A module that a loader has loaded; it belongs to the loader, and there is nothing to release.</summary>
[CType("rancog_module")]
internal readonly struct ModuleHandle
{
    public readonly nint Value;

    public ModuleHandle(nint value) => Value = value;
}
