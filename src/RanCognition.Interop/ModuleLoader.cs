using System.Text;

namespace RanCognition.Interop;

/// <summary>Loads cores and plug-ins by name, each once; all of them share one clock, log, random, progress and set of settings.</summary>
/// <remarks>
/// Any thread may call it. Options, names and configurations are those of rancognition.h. Every method throws <see cref="RanCognitionException"/> with the
/// library's status and message, and <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe class ModuleLoader : IDisposable
{
    private readonly LoaderHandle _handle;
    private readonly Dictionary<nint, LoadedModule> _modules = [];

    /// <summary>Creates a loader on the library's own clock and a fixed seed.</summary>
    /// <param name="options">JSON object (memorySize, maxMemorySize, enableSIMD, enableBulkMemory, enableMultiThreading); "" means the defaults.</param>
    public ModuleLoader(string options = "")
        : this(options, null)
    {
    }

    /// <summary>Creates a loader on the host's clock, sleep, log, random and progress.</summary>
    /// <param name="options">JSON object; "" means the defaults.</param>
    /// <param name="host">Callbacks, copied; they must stay valid until the loader is disposed of and must not throw. May be null.</param>
    public ModuleLoader(string options, RancogHost* host)
    {
        RanCognitionLibrary.RequireAbi();
        byte[] text = Encoding.UTF8.GetBytes(options);
        fixed (byte* bytes = text)
        {
            nint handle = NativeMethods.rancog_loader_create(bytes, (nuint)text.Length, host);
            NativeCall.Check(NativeMethods.rancog_last_status());
            _handle = new LoaderHandle(handle);
        }
    }

    /// <summary>Loads a module, or gives the one that is loaded under the name.</summary>
    /// <param name="name">"temporal", "scheduler", or the path of a plug-in with a '/' in it.</param>
    /// <param name="config">JSON object of the module, or what the plug-in wants; "" means the defaults.</param>
    public LoadedModule Load(string name, string config = "") => Load(name, Encoding.UTF8.GetBytes(config));

    /// <inheritdoc cref="Load(string, string)"/>
    public LoadedModule Load(string name, ReadOnlySpan<byte> config)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        using HandleUse use = Use();
        fixed (byte* bytes = text, configBytes = config)
        {
            nint module = NativeMethods.rancog_loader_load_module(use.Value, bytes, (nuint)text.Length, configBytes, (nuint)config.Length);
            NativeCall.Check(NativeMethods.rancog_last_status());
            lock (_modules)
            {
                if (!_modules.TryGetValue(module, out LoadedModule? known))
                {
                    known = new LoadedModule(name, module, _handle);
                    _modules.Add(module, known);
                }
                return known;
            }
        }
    }

    /// <summary>Unloads a module: what was borrowed from it is stale, a plug-in's code is gone when this returns.</summary>
    public void Unload(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        using HandleUse use = Use();
        fixed (byte* bytes = text)
        {
            NativeCall.Check(NativeMethods.rancog_loader_unload_module(use.Value, bytes, (nuint)text.Length));
        }
    }

    /// <summary>Unloads all modules, plug-ins first, and destroys the loader.</summary>
    /// <exception cref="RanCognitionException">Called by the code of one of its plug-ins; nothing was done.</exception>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            NativeCall.Check(_handle.Destroy());
            _handle.Dispose();
        }
    }

    private HandleUse Use()
    {
        ObjectDisposedException.ThrowIf(_handle.IsDestroyed, this);
        return new HandleUse(_handle);
    }
}
