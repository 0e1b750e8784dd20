namespace RanCognition.Native.Boundary;

/// <summary>A loader: modules by name that share one host and one set of settings.</summary>
[CType("rancog_loader")]
internal readonly struct LoaderHandle
{
    public readonly nint Value;

    public LoaderHandle(nint value) => Value = value;
}
