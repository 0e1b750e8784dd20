using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>Loads cores and plug-ins by name, each once; all of them share one clock, log, random, progress and set of settings.</summary>
/// <remarks>
/// Any thread may call it. Options, names and configurations are those of rancognition.h. A call that fails throws what <see cref="IRanCognitionError"/> tells of, and
/// <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe class ModuleLoader : IDisposable
{
    private readonly LoaderHandle _handle;
    private readonly Dictionary<nint, LoadedModule> _modules = [];

    /// <summary>Creates a loader.</summary>
    /// <param name="options">JSON object (memorySize, maxMemorySize, enableSIMD, enableBulkMemory, enableMultiThreading); "" means the defaults.</param>
    /// <param name="host">Clock, sleep, log, random and progress of all its modules; null means the library's own clock and a fixed seed.</param>
    public ModuleLoader(string options = "", Host? host = null)
    {
        RanCognitionLibrary.RequireAbi();
        byte[] text = NativeCall.Utf8(options);
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        fixed (byte* bytes = text)
        {
            _handle = new LoaderHandle(NativeMethods.rancog_loader_create(bytes, (nuint)text.Length, &table), bridge);
        }
        _handle.RequireCreated();
    }

    /// <summary>Creates a loader.</summary>
    /// <param name="options">How much memory, and whether vectors and threads are used.</param>
    /// <param name="host">Clock, sleep, log, random and progress of all its modules; null means the library's own clock and a fixed seed.</param>
    public ModuleLoader(LoaderOptions options, Host? host = null)
        : this(Encoding.UTF8.GetString(NativeCall.Json(options)), host)
    {
    }

    /// <summary>Loads a module, or gives the one that is loaded under the name.</summary>
    /// <param name="name">"temporal", "scheduler", "memory", "optimization", "strangeLoop", "cognitive", or the path of a plug-in with a '/' in it.</param>
    /// <param name="config">JSON object of the module, or what the plug-in wants; "" means the defaults.</param>
    /// <exception cref="KeyNotFoundException">No module has the name.</exception>
    public LoadedModule Load(string name, string config = "") => Load(name, NativeCall.Utf8(config));

    /// <summary>Loads the temporal core, or gives the one that is loaded.</summary>
    public LoadedModule LoadTemporal(TemporalOptions options) => Load("temporal", NativeCall.Json(options));

    /// <summary>Loads the scheduler, or gives the one that is loaded.</summary>
    public LoadedModule LoadScheduler(SchedulerOptions options) => Load("scheduler", NativeCall.Json(options));

    /// <summary>Loads the memory of episodes, or gives the one that is loaded.</summary>
    public LoadedModule LoadMemory(MemoryOptions options) => Load("memory", NativeCall.Json(options));

    /// <summary>Loads the optimization core, or gives the one that is loaded.</summary>
    public LoadedModule LoadOptimization(OptimizationOptions options) => Load("optimization", NativeCall.Json(options));

    /// <summary>Loads the strange-loop core, or gives the one that is loaded.</summary>
    public LoadedModule LoadStrangeLoop(StrangeLoopOptions options) => Load("strangeLoop", NativeCall.Json(options));

    /// <summary>Loads the cognitive core, or gives the one that is loaded.</summary>
    public LoadedModule LoadCognitive(CognitiveOptions options) => Load("cognitive", NativeCall.Json(options));

    /// <inheritdoc cref="Load(string, string)"/>
    public LoadedModule Load(string name, ReadOnlySpan<byte> config)
    {
        byte[] text = NativeCall.Utf8(name);
        using HandleUse use = Use();
        fixed (byte* bytes = &NativeCall.Start<byte>(text), configBytes = config)
        {
            nint module = NativeMethods.rancog_loader_load_module(use.Value, bytes, (nuint)text.Length, configBytes, (nuint)config.Length);
            NativeCall.CheckLast();
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
        byte[] text = NativeCall.Utf8(name);
        using HandleUse use = Use();
        fixed (byte* bytes = &NativeCall.Start<byte>(text))
        {
            NativeCall.Check(NativeMethods.rancog_loader_unload_module(use.Value, bytes, (nuint)text.Length));
        }
        lock (_modules)
        {
            foreach ((nint module, LoadedModule known) in _modules)
            {
                if (known.Name == name)
                {
                    _modules.Remove(module);   // stale; who loads and unloads again and again must not gather them
                }
            }
        }
    }

    /// <summary>Unloads all modules, plug-ins first, and destroys the loader.</summary>
    /// <exception cref="InvalidOperationException">Called by the code of one of its plug-ins; nothing was done.</exception>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            int status = _handle.Destroy();
            if (status < 0)
            {
                throw LibraryMessage.Error((RanCognitionStatus)status, NativeCall.LastMessage(), default);
            }
            _handle.Dispose();
        }
    }

    private HandleUse Use()
    {
        ObjectDisposedException.ThrowIf(_handle.IsDestroyed, this);
        return new HandleUse(_handle);
    }
}
