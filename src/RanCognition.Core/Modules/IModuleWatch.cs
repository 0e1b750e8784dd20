namespace RanCognition.Modules;

/// <summary>Is told when modules of a loader come and go, on the thread that loads or unloads them and without any lock held.</summary>
public interface IModuleWatch
{
    /// <summary>Before anybody is given the module. When it throws, the module is not loaded.</summary>
    void Loaded(Module module);

    /// <summary>Before the module is ended: nobody is to be let in any more.</summary>
    void Leaving(Module module);
}
