using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Native.Boundary;

namespace RanCognition.Native.Exports;

/// <summary>
/// The experience of a network: episodes (situation, action, outcome) kept safely, recalled exactly, explained and learned from. Every acknowledged write is kept; the nearest episodes are always the true
/// nearest ones.
/// </summary>
[HeaderChapter(35, "Memory")]
internal static unsafe class MemoryExports
{
    internal const string TypeName = "rancog_memory";
    internal const string AnyThread = "any thread; readers run side by side, writes that arrive together share one commit.";

    /// <summary>Creates a memory in the process, or opens or creates the file at a path.</summary>
    /// <remarks>
    /// Options, all optional: path (UTF-8; an SQLite file that any SQLite tool reads, with a view per concept; one process at a time has it), dimension (numbers of a vector, 1..4096; default that of the first vector),
    /// metric (of distances: "l2", "cosine" or "inner_product"; default the file's, "l2" for a new one), durability (of what a call stored when it returns: "none" = the operating system has it, so that it
    /// survives the end of the process but not of the machine; "group" = it is on the device, calls that arrive during a commit share the next one; "sync" = it is on the device by a commit of its own; default
    /// "group"; without a path always "none"), max_rows (episodes kept, at least 1; beyond, the oldest make room), postgres (connection string of the database through which machines share episodes) with site (this machine's name among them, 1..64
    /// letters, digits, '-', '_', '.') and sync_interval_ns (pause between two exchanges, 10^9): with postgres, and only then, the memory has one thread of its own. A field that is not known is not used;
    /// rancog_memory_get_stats names it in ignored. A file that is damaged, newer, not a memory's, or of another dimension or metric is refused and left as it is.
    /// </remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Clock and progress. May be NULL. Copied. The clock is asked by every thread that makes calls.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_memory_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT, RANCOG_E_INVALID_JSON; RANCOG_E_BUSY when another process, or another handle, has the file;
    /// RANCOG_E_STORAGE when the device fails; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.5")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_create", CallConvs = [typeof(CallConvCdecl)])]
    public static MemoryHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            MemoryCore core = new(JsonIn.MemoryOptions(text, "options"), EpisodeCodec.Instance, NativeHost.From(host));
            try
            {
                return new MemoryHandle(HandleTable.Create(HandleKind.Memory, core));
            }
            catch
            {
                core.Dispose();
                throw;
            }
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Closes a memory: what was stored in a file stays there, what was in the process is gone. Calls of other threads that are under way finish first; the last of them closes the file.</summary>
    /// <param name="self">Handle from rancog_memory_create. May be NULL.</param>
    [Since("0.5")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(MemoryHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.Memory, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Keeps one episode, or all of an array or none of them.</summary>
    /// <remarks>
    /// An episode: id (1..2^63-1, not there yet; default the next one), time_ns (when the situation was; default the host's clock), network_id, cell, problem_type, situation {metric: number} or vector [numbers] or both
    /// (one is required), action [{managedObject, attribute, before, after}], outcome {metric: number}, reward, success (true, false), tags [text], metadata {any JSON}, text. Numbers of situation and vector are kept
    /// as 32-bit floats. Situations are compared metric by metric in units of a running robust scale (1.4826 times the median absolute deviation; rancog_memory_get_stats gives them), one that is missing counts as typical;
    /// vectors are compared as they are. An episode has at most 1 MiB, an array at most 1048576 episodes. The result: id, or ids for an array, durable ("none", "group" or "sync"), execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="episode">UTF-8 JSON object, or array of objects. May be freed after the call.</param>
    /// <param name="episodeLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON, and nothing is stored (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_STORAGE
    /// when the device is full or fails). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_store", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Store(MemoryHandle self, byte* episode, nuint episodeLength)
    {
        try
        {
            MemoryCore core = Gate.EnterMemory(self.Value);
            ReadOnlySpan<byte> text = NativeInput.Require(episode, episodeLength, "episode");
            IReadOnlyList<Episode> episodes = JsonIn.Episodes(text, "episode", out bool isBatch, out IReadOnlyList<IgnoredField> ignored);
            StoreResult result = core.Store(episodes, isBatch) with { Ignored = ignored };
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return ResultBuffer.Write(result, JsonOut.StoreResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Finds the episodes that are most like what is looked for.</summary>
    /// <remarks>
    /// One of situation {metric: number}, vector [numbers] and like (id of an episode, which is itself no hit), or text, or text beside one of them. k: hits wanted, 1 to the number of episodes, at most 65536 (default 10, or what there is). filter {field: {operator: value}}
    /// with fields id, time_ns, network_id, cell, problem_type, reward, success, tags, text, metadata.KEY, situation.METRIC, outcome.METRIC and operators $eq $ne $gt $gte $lt $lte $in $nin $contains $exists; a value alone means $eq; all
    /// conditions hold; they apply before distances, so that k hits come back when k episodes satisfy them. weights {similarity, recency, reward, text}: hits by descending sum of weight times part; without them by
    /// ascending distance, ties by id. similarity is 1 / (1 + distance) for l2, 1 - distance / 2 for cosine, 1 / (1 + exp(distance)) for inner_product; recency 2^(-age / half_life_ns) (default one day; age from as_of_ns or
    /// else the newest episode); reward 0..1 between the smallest and largest of the memory, 0.5 when unknown. mmr_lambda (0..1, default 1): below 1 hits are chosen to differ from each other (maximal marginal relevance; Carbonell and
    /// Goldstein 1998). text: any of its words, ranked by BM25; with a situation or vector both rankings are fused by reciprocal ranks (Cormack and others 2009). as_of_ns: as the memory would have answered then: episodes up to that time, with what was known of
    /// them. explain: true adds why. The result: hits [{id, score, distance, parts {similarity, recency, reward, text}, episode, why [{metric, difference, share}]}], scanned (episodes that passed the filter), reranked (of these,
    /// distances computed from the vectors themselves), exact (always true: the others are proven to be farther), weights, ignored, execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="query">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="queryLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_NOT_FOUND for like; RANCOG_E_STORAGE). NULL only when memory
    /// is exhausted.
    /// </returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_recall", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Recall(MemoryHandle self, byte* query, nuint queryLength)
    {
        try
        {
            MemoryCore core = Gate.EnterMemory(self.Value);
            RecallResult result = core.Recall(JsonIn.Recall(NativeInput.Require(query, queryLength, "query"), "query"));
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return ResultBuffer.Write(result, JsonOut.RecallResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Changes some members of an episode, when the outcome is known for example.</summary>
    /// <remarks>
    /// id, and the members to change: each replaces the old one whole, null takes it away. known_ns says since when this is known (default the host's clock); a query as of an earlier time sees the episode as it was. The result:
    /// id, updated [members], durable, execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="update">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="updateLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON, and nothing is changed (RANCOG_E_NOT_FOUND; RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_STORAGE).
    /// NULL only when memory is exhausted.
    /// </returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_update", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Update(MemoryHandle self, byte* update, nuint updateLength)
    {
        try
        {
            MemoryCore core = Gate.EnterMemory(self.Value);
            UpdateResult result = core.Update(JsonIn.EpisodeUpdate(NativeInput.Require(update, updateLength, "update"), "update"));
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return ResultBuffer.Write(result, JsonOut.UpdateResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Removes an episode, with everything that was known of it. Its id is not given again.</summary>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="id">Id of the episode.</param>
    /// <returns>RANCOG_OK, RANCOG_E_NOT_FOUND, RANCOG_E_STORAGE or RANCOG_E_INVALID_HANDLE.</returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int Remove(MemoryHandle self, ulong id)
    {
        try
        {
            Gate.EnterMemory(self.Value).Remove(id);
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>Asks what the episodes say together, or does something to them together.</summary>
    /// <remarks>
    /// op "skills" (min_count, 5; half_life_ns: older episodes count less; coverage, 0.95; filter): which action worked in which situation: skills [{situation, action, count, success_rate, lower, upper (Wilson score interval),
    /// mean_reward, episodes [ids]}], best first. op "effect" (action {managedObject, attribute, before, after}: those given must match; outcome: a metric of the outcome, or "reward"; coverage, 0.95; filter): what the action changes against its
    /// absence in like situations, by doubly robust estimation (Robins, Rotnitzky and Zhao 1994; cross-fitted): effect, lower, upper, treated, control, method, enough (false: not enough data, reason says what is missing). op "prune"
    /// (max_rows: the newest are kept; max_age_ns; min_reward; filter): removed. op "backup" (path): a consistent copy while in use: backup_bytes. Also execution_time and ignored.
    /// </remarks>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <param name="request">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="requestLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_STORAGE; RANCOG_E_CANCELLED). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_analyze", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Analyze(MemoryHandle self, byte* request, nuint requestLength)
    {
        try
        {
            MemoryCore core = Gate.EnterMemory(self.Value);
            MemoryAnalysisResult result = core.Analyze(JsonIn.MemoryAnalysis(NativeInput.Require(request, requestLength, "request"), "request"));
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return ResultBuffer.Write(result, JsonOut.MemoryAnalysisResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>What the memory holds, and how.</summary>
    /// <remarks>
    /// The result: episodes, dimension (null before the first vector), metric, scales [{metric, median, scale}] (of the metrics of the situations), index_bytes, file_bytes (file and log), pending (changes that wait for their commit or for the shared
    /// database), durability, last_sync_ns, peer_lag (changes that the shared database and this memory do not have of each other, at most; null without one), peer_error, path, site, ignored (options that were not used), execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON. NULL only when memory is exhausted.</returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_get_stats", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetStats(MemoryHandle self)
    {
        try
        {
            return ResultBuffer.Write(Gate.EnterMemory(self.Value).GetStats(), JsonOut.MemoryStats);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Everything stored so far is on the device, whatever the durability; with postgres, exchanged with the shared database too.</summary>
    /// <param name="self">Handle from rancog_memory_create.</param>
    /// <returns>RANCOG_OK, RANCOG_E_STORAGE (the device fails, or the database cannot be reached: then everything is on the device all the same) or RANCOG_E_INVALID_HANDLE.</returns>
    [Since("0.5")]
    [CThreads(AnyThread)]
    [UnmanagedCallersOnly(EntryPoint = "rancog_memory_flush", CallConvs = [typeof(CallConvCdecl)])]
    public static int Flush(MemoryHandle self)
    {
        try
        {
            Gate.EnterMemory(self.Value).Flush();
            ThreadStatus.Clear();   // a callback may have made calls of its own
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
