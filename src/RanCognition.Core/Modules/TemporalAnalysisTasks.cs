using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Scheduling;
using RanCognition.Temporal;

namespace RanCognition.Modules;

/// <summary>Runs TemporalAnalysis tasks: the data is a problem, the reply its analysis, both JSON.</summary>
/// <remarks>Not thread-safe; a scheduler runs one task at a time.</remarks>
public sealed class TemporalAnalysisTasks(ulong expansionFactor, ulong temporalResolution, IHost host) : TaskHandler
{
    private const int KeptBytes = 1 << 20;

    private TemporalReasoningCore? _core;   // made by the first task: most schedulers run none
    private ArrayBufferWriter<byte> _answer = new();

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        RanProblem problem = JsonIn.Problem(data, "data");
        _core ??= new TemporalReasoningCore(expansionFactor, temporalResolution, host);
        using CallMeter meter = _core.StartCall();
        _answer.ResetWrittenCount();
        JsonOut.TemporalAnalysis(_core.ExpandSubjectiveTime(problem, [], meter), _answer);
        reply.Append(_answer.WrittenSpan);
        if (_answer.Capacity > KeptBytes)
        {
            _answer = new ArrayBufferWriter<byte>();
        }
        return 0;
    }
}
