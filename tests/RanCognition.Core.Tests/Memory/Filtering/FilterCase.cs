using RanCognition.Contracts;
using RanCognition.Memory.Filtering;
using RanCognition.Memory.Index;

namespace RanCognition.Tests.Memory.Filtering;

/// <summary>An episode as the plainest model keeps it.</summary>
internal sealed record ModelEpisode(ulong Id, ulong TimeNs, string Cell, double Reward, int Success, Dictionary<string, MetadataValue> Fields);

/// <summary>A table with its filters, beside a list of the same episodes by row (null = removed).</summary>
internal sealed class FilterCase : IDisposable
{
    public FilterCase() => Engine = new FilterEngine(Table, Documents, Documents.ReadAll, Documents.Read);

    public EpisodeTable Table { get; } = new();

    public FakeDocuments Documents { get; } = new();

    public FilterEngine Engine { get; }

    public List<ModelEpisode?> Model { get; private set; } = [];

    public int Living => Model.Count(episode => episode is not null);

    public void Add(ModelEpisode episode)
    {
        byte[] document = Documents.Put(episode.Id, episode.Fields);
        Assert.Equal(Model.Count, Table.Add(episode.Id, episode.TimeNs, episode.Cell, episode.Reward, episode.Success));
        Engine.Added(Model.Count, document);
        Model.Add(episode);
    }

    public void Set(int row, ModelEpisode episode)
    {
        byte[] document = Documents.Put(episode.Id, episode.Fields);
        Table.Set(row, episode.TimeNs, episode.Cell, episode.Reward, episode.Success);
        Engine.Changed(row, document);
        Model[row] = episode;
    }

    public void Remove(int row)
    {
        Documents.Remove(Model[row]!.Id);
        Table.Remove(row);
        Engine.Removed(row);
        Model[row] = null;
    }

    public void Compact()
    {
        int[] kept = Table.Compact();
        Engine.Compacted(kept);
        Assert.Equal(Enumerable.Range(0, Model.Count).Where(row => Model[row] is not null), kept);
        Model = [.. kept.Select(row => Model[row])];
    }

    /// <summary>The rows that pass by the plain evaluation.</summary>
    public int[] Expected(EpisodeFilter filter, ulong? asOfNs) =>
        [.. Enumerable.Range(0, Model.Count).Where(row => Model[row] is { } episode && episode.TimeNs <= (asOfNs ?? ulong.MaxValue) && Matches(filter, episode))];

    public static bool Matches(EpisodeFilter filter, ModelEpisode episode) =>
        FilterEngine.Matches(filter, episode.Id, episode.TimeNs, episode.Cell, episode.Reward, episode.Success, field => episode.Fields.GetValueOrDefault(field));

    /// <summary>All ways to look at a selection say the same rows, which are the expected ones.</summary>
    public void Check(EpisodeFilter filter, ulong? asOfNs)
    {
        int[] expected = Expected(filter, asOfNs);
        using SelectedRows selected = Engine.Select(filter, asOfNs);
        int[] actual = selected.ToArray();
        Assert.True(expected.SequenceEqual(actual), $"{Text(filter)} as of {asOfNs}: expected [{string.Join(' ', expected)}], found [{string.Join(' ', actual)}]");
        Assert.Equal(expected.Length, selected.Count);
        var passed = expected.ToHashSet();
        for (int row = 0; row < Model.Count; row++)
        {
            if (Model[row] is not null)
            {
                Assert.Equal(passed.Contains(row), selected.Contains(row));
            }
        }
        Assert.Equal(expected, RowsOf(selected.Selection));
    }

    public void Dispose() => Table.Dispose();

    public static string Text(EpisodeFilter filter) =>
        string.Join(" and ", filter.Terms.Select(term => $"{term.Field} {term.Operator} ({string.Join(", ", term.Values)})"));

    private int[] RowsOf(RowSelection selection)
    {
        if (selection.IsAll)
        {
            return [.. Enumerable.Range(0, Model.Count).Where(row => Model[row] is not null)];
        }
        if (selection.IsList)
        {
            return selection.Rows.ToArray();
        }
        ulong[] words = selection.Words.ToArray();
        Assert.Equal(selection.Count, words.Sum(System.Numerics.BitOperations.PopCount));
        return [.. Enumerable.Range(0, words.Length * 64).Where(row => (words[row / 64] >> (row % 64) & 1) != 0)];
    }
}
