using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Native.Boundary;

/// <summary>A plug-in in a shared object.</summary>
internal sealed unsafe partial class NativePlugin : IPlugin
{
    // The one that is in rancog_plugin_init on this thread, innermost first.
    [ThreadStatic] private static NativePlugin? t_starting;

    private readonly SharedObject _code;
    private readonly Action<nint> _closed;
    private readonly delegate* unmanaged[Cdecl]<PluginTable*, int> _initialize;
    private readonly delegate* unmanaged[Cdecl]<void*, void> _cleanUp;
    private PluginModule? _module;
    private void* _userData;

    public NativePlugin(SharedObject code, Action<nint> closed)
    {
        _code = code;
        _closed = closed;
        _initialize = (delegate* unmanaged[Cdecl]<PluginTable*, int>)code.Find("rancog_plugin_init");
        _cleanUp = (delegate* unmanaged[Cdecl]<void*, void>)code.Find("rancog_plugin_cleanup");
        if (_initialize is null)
        {
            InvalidInputException.Throw("name", "this shared object exports no rancog_plugin_init");
        }
    }

    /// <summary>The plug-in to which a handler belongs that this thread registers with this scheduler now; null when it is the host's.</summary>
    public static PluginModule? StartingWith(SchedulerSession scheduler) =>
        t_starting?._module is { } module && ReferenceEquals(module.Scheduler.Core, scheduler.Core) ? module : null;

    public void Initialize(PluginModule module)
    {
        _module = module;
        fixed (byte* config = module.Config.Span)   // NULL when there is none
        {
            PluginTable table = new()
            {
                StructSize = (uint)sizeof(PluginTable),
                AbiVersion = LibraryInfo.AbiMajor,
                Scheduler = ((LoadedModule)module.Scheduler.Attachment!).Scheduler,
                Config = config,
                ConfigLength = (nuint)module.Config.Length,
            };
            FillCalls(&table);
            NativePlugin? outer = t_starting;
            t_starting = this;
            int status = _initialize(&table);
            t_starting = outer;
            _userData = table.UserData;
            if (status != 0)
            {
                InvalidInputException.Throw("name", $"rancog_plugin_init of this plug-in returned {status}");
            }
        }
    }

    public void CleanUp()
    {
        if (_cleanUp is not null)
        {
            _cleanUp(_userData);
        }
    }

    public void Close()
    {
        _closed(_code.Handle);
        _code.Close();
    }

    [LibraryImport("rancog_entry", EntryPoint = "plugin_calls_fill")]
    private static partial void FillCalls(PluginTable* table);
}
