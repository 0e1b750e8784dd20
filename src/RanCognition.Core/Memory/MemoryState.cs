using System.Buffers;
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

    private const int VectorRunMax = 4096;

    private readonly DistanceMetric _metric;
    private readonly IEpisodeStore _store;
    private readonly EpisodeTable _table = new();
    private int _missingBefore;   // rows before the first vector

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

    /// <summary>Takes over what the store has, in its order; new episodes that stand together at once.</summary>
    public void Publish(List<StoreChange> changes)
    {
        for (int i = 0; i < changes.Count; i++)
        {
            switch (changes[i])
            {
                case StoreChange.Add:
                    int end = i + 1;
                    while (end < changes.Count && changes[end] is StoreChange.Add)
                    {
                        end++;
                    }
                    AddVectors(changes, i, end);
                    for (; i < end; i++)
                    {
                        Add(((StoreChange.Add)changes[i]).Episode);
                    }
                    i--;
                    break;
                case StoreChange.Replace replace: Replace(replace.Episode); break;
                case StoreChange.Remove remove: Remove(remove.Id); break;
            }
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
        _missingBefore = kept.Length;
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
            if (_missingBefore > 0)
            {
                Vectors.AppendMissing(_missingBefore);
            }
        }
        return Vectors;
    }

    /// <summary>The next rows have no vector.</summary>
    public void AddMissingVectors(int rows)
    {
        if (Vectors is null)
        {
            _missingBefore += rows;
            return;
        }
        Vectors.AppendMissing(rows);
    }

    public void SetNextId(ulong id) => NextId = id;

    /// <summary>Vectors of new rows, runs of them in one piece: an index makes its codes for many rows faster than for each.</summary>
    private void AddVectors(List<StoreChange> changes, int start, int end)
    {
        for (int i = start; i < end;)
        {
            int dimension = VectorOfNew(i).Length;
            int run = i + 1;
            while (run < end && run - i < VectorRunMax && VectorOfNew(run).Length == dimension)
            {
                run++;
            }
            if (dimension == 0)
            {
                AddMissingVectors(run - i);
            }
            else
            {
                float[] numbers = ArrayPool<float>.Shared.Rent(dimension * (run - i));
                for (int row = i; row < run; row++)
                {
                    VectorOfNew(row).CopyTo(numbers.AsSpan((row - i) * dimension));
                }
                VectorsFor(dimension).Append(numbers.AsSpan(0, dimension * (run - i)), run - i);
                ArrayPool<float>.Shared.Return(numbers);
            }
            i = run;
        }

        ReadOnlySpan<float> VectorOfNew(int i) => ((StoreChange.Add)changes[i]).Episode.Vector.Span;
    }

    private void Add(StoredEpisode episode)
    {
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
