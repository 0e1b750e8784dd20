using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Scheduling;
using RanCognition.StrangeLoop;

namespace RanCognition.Modules;

/// <summary>Runs StrangeLoop tasks: the data is a request to solve, or {"op":"solve|observe|detect_conflicts|get_state", ..}, the reply its result, all JSON.</summary>
/// <remarks>Not thread-safe; a scheduler runs one task at a time.</remarks>
/// <param name="host">Of its own core.</param>
/// <param name="shared">Gives the core of the loader while one is loaded; else, and when it gives null, tasks use their own, which lives as long as the scheduler.</param>
public sealed class StrangeLoopTasks(IHost host, Func<StrangeLoopModule?>? shared = null) : TaskHandler
{
    private const int KeptBytes = 1 << 20;

    private StrangeLoopCore? _core;   // made by the first task: most schedulers run none
    private ArrayBufferWriter<byte> _answer = new();

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        StrangeLoopOperation operation = JsonIn.StrangeLoopOperation(data, "data");
        if (shared?.Invoke() is { } module)
        {
            module.Lock.Enter();
            try
            {
                Run(module.Core, operation, reply);
            }
            finally
            {
                module.Lock.Exit();
            }
            return 0;
        }
        _core ??= new StrangeLoopCore(new StrangeLoopOptions(), host);
        Run(_core, operation, reply);
        return 0;
    }

    private void Run(StrangeLoopCore core, StrangeLoopOperation operation, TaskReply reply)
    {
        _answer.ResetWrittenCount();
        switch (operation)
        {
            case StrangeLoopOperation.Solve solve: JsonOut.FixedPointResult(core.Solve(solve.Request, "data"), _answer); break;
            case StrangeLoopOperation.Observe observe: JsonOut.LoopReply(core.Observe(observe.Observation), _answer); break;
            case StrangeLoopOperation.DetectConflicts detect: JsonOut.ConflictReport(core.DetectConflicts(detect.Request, "data"), _answer); break;
            case StrangeLoopOperation.GetState: JsonOut.StrangeLoopState(core.GetState(), _answer); break;
            default: throw new InvalidInputException("data", "is no operation of a strange-loop core");
        }
        reply.Append(_answer.WrittenSpan);
        if (_answer.Capacity > KeptBytes)
        {
            _answer = new ArrayBufferWriter<byte>();
        }
    }
}
