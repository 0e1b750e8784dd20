using System.Runtime.InteropServices;
using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>Loops that contain a model of themselves, in the native library: fixed points with certificates; predictions of a loop's own effect that are checked and corrected within proven
/// bounds; control functions (xApps, SON functions) that work against each other, found, measured and damped. Records go in and out here; JSON and asynchronous calls in the other parts.</summary>
/// <remarks>
/// Any thread may call it; calls on one core queue, different ones run in parallel. A call that fails throws what <see cref="IRanCognitionError"/> tells of, and
/// <see cref="ObjectDisposedException"/> after Dispose. What the library refuses leaves the core as it was.
/// </remarks>
public sealed unsafe partial class StrangeLoop : IDisposable
{
    private readonly StrangeLoopHandle _handle;
    private readonly TurnQueue _turns = new();

    /// <summary>Creates a core.</summary>
    /// <param name="options">JSON object {aci_step, levels}; "" means the defaults.</param>
    /// <param name="host">Clock and progress; null means the library's own clock.</param>
    public StrangeLoop(string options = "", Host? host = null)
        : this(NativeCall.Utf8(options), host)
    {
    }

    /// <summary>Creates a core.</summary>
    /// <param name="options">How quickly intervals follow, and how deep the loops model themselves.</param>
    /// <param name="host">Clock and progress; null means the library's own clock.</param>
    public StrangeLoop(StrangeLoopOptions options, Host? host = null)
        : this(NativeCall.Json(options), host)
    {
    }

    internal StrangeLoop(StrangeLoopHandle handle) => _handle = handle;

    private StrangeLoop(byte[] options, Host? host)
    {
        RanCognitionLibrary.RequireAbi();
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        fixed (byte* text = options)
        {
            _handle = new StrangeLoopHandle(NativeMethods.rancog_strange_loop_create(text, (nuint)options.Length, &table), bridge);
        }
        _handle.RequireCreated();
    }

    /// <summary>Seeks x = F(x) for a map F that is built in.</summary>
    /// <param name="request">With a map.</param>
    /// <returns>The point, what can be said when there is none, and how sure that is.</returns>
    public FixedPointResult Solve(FixedPointRequest request) => Solve(NativeCall.Json(request), NativeCall.TakeRecord<FixedPointResult>);

    /// <summary>Seeks x = F(x) for a map F of the application's.</summary>
    /// <param name="request">Without a map, with x0.</param>
    /// <param name="map">Gives F(x), on this thread. What it throws ends the search and comes out of the call. It may use every object but this one.</param>
    public FixedPointResult SolveWith(FixedPointRequest request, FixedPointMap map) => SolveWith(NativeCall.Json(request), map, NativeCall.TakeRecord<FixedPointResult>);

    /// <summary>Tells what happened since a loop last spoke, and what it expects next.</summary>
    /// <param name="observation">What was observed is taken first.</param>
    /// <returns>The prediction as the loop's own record corrects it; regret and coverage beside their bounds.</returns>
    public LoopReply Observe(LoopObservation observation) => Observe(NativeCall.Json(observation), NativeCall.TakeRecord<LoopReply>);

    /// <summary>Finds commands of different control functions that work against each other, and functions that chase each other.</summary>
    /// <param name="request">Commands, groups of parameters, KPIs, gains between functions.</param>
    public ConflictReport DetectConflicts(ConflictRequest request) => DetectConflicts(NativeCall.Json(request), NativeCall.TakeRecord<ConflictReport>);

    /// <summary>Everything that the core believes about itself; Restore takes it back.</summary>
    public StrangeLoopState GetState()
    {
        using HandleUse use = new(_handle);
        return NativeCall.TakeRecord<StrangeLoopState>(NativeMethods.rancog_strange_loop_get_state(use.Value));
    }

    /// <summary>Believes again what a state says, and goes on with its step and levels; what was known before is forgotten. The same calls then give what they gave where the state was taken.</summary>
    /// <param name="state">Of this core or another.</param>
    public void Restore(StrangeLoopState state) => Restore((ReadOnlySpan<byte>)NativeCall.Json(state));

    /// <summary>Destroys the core, unless a loader owns it. Safe while another thread uses it: that call finishes first, later ones are refused.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Destroy();   // at once, although a call may still keep the handle
            _handle.Dispose();
        }
    }

    private T Solve<T>(ReadOnlySpan<byte> request, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(request))
        {
            return read(NativeMethods.rancog_strange_loop_solve(use.Value, text, (nuint)request.Length));
        }
    }

    private T SolveWith<T>(ReadOnlySpan<byte> request, FixedPointMap map, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        using HandleUse use = new(_handle, progress, token);
        GCHandle found = GCHandle.Alloc(map);
        try
        {
            fixed (byte* text = &NativeCall.Start<byte>(request))
            {
                return read(NativeMethods.rancog_strange_loop_solve_with(use.Value, text, (nuint)request.Length, &EvaluatorBridge.OnMap, (void*)GCHandle.ToIntPtr(found)));
            }
        }
        finally
        {
            found.Free();
        }
    }

    private T Observe<T>(ReadOnlySpan<byte> observation, BufferReader<T> read)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = &NativeCall.Start<byte>(observation))
        {
            return read(NativeMethods.rancog_strange_loop_observe(use.Value, text, (nuint)observation.Length));
        }
    }

    private T DetectConflicts<T>(ReadOnlySpan<byte> request, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(request))
        {
            return read(NativeMethods.rancog_strange_loop_detect_conflicts(use.Value, text, (nuint)request.Length));
        }
    }
}
