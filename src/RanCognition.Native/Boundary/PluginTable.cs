using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>What a plug-in is given: the argument of the function int32_t rancog_plugin_init(rancog_plugin *plugin) that it exports.</summary>
/// <remarks>
/// A plug-in is a shared object that a loader loads by its path (rancog_loader_load_module). It exports rancog_plugin_init, which registers its task handlers and gives 0;
/// any other number makes the loading fail with that number in the message, and nothing stays registered. It may export void rancog_plugin_cleanup(void *user_data), which is
/// called when the plug-in is unloaded, after its last handler has returned and before its code goes. Each loader that loads it calls rancog_plugin_init. Handlers that are
/// registered in rancog_plugin_init, on its thread and with this scheduler, go with the plug-in; the code must not leave any others behind, nor threads, nor callbacks.
/// </remarks>
[CType("rancog_plugin", standsAlone: true)]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PluginTable
{
    /// <summary>sizeof(rancog_plugin) of the library; newer ones have more members at the end.</summary>
    public uint StructSize;

    /// <summary>ABI of the library; refuse one that is not RANCOG_ABI_VERSION.</summary>
    public uint AbiVersion;

    /// <summary>The loader's scheduler. It belongs to the loader and outlives the plug-in.</summary>
    public SchedulerHandle Scheduler;

    /// <summary>The configuration given with rancog_loader_load_module, as it is; NULL when there is none. Borrowed during rancog_plugin_init.</summary>
    [CSpelling("const uint8_t *")]
    public byte* Config;

    /// <summary>Its length in bytes.</summary>
    public nuint ConfigLength;

    /// <summary>rancog_scheduler_register_handler, for a plug-in that is not linked with the library; to be called in rancog_plugin_init only.</summary>
    [CCallback("uint32_t (*register_handler)(rancog_scheduler *scheduler, const uint8_t *name, size_t name_len, rancog_task_handler fn, void *user_data)")]
    public delegate* unmanaged[Cdecl]<SchedulerHandle, byte*, nuint, delegate* unmanaged[Cdecl]<ulong, ulong, byte*, nuint, ReplyHandle, void*, int>, void*, uint> RegisterHandler;

    /// <summary>rancog_reply_write, for the same; to be called in handlers.</summary>
    [CCallback("int32_t (*write_reply)(rancog_reply *reply, const uint8_t *bytes, size_t length)")]
    public delegate* unmanaged[Cdecl]<ReplyHandle, byte*, nuint, int> WriteReply;

    /// <summary>NULL; what rancog_plugin_init writes here is passed to rancog_plugin_cleanup.</summary>
    public void* UserData;
}
