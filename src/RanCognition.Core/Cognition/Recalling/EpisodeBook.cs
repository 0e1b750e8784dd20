using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Performance;

namespace RanCognition.Cognition.Recalling;

/// <summary>The memory of a cognitive core: in its file, or, made when it is first needed, in the process.</summary>
internal sealed class EpisodeBook : IDisposable
{
    private const int SimilarMax = 5;

    private readonly IEpisodeCodec _codec;
    private readonly IHost _host;
    private MemoryCore? _memory;

    /// <param name="path">Of its file; null = none.</param>
    /// <param name="codec">Writes and reads what is kept of an episode.</param>
    /// <param name="host">Clock.</param>
    public EpisodeBook(string? path, IEpisodeCodec codec, IHost host)
    {
        _codec = codec;
        _host = host.ForWorkers();   // times of its own calls are nobody's concern
        if (path is not null)
        {
            _memory = Kept = new MemoryCore(new MemoryOptions { Path = path, Durability = Durability.Sync }, codec, _host);
        }
    }

    /// <summary>The memory in the file; null without one.</summary>
    public MemoryCore? Kept { get; }

    public bool Keeps => Kept is not null;

    public ulong Count => _memory?.Count ?? 0;

    public ulong MemoryBytes => _memory?.MemoryBytes ?? 0;

    /// <summary>A decision whose outcome is known, as an experience.</summary>
    public static Episode EpisodeOf(DecisionRecord record)
    {
        bool rolledBack = record.Status is DecisionStatus.RollBackAdvised or DecisionStatus.RolledBack;
        return new Episode
        {
            TimeNs = record.TimeNs,
            NetworkId = record.NetworkId,
            Cell = record.ManagedObject,
            ProblemType = record.ProblemType,
            Situation = record.Situation,
            Action = record.Executed == true ? record.Actions : [],
            Outcome = record.Observed,
            Reward = rolledBack ? -1 : record.TargetsHeld == false ? 0 : 1,
            Success = !rolledBack && record.TargetsHeld != false,
            Tags = [record.CauseName],
            Metadata = new MetadataValue.Map([new KeyValuePair<string, MetadataValue>("decision_id", record.Id)]),
        };
    }

    /// <summary>Without a file: the episode of a decision goes into the process.</summary>
    public void StoreInProcess(DecisionRecord record)
    {
        if (Keeps || record.Situation.Count == 0)
        {
            return;
        }
        _memory ??= new MemoryCore(new MemoryOptions(), _codec, _host);
        _memory.Store(EpisodeOf(record));
    }

    /// <summary>Earlier cases that are most like this one, nearest first.</summary>
    public List<SimilarCase> Recall(string problemType, string cause, IReadOnlyList<KeyValuePair<string, double>> situation)
    {
        List<SimilarCase> similar = [];
        if (_memory is null || situation.Count == 0 || _memory.Count == 0)
        {
            return similar;
        }
        EpisodeFilter filter = new(
        [
            new FilterTerm("problem_type", FilterOperator.Equal, [problemType]),
            new FilterTerm("tags", FilterOperator.Contains, [cause]),
        ]);
        foreach (RecallHit hit in _memory.Recall(new RecallQuery { Situation = situation, Filter = filter }).Hits)
        {
            if (hit.Distance is { } distance && similar.Count < SimilarMax)
            {
                similar.Add(new SimilarCase { Id = hit.Id, TimeNs = hit.Episode.TimeNs ?? 0, Distance = distance, Outcome = hit.Episode.Outcome, Action = hit.Episode.Action, Success = hit.Episode.Success });
            }
        }
        return similar;
    }

    public void Dispose() => _memory?.Dispose();
}
