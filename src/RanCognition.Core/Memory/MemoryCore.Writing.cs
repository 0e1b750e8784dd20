using RanCognition.Contracts;
using RanCognition.Memory.Situations;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;

namespace RanCognition.Memory;

public sealed partial class MemoryCore
{
    /// <summary>Prepares a group of writes, keeps what they change in one transaction, then publishes it. One that cannot be prepared fails alone; when the store fails, all do and nothing has changed.</summary>
    private void Commit(List<MemoryWrite> group)
    {
        List<MemoryWrite> prepared = [];
        try
        {
            WriteDraft draft = new(_state, _codec, _dimension);
            foreach (MemoryWrite write in group)
            {
                try
                {
                    write.Prepare(draft);
                    prepared.Add(write);
                }
                catch (Exception error)
                {
                    write.Finish(error);
                }
            }
            if (_options.MaxRows is { } rows)
            {
                draft.KeepAtMost(rows);
            }
            Keep(draft, prepared);
            foreach (MemoryWrite write in prepared)
            {
                write.Finish(null);
            }
        }
        catch (Exception error)
        {
            foreach (MemoryWrite write in group)
            {
                if (!write.IsDone)
                {
                    write.Finish(error);
                }
            }
        }
    }

    private void Keep(WriteDraft draft, List<MemoryWrite> prepared)
    {
        (SituationSpace space, List<int> refitted) = draft.Situations.Finish(_state.Situations.Raw);
        if (refitted.Count > 0)
        {
            draft.Changes.Insert(0, new StoreChange.Scales(space.Metrics));
        }
        if (draft.Dimension is { } dimension && _dimension is null)
        {
            draft.Changes.Insert(0, new StoreChange.Setting(StoreSettings.Dimension, StoreSettings.Text(dimension)));
        }
        Durability durability = prepared.Count == 0 ? Durability.None : prepared.Max(write => write.Durability);
        if (draft.Changes.Count > 0)
        {
            _store.Commit(draft.Changes, durability);
        }
        if (prepared.Exists(write => write is FlushWrite))
        {
            _store.Flush();
        }
        Publish(draft, space, refitted);
        // The host's clock last: a callback that fails leaves nothing half done.
        if (_options.Path is not null && durability != Durability.None)
        {
            _lastSyncNs = _host.NowNanoseconds();
        }
    }

    private void Publish(WriteDraft draft, SituationSpace space, List<int> refitted)
    {
        if (draft.Changes.Count == 0)
        {
            return;
        }
        _lock.EnterWriteLock();
        try
        {
            _dimension ??= draft.Dimension;
            _state.Situations.Adopt(space, refitted);
            _state.Publish(draft.Changes);
            _state.SweepIfWorthwhile();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    /// <summary>A file that was opened with a smaller bound than it has rows.</summary>
    private void KeepAtMostRows()
    {
        if (_options.MaxRows is { } rows && (ulong)_state.Table.Count > rows)
        {
            _writes.Submit(new RemoveWrite([], mustExist: false) { Durability = _options.Durability });
        }
    }
}
