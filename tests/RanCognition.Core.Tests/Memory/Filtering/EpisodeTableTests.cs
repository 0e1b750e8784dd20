using RanCognition.Memory.Filtering;

namespace RanCognition.Tests.Memory.Filtering;

public class EpisodeTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_changes_leave_what_a_plain_list_would(int kind)
    {
        var random = new Random(kind);
        using EpisodeTable table = new();
        List<(ulong Id, ulong Time, string Cell, double Reward, int Success)?> model = [];
        ulong nextId = 5, time = 100;
        for (int step = 0; step < 6000; step++)
        {
            int row = model.Count == 0 ? -1 : random.Next(model.Count);
            switch (random.Next(10))
            {
                case 0 when row >= 0 && model[row] is { } old:
                    model[row] = (old.Id, random.Next(2) == 0 ? old.Time : (ulong)random.Next(1000), Cell(), Reward(), random.Next(-1, 2));
                    table.Set(row, model[row]!.Value.Time, model[row]!.Value.Cell, model[row]!.Value.Reward, model[row]!.Value.Success);
                    break;
                case 1 or 2 when row >= 0 && model[row] is not null:
                    table.Remove(row);
                    model[row] = null;
                    break;
                default:
                    do
                    {
                        nextId = kind switch { 1 => nextId + 1, 2 => nextId + (ulong)random.Next(1, 9), _ => (ulong)random.Next(1, 20_000) };   // 3, 4: removed ids come again
                    }
                    while (table.RowOf(nextId) >= 0);
                    time = kind == 4 ? (ulong)random.Next(1000) : time + (ulong)random.Next(2);
                    model.Add((nextId, time, Cell(), Reward(), random.Next(-1, 2)));
                    Assert.Equal(model.Count - 1, table.Add(nextId, time, model[^1]!.Value.Cell, model[^1]!.Value.Reward, model[^1]!.Value.Success));
                    break;
            }
            if (step % 150 == 0)
            {
                Check(table, model, random);
            }
            if (step % 2000 == 1999)
            {
                int[] kept = table.Compact();
                model = [.. kept.Select(old => model[old])];
                Assert.DoesNotContain(null, model);
                Check(table, model, random);
            }
        }

        string Cell() => random.Next(5) == 0 ? "" : $"c{random.Next(7)}";
        double Reward() => random.Next(4) == 0 ? double.NaN : Math.Round(random.NextDouble(), 2);
    }

    [Fact]
    public void A_load_in_bulk_gives_what_single_additions_give()
    {
        var random = new Random(3);
        using EpisodeTable bulk = new();
        using EpisodeTable single = new();
        List<string> cells = [];
        ulong id = 0;
        for (int call = 0; call < 20; call++)
        {
            cells.AddRange(Enumerable.Range(cells.Count, random.Next(0, 5) + (call == 0 ? 1 : 0)).Select(i => i == 3 ? "" : $"cell {i}"));
            int rows = random.Next(0, 300);
            ulong[] ids = [.. Enumerable.Range(0, rows).Select(_ => id += (ulong)random.Next(1, 3))], times = [.. ids.Select(i => i * 2)];
            uint[] indices = [.. ids.Select(_ => (uint)random.Next(cells.Count))];
            double[] rewards = [.. ids.Select(_ => random.NextDouble())];
            sbyte[] success = [.. ids.Select(_ => (sbyte)random.Next(-1, 2))];
            Assert.Equal(single.Rows, bulk.AddMany(ids, times, indices, cells, rewards, success));
            for (int i = 0; i < rows; i++)
            {
                single.Add(ids[i], times[i], cells[(int)indices[i]], rewards[i], success[i]);
            }
        }
        Assert.True(bulk.Ids.SequenceEqual(single.Ids) && bulk.Times.SequenceEqual(single.Times) && bulk.Rewards.SequenceEqual(single.Rewards) && bulk.AliveWords.SequenceEqual(single.AliveWords));
        Assert.All(Enumerable.Range(0, bulk.Rows), row => Assert.Equal((single.Cell(row), single.Success(row), row), (bulk.Cell(row), bulk.Success(row), bulk.RowOf(bulk.Ids[row]))));
        Assert.Equal((single.NewestTimeNs, single.RewardRange, single.Count), (bulk.NewestTimeNs, bulk.RewardRange, bulk.Count));
    }

    [Fact]
    public void A_row_takes_at_most_forty_bytes_and_an_empty_table_next_to_nothing()
    {
        using EpisodeTable table = new();
        Assert.True(table.Bytes < 4096);
        for (int i = 0; i < 100_000; i++)
        {
            table.Add((ulong)i + 1, (ulong)i, $"c{i % 100}", i, 1);
        }
        Assert.True(table.Bytes <= 40UL * 100_000, $"{table.Bytes / 100_000.0} bytes a row");
    }

    [Fact]
    public void An_empty_table_answers()
    {
        using EpisodeTable table = new();
        Assert.Equal(-1, table.RowOf(1));
        Assert.Equal(0UL, table.NewestTimeNs);
        Assert.Equal((double.NaN, double.NaN), table.RewardRange);
        Assert.Equal(0, table.CopyOldest(3, new ulong[3]));
        Assert.Empty(table.Compact());
    }

    private static void Check(EpisodeTable table, List<(ulong Id, ulong Time, string Cell, double Reward, int Success)?> model, Random random)
    {
        var living = model.Select((episode, row) => (Row: row, Episode: episode)).Where(pair => pair.Episode is not null).Select(pair => (pair.Row, Episode: pair.Episode!.Value)).ToList();
        Assert.Equal((model.Count, living.Count), (table.Rows, table.Count));
        Assert.Equal(living.Select(pair => pair.Row), Enumerable.Range(0, table.Rows).Where(table.IsAlive));
        foreach ((int row, var episode) in living)
        {
            Assert.Equal(episode, (table.Ids[row], table.Times[row], table.Cell(row), table.Rewards[row], table.Success(row)));
            Assert.Equal(row, table.RowOf(episode.Id));
        }
        HashSet<ulong> ids = [.. living.Select(pair => pair.Episode.Id)];
        for (int i = 0; i < 50; i++)
        {
            ulong id = (ulong)random.Next(1, 20_000);
            Assert.Equal(ids.Contains(id), table.RowOf(id) >= 0);
        }
        Assert.Equal(living.Count == 0 ? 0 : living.Max(pair => pair.Episode.Time), table.NewestTimeNs);
        double[] rewards = [.. living.Select(pair => pair.Episode.Reward).Where(reward => !double.IsNaN(reward))];
        Assert.Equal(rewards.Length == 0 ? (double.NaN, double.NaN) : (rewards.Min(), rewards.Max()), table.RewardRange);
        int count = random.Next(0, 40);
        var oldest = new ulong[count];
        int copied = table.CopyOldest(count, oldest);
        Assert.Equal(living.Select(pair => pair.Episode).OrderBy(episode => episode.Time).ThenBy(episode => episode.Id).Take(count).Select(episode => episode.Id), oldest[..copied]);
    }
}
