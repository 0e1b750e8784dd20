using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Memory;

namespace RanCognition.Cognition.Journal;

/// <summary>Every decision, by id: written before anybody acts on it, so that it can be undone whatever happens then.</summary>
/// <remarks>Not thread-safe; the core's lock holds.</remarks>
internal sealed class DecisionJournal
{
    /// <summary>When there are too many, one in so many of them goes at once: looking for the oldest takes a while.</summary>
    private const int RoomShare = 64;

    private const int RecordBytes = 400;      // about, with its texts
    private const int EntryBytes = 64;        // of its lists, about

    private readonly MemoryCore? _kept;
    private readonly IDecisionCodec _codec;
    private readonly int _decisionsMax;
    private readonly List<DecisionRecord> _records = [];   // by ascending id

    /// <summary>Takes over what the file has.</summary>
    /// <param name="kept">Has the file; null = in the process alone, where episodes are no matter of the journal.</param>
    /// <param name="codec">Between a record and what the file keeps of it.</param>
    /// <param name="decisionsMax">Decisions that are remembered.</param>
    /// <exception cref="StorageException">A decision is damaged.</exception>
    public DecisionJournal(MemoryCore? kept, IDecisionCodec codec, int decisionsMax = CognitiveLimits.DecisionsMax)
    {
        _kept = kept;
        _codec = codec;
        _decisionsMax = decisionsMax;
        kept?.ReadDecisions(Restore);
    }

    /// <summary>Of the next decision; ids are not given twice.</summary>
    public ulong NextId { get; private set; } = 1;

    public int Count => _records.Count;

    /// <summary>What it holds, about.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>All decisions by ascending id. Not to be kept: the next Put changes it.</summary>
    public IReadOnlyList<DecisionRecord> Records() => _records;

    /// <summary>Keeps a decision as it is from now on and the episode that it has become, both or neither; a decision is on the device when this returns.</summary>
    /// <returns>Id of the episode; 0 without one, or without a file.</returns>
    /// <exception cref="LimitExceededException">There is no room, since none of the decisions may be forgotten.</exception>
    /// <exception cref="StorageException">It could not be written; it is as before.</exception>
    public ulong Put(DecisionRecord record, Episode? episode = null)
    {
        int place = PlaceOf(record.Id);
        bool isNew = place < 0;
        ulong[] forgotten = isNew && _records.Count >= _decisionsMax ? ToForget() : [];
        ulong episodeId = 0;
        if (_kept is not null)
        {
            ArrayBufferWriter<byte> document = new();
            _codec.Write(record, document);
            episodeId = _kept.KeepDecision(record.Id, document.WrittenMemory, forgotten, episode);
        }
        Forget(forgotten);
        if (isNew)
        {
            _records.Insert(~PlaceOf(record.Id), record);
            NextId = Math.Max(NextId, record.Id + 1);
        }
        else
        {
            Bytes -= BytesOf(_records[place]);
            _records[place] = record;
        }
        Bytes += BytesOf(record);
        return episodeId;
    }

    /// <summary>Null when there is none.</summary>
    public DecisionRecord? Find(ulong id)
    {
        int place = PlaceOf(id);
        return place < 0 ? null : _records[place];
    }

    private void Restore(ulong id, ReadOnlySpan<byte> document)
    {
        DecisionRecord record;
        try
        {
            record = _codec.Read(document);
        }
        catch (Exception error) when (error is InvalidInputException or InvalidJsonException or LimitExceededException)
        {
            throw new StorageException("path", $"the file is damaged: decision {id}: {error.Message}");
        }
        if (record.Id != id)
        {
            throw new StorageException("path", $"the file is damaged: decision {id} says that it is {record.Id}");
        }
        _records.Add(record);
        Bytes += BytesOf(record);
        NextId = id + 1;
    }

    private void Forget(ulong[] ids)
    {
        if (ids.Length == 0)
        {
            return;
        }
        int left = 0;
        for (int i = 0; i < _records.Count; i++)
        {
            DecisionRecord record = _records[i];
            if (Array.BinarySearch(ids, record.Id) < 0)
            {
                _records[left++] = record;
            }
            else
            {
                Bytes -= BytesOf(record);
            }
        }
        _records.RemoveRange(left, _records.Count - left);
    }

    private static ulong BytesOf(DecisionRecord record) =>
        RecordBytes + EntryBytes * (ulong)(record.Actions.Count + record.Targets.Count + record.Expected.Count + record.Before.Count + record.Situation.Count + record.Vetoes.Count + record.Observed.Count);

    /// <summary>The oldest that are closed; where all are open, the oldest that changed nothing as far as is known.</summary>
    private ulong[] ToForget()
    {
        int most = Math.Max(1, _decisionsMax / RoomShare);
        List<ulong> ids = [];
        for (int pass = 0; pass < 2 && ids.Count == 0; pass++)
        {
            for (int i = 0; i < _records.Count && ids.Count < most; i++)
            {
                DecisionRecord record = _records[i];
                bool isUnused = record.Actions.Count == 0 || record.Executed == false || (record.Mode != DecisionMode.Autonomous && record.Executed is null);
                bool goes = pass == 0 ? record.Status is DecisionStatus.Kept or DecisionStatus.RolledBack : isUnused;
                if (goes)
                {
                    ids.Add(record.Id);
                }
            }
        }
        if (ids.Count == 0)
        {
            throw new LimitExceededException("problem", $"{_records.Count} decisions are open, which is the limit: their outcomes must be reported first");
        }
        return [.. ids];
    }

    /// <summary>Of the decision; the complement of where it would be when there is none.</summary>
    private int PlaceOf(ulong id)
    {
        int low = 0;
        int high = _records.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_records[middle].Id == id)
            {
                return middle;
            }
            if (_records[middle].Id < id)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return ~low;
    }
}
