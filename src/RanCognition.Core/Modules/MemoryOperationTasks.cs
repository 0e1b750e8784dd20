using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;
using RanCognition.Performance;
using RanCognition.Scheduling;

namespace RanCognition.Modules;

/// <summary>Runs MemoryOperation tasks: the data is an operation {"op":..}, the reply its result, both JSON.</summary>
/// <remarks>Not thread-safe but for Dispose; a scheduler runs one task at a time.</remarks>
/// <param name="options">Of its own memory; null = the defaults.</param>
/// <param name="host">Of its own memory.</param>
/// <param name="shared">Gives the memory of the loader while one is loaded; else, and when it gives null, tasks use their own.</param>
public sealed class MemoryOperationTasks(MemoryOptions? options, IHost host, Func<MemoryCore?>? shared = null) : TaskHandler, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _answer = new();
    private MemoryCore? _own;   // made by the first task: most schedulers run none
    private bool _closed;

    public override int Run(ulong taskId, ulong payload, ReadOnlySpan<byte> data, TaskReply reply)
    {
        MemoryOperation operation = JsonIn.MemoryOperation(data, "data");
        MemoryCore core = shared?.Invoke() ?? Own();
        _answer.ResetWrittenCount();
        Run(core, operation);
        reply.Append(_answer.WrittenSpan);
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

    private void Run(MemoryCore core, MemoryOperation operation)
    {
        switch (operation)
        {
            case MemoryOperation.Store store: JsonOut.StoreResult(core.Store(store.Episodes, store.IsBatch, argument: "data") with { Ignored = store.Ignored }, _answer); break;
            case MemoryOperation.Recall recall: JsonOut.RecallResult(core.Recall(recall.Query), _answer); break;
            case MemoryOperation.Update update: JsonOut.UpdateResult(core.Update(update.Change), _answer); break;
            case MemoryOperation.Analyze analyze: JsonOut.MemoryAnalysisResult(core.Analyze(analyze.Request), _answer); break;
            case MemoryOperation.Remove remove:
                core.Remove(remove.Id);
                JsonOut.RemovedEpisode(remove.Id, remove.Ignored, _answer);
                break;
            default: throw new InvalidInputException("data", "is no operation of a memory");
        }
    }

    private MemoryCore Own()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _own ??= new MemoryCore(options ?? new MemoryOptions(), EpisodeCodec.Instance, host);
        }
    }
}
