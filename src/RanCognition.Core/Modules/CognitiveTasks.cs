using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Modules;

/// <summary>Runs CognitiveProcessing tasks: the data is a problem to decide, or {"op":"decide|report_outcome|rollback|get_state|ingest", ..}, the reply its result, all JSON.</summary>
/// <remarks>Not thread-safe but for Dispose; a scheduler runs one task at a time.</remarks>
/// <param name="host">Of its own core.</param>
/// <param name="shared">Gives the core of the loader while one is loaded; else, and when it gives null, tasks use their own, which lives as long as the scheduler.</param>
public sealed class CognitiveTasks(IHost host, Func<CognitiveModule?>? shared = null) : TaskHandler, IDisposable
{
    private readonly Lock _gate = new();
    private CognitiveSession? _own;   // made by the first task: most schedulers run none
    private bool _closed;

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        CognitiveOperation operation = JsonIn.CognitiveOperation(data, "data");
        if (shared?.Invoke() is { } module)
        {
            module.Lock.Enter();
            try
            {
                Run(module.Session, operation, reply);
            }
            finally
            {
                module.Lock.Exit();
            }
        }
        else
        {
            Run(Own(), operation, reply);
        }
        return 0;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _own?.Dispose();
        }
    }

    private static void Run(CognitiveSession session, CognitiveOperation operation, TaskReply reply)
    {
        switch (operation.Kind)
        {
            case CognitiveOperationKind.Decide: reply.Append(session.Decide(operation.First.Span, operation.Second.Span, "data")); break;
            case CognitiveOperationKind.ReportOutcome: reply.Append(session.ReportOutcome(operation.First.Span, "data")); break;
            case CognitiveOperationKind.Rollback: reply.Append(session.Rollback(operation.DecisionId)); break;
            case CognitiveOperationKind.GetState: reply.Append(session.GetState()); break;
            case CognitiveOperationKind.Ingest: reply.Append(session.Ingest(operation.First.Span, "data")); break;
            default: throw new InvalidInputException("data", "is no operation of a cognitive core");
        }
    }

    private CognitiveSession Own()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _own ??= new CognitiveSession(new CognitiveOptions(), host);
        }
    }
}
