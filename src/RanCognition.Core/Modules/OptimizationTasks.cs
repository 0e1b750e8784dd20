using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Optimization;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Modules;

/// <summary>Runs Optimization tasks: the data is a problem, or {"op":"evaluate_network","network":{..}}, the reply its result, all JSON.</summary>
/// <remarks>Not thread-safe; a scheduler runs one task at a time.</remarks>
/// <param name="host">Of its own core.</param>
/// <param name="shared">Gives the core of the loader while one is loaded; else, and when it gives null, tasks use their own.</param>
/// <param name="allowThreads">Whether its own core may use threads.</param>
public sealed class OptimizationTasks(IHost host, Func<OptimizationModule?>? shared = null, bool allowThreads = true) : TaskHandler
{
    private const int KeptBytes = 1 << 20;

    private OptimizationCore? _core;   // made by the first task: most schedulers run none
    private ArrayBufferWriter<byte> _answer = new();

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        OptimizationOperation operation = JsonIn.OptimizationOperation(data, "data");
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
        _core ??= new OptimizationCore(new OptimizationOptions(), host, allowThreads);
        Run(_core, operation, reply);
        return 0;
    }

    private void Run(OptimizationCore core, OptimizationOperation operation, TaskReply reply)
    {
        _answer.ResetWrittenCount();
        switch (operation)
        {
            case OptimizationOperation.Optimize optimize: JsonOut.OptimizationResult(core.Optimize(optimize.Problem, optimize.IsMember ? "data/problem" : "data"), _answer); break;
            case OptimizationOperation.EvaluateNetwork evaluate: JsonOut.NetworkEvaluation(core.EvaluateNetwork(evaluate.Network, "data/network"), _answer); break;
            default: throw new InvalidInputException("data", "is no operation of an optimization core");
        }
        reply.Append(_answer.WrittenSpan);
        if (_answer.Capacity > KeptBytes)
        {
            _answer = new ArrayBufferWriter<byte>();
        }
    }
}
