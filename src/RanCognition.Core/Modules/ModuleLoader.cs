using System.Text;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>Loads cores and plug-ins by name, each once, and lets all of them share one host and one set of settings.</summary>
/// <remarks>
/// Safe from any thread. Nothing of a module, of the host or of the watch is called under the lock: an entry says which thread changes it, and others that need it wait
/// for that thread, unless that one waits for them (BusyException).
/// </remarks>
public sealed class ModuleLoader : IDisposable
{
    private static readonly string[] Cores =
    [
        TemporalModule.ModuleName, SchedulerModule.ModuleName, MemoryModule.ModuleName, OptimizationModule.ModuleName, StrangeLoopModule.ModuleName, CognitiveModule.ModuleName,
    ];

    private readonly IHost _host;
    private readonly CoreSettings _settings;
    private readonly SharedPool _memory;
    private readonly Func<string, IPlugin> _openPlugin;
    private readonly IModuleWatch? _watch;
    private readonly object _gate = new();
    private readonly List<ModuleEntry> _entries = [];   // in the order of loading
    private TemporalModule? _temporal;                  // lent to tasks; null before it is loaded and from the beginning of its end
    private MemoryModule? _memoryCore;                  // the same
    private OptimizationModule? _optimization;          // the same
    private StrangeLoopModule? _strangeLoop;            // the same
    private CognitiveModule? _cognitive;                // the same
    private bool _closed;

    /// <param name="options">What holds for all modules.</param>
    /// <param name="host">Clock, log, random and progress of all modules.</param>
    /// <param name="openPlugin">Opens the code at a path; throws when it cannot.</param>
    /// <param name="watch">Is told of modules that come and go.</param>
    public ModuleLoader(LoaderOptions options, IHost host, Func<string, IPlugin> openPlugin, IModuleWatch? watch = null)
    {
        Options = options;
        _host = host;
        _settings = new CoreSettings { Simd = options.Simd, Threads = options.MultiThreading };
        ulong budget = options.MaxMemoryPages * LoaderLimits.PageBytes;
        ulong kept = Math.Min(options.MemoryPages * LoaderLimits.PageBytes, budget);
        _memory = new SharedPool(new MemoryPool(new MemoryPoolOptions { BudgetBytes = budget, RetainBytes = kept }));
        _openPlugin = openPlugin;
        _watch = watch;
    }

    public LoaderOptions Options { get; }

    /// <summary>This thread runs code of one of its plug-ins, or loads or unloads a module: it can then not wait for the end of all of them.</summary>
    public bool IsInside
    {
        get
        {
            lock (_gate)
            {
                return _entries.Exists(entry => entry.WaitsForThisThread);
            }
        }
    }

    /// <summary>A name that is meant as the path of a plug-in.</summary>
    public static bool IsPath(string name) => name.Contains('/');

    /// <summary>The module of this name, loaded now or before; when before, the configuration must be absent or say the same.</summary>
    public Module Load(string name, ReadOnlySpan<byte> config)
    {
        CheckName(name);
        if (Reserve(name, out ModuleEntry entry) is { } there)
        {
            if (!config.IsEmpty && !there.IsConfiguredAs(config))
            {
                InvalidInputException.Throw("config", $"differs from the one with which '{name}' was loaded; unload it first");
            }
            return there;
        }
        Module? made = null;
        try
        {
            Module module = Make(name, config);
            lock (_gate)
            {
                entry.Module = module;   // from here on it is known which threads run its code
            }
            module.Start();
            made = module;
            _watch?.Loaded(made);
        }
        catch
        {
            made?.Close();
            Finish(entry, null);
            throw;
        }
        Finish(entry, made);
        return made;
    }

    /// <summary>Ends a module: from now on nobody is given it, and its plug-in code is gone when this returns.</summary>
    public void Unload(string name)
    {
        ModuleEntry? entry;
        lock (_gate)
        {
            entry = WaitFor(name);
            if (entry is null)
            {
                throw new NotFoundException("name", $"'{Shorten(name)}' is not loaded");
            }
            if (entry.Module!.IsInside)
            {
                throw new BusyException($"'{Shorten(name)}' cannot be unloaded by its own code");
            }
            if (entry.Module is SchedulerModule && _entries.Find(other => other.IsPlugin) is { } plugin)
            {
                InvalidInputException.Throw("name", $"the plug-in '{Shorten(plugin.Name)}' has its handlers in the scheduler; unload it first");
            }
            entry.ChangingThread = Environment.CurrentManagedThreadId;
        }
        End(entry);
    }

    public ModuleInterfaces InterfacesOf(Module module) => new()
    {
        Module = module.Name, Interfaces = module.Interfaces, Ignored = module.Ignored, Loader = Options,
    };

    public ModuleMemory MemoryOf(Module module)
    {
        ObjectDisposedException.ThrowIf(!_memory.TryHold(), this);
        try
        {
            Module[] all;
            lock (_gate)
            {
                all = [.. _entries.Where(entry => entry.ChangingThread == 0).Select(entry => entry.Module!)];
            }
            return new ModuleMemory
            {
                Module = module.Name,
                InitialPages = Options.MemoryPages,
                MaximumPages = Options.MaxMemoryPages,
                UsedBytes = module.UsedBytes,
                LoaderUsedBytes = all.Aggregate(0UL, (sum, one) => sum + one.UsedBytes),
                Pool = _memory.Pool.GetStats(),
            };
        }
        finally
        {
            _memory.LetGo();
        }
    }

    /// <summary>Ends all modules, plug-ins first. Not from inside one: see <see cref="IsInside"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            _closed = true;
        }
        while (TakeLast() is { } entry)
        {
            End(entry);
        }
        _memory.LetGo();   // a scheduler that another thread is still in keeps it until that leaves
    }

    /// <summary>The module when it is there; else an entry that this thread is to fill.</summary>
    private Module? Reserve(string name, out ModuleEntry entry)
    {
        lock (_gate)
        {
            ModuleEntry? there = WaitFor(name);
            if (there is not null)
            {
                entry = there;
                return there.Module;
            }
            if (_entries.Count >= LoaderLimits.ModulesMax)
            {
                throw new LimitExceededException("name", $"more than {LoaderLimits.ModulesMax} modules");
            }
            entry = new ModuleEntry(name);
            _entries.Add(entry);
            return null;
        }
    }

    /// <summary>Under the lock: the entry of a module that is there, after any change that is under way; null when there is none.</summary>
    private ModuleEntry? WaitFor(string name)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            ModuleEntry? entry = _entries.Find(entry => entry.Name == name);
            if (entry is null || entry.ChangingThread == 0)
            {
                return entry;
            }
            if (entry.WaitsForThisThread)
            {
                throw new BusyException($"'{Shorten(name)}' is being loaded or unloaded, and that waits for this thread");
            }
            Monitor.Wait(_gate);
        }
    }

    private Module Make(string name, ReadOnlySpan<byte> config)
    {
        switch (name)
        {
            case TemporalModule.ModuleName: return new TemporalModule(config, _host, _settings);
            case MemoryModule.ModuleName: return new MemoryModule(config, _host);
            case OptimizationModule.ModuleName: return new OptimizationModule(config, _host, _settings);
            case StrangeLoopModule.ModuleName: return new StrangeLoopModule(config, _host);
            case CognitiveModule.ModuleName: return new CognitiveModule(config, _host, _settings);
            case SchedulerModule.ModuleName:
                SharedCores cores = new(() => Volatile.Read(ref _temporal), () => Volatile.Read(ref _memoryCore)?.Core, () => Volatile.Read(ref _optimization), () => Volatile.Read(ref _strangeLoop),
                    () => Volatile.Read(ref _cognitive));
                return new SchedulerModule(config, _host, _settings, _memory, cores);
        }
        SchedulerModule scheduler = (SchedulerModule)Load(SchedulerModule.ModuleName, default);
        return new PluginModule(name, config, scheduler, _openPlugin);
    }

    /// <summary>The change is over; without a module the name is free again.</summary>
    private void Finish(ModuleEntry entry, Module? module)
    {
        lock (_gate)
        {
            entry.Module = module;
            entry.ChangingThread = 0;
            if (module is null)
            {
                _entries.Remove(entry);
            }
            else if (module is TemporalModule temporal)
            {
                Volatile.Write(ref _temporal, temporal);
            }
            else if (module is MemoryModule memory)
            {
                Volatile.Write(ref _memoryCore, memory);
            }
            else if (module is OptimizationModule optimization)
            {
                Volatile.Write(ref _optimization, optimization);
            }
            else if (module is StrangeLoopModule strangeLoop)
            {
                Volatile.Write(ref _strangeLoop, strangeLoop);
            }
            else if (module is CognitiveModule cognitive)
            {
                Volatile.Write(ref _cognitive, cognitive);
            }
            Monitor.PulseAll(_gate);
        }
    }

    private void End(ModuleEntry entry)
    {
        Module module = entry.Module!;
        if (module is TemporalModule)
        {
            Volatile.Write(ref _temporal, null);
        }
        else if (module is MemoryModule)
        {
            Volatile.Write(ref _memoryCore, null);
        }
        else if (module is OptimizationModule)
        {
            Volatile.Write(ref _optimization, null);
        }
        else if (module is StrangeLoopModule)
        {
            Volatile.Write(ref _strangeLoop, null);
        }
        else if (module is CognitiveModule)
        {
            Volatile.Write(ref _cognitive, null);
        }
        try
        {
            _watch?.Leaving(module);
            module.Close();
        }
        finally
        {
            Finish(entry, null);
        }
    }

    /// <summary>For the end of all: the plug-in loaded last; without any, what was loaded last. Waits for changes that are under way.</summary>
    private ModuleEntry? TakeLast()
    {
        lock (_gate)
        {
            while (_entries.Exists(entry => entry.ChangingThread != 0))
            {
                Monitor.Wait(_gate);
            }
            ModuleEntry? entry = _entries.FindLast(entry => entry.IsPlugin) ?? _entries.LastOrDefault();
            if (entry is not null)
            {
                entry.ChangingThread = Environment.CurrentManagedThreadId;
            }
            return entry;
        }
    }

    private static void CheckName(string name)
    {
        if (name.Contains('\0'))
        {
            InvalidInputException.Throw("name", "has a NUL in it");
        }
        if (IsPath(name) || Array.IndexOf(Cores, name) >= 0)
        {
            return;
        }
        throw new NotFoundException("name", $"there is no module '{Shorten(name)}'; there are: {string.Join(", ", Cores)}, and plug-ins by a path with a '/' in it");
    }

    private static string Shorten(string name) => name.Length <= 200 ? name : string.Concat(name.AsSpan(0, 200), "…");
}
