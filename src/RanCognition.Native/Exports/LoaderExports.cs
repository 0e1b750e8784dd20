using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Json;
using RanCognition.Native.Boundary;

namespace RanCognition.Native.Exports;

/// <summary>Cores and plug-ins by name, configured at once: all modules of a loader share its clock, log, random, progress and settings.</summary>
[HeaderChapter(40, "Modules")]
internal static unsafe class LoaderExports
{
    private const string AnyThread = "any thread; waits while another one loads or unloads the same module.";

    /// <summary>Creates a loader without modules.</summary>
    /// <remarks>
    /// Options, all optional: maxMemorySize (pages of 64 KiB, 1..2^24, 16384: the most that the loader's memory pool takes, in which the data of its scheduler's tasks lies; eight times as much is
    /// reserved as address space), memorySize (free pages that the pool keeps, at most maxMemorySize, 256), enableSIMD (false: the kernels for sums, products, distances and ranges
    /// of arrays take one value at a time in all its cores; results are the same to the last bit, only slower; loops that exist with vectors only stay as they are),
    /// enableBulkMemory (recorded, without effect today: rancog_module_interfaces says why) and enableMultiThreading (false: work that could use threads of the library's own is done on the calling
    /// one), each true or false, true by default; memory_size and so on are understood too. A field that is not known is not used; rancog_module_interfaces names it.
    /// </remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Clock, sleep, log, random and progress of all its modules. May be NULL. Copied. The clock is asked by every thread that makes calls.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_loader_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT, RANCOG_E_INVALID_JSON; RANCOG_E_OUT_OF_MEMORY when the
    /// address space cannot be reserved; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.3")]
    [Phase4Name("new")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_loader_create", CallConvs = [typeof(CallConvCdecl)])]
    public static LoaderHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            LoaderSession session = new(JsonIn.LoaderOptions(text, "options"), NativeHost.From(host));
            try
            {
                return new LoaderHandle(HandleTable.Create(HandleKind.Loader, session));
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>
    /// Unloads all modules, plug-ins first, and destroys the loader. Handles of modules and of their cores are stale afterwards; calls that are under way in a core end as if it
    /// were destroyed, code of plug-ins is waited for.
    /// </summary>
    /// <remarks>RANCOG_E_BUSY, and nothing is done, from handlers and functions of its plug-ins and from callbacks of rancog_loader_load_module.</remarks>
    /// <param name="self">Handle from rancog_loader_create. May be NULL.</param>
    [Since("0.3")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_loader_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(LoaderHandle self)
    {
        try
        {
            Gate.Enter();
            if (self.Value != 0)
            {
                Gate.EnterLoader(self.Value).RefuseFromInside();
                HandleTable.Destroy(self.Value, HandleKind.Loader, "rancog_loader");
                ThreadStatus.Clear();   // a plug-in may have made calls of its own
            }
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Loads a module, or gives the one that is loaded under the name.</summary>
    /// <remarks>
    /// Names: "temporal" (configuration: expansion_factor and temporal_resolution, each 1..10^6, 200 and 100) and "scheduler" (configuration: the options of rancog_scheduler_create; its
    /// TemporalAnalysis tasks use the loader's temporal core while that is loaded, one call at a time, and a core of their own otherwise; its MemoryOperation, Optimization, StrangeLoop and CognitiveProcessing tasks the loader's memory, optimization, strange-loop and cognitive core likewise), "memory" (configuration: the
    /// options of rancog_memory_create), "optimization" (those of rancog_optimization_create), "strangeLoop" (those of rancog_strange_loop_create) and "cognitive" (those of rancog_cognitive_create). A name with a '/' in it is the path of a plug-in: see rancog_plugin; the scheduler is loaded first, with its defaults,
    /// if it is not there, and the configuration (at most 1 MiB) is the plug-in's own matter. The code of a plug-in runs with all the rights of the process.
    /// </remarks>
    /// <param name="self">Handle from rancog_loader_create.</param>
    /// <param name="name">UTF-8 text, 1..4096 bytes. Copied.</param>
    /// <param name="nameLength">Its length in bytes.</param>
    /// <param name="config">UTF-8 JSON object of the module. NULL with length 0 means the defaults; for a module that is there already, whatever it has. Copied.</param>
    /// <param name="configLength">Its length in bytes.</param>
    /// <returns>
    /// The module, the same handle each time; it belongs to the loader and is good until the module is unloaded. NULL on failure (RANCOG_E_NOT_FOUND; RANCOG_E_INVALID_JSON; RANCOG_E_INVALID_ARGUMENT,
    /// also when the module is there with another configuration and when a plug-in cannot be loaded; RANCOG_E_LIMIT beyond 256 modules; RANCOG_E_BUSY from code that the module's loading or unloading waits for).
    /// </returns>
    [Since("0.3")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_loader_load_module", CallConvs = [typeof(CallConvCdecl)])]
    public static LoadedModuleHandle LoadModule(LoaderHandle self, byte* name, nuint nameLength, byte* config, nuint configLength)
    {
        try
        {
            LoadedModuleHandle module = Gate.EnterLoader(self.Value).LoadModule(name, nameLength, config, configLength);
            ThreadStatus.Clear();   // a plug-in may have made calls of its own
            return module;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Unloads a module. Its handle and that of its core are stale at once; a call that is under way in the core ends as if the core were destroyed.</summary>
    /// <remarks>
    /// Of a plug-in, the handlers are removed first (tasks for them then fail: no handler is registered), one that runs is waited for, then rancog_plugin_cleanup is called and the code is let go. The
    /// scheduler stays while plug-ins are loaded.
    /// </remarks>
    /// <param name="self">Handle from rancog_loader_create.</param>
    /// <param name="name">The name it was loaded by.</param>
    /// <param name="nameLength">Its length in bytes.</param>
    /// <returns>
    /// RANCOG_OK, RANCOG_E_NOT_FOUND (not loaded), RANCOG_E_INVALID_ARGUMENT (the scheduler while plug-ins are loaded), RANCOG_E_BUSY (a plug-in from its own code) or RANCOG_E_INVALID_HANDLE.
    /// </returns>
    [Since("0.3")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_loader_unload_module", CallConvs = [typeof(CallConvCdecl)])]
    public static int UnloadModule(LoaderHandle self, byte* name, nuint nameLength)
    {
        try
        {
            Gate.EnterLoader(self.Value).UnloadModule(name, nameLength);
            ThreadStatus.Clear();   // a plug-in may have made calls of its own
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>What a module offers, and how it and its loader are set.</summary>
    /// <remarks>
    /// The result: module, names [of its interfaces], interfaces [{name, functions []}] (function f of the interface i is rancog_i_f; for a plug-in the interface is "tasks" and its functions are the
    /// names of its handlers), ignored (fields of its configuration that were not used, and why), loader {memory_size, max_memory_size, enable_simd, enable_bulk_memory, enable_multi_threading,
    /// without_effect (which of these switch nothing, and why), ignored}.
    /// </remarks>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON. NULL only when memory is exhausted.</returns>
    [Since("0.3")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_interfaces", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Interfaces(LoadedModuleHandle self)
    {
        try
        {
            LoadedModule module = Gate.EnterModule(self.Value);
            return ResultBuffer.Write(module.Loader.InterfacesOf(module.Module), JsonOut.ModuleInterfaces);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>The memory that a module holds, and its bounds.</summary>
    /// <remarks>
    /// The result: module, page_size (65536), initial_pages and maximum_pages (memorySize and maxMemorySize of the loader), maximum_bytes, used_bytes (history of the temporal core; tables and
    /// task data of the scheduler; configuration of a plug-in, whose own memory is not known), loader_used_bytes (of all its modules), pool (that of the loader: the fields of rancog_pool_get_stats but ignored).
    /// </remarks>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON. NULL only when memory is exhausted.</returns>
    [Since("0.3")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_memory", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Memory(LoadedModuleHandle self)
    {
        try
        {
            LoadedModule module = Gate.EnterModule(self.Value);
            return ResultBuffer.Write(module.Loader.MemoryOf(module.Module), JsonOut.ModuleMemory);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>The core of the module "temporal".</summary>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>
    /// The core, the same handle each time; it belongs to the loader (rancog_temporal_destroy refuses it with RANCOG_E_INVALID_ARGUMENT) and is good until the module is unloaded. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT: the module is another).
    /// </returns>
    [Since("0.3")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_get_temporal", CallConvs = [typeof(CallConvCdecl)])]
    public static TemporalHandle GetTemporal(LoadedModuleHandle self)
    {
        try
        {
            return Gate.EnterModule(self.Value).Temporal;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>The core of the module "scheduler".</summary>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>
    /// The core, the same handle each time; it belongs to the loader (rancog_scheduler_destroy refuses it with RANCOG_E_INVALID_ARGUMENT) and is good until the module is unloaded. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT: the module is another).
    /// </returns>
    [Since("0.3")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_get_scheduler", CallConvs = [typeof(CallConvCdecl)])]
    public static SchedulerHandle GetScheduler(LoadedModuleHandle self)
    {
        try
        {
            return Gate.EnterModule(self.Value).Scheduler;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>The core of the module "memory".</summary>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>
    /// The core, the same handle each time; it belongs to the loader (rancog_memory_destroy refuses it with RANCOG_E_INVALID_ARGUMENT) and is good until the module is unloaded. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT: the module is another).
    /// </returns>
    [Since("0.5")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_get_memory", CallConvs = [typeof(CallConvCdecl)])]
    public static MemoryHandle GetMemory(LoadedModuleHandle self)
    {
        try
        {
            return Gate.EnterModule(self.Value).Memory;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>The core of the module "optimization".</summary>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>
    /// The core, the same handle each time; it belongs to the loader (rancog_optimization_destroy refuses it with RANCOG_E_INVALID_ARGUMENT) and is good until the module is unloaded. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT: the module is another).
    /// </returns>
    [Since("0.6")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_get_optimization", CallConvs = [typeof(CallConvCdecl)])]
    public static OptimizationHandle GetOptimization(LoadedModuleHandle self)
    {
        try
        {
            return Gate.EnterModule(self.Value).Optimization;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>The core of the module "strangeLoop".</summary>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>
    /// The core, the same handle each time; it belongs to the loader (rancog_strange_loop_destroy refuses it with RANCOG_E_INVALID_ARGUMENT) and is good until the module is unloaded. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT: the module is another).
    /// </returns>
    [Since("0.7")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_get_strange_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static StrangeLoopHandle GetStrangeLoop(LoadedModuleHandle self)
    {
        try
        {
            return Gate.EnterModule(self.Value).StrangeLoop;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>The core of the module "cognitive".</summary>
    /// <param name="self">Handle from rancog_loader_load_module.</param>
    /// <returns>
    /// The core, the same handle each time; it belongs to the loader (rancog_cognitive_destroy refuses it with RANCOG_E_INVALID_ARGUMENT) and is good until the module is unloaded. NULL on failure
    /// (RANCOG_E_INVALID_ARGUMENT: the module is another).
    /// </returns>
    [Since("0.8")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_module_get_cognitive", CallConvs = [typeof(CallConvCdecl)])]
    public static CognitiveHandle GetCognitive(LoadedModuleHandle self)
    {
        try
        {
            return Gate.EnterModule(self.Value).Cognitive;
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }
}
