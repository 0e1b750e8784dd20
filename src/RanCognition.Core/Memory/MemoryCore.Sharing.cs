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
        private const string IdentitySetting = "identity";

        public string Site => memory._options.Site!;

        public string Identity { get; } = IdentityOf(memory._store);

        /// <summary>A store without a file has no numbers: the index has them.</summary>
        public IReadOnlyList<OutgoingChange> Outgoing(int most)
        {
            IReadOnlyList<OutgoingChange> changes = memory._store.Outgoing(most);
            if (memory._options.Path is not null)
            {
                return changes;
            }
            using ReadScope scope = new(memory._lock);
            return [.. changes.Select(change => change.Episode is null ? change : change with { Episode = memory._state.Read(change.Id) })];
        }

        public IReadOnlyDictionary<string, ulong> Cursors() => memory._store.PeerCursors();

        public void Pushed(ulong sequence) => Submit(new NoteWrite(new StoreChange.Pushed(sequence)) { Durability = memory._options.Durability });

        public void Apply(string site, IReadOnlyList<SharedChange> changes, ulong cursor) =>
            Submit(new SharedWrite(site, changes, cursor, memory._store, memory._host.NowNanoseconds()) { Durability = memory._options.Durability });

        /// <summary>Chance of the system's own and not the host's: two machines with the same seed are still two.</summary>
        private static string IdentityOf(SqliteEpisodeStore store)
        {
            if (store.GetSetting(IdentitySetting) is { } known)
            {
                return known;
            }
            string identity = Guid.NewGuid().ToString("N");
            store.Commit([new StoreChange.Setting(IdentitySetting, identity)], Durability.Sync);
            return identity;
        }

        private void Submit(MemoryWrite write)
        {
            using UseCount.Use use = memory._uses.Enter();
            memory._writes.Submit(write);
        }
    }
}
