using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Optimization;

namespace RanCognition.Interop;

/// <summary>What to set, found by the native library: knobs of every kind under constraints, for one or several objectives, and problems of self-organising networks that are ready to solve.
/// Records go in and out here; JSON, asynchronous calls, and a search that asks and is told in the other parts.</summary>
/// <remarks>
/// Any thread may call it; calls on one optimizer queue, different ones run in parallel. A call that fails throws what <see cref="IRanCognitionError"/> tells of, and
/// <see cref="ObjectDisposedException"/> after Dispose.
/// </remarks>
public sealed unsafe partial class Optimizer : IDisposable
{
    private readonly OptimizerHandle _handle;
    private readonly TurnQueue _turns = new();

    /// <summary>Creates an optimizer.</summary>
    /// <param name="options">JSON object {seed, threads} of problems that give none; "" means the defaults.</param>
    /// <param name="host">Clock and progress; null means the library's own clock.</param>
    public Optimizer(string options = "", Host? host = null)
        : this(NativeCall.Utf8(options), host)
    {
    }

    /// <summary>Creates an optimizer.</summary>
    /// <param name="options">Seed and threads of problems that give none.</param>
    /// <param name="host">Clock and progress; null means the library's own clock.</param>
    public Optimizer(OptimizationOptions options, Host? host = null)
        : this(NativeCall.Json(options), host)
    {
    }

    internal Optimizer(OptimizerHandle handle) => _handle = handle;

    private Optimizer(byte[] options, Host? host)
    {
        RanCognitionLibrary.RequireAbi();
        HostBridge bridge = new(host);
        RancogHost table = bridge.Table();
        using CallScope scope = new(null, default);
        fixed (byte* text = options)
        {
            _handle = new OptimizerHandle(NativeMethods.rancog_optimization_create(text, (nuint)options.Length, &table), bridge);
        }
        _handle.RequireCreated();
    }

    /// <summary>Solves a problem whose points the library can evaluate.</summary>
    /// <param name="problem">With a problem type and what it works on, or a test function.</param>
    /// <returns>The best point, the changes that it means, what is expected of them, and how good it is known to be.</returns>
    public OptimizationResult Optimize(OptimizationProblem problem) => Optimize(NativeCall.Json(problem), NativeCall.TakeRecord<OptimizationResult>);

    /// <summary>Solves a problem whose points the application evaluates, one at a time, on this thread.</summary>
    /// <param name="problem">With variables and objectives, without function and problem type.</param>
    /// <param name="evaluate">Evaluates one point; false, or a value that is not finite or was not written, means that it failed. What it throws ends the search and comes out of the call. It may use
    /// every object but this one.</param>
    public OptimizationResult OptimizeWith(OptimizationProblem problem, PointEvaluator evaluate) =>
        OptimizeWith(NativeCall.Json(problem), evaluate, NativeCall.TakeRecord<OptimizationResult>);

    /// <summary>Solves a problem whose points the application evaluates, all that do not depend on each other in one call, on this thread.</summary>
    /// <param name="problem">As for <see cref="OptimizeWith(OptimizationProblem, PointEvaluator)"/>.</param>
    /// <param name="evaluate">Evaluates points. What it throws ends the search and comes out of the call. It may use every object but this one.</param>
    /// <returns>What <see cref="OptimizeWith(OptimizationProblem, PointEvaluator)"/> gives: the points are the same.</returns>
    public OptimizationResult OptimizeWithBatch(OptimizationProblem problem, BatchEvaluator evaluate) =>
        OptimizeWithBatch(NativeCall.Json(problem), evaluate, NativeCall.TakeRecord<OptimizationResult>);

    /// <summary>What a radio network gives: loads at their fixed point, throughput, coverage, energy.</summary>
    public NetworkEvaluation EvaluateNetwork(NetworkModel network) => EvaluateNetwork(NativeCall.Json(network), NativeCall.TakeRecord<NetworkEvaluation>);

    /// <summary>Destroys the optimizer, unless a loader owns it. Safe while another thread uses it: that call finishes first, later ones are refused.</summary>
    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            _handle.Destroy();   // at once, although a call may still keep the handle
            _handle.Dispose();
        }
    }

    private T Optimize<T>(ReadOnlySpan<byte> problem, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        using HandleUse use = new(_handle, progress, token);
        fixed (byte* text = &NativeCall.Start<byte>(problem))
        {
            return read(NativeMethods.rancog_optimization_optimize(use.Value, text, (nuint)problem.Length));
        }
    }

    private T OptimizeWith<T>(ReadOnlySpan<byte> problem, PointEvaluator evaluate, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        using HandleUse use = new(_handle, progress, token);
        GCHandle found = GCHandle.Alloc(evaluate);
        try
        {
            fixed (byte* text = &NativeCall.Start<byte>(problem))
            {
                return read(NativeMethods.rancog_optimization_optimize_with(use.Value, text, (nuint)problem.Length, &EvaluatorBridge.OnPoint, (void*)GCHandle.ToIntPtr(found)));
            }
        }
        finally
        {
            found.Free();
        }
    }

    private T OptimizeWithBatch<T>(ReadOnlySpan<byte> problem, BatchEvaluator evaluate, BufferReader<T> read, IProgress<double>? progress = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        using HandleUse use = new(_handle, progress, token);
        GCHandle found = GCHandle.Alloc(evaluate);
        try
        {
            fixed (byte* text = &NativeCall.Start<byte>(problem))
            {
                return read(NativeMethods.rancog_optimization_optimize_with_batch(use.Value, text, (nuint)problem.Length, &EvaluatorBridge.OnBatch, (void*)GCHandle.ToIntPtr(found)));
            }
        }
        finally
        {
            found.Free();
        }
    }

    private T EvaluateNetwork<T>(ReadOnlySpan<byte> network, BufferReader<T> read)
    {
        using HandleUse use = new(_handle);
        fixed (byte* text = &NativeCall.Start<byte>(network))
        {
            return read(NativeMethods.rancog_optimization_evaluate_network(use.Value, text, (nuint)network.Length));
        }
    }
}
