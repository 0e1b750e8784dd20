using RanCognition.Contracts;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory;

public sealed partial class MemoryCore
{
    /// <summary>Decisions and history are kept, with the episodes. Without a file nothing of them is written.</summary>
    internal bool HasFile => _options.Path is not null;

    /// <summary>Keeps a decision as it is from now on and, in the same transaction, the episode that it has become.</summary>
    /// <param name="id">Of the decision.</param>
    /// <param name="document">What is kept of it, UTF-8.</param>
    /// <param name="forgotten">Decisions that go.</param>
    /// <param name="episode">Null = none yet.</param>
    /// <param name="durability">Null = on the device when this returns.</param>
    /// <returns>Id of the episode; 0 without one.</returns>
    internal ulong KeepDecision(ulong id, ReadOnlyMemory<byte> document, ReadOnlySpan<ulong> forgotten = default, Episode? episode = null, Durability? durability = null)
    {
        using UseCount.Use use = Enter();
        List<StoreChange> changes = [];
        if (HasFile)
        {
            changes.Add(new StoreChange.Decision(id, document));
            foreach (ulong old in forgotten)
            {
                changes.Add(new StoreChange.Decision(old, default));
            }
        }
        DecisionWrite write = new(changes, episode, episode is { TimeNs: null } ? _host.NowNanoseconds() : 0) { Durability = durability ?? Durability.Sync };
        _writes.Submit(write);
        return write.EpisodeId;
    }

    /// <summary>Hands over what is kept of each decision, by ascending id.</summary>
    internal void ReadDecisions(DocumentReader read)
    {
        using UseCount.Use use = Enter();
        _store.ReadDecisions(read);
    }

    /// <summary>Keeps blocks of what was measured, all or none, as safely as the options say.</summary>
    /// <param name="blocks">Each with its network.</param>
    internal void AppendHistory(IReadOnlyList<KeyValuePair<string, byte[]>> blocks) => WriteHistory([], blocks);

    /// <summary>Hands over the blocks in the order of their arrival.</summary>
    internal void ReadHistory(HistoryReader read)
    {
        using UseCount.Use use = Enter();
        _store.ReadHistory(read);
    }

    /// <summary>Puts these blocks in the place of all that are there, in one transaction.</summary>
    /// <param name="blocks">Each with its network.</param>
    internal void ReplaceHistory(IReadOnlyList<KeyValuePair<string, byte[]>> blocks) => WriteHistory([new StoreChange.NoHistory()], blocks);

    private void WriteHistory(List<StoreChange> changes, IReadOnlyList<KeyValuePair<string, byte[]>> blocks)
    {
        foreach ((string network, byte[] block) in blocks)
        {
            changes.Add(new StoreChange.History(network, block));
        }
        using UseCount.Use use = Enter();
        if (HasFile)
        {
            _writes.Submit(new DecisionWrite(changes, null, 0) { Durability = _options.Durability });
        }
    }
}
