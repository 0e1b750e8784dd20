using System.Buffers;
using System.Numerics;
using RanCognition.Contracts;
using RanCognition.Memory.Situations;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Writing;

/// <summary>Between an episode as callers give and get it and as it is kept.</summary>
internal static class EpisodeForms
{
    /// <summary>Refuses what cannot be kept.</summary>
    public static void Check(Episode episode, int? dimension, EpisodePlace place)
    {
        if (episode.Vector.Length == 0 && episode.Situation.Count == 0)
        {
            InvalidInputException.Throw(place.ToString(), "has neither a situation nor a vector");
        }
        if (!IsVector(episode.Vector, dimension))
        {
            CheckVector(episode.Vector, dimension, place.Of("vector"));
        }
        CheckNumbers(episode.Situation, place, "situation");
        foreach ((string name, double value) in episode.Outcome)
        {
            if (!double.IsFinite(value))
            {
                InvalidInputException.Throw(place.Of("outcome/" + name), "is not a finite number");
            }
        }
        if (episode.Reward is { } reward && !double.IsFinite(reward))
        {
            InvalidInputException.Throw(place.Of("reward"), "is not a finite number");
        }
        if (episode.TimeNs > MemoryLimits.TimeMax)
        {
            InvalidInputException.Throw(place.Of("time_ns"), $"{episode.TimeNs}, must be 0..{MemoryLimits.TimeMax}");
        }
        if (episode.Id > MemoryLimits.IdMax)
        {
            InvalidInputException.Throw(place.Of("id"), $"{episode.Id}, must be 1..{MemoryLimits.IdMax}");
        }
    }

    /// <summary>An empty vector passes: there is none.</summary>
    public static void CheckVector(ReadOnlySpan<float> vector, int? dimension, string argument)
    {
        if (vector.Length > MemoryLimits.DimensionMax)
        {
            throw new LimitExceededException(argument, $"{vector.Length} numbers, at most {MemoryLimits.DimensionMax}");
        }
        if (vector.Length > 0 && dimension is { } wanted && vector.Length != wanted)
        {
            InvalidInputException.Throw(argument, $"has {vector.Length} numbers, the vectors of this memory have {wanted}");
        }
        for (int i = 0; i < vector.Length; i++)
        {
            if (!float.IsFinite(vector[i]))
            {
                InvalidInputException.Throw($"{argument}/{i}", "is not a finite number");
            }
        }
    }

    public static void CheckNumbers(IReadOnlyList<KeyValuePair<string, double>> numbers, EpisodePlace place, string member)
    {
        foreach ((string name, double value) in numbers)
        {
            if (!float.IsFinite((float)value))
            {
                InvalidInputException.Throw(place.Of(member + "/" + name), "is not a finite number of 32 bits");
            }
        }
    }

    private static bool IsVector(ReadOnlySpan<float> vector, int? dimension)
    {
        // A sum of products with 0 is 0 for finite numbers, NaN else.
        Vector<float> sum = Vector<float>.Zero;
        int i = 0;
        for (; i + Vector<float>.Count <= vector.Length; i += Vector<float>.Count)
        {
            sum += new Vector<float>(vector[i..]) * Vector<float>.Zero;
        }
        float rest = Vector.Sum(sum);
        for (; i < vector.Length; i++)
        {
            rest += vector[i] * 0;
        }
        return rest == 0 && vector.Length <= MemoryLimits.DimensionMax && (vector.IsEmpty || dimension is null || dimension == vector.Length);
    }

    /// <summary>The document that is kept of an episode.</summary>
    public static ReadOnlyMemory<byte> Document(Episode episode, IEpisodeCodec codec, EpisodePlace place)
    {
        ArrayBufferWriter<byte> document = new();
        codec.Write(episode, document);
        if (document.WrittenCount > MemoryLimits.EpisodeBytesMax)
        {
            throw new LimitExceededException(place.ToString(), $"an episode of {document.WrittenCount} bytes, at most {MemoryLimits.EpisodeBytesMax}");
        }
        return document.WrittenMemory;
    }

    public static StoredEpisode Stored(Episode episode, ulong id, ulong timeNs, ReadOnlyMemory<byte> document, SituationDraft situations) => new()
    {
        Id = id,
        TimeNs = timeNs,
        Cell = episode.Cell,
        Reward = episode.Reward ?? double.NaN,
        Success = episode.Success is { } success ? success ? 1 : 0 : -1,
        Document = document,
        Vector = episode.Vector,
        Situation = situations.Resolve(episode.Situation),
        Text = episode.Text,
    };

    public static Episode Of(StoredEpisode stored, IEpisodeCodec codec) => codec.Read(stored.Document.Span) with
    {
        Id = stored.Id,
        TimeNs = stored.TimeNs,
        Cell = stored.Cell,
        Reward = double.IsNaN(stored.Reward) ? null : stored.Reward,
        Success = stored.Success < 0 ? null : stored.Success == 1,
        Vector = stored.Vector.ToArray(),
    };
}
