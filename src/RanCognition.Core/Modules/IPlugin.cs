namespace RanCognition.Modules;

/// <summary>Code from outside the library. Every member is called once at most, Initialize first and Close last.</summary>
public interface IPlugin
{
    /// <summary>Lets it register its handlers with the module; throws when it fails, and then nothing of it stays.</summary>
    void Initialize(PluginModule module);

    /// <summary>After a successful Initialize, when none of its handlers runs any more.</summary>
    void CleanUp();

    /// <summary>Lets its code go.</summary>
    void Close();
}
