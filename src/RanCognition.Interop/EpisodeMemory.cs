using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>The experience of a network, kept by the native library: episodes that are stored safely, recalled exactly, explained and learned from. Records go in and out here; JSON,
/// asynchronous calls and arrays in the other parts.</summary>
/// <remarks>
/// Any thread may call it: readers run side by side, writes that arrive together share one commit. A call that fails throws what <see cref="IRanCognitionError"/> tells of, and
/// <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe partial class EpisodeMemory : IDisposable
{
    private readonly EpisodeMemoryHandle _handle;

    /// <summary>Creates a memory in the process, or opens or creates the file at a path.</summary>
    /// <param name="options">JSON object {path, dimension, metric, durability, max_rows, postgres, site, sync_interval_ns}; "" means the defaults.</param>
    /// <param name="host">Clock and progress; null means the library's own. The clock is asked by every thread that makes calls and, with postgres, by the memory's own thread, where an
    /// exception has no call to come out of and the last time stands.</param>
    /// <exception cref="InvalidOperationException">Another process, or another object, has the file.</exception>
    /// <exception cref="IOException">The device fails.</exception>
    public EpisodeMemory(string options = "", Host? host = null)
        : this(NativeCall.Utf8(options), host)
    {
    }

    /// <summary>Creates a memory in the process, or opens or creates the file at a path.</summary>
    /// <param name="options">Where it is kept, how safely, what its vectors are, with whom it is shared.</param>
    /// <param name="host">As for <see cref="EpisodeMemory(string, Host)"/>.</param>
    /// <exception cref="InvalidOperationException">Another process, or another object, has the file.</exception>
    /// <exception cref="IOException">The device fails.</exception>
    public EpisodeMemory(MemoryOptions options, Host? host = null)
        : this(NativeCall.Json(options), host)
    {
    }

    internal EpisodeMemory(EpisodeMemoryHandle handle) => _handle = handle;

    private EpisodeMemory(byte[] options, Host? host)
    {
        RanCognitionLibrary.RequireAbi();
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        fixed (byte* text = options)
        {
            _handle = new EpisodeMemoryHandle(NativeMethods.rancog_memory_create(text, (nuint)options.Length, &table), bridge);
        }
        _handle.RequireCreated();
    }

    /// <summary>Keeps one episode.</summary>
    /// <returns>Its id, and what is promised of it.</returns>
    public StoreResult Store(Episode episode) => Store(NativeCall.Json(episode), NativeCall.TakeRecord<StoreResult>);

    /// <summary>Keeps all of them, or none.</summary>
    /// <param name="episodes">1..1048576.</param>
    /// <returns>Their ids, in order, and what is promised of them.</returns>
    public StoreResult Store(IReadOnlyList<Episode> episodes) => Store(NativeCall.Json(episodes), NativeCall.TakeRecord<StoreResult>);

    /// <summary>Finds the episodes that are most like what is looked for.</summary>
    /// <exception cref="KeyNotFoundException">There is no episode whose like is looked for.</exception>
    public RecallResult Recall(RecallQuery query) => Recall(NativeCall.Json(query), NativeCall.TakeRecord<RecallResult>);

    /// <summary>Changes some members of an episode, when the outcome is known for example; each that is given replaces the old one whole.</summary>
    /// <exception cref="KeyNotFoundException">There is no such episode.</exception>
    public UpdateResult Update(EpisodeUpdate update) => Update(NativeCall.Json(update), NativeCall.TakeRecord<UpdateResult>);

    /// <summary>Removes an episode, with everything that was known of it. Its id is not given again.</summary>
    /// <exception cref="KeyNotFoundException">There is no such episode.</exception>
    public void Remove(ulong id)
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_memory_remove(use.Value, id));
    }

    /// <summary>Asks what the episodes say together (<see cref="SkillsAnalysis"/>, <see cref="EffectAnalysis"/>), or does something to them together (<see cref="PruneAnalysis"/>,
    /// <see cref="BackupAnalysis"/>).</summary>
    /// <returns>The member that was asked for is there.</returns>
    public MemoryAnalysisResult Analyze(MemoryAnalysis request) => Analyze(NativeCall.Json(request), NativeCall.TakeRecord<MemoryAnalysisResult>);

    /// <summary>What the memory holds, and how.</summary>
    public MemoryStats GetStats()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<MemoryStats>(NativeMethods.rancog_memory_get_stats(use.Value));
    }

    /// <summary>Everything stored so far is on the device, whatever the durability; with postgres, exchanged with the shared database too.</summary>
    /// <exception cref="IOException">The device fails, or the database cannot be reached: then everything is on the device all the same.</exception>
    public void Flush()
    {
        using HandleUse use = new(_handle);
        NativeCall.Check(NativeMethods.rancog_memory_flush(use.Value));
    }

    /// <summary>Closes the memory, unless a loader owns it: what was stored in a file stays there. Calls of other threads that are under way finish first; the last of them closes the
    /// file.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Destroy();   // at once, although a call may still keep the handle
            _handle.Dispose();
        }
    }

    private T Store<T>(ReadOnlySpan<byte> episode, BufferReader<T> read, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, null, token);
        fixed (byte* text = &NativeCall.Start<byte>(episode))
        {
            return read(NativeMethods.rancog_memory_store(use.Value, text, (nuint)episode.Length));
        }
    }

    private T Recall<T>(ReadOnlySpan<byte> query, BufferReader<T> read, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, null, token);
        fixed (byte* text = &NativeCall.Start<byte>(query))
        {
            return read(NativeMethods.rancog_memory_recall(use.Value, text, (nuint)query.Length));
        }
    }

    private T Update<T>(ReadOnlySpan<byte> update, BufferReader<T> read, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, null, token);
        fixed (byte* text = &NativeCall.Start<byte>(update))
        {
            return read(NativeMethods.rancog_memory_update(use.Value, text, (nuint)update.Length));
        }
    }

    private T Analyze<T>(ReadOnlySpan<byte> request, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(request))
        {
            return read(NativeMethods.rancog_memory_analyze(use.Value, text, (nuint)request.Length));
        }
    }
}
