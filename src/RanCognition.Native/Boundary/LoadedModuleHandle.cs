namespace RanCognition.Native.Boundary;

/// <summary>A module that a loader has loaded; it belongs to the loader, and there is nothing to release.</summary>
[CType("rancog_module")]
internal readonly struct LoadedModuleHandle
{
    public readonly nint Value;

    public LoadedModuleHandle(nint value) => Value = value;
}
