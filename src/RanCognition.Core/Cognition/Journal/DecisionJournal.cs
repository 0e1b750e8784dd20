using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Memory;

namespace RanCognition.Cognition.Journal;

/// <summary>Every decision, by id: written before anybody acts on it, so that it can be undone whatever happens then.</summary>
/// <remarks>Not thread-safe; the core's lock holds.</remarks>
/// <param name="memory">Has the file.</param>
/// <param name="codec">Between a record and what the file keeps of it.</param>
/// <param name="isKept">False: in the process alone.</param>
/// <param name="decisionsMax">Decisions that are remembered.</param>
internal sealed class DecisionJournal(MemoryCore memory, IDecisionCodec codec, bool isKept, int decisionsMax = CognitiveLimits.DecisionsMax)
{
    /// <summary>When there are too many, one in so many of them goes at once: looking for the oldest takes a while.</summary>
    private const int RoomShare = 64;

    private readonly List<DecisionRecord> _records = [];   // by ascending id

    /// <summary>Of the next decision; ids are not given twice.</summary>
    public ulong NextId { get; private set; } = 1;

    /// <summary>All decisions by ascending id. Not to be kept: the next Put changes it.</summary>
    public IReadOnlyList<DecisionRecord> Records => _records;

    /// <summary>Takes over what the file has.</summary>
    /// <exception cref="StorageException">A decision is damaged.</exception>
    public IReadOnlyList<DecisionRecord> Open()
    {
        if (isKept)
        {
            memory.ReadDecisions(Restore);
        }
        return _records;
    }

    /// <summary>Keeps a decision as it is from now on and the episode that it has become, both or neither; a decision is on the device when this returns.</summary>
    /// <returns>Id of the episode; 0 without one.</returns>
    /// <exception cref="LimitExceededException">There is no room, since none of the decisions may be forgotten.</exception>
    /// <exception cref="StorageException">It could not be written; it is as before.</exception>
    public ulong Put(DecisionRecord record, Episode? episode = null)
    {
        int place = PlaceOf(record.Id);
        bool isNew = place < 0;
        ulong[] forgotten = isNew && _records.Count >= decisionsMax ? ToForget() : [];
        ulong episodeId = 0;
        if (isKept)
        {
            ArrayBufferWriter<byte> document = new();
            codec.Write(record, document);
            episodeId = memory.KeepDecision(record.Id, document.WrittenMemory, forgotten, episode);
        }
        else if (episode is not null)
        {
            episodeId = memory.KeepDecision(record.Id, default, [], episode);
        }
        if (forgotten.Length > 0)
        {
            _records.RemoveAll(old => Array.BinarySearch(forgotten, old.Id) >= 0);
            place = PlaceOf(record.Id);
        }
        if (isNew)
        {
            _records.Insert(~place, record);
            NextId = Math.Max(NextId, record.Id + 1);
        }
        else
        {
            _records[place] = record;
        }
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
            record = codec.Read(document);
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
        NextId = id + 1;
    }

    /// <summary>The oldest that are closed; where all are open, the oldest that changed nothing as far as is known.</summary>
    private ulong[] ToForget()
    {
        int most = Math.Max(1, decisionsMax / RoomShare);
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
