using RanCognition.Contracts;
using RanCognition.Memory.Sharing;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory;

public sealed partial class MemoryCore
{
    /// <summary>The memory as its exchange with the shared database sees it.</summary>
    private sealed class SharedMemory(MemoryCore memory) : ISharedMemory
    {
        public string Site => memory._options.Site!;

        public IReadOnlyList<string> MetricNames
        {
            get
            {
                using ReadScope scope = new(memory._lock);
                return [.. memory._state.Situations.Space.Metrics.Select(metric => metric.Metric)];
            }
        }

        public IReadOnlyList<OutgoingChange> Outgoing(int most) => memory._store.Outgoing(most);

        public IReadOnlyDictionary<string, ulong> Cursors() => memory._store.PeerCursors();

        public void Pushed(ulong sequence) => Submit(new NoteWrite(new StoreChange.Pushed(sequence)) { Durability = memory._options.Durability });

        public void Apply(string site, IReadOnlyList<SharedChange> changes, ulong cursor) =>
            Submit(new SharedWrite(site, changes, cursor, memory._store, memory._host.NowNanoseconds()) { Durability = memory._options.Durability });

        private void Submit(MemoryWrite write)
        {
            using UseCount.Use use = memory._uses.Enter();
            memory._writes.Submit(write);
        }
    }
}
