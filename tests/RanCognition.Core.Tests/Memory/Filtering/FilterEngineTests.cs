using FsCheck;
using FsCheck.Fluent;
using RanCognition.Contracts;
using RanCognition.Memory.Filtering;

namespace RanCognition.Tests.Memory.Filtering;

public class FilterEngineTests
{
    [Fact]
    public void Every_selection_is_what_the_plain_evaluation_finds_row_by_row()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), RunProgram).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Large_tables_are_selected_from_by_lists_and_by_bits_alike()
    {
        var random = new Random(7);
        using FilterCase filters = new();
        for (int i = 0; i < 2000; i++)
        {
            Dictionary<string, MetadataValue> fields = new()
            {
                ["metadata.serial"] = new MetadataValue.Number(i * 0.25),
                ["metadata.site"] = new MetadataValue.Text($"site{random.Next(200)}"),
                ["tags"] = new MetadataValue.List([new MetadataValue.Text($"t{random.Next(20)}"), new MetadataValue.Text($"t{random.Next(20)}")]),
                ["situation.rsrp"] = new MetadataValue.Number(random.NextDouble()),
            };
            filters.Add(new ModelEpisode((ulong)i + 1, 1000 + (ulong)i * 10, $"c{random.Next(100)}", random.NextDouble(), random.Next(-1, 2), fields));
        }
        for (int i = 0; i < 120; i++)
        {
            filters.Check(Few(random), random.Next(3) == 0 ? (ulong)random.Next(1000, 22_000) : null);
            if (i % 4 == 0 && filters.Model[random.Next(filters.Model.Count)] is { } gone)
            {
                filters.Remove(filters.Model.IndexOf(gone));
            }
            if (i % 40 == 39)
            {
                filters.Compact();
            }
        }
    }

    [Fact]
    public void A_column_is_read_once_by_many_readers_and_then_kept_current()
    {
        using FilterCase filters = new();
        for (ulong id = 1; id <= 300; id++)
        {
            filters.Add(new ModelEpisode(id, id, "c", double.NaN, -1, new() { ["metadata.v"] = new MetadataValue.Number(id % 7) }));
        }
        EpisodeFilter filter = One("metadata.v", FilterOperator.Equal, new MetadataValue.Number(3));
        int[] expected = filters.Expected(filter, null);
        Parallel.For(0, 200, _ =>
        {
            using SelectedRows selected = filters.Engine.Select(filter, null);
            Assert.Equal(expected, selected.ToArray());
        });
        filters.Set(0, filters.Model[0]! with { Fields = new() { ["metadata.v"] = new MetadataValue.Number(3) } });
        filters.Check(filter, null);
        Assert.Equal(1, filters.Documents.Passes);
    }

    [Fact]
    public void Readers_find_the_same_while_columns_come_and_go()
    {
        using FilterCase filters = new();
        for (ulong id = 1; id <= 100; id++)
        {
            filters.Add(new ModelEpisode(id, id, "c", double.NaN, -1, Enumerable.Range(0, 100).ToDictionary(k => $"metadata.k{k}", k => (MetadataValue)new MetadataValue.Number((int)id % (k + 1)))));
        }
        Parallel.For(0, 2000, i =>
        {
            int key = i * 37 % 100;
            using SelectedRows selected = filters.Engine.Select(One($"metadata.k{key}", FilterOperator.Equal, new MetadataValue.Number(0)), null);
            Assert.Equal(Enumerable.Range(0, 100).Where(row => (row + 1) % (key + 1) == 0), selected.ToArray());
        });
        Assert.True(filters.Documents.Passes > DocumentColumns.Most, "No column had to go.");
    }

    [Fact]
    public void Many_distinct_numbers_with_other_values_among_them_are_found_after_they_become_a_column_of_doubles()
    {
        using FilterCase filters = new();
        EpisodeFilter[] questions =
        [
            One("metadata.n", FilterOperator.GreaterOrEqual, new MetadataValue.Number(1500)), One("metadata.n", FilterOperator.NotEqual, new MetadataValue.Number(17)),
            One("metadata.n", FilterOperator.Equal, new MetadataValue.Text("t")), One("metadata.n", FilterOperator.Exists, new MetadataValue.Truth(false)),
            One("metadata.n", FilterOperator.In, new MetadataValue.Number(5), new MetadataValue.Text("t"), MetadataValue.Nothing.Instance),
            One("metadata.n", FilterOperator.Contains, new MetadataValue.Text("t")), One("metadata.n", FilterOperator.Greater, new MetadataValue.Number(9007199254740992)),
        ];
        for (int i = 0; i < 2 * DocumentColumn.DistinctNumbersMax; i++)
        {
            MetadataValue? value = (i % 10) switch
            {
                7 => new MetadataValue.Text("t"),
                8 => new MetadataValue.Number(9007199254740992, "9007199254740993"),
                9 => i % 20 == 9 ? MetadataValue.Nothing.Instance : null,
                _ => new MetadataValue.Number(i),
            };
            filters.Add(new ModelEpisode((ulong)i + 1, (ulong)i, "", double.NaN, -1, value is null ? [] : new() { ["metadata.n"] = value }));
            if (i % 300 == 0)
            {
                Assert.All(questions, question => filters.Check(question, null));
            }
        }
        for (int row = 0; row < filters.Model.Count; row += 3)
        {
            filters.Remove(row);
        }
        Assert.All(questions, question => filters.Check(question, null));
        filters.Compact();
        Assert.All(questions, question => filters.Check(question, null));
    }

    [Fact]
    public void Values_that_are_gone_leave_the_column()
    {
        var column = new ValueColumn();
        for (int i = 0; i < 20_000; i++)
        {
            column.Set(i % 10, new MetadataValue.Text($"value {i}"));
        }
        Assert.True(column.Codes < 5000, $"{column.Codes} codes for ten rows");
        Assert.Equal([9], column.RowsOf(column.CodeOf(new MetadataValue.Text("value 19999"))).ToArray());
        Assert.Equal(10, column.Count);
    }

    [Fact]
    public void Values_that_take_too_much_memory_are_asked_of_the_documents()
    {
        var column = new DocumentColumn("metadata.note", valueBytesMax: 10_000);
        Assert.True(column.IsKept);
        for (int row = 0; row < 100; row++)
        {
            column.Set(row, new MetadataValue.Text(new string('x', 100) + row));
        }
        Assert.False(column.IsKept);
        var numbers = new DocumentColumn("outcome.kpi", valueBytesMax: 10_000);
        for (int row = 0; row < 100; row++)
        {
            numbers.Set(row, new MetadataValue.Text("not a number"));
        }
        Assert.False(numbers.IsKept);
    }

    private static void RunProgram(int seed)
    {
        var drawn = new RandomFilters(seed) { IsOrdered = seed % 2 == 0 };
        Random random = drawn.Random;
        using FilterCase filters = new();
        ulong id = 1, time = 0;
        int steps = random.Next(20, 200);
        for (int step = 0; step < steps; step++)
        {
            int row = filters.Model.Count == 0 ? 0 : random.Next(filters.Model.Count);
            bool isLiving = row < filters.Model.Count && filters.Model[row] is not null;
            time = drawn.Time(time);
            switch (random.Next(20))
            {
                case 0 when isLiving:
                    filters.Set(row, drawn.Episode(filters.Model[row]!.Id, random.Next(2) == 0 ? filters.Model[row]!.TimeNs : time));
                    break;
                case 1 when isLiving:
                    filters.Remove(row);
                    break;
                case 2 when random.Next(5) == 0:
                    filters.Compact();
                    break;
                case < 8:
                    filters.Check(drawn.Filter(), drawn.AsOf(time));
                    break;
                default:
                    id = seed % 3 == 0 ? FreeId(filters, random) : id + (ulong)random.Next(1, 3);
                    filters.Add(drawn.Episode(id, time));
                    break;
            }
        }
        for (int i = 0; i < 20; i++)
        {
            filters.Check(drawn.Filter(), drawn.AsOf(time));
        }
    }

    private static ulong FreeId(FilterCase filters, Random random)
    {
        while (true)
        {
            ulong id = (ulong)random.Next(1, 400);
            if (filters.Table.RowOf(id) < 0)
            {
                return id;
            }
        }
    }

    private static EpisodeFilter Few(Random random)
    {
        FilterTerm[] terms =
        [
            new("cell", FilterOperator.Equal, [new MetadataValue.Text($"c{random.Next(100)}")]), new("cell", FilterOperator.NotIn, [new MetadataValue.Text("c1"), new MetadataValue.Text("c2")]),
            new("cell", FilterOperator.In, [new MetadataValue.Text("c1"), new MetadataValue.Text("c2"), new MetadataValue.Text("c3")]), new("reward", FilterOperator.GreaterOrEqual, [new MetadataValue.Number(random.NextDouble())]),
            new("time_ns", FilterOperator.Less, [new MetadataValue.Number(random.Next(1000, 21_000))]), new("time_ns", FilterOperator.Greater, [new MetadataValue.Number(random.Next(20_000, 21_000))]),
            new("metadata.serial", FilterOperator.LessOrEqual, [new MetadataValue.Number(random.Next(500))]), new("metadata.serial", FilterOperator.Equal, [new MetadataValue.Number(random.Next(500))]),
            new("metadata.site", FilterOperator.Equal, [new MetadataValue.Text($"site{random.Next(200)}")]), new("metadata.site", FilterOperator.Less, [new MetadataValue.Text("site2")]),
            new("tags", FilterOperator.Contains, [new MetadataValue.Text($"t{random.Next(20)}")]), new("situation.rsrp", FilterOperator.Less, [new MetadataValue.Number(random.NextDouble())]),
            new("success", FilterOperator.Equal, [new MetadataValue.Truth(true)]), new("success", FilterOperator.NotEqual, [new MetadataValue.Truth(true)]),
            new("id", FilterOperator.In, [new MetadataValue.Number(17), new MetadataValue.Number(1900), new MetadataValue.Number(9)]), new("id", FilterOperator.LessOrEqual, [new MetadataValue.Number(random.Next(2000))]),
        ];
        random.Shuffle(terms);
        return new EpisodeFilter(terms[..random.Next(1, 4)]);
    }

    private static EpisodeFilter One(string field, FilterOperator condition, params MetadataValue[] values) => new([new FilterTerm(field, condition, values)]);
}
