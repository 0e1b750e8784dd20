using System.Buffers;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Interop;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace Consumer;

/// <summary>One analysis, by the native library and without it.</summary>
internal static class SameJob
{
    private const ulong Now = 1_700_100_000_000_000_000;

    public static RanProblem Problem { get; } = new()
    {
        Id = "p1",
        NetworkId = "cell-7",
        Objectives = ["minimize RRU.PrbTotDl"],
        Constraints = ["RRU.PrbTotDl <= 80"],
        History =
        [
            new("RRU.PrbTotDl", new MetricHistory
            {
                StartNs = 1_700_000_000_000_000_000, StepNs = 900_000_000_000, Values = [.. Enumerable.Range(0, 96).Select(i => 55 + (20 * Math.Sin(i * Math.PI / 12)) + (i % 5))],
            }),
        ],
        IncludeTimeline = true,
    };

    /// <summary>In the library's own runtime, which other languages in this process may share.</summary>
    public static string ByTheNativeLibrary(RanProblem problem)
    {
        using TemporalCore core = new(expansionFactor: 200, temporalResolution: 48, new Host { Now = () => Now });
        return core.ExpandSubjectiveTime(Encoding.UTF8.GetString(ContractJson.Write(problem)));
    }

    /// <summary>In this application's runtime: no native library is loaded.</summary>
    public static string ByTheCoreAlone(RanProblem problem)
    {
        TemporalReasoningCore core = new(200, 48, new StoppedClock());
        using CallMeter meter = core.StartCall();
        ArrayBufferWriter<byte> json = new();
        JsonOut.TemporalAnalysis(core.ExpandSubjectiveTime(problem, [], meter), json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>The clock stands still, so that the times in both results are equal; an application takes SystemHost.Instance.</summary>
    private sealed class StoppedClock : IHost
    {
        public ulong NowNanoseconds() => Now;

        public void Sleep(ulong nanoseconds)
        {
        }

        public void Log(LogLevel level, string message)
        {
        }

        public ulong RandomUInt64() => 0;

        public void Progress(double fraction, string stage)
        {
        }

        public IHost ForWorkers() => this;
    }
}
