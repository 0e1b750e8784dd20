using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Modules;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Native.Boundary;

/// <summary>A scheduler as the exports use it: inputs read, refusals counted, known task types kept, its callbacks' replies told apart.</summary>
/// <remarks>Safe from any thread, as the core is.</remarks>
internal sealed unsafe class SchedulerSession : IDisposable
{
    // A token is kind (8 bits), session (20), task (36): of two replies that are open at one time it fits one.
    private const int TaskBits = 36;
    private const ulong TaskMask = (1UL << TaskBits) - 1;
    private const ulong SessionMask = (1UL << 20) - 1;

    private static ulong s_sessions;

    private readonly NanoScheduler _core;
    private readonly MemoryOperationTasks? _memoryTasks;   // null when the cores are a loader's
    private readonly CognitiveTasks? _cognitiveTasks;      // the same
    private readonly KnownTaskTypes _types = new();
    private readonly ulong _tokens = ((ulong)HandleKind.Reply << 56) | ((Interlocked.Increment(ref s_sessions) & SessionMask) << TaskBits);

    public SchedulerSession(SchedulerOptions options, IHost host)
        : this(new NanoScheduler(options, host, TaskMemory.Pool))
    {
        _memoryTasks = new MemoryOperationTasks(options.Memory, host);
        _core.SetCore(TaskKind.MemoryOperation, _memoryTasks);
        _core.SetCore(TaskKind.TemporalAnalysis, new TemporalAnalysisTasks(options.ExpansionFactor, options.TemporalResolution, host));
        _core.SetCore(TaskKind.Optimization, new OptimizationTasks(host));
        _core.SetCore(TaskKind.StrangeLoop, new StrangeLoopTasks(host));
        _cognitiveTasks = new CognitiveTasks(host);
        _core.SetCore(TaskKind.CognitiveProcessing, _cognitiveTasks);
    }

    /// <summary>A scheduler that has its cores already.</summary>
    public SchedulerSession(NanoScheduler core) => _core = core;

    public NanoScheduler Core => _core;

    /// <summary>The core's one reply, known from its first callback on.</summary>
    public TaskReply? Reply { get; private set; }

    /// <summary>The token under which a callback writes this reply.</summary>
    public ReplyHandle Lend(TaskReply reply)
    {
        if (!ReferenceEquals(Reply, reply))
        {
            Reply = reply;
        }
        return new ReplyHandle((nint)(_tokens | ((ulong)reply.Token & TaskMask)));
    }

    public ulong ScheduleTask(ulong executeTime, byte priority, byte* type, nuint typeLength, byte* data, nuint dataLength) =>
        _core.ScheduleTask(executeTime, priority, TypeOf(type, typeLength), Data(data, dataLength));

    public ulong ScheduleRecurringTask(ulong interval, byte priority, byte* type, nuint typeLength, byte* data, nuint dataLength, uint maxExecutions) =>
        _core.ScheduleRecurringTask(interval, priority, TypeOf(type, typeLength), Data(data, dataLength), maxExecutions);

    public uint RegisterHandler(byte* name, nuint nameLength, delegate* unmanaged[Cdecl]<ulong, ulong, byte*, nuint, ReplyHandle, void*, int> function, void* userData)
    {
        string text;
        try
        {
            text = JsonIn.Text(NativeInput.Require(name, nameLength, "name"), "name", SchedulingLimits.HandlerNameBytesMax);
            if (function is null)
            {
                InvalidInputException.Throw("fn", "is NULL");
            }
        }
        catch (Exception)
        {
            _core.CountRefusal();
            throw;
        }
        CallbackHandler handler = new(this, function, userData);
        return NativePlugin.StartingWith(this) is { } module ? module.Register(text, handler) : _core.RegisterHandler(text, handler);
    }

    public void ScheduleBatch(TaskEntry* tasks, nuint n, ulong* ids)
    {
        ReadOnlySpan<TaskEntry> entries;
        try
        {
            entries = NativeInput.Samples(tasks, n, "tasks");
            CheckEntries(entries);
        }
        catch (Exception)
        {
            _core.CountRefusal();
            throw;
        }
        _core.ScheduleBatch(MemoryMarshal.Cast<TaskEntry, BatchTask>(entries), ids is null ? default : new Span<ulong>(ids, (int)n));
    }

    /// <summary>Without room for outcomes tasks are only counted.</summary>
    public void ExecuteReadyBatch(nuint max, TaskOutcomeEntry* outcomes, nuint* n)
    {
        Span<TaskOutcome> room = default;
        try
        {
            nuint count = NativeInput.Room(n, 1, "n")[0];
            if (outcomes is not null)
            {
                max = Math.Min(max, count);
                room = count == 0 ? default : MemoryMarshal.Cast<TaskOutcomeEntry, TaskOutcome>(NativeInput.Room(outcomes, count, "outcomes"));
            }
        }
        catch (Exception)
        {
            _core.CountRefusal();
            throw;
        }
        *n = (nuint)_core.ExecuteReadyBatch(max, room);
    }

    public void Restore(byte* snapshot, nuint length)
    {
        SchedulerSnapshot read;
        try
        {
            read = JsonIn.Snapshot(NativeInput.Require(snapshot, length, "snapshot", int.MaxValue), "snapshot");
        }
        catch (Exception)
        {
            _core.CountRefusal();
            throw;
        }
        _core.Restore(read);
    }

    public void Dispose()
    {
        _core.Dispose();
        _memoryTasks?.Dispose();
        _cognitiveTasks?.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PreparedType TypeOf(byte* type, nuint length) =>
        type is not null && length <= KnownTaskTypes.TextBytesMax && _types.Find(new ReadOnlySpan<byte>(type, (int)length)) is { } known ? known : ReadType(type, length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PreparedType ReadType(byte* type, nuint length)
    {
        ReadOnlySpan<byte> text;
        TaskSpec spec;
        try
        {
            text = NativeInput.Require(type, length, "type");
            spec = JsonIn.TaskSpec(text, "type");
        }
        catch (Exception)
        {
            _core.CountRefusal();
            throw;
        }
        PreparedType prepared = _core.Prepare(spec);
        _types.Keep(text, prepared);
        return prepared;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Data(byte* data, nuint length)
    {
        if (length > SchedulingLimits.TaskDataBytesMax || (data is null && length > 0))
        {
            RefuseData(length);
        }
        return new ReadOnlySpan<byte>(data, (int)length);
    }

    private static void CheckEntries(ReadOnlySpan<TaskEntry> entries)
    {
        uint fault = 0;
        foreach (ref readonly TaskEntry entry in entries)
        {
            fault |= (entry.StructSize ^ (uint)sizeof(TaskEntry)) | entry.Reserved0[0] | entry.Reserved0[1] | entry.Reserved0[2];
        }
        for (int i = 0; fault != 0; i++)
        {
            if (entries[i].StructSize != sizeof(TaskEntry))
            {
                InvalidInputException.Throw($"tasks[{i}].struct_size", $"{entries[i].StructSize} is not sizeof(rancog_task)");
            }
            if ((entries[i].Reserved0[0] | entries[i].Reserved0[1] | entries[i].Reserved0[2]) != 0)
            {
                InvalidInputException.Throw($"tasks[{i}].reserved0", "is not 0");
            }
        }
    }

    [DoesNotReturn]
    private void RefuseData(nuint length)
    {
        _core.CountRefusal();
        if (length > SchedulingLimits.TaskDataBytesMax)
        {
            throw new LimitExceededException("data", $"{length} bytes, at most {SchedulingLimits.TaskDataBytesMax}");
        }
        throw new InvalidInputException("data", $"is NULL with length {length}");
    }
}
