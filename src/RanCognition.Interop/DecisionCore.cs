using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Interop;

/// <summary>The cognitive core of the native library: decisions that an engineer can check, undo and learn from. What ails a network, what to change, what is expected of it, whether guards allow it, how to
/// take it back; then what came of it. Records go in and out here; JSON and asynchronous calls in the other parts.</summary>
/// <remarks>
/// Any thread may call it; calls on one core queue, different ones run in parallel. A call that fails throws what <see cref="IRanCognitionError"/> tells of, and
/// <see cref="ObjectDisposedException"/> after Dispose. A call that fails, or is cancelled, has changed nothing.
/// </remarks>
public sealed unsafe partial class DecisionCore : IDisposable
{
    private readonly CognitiveHandle _handle;
    private readonly TurnQueue _turns = new();

    /// <summary>Creates a core.</summary>
    /// <param name="options">JSON object {path, record_to, seed, max_message_bytes}; "" means the defaults.</param>
    /// <param name="host">Clock, random numbers and progress; null means the library's own.</param>
    /// <exception cref="ArgumentException">An option cannot be used, or a file not be opened.</exception>
    /// <exception cref="InvalidOperationException">Another has the file.</exception>
    public DecisionCore(string options = "", Host? host = null)
        : this(NativeCall.Utf8(options), host)
    {
    }

    /// <summary>Creates a core.</summary>
    /// <param name="options">Where it keeps what it knows, and what it records.</param>
    /// <param name="host">Clock, random numbers and progress; null means the library's own.</param>
    /// <exception cref="ArgumentException">An option cannot be used, or a file not be opened.</exception>
    /// <exception cref="InvalidOperationException">Another has the file.</exception>
    public DecisionCore(CognitiveOptions options, Host? host = null)
        : this(NativeCall.Json(options), host)
    {
    }

    internal DecisionCore(CognitiveHandle handle) => _handle = handle;

    private DecisionCore(byte[] options, Host? host)
    {
        RanCognitionLibrary.RequireAbi();
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        fixed (byte* text = options)
        {
            _handle = new CognitiveHandle(NativeMethods.rancog_cognitive_create(text, (nuint)options.Length, &table), bridge);
        }
        _handle.RequireCreated();
    }

    /// <summary>Decides. No action is a decision too; its reason says why.</summary>
    /// <param name="problem">What is known of the network, or an intent of TS 28.312; and what may be done.</param>
    /// <param name="constraints">Further targets; null means none.</param>
    public Decision Decide(DecisionProblem problem, IReadOnlyList<Constraint>? constraints = null) =>
        Decide(NativeCall.Json(problem), Targets(constraints), NativeCall.TakeRecord<Decision>);

    /// <summary>Decides with the application's own model of its network as the judge of what changes bring.</summary>
    /// <param name="problem">As for <see cref="Decide(DecisionProblem, IReadOnlyList{Constraint})"/>; a network is used for proposals only.</param>
    /// <param name="model">Is asked on this thread. What it throws ends the call and comes out of it; nothing was decided then. It may use every object but this one.</param>
    /// <param name="constraints">Further targets; null means none.</param>
    public Decision DecideWith(DecisionProblem problem, WhatIfModel model, IReadOnlyList<Constraint>? constraints = null) =>
        DecideWith(NativeCall.Json(problem), AskedInRecords(model), Targets(constraints), NativeCall.TakeRecord<Decision>);

    /// <summary>Tells what came of a decision. Once the time of observation is over it is judged, and learned from; once only.</summary>
    /// <param name="outcome">What was observed, and when.</param>
    /// <returns>The verdict, with the values to restore when it is to roll back.</returns>
    /// <exception cref="KeyNotFoundException">There is no such decision.</exception>
    public OutcomeReply ReportOutcome(DecisionOutcome outcome) => ReportOutcome(NativeCall.Json(outcome), NativeCall.TakeRecord<OutcomeReply>);

    /// <summary>Tells how to undo a decision, also after a crash. It may be asked again.</summary>
    /// <param name="decisionId">Id of the decision.</param>
    /// <returns>The values to restore; one that is null was not set.</returns>
    /// <exception cref="KeyNotFoundException">There is no such decision.</exception>
    public RollbackReply Rollback(ulong decisionId) => Rollback(decisionId, NativeCall.TakeRecord<RollbackReply>);

    /// <summary>What the core knows of itself, over the decisions whose outcome was reported.</summary>
    public CognitiveState GetState()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<CognitiveState>(NativeMethods.rancog_cognitive_get_state(use.Value));
    }

    /// <summary>Takes a message with measurements into the history, whole or not at all: VES perf3gpp, files of TS 32.435 and TS 28.532, E2SM-KPM as JSON, or rows.</summary>
    /// <param name="message">The message; its format is found by its structure.</param>
    /// <returns>What was taken, what was not, and why.</returns>
    public IngestReport Ingest(string message) => Ingest(NativeCall.Utf8(message));

    /// <inheritdoc cref="Ingest(string)"/>
    public IngestReport Ingest(ReadOnlySpan<byte> message) => Ingest(message, NativeCall.TakeRecord<IngestReport>);

    /// <summary>Makes every call of a record again, with the clock and the random numbers as they were, and compares the results byte by byte.</summary>
    /// <param name="path">A file that <see cref="CognitiveOptions.RecordTo"/> made.</param>
    /// <param name="host">Progress, and a clock for the time it takes; null means the library's own clock.</param>
    /// <exception cref="ArgumentException">The file cannot be opened.</exception>
    public static ReplayReport Replay(string path, Host? host = null) => Replay(NativeCall.Utf8(path), host, NativeCall.TakeRecord<ReplayReport>);

    /// <summary>Destroys the core, unless a loader owns it. Safe while another thread uses it: that call finishes first, later ones are refused.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Destroy();   // at once, although a call may still keep the handle
            _handle.Dispose();
        }
    }

    private static byte[] Targets(IReadOnlyList<Constraint>? constraints) => constraints is null ? [] : ContractJson.Write(constraints);

    private static WhatIfFunction AskedInRecords(WhatIfModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (question, values) => model(ContractJson.Read<WhatIfQuestion>(question), values);
    }

    private T Decide<T>(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* problemText = &NativeCall.Start<byte>(problem), constraintsText = constraints)
        {
            return read(NativeMethods.rancog_cognitive_decide(use.Value, problemText, (nuint)problem.Length, constraintsText, (nuint)constraints.Length));
        }
    }

    private T DecideWith<T>(
        ReadOnlySpan<byte> problem, WhatIfFunction model, ReadOnlySpan<byte> constraints, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        using HandleUse use = new(_handle, progress, token);
        GCHandle found = GCHandle.Alloc(model);
        try
        {
            fixed (byte* problemText = &NativeCall.Start<byte>(problem), constraintsText = constraints)
            {
                return read(NativeMethods.rancog_cognitive_decide_with(
                    use.Value, problemText, (nuint)problem.Length, constraintsText, (nuint)constraints.Length, &EvaluatorBridge.OnWhatIf, (void*)GCHandle.ToIntPtr(found)));
            }
        }
        finally
        {
            found.Free();
        }
    }

    private T ReportOutcome<T>(ReadOnlySpan<byte> outcome, BufferReader<T> read)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = &NativeCall.Start<byte>(outcome))
        {
            return read(NativeMethods.rancog_cognitive_report_outcome(use.Value, text, (nuint)outcome.Length));
        }
    }

    private T Rollback<T>(ulong decisionId, BufferReader<T> read)
    {
        using HandleUse use = new(_handle);
        return read(NativeMethods.rancog_cognitive_rollback(use.Value, decisionId));
    }

    private T Ingest<T>(ReadOnlySpan<byte> message, BufferReader<T> read)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = &NativeCall.Start<byte>(message))
        {
            return read(NativeMethods.rancog_cognitive_ingest(use.Value, text, (nuint)message.Length));
        }
    }

    private static T Replay<T>(byte[] path, Host? host, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        RanCognitionLibrary.RequireAbi();
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(progress, token);
        try
        {
            fixed (byte* text = &NativeCall.Start<byte>(path))
            {
                return read(NativeMethods.rancog_cognitive_replay(text, (nuint)path.Length, &table));
            }
        }
        finally
        {
            bridge.Free();   // alive until here: its callbacks find it by a weak reference
        }
    }
}
