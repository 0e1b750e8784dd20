using RanCognition.Contracts;

namespace RanCognition.Modules;

/// <summary>A core or a plug-in that a loader has loaded under a name.</summary>
public abstract class Module(string name)
{
    public string Name { get; } = name;

    /// <summary>What the boundary keeps with it; set once, before anybody is given the module.</summary>
    public object? Attachment { get; set; }

    public abstract IReadOnlyList<ModuleInterface> Interfaces { get; }

    /// <summary>Fields of its configuration that were not used.</summary>
    public abstract IReadOnlyList<IgnoredField> Ignored { get; }

    /// <summary>Bytes that it holds now.</summary>
    public abstract ulong UsedBytes { get; }

    /// <summary>This thread runs code of the module, which therefore cannot wait for its end.</summary>
    internal virtual bool IsInside => false;

    /// <summary>It was loaded with this configuration.</summary>
    internal abstract bool IsConfiguredAs(ReadOnlySpan<byte> config);

    /// <summary>Second half of loading, when the loader knows the module. When it throws, nothing of the module is left to end.</summary>
    internal virtual void Start()
    {
    }

    /// <summary>Ends it. Calls that are under way in a core leave by themselves; code of a plug-in is waited for.</summary>
    internal abstract void Close();
}
