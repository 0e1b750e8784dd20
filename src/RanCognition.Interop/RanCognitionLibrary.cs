using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>Functions of the library that need no handle. Any thread may call them.</summary>
public static unsafe class RanCognitionLibrary
{
    /// <summary>Version of the loaded library, "major.minor.patch".</summary>
    public static string Version => NativeCall.Text(NativeMethods.rancog_version_string());

    /// <summary>ABI of the loaded library.</summary>
    public static uint AbiVersion => NativeMethods.rancog_abi_version();

    /// <summary>The library's clock: nanoseconds since the Unix epoch, monotonic over all threads.</summary>
    public static ulong NanoTime => NativeMethods.rancog_nanotime();

    /// <summary>Result buffers not yet released, over all threads and users of the library in this process.</summary>
    public static ulong BuffersOutstanding => NativeMethods.rancog_buffers_outstanding();

    /// <summary>What runs here: versions, CPU features, clock, bounds.</summary>
    public static RuntimeInfo RuntimeInfo()
    {
        using CallScope scope = new(null, default);
        return NativeCall.TakeRecord<RuntimeInfo>(NativeMethods.rancog_runtime_info());
    }

    /// <inheritdoc cref="RuntimeInfo"/>
    /// <returns>JSON.</returns>
    public static string RuntimeInfoJson()
    {
        using CallScope scope = new(null, default);
        return NativeCall.TakeText(NativeMethods.rancog_runtime_info());
    }

    /// <summary>Any JSON result of the library as one self-contained HTML page.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is not JSON.</exception>
    public static string RenderReport(string result) => RenderReport(NativeCall.Utf8(result));

    /// <inheritdoc cref="RenderReport(string)"/>
    public static string RenderReport(ReadOnlySpan<byte> result)
    {
        using CallScope scope = new(null, default);
        fixed (byte* text = &NativeCall.Start<byte>(result))
        {
            return NativeCall.TakeText(NativeMethods.rancog_report_render(text, (nuint)result.Length));
        }
    }

    /// <summary>The page of a result that is there as a record.</summary>
    public static string RenderReport(TemporalAnalysisResult result) => RenderReport(NativeCall.Json(result));

    /// <summary>The page of many results.</summary>
    public static string RenderReport(ParallelTemporalAnalysisResult result) => RenderReport(NativeCall.Json(result));

    /// <summary>The page of what a memory recalled.</summary>
    public static string RenderReport(RecallResult result) => RenderReport(NativeCall.Json(result));

    /// <summary>The page of what the episodes of a memory say together.</summary>
    public static string RenderReport(MemoryAnalysisResult result) => RenderReport(NativeCall.Json(result));

    /// <summary>The page of a memory's state.</summary>
    public static string RenderReport(MemoryStats stats) => RenderReport(NativeCall.Json(stats));

    /// <summary>The page of what an optimizer found.</summary>
    public static string RenderReport(OptimizationResult result) => RenderReport(NativeCall.Json(result));

    /// <summary>The page of what a radio network gives.</summary>
    public static string RenderReport(NetworkEvaluation network) => RenderReport(NativeCall.Json(network));

    /// <summary>The page of a fixed point that was sought.</summary>
    public static string RenderReport(FixedPointResult result) => RenderReport(NativeCall.Json(result));

    /// <summary>The page of what a loop was answered.</summary>
    public static string RenderReport(LoopReply reply) => RenderReport(NativeCall.Json(reply));

    /// <summary>The page of commands and control functions that work against each other.</summary>
    public static string RenderReport(ConflictReport report) => RenderReport(NativeCall.Json(report));

    /// <summary>The page of what a strange-loop core believes about itself.</summary>
    public static string RenderReport(StrangeLoopState state) => RenderReport(NativeCall.Json(state));

    /// <summary>The page of a decision.</summary>
    public static string RenderReport(Decision decision) => RenderReport(NativeCall.Json(decision));

    /// <summary>The page of what came of a decision.</summary>
    public static string RenderReport(OutcomeReply reply) => RenderReport(NativeCall.Json(reply));

    /// <summary>The page of what a cognitive core knows of itself.</summary>
    public static string RenderReport(CognitiveState state) => RenderReport(NativeCall.Json(state));

    /// <summary>The page of what was taken of a message with measurements.</summary>
    public static string RenderReport(IngestReport report) => RenderReport(NativeCall.Json(report));

    /// <summary>Refuses a library of another ABI, before anything else is called.</summary>
    internal static void RequireAbi()
    {
        uint found = AbiVersion;
        if (found != NativeMethods.AbiVersion)
        {
            throw new DllNotFoundException($"the RanCognition library found has ABI {found}, this binding needs {NativeMethods.AbiVersion}");
        }
    }
}
