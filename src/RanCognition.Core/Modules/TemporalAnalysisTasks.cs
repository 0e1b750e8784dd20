using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Scheduling;
using RanCognition.Temporal;

namespace RanCognition.Modules;

/// <summary>Runs TemporalAnalysis tasks: the data is a problem, the reply its analysis, both JSON.</summary>
/// <remarks>Not thread-safe; a scheduler runs one task at a time.</remarks>
/// <param name="expansionFactor">Of its own core.</param>
/// <param name="temporalResolution">Of its own core.</param>
/// <param name="host">Of its own core.</param>
/// <param name="shared">Gives the core of the loader while one is loaded; else, and when it gives null, tasks use their own.</param>
/// <param name="settings">What its own core may use of the machine; null = everything.</param>
public sealed class TemporalAnalysisTasks(ulong expansionFactor, ulong temporalResolution, IHost host, Func<TemporalModule?>? shared = null, CoreSettings? settings = null) : TaskHandler
{
    private const int KeptBytes = 1 << 20;

    private TemporalReasoningCore? _core;   // made by the first task: most schedulers run none
    private ArrayBufferWriter<byte> _answer = new();

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        RanProblem problem = JsonIn.Problem(data, "data");
        if (shared?.Invoke() is { } module)
        {
            module.Lock.Enter();
            try
            {
                Analyze(module.Core, problem, reply);
            }
            finally
            {
                module.Lock.Exit();
            }
            return 0;
        }
        _core ??= new TemporalReasoningCore(expansionFactor, temporalResolution, host, settings);
        Analyze(_core, problem, reply);
        return 0;
    }

    private void Analyze(TemporalReasoningCore core, RanProblem problem, TaskReply reply)
    {
        using CallMeter meter = core.StartCall();
        _answer.ResetWrittenCount();
        JsonOut.TemporalAnalysis(core.ExpandSubjectiveTime(problem, [], meter), _answer);
        reply.Append(_answer.WrittenSpan);
        if (_answer.Capacity > KeptBytes)
        {
            _answer = new ArrayBufferWriter<byte>();
        }
    }
}
