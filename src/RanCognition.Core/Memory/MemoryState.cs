using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Index;
using RanCognition.Memory.Situations;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory;

/// <summary>What a memory answers from: columns, vectors and situations of all episodes, row by row. Changed under the write lock only, when the store has the change.</summary>
internal sealed class MemoryState : IDisposable
{
    /// <summary>Dead rows are swept when they are more than half, and more than this.</summary>
    private const int SweepRowsMin = 1024;

    private readonly DistanceMetric _metric;
    private readonly IEpisodeStore _store;
    private readonly EpisodeTable _table = new();

    public MemoryState(DistanceMetric metric, IEpisodeStore store, IEpisodeCodec codec)
    {
        _metric = metric;
        _store = store;
        Situations = new SituationIndex(metric);
        Filters = new FilterEngine(_table, codec, store.ReadAllDocuments, store.ReadDocuments);
    }

    public EpisodeTable Table => _table;

    /// <summary>Null before the first vector.</summary>
    public VectorIndex? Vectors { get; private set; }

    public SituationIndex Situations { get; }

    public FilterEngine Filters { get; }

    public ulong NextId { get; private set; } = 1;

    public ulong Bytes => _table.Bytes + Filters.Bytes + (Vectors?.Bytes ?? 0) + Situations.Bytes;

    /// <summary>The episode as it is, whole; null when there is none.</summary>
    public StoredEpisode? Read(ulong id)
    {
        int row = _table.RowOf(id);
        if (row < 0 || _store.Read(id) is not { } stored)
        {
            return null;
        }
        return new StoredEpisode
        {
            Id = id,
            TimeNs = stored.TimeNs,
            Cell = stored.Cell,
            Reward = stored.Reward,
            Success = stored.Success,
            Document = stored.Document,
            Vector = VectorOf(row),
            Situation = SituationOf(row),
            Text = stored.Text,
        };
    }

    public float[] VectorOf(int row) => Vectors is not null && Vectors.Has(row) ? Vectors.Vector(row).ToArray() : [];

    /// <summary>Raw values by position, without the positions at the end that it lacks.</summary>
    public float[] SituationOf(int row)
    {
        if (!Situations.Has(row))
        {
            return [];
        }
        ReadOnlySpan<float> raw = Situations.Raw.Row(row);
        return raw[..(raw.LastIndexOfAnyExcept(float.NaN) + 1)].ToArray();
    }

    public void Publish(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.Add add: Add(add.Episode); break;
            case StoreChange.Replace replace: Replace(replace.Episode); break;
            case StoreChange.Remove remove: Remove(remove.Id); break;
        }
    }

    /// <summary>Takes the dead rows out when they are the greater part.</summary>
    public void SweepIfWorthwhile()
    {
        int dead = _table.Rows - _table.Count;
        if (dead <= SweepRowsMin || dead <= _table.Count)
        {
            return;
        }
        int[] kept = _table.Compact();
        Vectors?.Compact(kept);
        Situations.Compact(kept);
        Filters.Compacted(kept);
    }

    public void Dispose()
    {
        _table.Dispose();
        Vectors?.Dispose();
        Situations.Dispose();
    }

    /// <summary>Bulk rows of a file that is being loaded.</summary>
    public VectorIndex VectorsFor(int dimension)
    {
        if (Vectors is null)
        {
            Vectors = new VectorIndex(dimension, _metric);
            if (_table.Rows > 0)
            {
                Vectors.AppendMissing(_table.Rows);
            }
        }
        return Vectors;
    }

    public void SetNextId(ulong id) => NextId = id;

    private void Add(StoredEpisode episode)
    {
        if (episode.Vector.Length > 0)
        {
            VectorsFor(episode.Vector.Length).Append(episode.Vector.Span, 1);
        }
        else
        {
            Vectors?.AppendMissing(1);
        }
        Situations.Add(episode.Situation.Span);
        int row = _table.Add(episode.Id, episode.TimeNs, episode.Cell, episode.Reward, episode.Success);
        Filters.Added(row, episode.Document.Span);
        NextId = Math.Max(NextId, episode.Id + 1);
    }

    private void Replace(StoredEpisode episode)
    {
        int row = _table.RowOf(episode.Id);
        _table.Set(row, episode.TimeNs, episode.Cell, episode.Reward, episode.Success);
        if (episode.Vector.Length > 0)
        {
            VectorsFor(episode.Vector.Length).Set(row, episode.Vector.Span);
        }
        else
        {
            Vectors?.Clear(row);
        }
        Situations.Set(row, episode.Situation.Span);
        Filters.Changed(row, episode.Document.Span);
    }

    private void Remove(ulong id)
    {
        int row = _table.RowOf(id);
        _table.Remove(row);
        Vectors?.Clear(row);
        Situations.Set(row, []);
        Filters.Removed(row);
    }
}
