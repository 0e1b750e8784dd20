using System.Text;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Sharing;

/// <summary>Changes as the arrays that one statement takes. No entry is null: a removed episode has empty ones.</summary>
internal sealed class EpisodeColumns
{
    public EpisodeColumns(IReadOnlyList<OutgoingChange> changes)
    {
        int count = changes.Count;
        (Ids, Sequences, Removed, Times, Cells) = (new long[count], new long[count], new bool[count], new long[count], new string[count]);
        (Rewards, Success, Documents, First, Last) = (new double[count], new short[count], new string[count], new int[count], new int[count]);
        Vectors = new float[changes.Sum(change => change.Episode?.Vector.Length ?? 0)];
        int numbers = 0;
        for (int i = 0; i < count; i++)
        {
            (Ids[i], Sequences[i]) = checked(((long)changes[i].Id, (long)changes[i].Sequence));
            StoredEpisode? episode = changes[i].Episode;
            Removed[i] = episode is null;
            Times[i] = checked((long)(episode?.TimeNs ?? 0));
            Cells[i] = CellText.Escape(episode?.Cell ?? "");
            Rewards[i] = episode?.Reward ?? double.NaN;
            Success[i] = (short)(episode?.Success ?? -1);
            Documents[i] = episode is null ? "" : Encoding.UTF8.GetString(episode.Document.Span);
            First[i] = numbers + 1;
            if (episode is not null)
            {
                episode.Vector.CopyTo(Vectors.AsMemory(numbers));
                numbers += episode.Vector.Length;
            }
            Last[i] = numbers;
        }
    }

    public long[] Ids { get; }

    public long[] Sequences { get; }

    public bool[] Removed { get; }

    public long[] Times { get; }

    public string[] Cells { get; }

    /// <summary>NaN = unknown.</summary>
    public double[] Rewards { get; }

    /// <summary>-1 = unknown.</summary>
    public short[] Success { get; }

    public string[] Documents { get; }

    /// <summary>Numbers of all vectors, one after the other.</summary>
    public float[] Vectors { get; }

    /// <summary>Place of a row's first number in them, from 1.</summary>
    public int[] First { get; }

    /// <summary>Place of its last number; before the first where it has none.</summary>
    public int[] Last { get; }
}
