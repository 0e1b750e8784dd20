using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Memory.Index;
using RanCognition.Memory.Storage;
using RanCognition.Memory.Writing;
using RanCognition.Performance;

namespace RanCognition.Memory;

/// <summary>Fills the state from the store when a file is opened.</summary>
internal sealed class EpisodeLoader(MemoryState state, int expectedRows) : IEpisodeSink
{
    public static void Load(MemoryState state, SqliteEpisodeStore store, IHost host)
    {
        host.Progress(0, "loading the memory");
        state.Situations.Begin(store.GetScales());
        store.Load(new EpisodeLoader(state, store.PackedRows));
        state.Vectors?.EndReserve();
        state.Situations.CountKnown();
        state.Situations.Rebuild();
        ulong next = ulong.Parse(store.GetSetting(WriteDraft.NextIdSetting) ?? "1", CultureInfo.InvariantCulture);
        ReadOnlySpan<ulong> ids = state.Table.Ids;
        state.SetNextId(Math.Max(next, ids.IsEmpty ? 1 : ids[^1] + 1));
    }

    public void Take(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> times, ReadOnlySpan<uint> cells, IReadOnlyList<string> cellNames, ReadOnlySpan<double> rewards, ReadOnlySpan<sbyte> success,
        ReadOnlySpan<float> vectors, ReadOnlySpan<byte> hasVector, ReadOnlySpan<float> situations, int positions)
    {
        AddVectors(ids.Length, vectors, hasVector);
        for (int i = 0; i < ids.Length; i++)
        {
            ReadOnlySpan<float> raw = positions == 0 ? [] : situations.Slice(i * positions, positions);
            state.Situations.Raw.Add(raw.IndexOfAnyExcept(float.NaN) < 0 ? [] : raw);
        }
        state.Table.AddMany(ids, times, cells, cellNames, rewards, success);
    }

    /// <summary>Before the table has the rows: an index that begins here starts with the missing ones of before.</summary>
    private void AddVectors(int rows, ReadOnlySpan<float> vectors, ReadOnlySpan<byte> hasVector)
    {
        if (vectors.IsEmpty)
        {
            state.AddMissingVectors(rows);
            return;
        }
        int present = hasVector.IsEmpty ? rows : rows - hasVector.Count((byte)0);
        int dimension = vectors.Length / present;
        bool isFirst = state.Vectors is null;
        VectorIndex index = state.VectorsFor(dimension);
        if (isFirst)
        {
            index.Reserve(Math.Max(expectedRows, index.Rows + rows));
        }
        if (present == rows)
        {
            index.Append(vectors, rows);
            return;
        }
        int next = 0;
        for (int i = 0; i < rows; i++)
        {
            if (hasVector[i] == 0)
            {
                index.AppendMissing(1);
                continue;
            }
            index.Append(vectors.Slice(next++ * dimension, dimension), 1);
        }
    }
}
