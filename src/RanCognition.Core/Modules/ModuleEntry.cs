namespace RanCognition.Modules;

/// <summary>A name of a loader and what is there. Changed only under the loader's lock.</summary>
internal sealed class ModuleEntry(string name)
{
    public readonly string Name = name;

    /// <summary>Null at the beginning of its loading.</summary>
    public Module? Module;

    /// <summary>Thread that loads or unloads it; 0 when it is there.</summary>
    public int ChangingThread = Environment.CurrentManagedThreadId;

    public bool IsPlugin => ModuleLoader.IsPath(Name);

    /// <summary>This thread cannot wait for the end of the change: it is the one that makes it, or runs code that the change waits for.</summary>
    public bool WaitsForThisThread => ChangingThread == Environment.CurrentManagedThreadId || Module is { IsInside: true };
}
