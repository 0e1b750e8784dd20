using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>Versions of this library and what it found in the machine.</summary>
internal static unsafe class LibraryInfo
{
    public const uint AbiMajor = 0;

    private static readonly string Version = ReadVersion();

    /// <summary>The version as a C string that lives as long as the process.</summary>
    public static readonly byte* VersionText = ToNative(Version);

    public static RuntimeInfo Describe() => Describe(NanoClock.Report());

    private static RuntimeInfo Describe(ClockReport clock) => new()
    {
        Version = Version,
        AbiVersion = AbiMajor,
        Runtime = $"{RuntimeInformation.FrameworkDescription} NativeAOT",
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        Processors = Environment.ProcessorCount,
        CpuLevel = CpuLevel.OfImage,
        CpuLevelBest = CpuLevel.BestHere,
        CpuFeatures = CpuFeatures(),
        VectorBits = Vector<byte>.Count * 8,
        ClockSource = clock.Source,
        ClockResolutionNs = clock.ResolutionNs,
        ClockFrequencyHz = clock.FrequencyHz,
        ClockDriftNs = clock.DriftNs,
        ClockRecalibrations = clock.Recalibrations,
        ClockFaults = clock.Faults,
        ClockOffsetNs = clock.OffsetNs,
        Cores = ["temporal", "scheduler"],
        Limits =
        [
            new("input_bytes_max", NativeInput.TextBytesMax),
            new("samples_max", NativeInput.SamplesMax),
            new("handles_max", HandleTable.CapacityHandles),
            new("expansion_factor_max", TemporalLimits.ExpansionFactorMax),
            new("temporal_resolution_max", TemporalLimits.TemporalResolutionMax),
            new("horizon_steps_max", TemporalLimits.HorizonStepsMax),
            new("json_depth_max", JsonIn.DepthMax),
            new("scheduler_capacity_max", SchedulingLimits.CapacityTasksMax),
            new("scheduler_data_bytes_max", SchedulingLimits.DataBytesMax),
            new("scheduler_handlers_max", SchedulingLimits.HandlersMax),
            new("task_data_bytes_max", SchedulingLimits.TaskDataBytesMax),
            new("task_reply_bytes_max", SchedulingLimits.ReplyBytesMax),
        ],
    };

    private static List<string> CpuFeatures()
    {
        List<string> features = [];
        void Add(bool present, string name)
        {
            if (present)
            {
                features.Add(name);
            }
        }
        Add(Sse2.IsSupported, "sse2");
        Add(Sse42.IsSupported, "sse4.2");
        Add(Popcnt.IsSupported, "popcnt");
        Add(Avx.IsSupported, "avx");
        Add(Avx2.IsSupported, "avx2");
        Add(Fma.IsSupported, "fma");
        Add(Bmi2.IsSupported, "bmi2");
        Add(Avx512F.IsSupported, "avx512f");
        Add(Vector128.IsHardwareAccelerated && System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported, "neon");
        return features;
    }

    private static string ReadVersion()
    {
        Version version = typeof(LibraryInfo).Assembly.GetName().Version ?? new Version(0, 0, 0);
        return $"{version.Major}.{version.Minor}.{version.Build}";
    }

    private static byte* ToNative(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* native = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(native, bytes.Length));
        return native;
    }
}
