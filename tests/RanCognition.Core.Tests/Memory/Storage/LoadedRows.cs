using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Storage;

/// <summary>Keeps what a store hands over, and checks that it does so as agreed.</summary>
internal sealed class LoadedRows : IEpisodeSink
{
    private ulong _last;

    public Dictionary<ulong, StoredEpisode> Episodes { get; } = [];

    public int Calls { get; private set; }

    public void Take(ReadOnlySpan<ulong> ids, ReadOnlySpan<ulong> times, ReadOnlySpan<uint> cells, IReadOnlyList<string> cellNames, ReadOnlySpan<double> rewards, ReadOnlySpan<sbyte> success,
        ReadOnlySpan<float> vectors, ReadOnlySpan<byte> hasVector, ReadOnlySpan<float> situations, int positions)
    {
        Calls++;
        int with = 0;
        foreach (byte has in hasVector)
        {
            with += has;
        }
        int vectorRows = hasVector.IsEmpty ? ids.Length : with;
        int dimension = vectorRows == 0 ? 0 : vectors.Length / vectorRows;
        Assert.Equal(vectors.Length, dimension * vectorRows);
        Assert.Equal(situations.Length, ids.Length * positions);
        int at = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            Assert.True(ids[i] > _last);
            _last = ids[i];
            bool has = hasVector.IsEmpty || hasVector[i] != 0;
            Episodes.Add(ids[i], new StoredEpisode
            {
                Id = ids[i],
                TimeNs = times[i],
                Cell = cellNames[(int)cells[i]],
                Reward = rewards[i],
                Success = success[i],
                Document = default,
                Vector = has ? vectors.Slice(at, dimension).ToArray() : [],
                Situation = situations.Slice(i * positions, positions).ToArray(),
            });
            at += has ? dimension : 0;
        }
    }
}
