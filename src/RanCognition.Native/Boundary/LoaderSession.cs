using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Modules;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>A loader as the exports use it: names and configurations read, modules with their handles, plug-ins from shared objects.</summary>
/// <remarks>Safe from any thread, as the loader is.</remarks>
internal sealed unsafe class LoaderSession : IModuleWatch, IDisposable
{
    private readonly ModuleLoader _loader;
    private readonly HashSet<nint> _open = [];   // shared objects of its plug-ins: one that is opened by two paths is one

    public LoaderSession(LoaderOptions options, IHost host) => _loader = new ModuleLoader(options, host, Open, this);

    public LoadedModuleHandle LoadModule(byte* name, nuint nameLength, byte* config, nuint configLength)
    {
        string text = NameOf(name, nameLength);
        Module module = _loader.Load(text, NativeInput.Optional(config, configLength, "config"));
        return new LoadedModuleHandle(((LoadedModule)module.Attachment!).Handle);
    }

    public void UnloadModule(byte* name, nuint nameLength) => _loader.Unload(NameOf(name, nameLength));

    /// <summary>Whoever destroys the loader waits for the end of its plug-ins, which a thread that runs their code cannot.</summary>
    public void RefuseFromInside()
    {
        if (_loader.IsInside)
        {
            throw new BusyException("a loader cannot be destroyed by the code of its plug-ins, nor while this thread loads or unloads a module of it");
        }
    }

    public void Loaded(Module module) => module.Attachment = new LoadedModule(_loader, module);

    public void Leaving(Module module) => ((LoadedModule)module.Attachment!).Revoke();

    public void Dispose() => _loader.Dispose();

    private NativePlugin Open(string path)
    {
        SharedObject code = SharedObject.Open(path);
        try
        {
            lock (_open)
            {
                if (!_open.Add(code.Handle))
                {
                    throw new InvalidInputException("name", "this shared object is loaded already, by another path");
                }
            }
            return new NativePlugin(code, Closed);
        }
        catch
        {
            Closed(code.Handle);
            code.Close();
            throw;
        }
    }

    private void Closed(nint code)
    {
        lock (_open)
        {
            _open.Remove(code);
        }
    }

    private static string NameOf(byte* name, nuint length) => JsonIn.Text(NativeInput.Require(name, length, "name"), "name", LoaderLimits.NameBytesMax);
}
