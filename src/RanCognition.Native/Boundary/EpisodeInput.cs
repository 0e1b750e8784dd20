using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Native.Boundary;

/// <summary>Reads the plain structs of the memory's binary calls.</summary>
internal static unsafe class EpisodeInput
{
    public static Episode[] Episodes(EpisodeEntry* entries, nuint n)
    {
        ReadOnlySpan<EpisodeEntry> list = NativeInput.Samples(entries, n, "episodes");
        if (list.Length > MemoryLimits.BatchMax)
        {
            throw new LimitExceededException("n", $"{n} episodes, at most {MemoryLimits.BatchMax}");
        }
        Episode[] episodes = new Episode[list.Length];
        CellNames cells = default;
        for (int i = 0; i < list.Length; i++)
        {
            episodes[i] = EpisodeOf(list[i], i, ref cells);
        }
        return episodes;
    }

    public static EpisodeFilter Filter(FilterEntry* filter)
    {
        if (filter is null)
        {
            return EpisodeFilter.Everything;
        }
        CheckFilter(*filter);
        List<FilterTerm> terms = [];
        if (filter->CellLength > 0)
        {
            string cell = JsonIn.Text(NativeInput.Require(filter->Cell, filter->CellLength, "filter->cell", MemoryLimits.NameBytesMax), "filter->cell", MemoryLimits.NameBytesMax);
            terms.Add(new FilterTerm("cell", FilterOperator.Equal, [new MetadataValue.Text(cell)]));
        }
        if ((filter->Flags & FilterFlags.Time) != 0)
        {
            terms.Add(new FilterTerm("time_ns", FilterOperator.GreaterOrEqual, [Whole(filter->FromNs)]));
            terms.Add(new FilterTerm("time_ns", FilterOperator.Less, [Whole(filter->UntilNs)]));
        }
        if ((filter->Flags & FilterFlags.MinReward) != 0)
        {
            terms.Add(new FilterTerm("reward", FilterOperator.GreaterOrEqual, [Finite(filter->MinReward, "filter->min_reward")]));
        }
        if ((filter->Flags & FilterFlags.MaxReward) != 0)
        {
            terms.Add(new FilterTerm("reward", FilterOperator.LessOrEqual, [Finite(filter->MaxReward, "filter->max_reward")]));
        }
        if ((filter->Flags & FilterFlags.Success) != 0)
        {
            terms.Add(new FilterTerm("success", FilterOperator.Equal, [new MetadataValue.Truth(filter->Success == 1)]));
        }
        ReadOnlySpan<byte> json = NativeInput.Optional(filter->Json, filter->JsonLength, "filter->json");
        if (!json.IsEmpty)
        {
            terms.AddRange(JsonIn.EpisodeFilter(json, "filter->json").Terms);
        }
        return new EpisodeFilter(terms);
    }

    private static void CheckFilter(in FilterEntry filter)
    {
        const uint Known = FilterFlags.Time | FilterFlags.MinReward | FilterFlags.MaxReward | FilterFlags.Success;
        if (filter.StructSize != sizeof(FilterEntry))
        {
            InvalidInputException.Throw("filter", $"struct_size {filter.StructSize} is not sizeof(rancog_filter)");
        }
        if ((filter.Flags & ~Known) != 0)
        {
            InvalidInputException.Throw("filter->flags", $"{filter.Flags} has bits that mean nothing");
        }
        if (filter.Reserved0 != 0)
        {
            InvalidInputException.Throw("filter->reserved0", "must be 0");
        }
        if ((filter.Flags & FilterFlags.Success) != 0 && filter.Success is not (0 or 1))
        {
            InvalidInputException.Throw("filter->success", $"{filter.Success}, must be 0 or 1");
        }
    }

    private static Episode EpisodeOf(in EpisodeEntry entry, int index, ref CellNames cells)
    {
        if (entry.StructSize != sizeof(EpisodeEntry))
        {
            InvalidInputException.Throw($"episodes[{index}]", $"struct_size {entry.StructSize} is not sizeof(rancog_episode)");
        }
        if (entry.Flags != 0 || entry.Reserved0 != 0)
        {
            InvalidInputException.Throw($"episodes[{index}]", "flags and reserved0 must be 0");
        }
        if (entry.Success is < -1 or > 1)
        {
            InvalidInputException.Throw($"episodes[{index}].success", $"{entry.Success}, must be 1, 0 or -1");
        }
        if (double.IsInfinity(entry.Reward))
        {
            InvalidInputException.Throw($"episodes[{index}].reward", "is infinite");
        }
        Episode rest = DocumentOf(entry, index);
        return rest with
        {
            Id = entry.Id,
            TimeNs = entry.TimeNs == 0 ? null : entry.TimeNs,
            Cell = cells.Read(CellOf(entry, index), index),
            Vector = VectorOf(entry, index),
            Reward = double.IsNaN(entry.Reward) ? null : entry.Reward,
            Success = entry.Success < 0 ? null : entry.Success == 1,
        };
    }

    private static Episode DocumentOf(in EpisodeEntry entry, int index)
    {
        if (entry.DocumentLength == 0)
        {
            return Empty;
        }
        string name = $"episodes[{index}].document";
        return JsonIn.EpisodeDocument(NativeInput.Require(entry.Document, entry.DocumentLength, name, MemoryLimits.EpisodeBytesMax), name);
    }

    private static ReadOnlySpan<byte> CellOf(EpisodeEntry entry, int index)
    {
        if (entry.CellLength == 0)
        {
            return default;
        }
        return entry.Cell is not null && entry.CellLength <= MemoryLimits.NameBytesMax
            ? new ReadOnlySpan<byte>(entry.Cell, (int)entry.CellLength)
            : NativeInput.Require(entry.Cell, entry.CellLength, $"episodes[{index}].cell", MemoryLimits.NameBytesMax);
    }

    private static float[] VectorOf(in EpisodeEntry entry, int index)
    {
        if (entry.Dimension == 0)
        {
            return [];
        }
        if (entry.Vector is null)
        {
            InvalidInputException.Throw($"episodes[{index}].vector", $"is NULL with dimension {entry.Dimension}");
        }
        if (entry.Dimension > MemoryLimits.DimensionMax)
        {
            throw new LimitExceededException($"episodes[{index}].dimension", $"{entry.Dimension}, at most {MemoryLimits.DimensionMax}");
        }
        return new ReadOnlySpan<float>(entry.Vector, (int)entry.Dimension).ToArray();
    }

    private static MetadataValue.Number Whole(ulong value) => new(value, value <= 1UL << 53 ? null : value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static MetadataValue.Number Finite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            InvalidInputException.Throw(name, "is not a finite number");
        }
        return new MetadataValue.Number(value);
    }

    private static Episode Empty { get; } = new();

    /// <summary>Neighbours in a batch are often of the same cell.</summary>
    private ref struct CellNames
    {
        private ReadOnlySpan<byte> _text;
        private string? _name;

        public string Read(ReadOnlySpan<byte> text, int index)
        {
            if (text.IsEmpty)
            {
                return "";
            }
            if (_name is null || !text.SequenceEqual(_text))
            {
                _name = JsonIn.Text(text, $"episodes[{index}].cell", MemoryLimits.NameBytesMax);
                _text = text;
            }
            return _name;
        }
    }
}
