using RanCognition.Cognition.Journal;
using RanCognition.Contracts;
using RanCognition.Memory;
using RanCognition.Temporal;
using RanCognition.Tests.Memory.Storage;

namespace RanCognition.Tests.Cognition;

public class HistoryKeeperTests
{
    private const ulong Period = 900_000_000_000;

    [Fact]
    public void A_file_that_is_opened_again_has_what_the_process_had()
    {
        using var file = new JournalFile();
        var alone = new HistoryKeeper(null);
        for (int life = 0; life < 4; life++)
        {
            using MemoryCore memory = file.Open();
            var keeper = new HistoryKeeper(memory);
            AssertSame(alone, keeper);
            var random = new Random(life);
            for (int i = 0; i < 10; i++)
            {
                MeasurementBatch batch = Batch($"network{random.Next(2)}", random.Next(1, 6), random.Next(1, 30), (ulong)random.Next(100), random);
                Assert.Equal(alone.Take(batch), keeper.Take(batch));
            }
            AssertSame(alone, keeper);
        }
    }

    [Fact]
    public void A_batch_of_several_networks_is_kept_under_each_of_them()
    {
        using var file = new JournalFile();
        MeasurementBatch batch = new()
        {
            Report = Report("a"),
            Series = [.. Enumerable.Range(0, 40).Select(i => new MeasuredSeries { NetworkId = i % 4 == 3 ? null : $"{(char)('a' + i % 4)}", ManagedObject = $"o{i / 8}", Metric = "m", TimesNs = [(ulong)i], Values = [i] })],
        };
        var alone = new HistoryKeeper(null);
        alone.Take(batch);
        using (MemoryCore memory = file.Open())
        {
            new HistoryKeeper(memory).Take(batch);
        }
        using MemoryCore again = file.Open();
        AssertSame(alone, new HistoryKeeper(again));
        Assert.Equal([25], alone.Find("b", "o3/m")!.Values.Where(value => value > 25 - 1 && value < 25 + 1));
        Assert.Equal(5, alone.MetricsOf("c").Count());
        Assert.Equal(5, alone.MetricsOf("a").Count());
    }

    [Fact]
    public void Networks_are_bounded()
    {
        var keeper = new HistoryKeeper(null);
        MeasuredSeries[] Series(int from, int count) => [.. Enumerable.Range(from, count).Select(i => new MeasuredSeries { NetworkId = $"n{i}", ManagedObject = "o", Metric = "m", TimesNs = [1], Values = [1] })];
        keeper.Take(new MeasurementBatch { Report = Report("n"), Series = Series(0, 65_535) });
        LimitExceededException error = Assert.Throws<LimitExceededException>(() => keeper.Take(new MeasurementBatch { Report = Report("n"), Series = Series(65_534, 3) }));
        Assert.Contains("2 new networks with 65535 that are there, at most 65536", error.Message, StringComparison.Ordinal);
        keeper.Take(new MeasurementBatch { Report = Report("n"), Series = Series(65_534, 2) });
        Assert.Equal(65_536UL, keeper.Samples);
    }

    [Fact]
    public void Late_files_and_corrections_take_their_places()
    {
        var keeper = new HistoryKeeper(null);
        keeper.Take(Batch("n", "o", "m", [2 * Period, 4 * Period], [2, 4]));
        keeper.Take(Batch("n", "o", "m", [1 * Period, 3 * Period], [1, 3]));
        keeper.Take(Batch("n", "o", "m", [2 * Period], [2.5]));
        Assert.Equal([1, 2.5, 3, 4], keeper.Find("n", "o/m")!.Values);
        Assert.Equal(4UL, keeper.Samples);
    }

    [Fact]
    public void A_batch_beyond_a_limit_is_refused_whole()
    {
        using var file = new JournalFile();
        using MemoryCore memory = file.Open();
        var keeper = new HistoryKeeper(memory, seriesMax: 100);
        keeper.Take(Batch("n", "o", "m", [1], [1]));
        foreach ((MeasurementBatch batch, string message) in ((MeasurementBatch, string)[])
        [
            (Both(One("a", [1], [1]), One(new string('x', 1100), [1], [1])), "a name of a metric has more than 1024 bytes"),
            (Both(One("a", [1], [1]), One(new string('ä', 520), [1], [1])), "a name of a metric has more than 1024 bytes"),
            (new MeasurementBatch { Report = Report("n"), Series = [.. Enumerable.Range(0, 100).Select(i => One($"s{i}", [1], [1]))] }, "new series with 1 that are there"),
        ])
        {
            Assert.Contains(message, Assert.Throws<LimitExceededException>(() => keeper.Take(batch)).Message, StringComparison.Ordinal);
        }
        foreach (MeasurementBatch batch in (MeasurementBatch[])
        [
            Both(One("a", [1], [1]), One("b", [2, 1], [1, 1])), Both(One("a", [1], [1]), One("b", [1], [double.NaN])), Both(One("a", [1], [1]), One("b", [1, 2], [1])),
        ])
        {
            Assert.Throws<InvalidInputException>(() => keeper.Take(batch));
        }
        Assert.Equal(1UL, keeper.Samples);
        Assert.Equal(1UL, new HistoryKeeper(memory).Samples);
    }

    [Fact]
    public void Samples_older_than_all_that_a_full_series_keeps_are_dropped_and_counted()
    {
        var keeper = new HistoryKeeper(null);
        ulong[] full = [.. Enumerable.Range(0, TemporalLimits.SeriesSamplesMax).Select(i => (100 + (ulong)i) * Period)];
        Assert.Equal(0UL, keeper.Take(Batch("n", "o", "m", full, [.. full.Select(_ => 1.0)])));
        Assert.Equal(2UL, keeper.Take(Batch("n", "o", "m", [1 * Period, 99 * Period, 100 * Period], [5, 6, 7])));
        Assert.Equal(7, keeper.Find("n", "o/m")!.Values[0]);
        Assert.Equal((ulong)TemporalLimits.SeriesSamplesMax, keeper.Samples);
    }

    [Fact]
    public void Blocks_are_written_anew_when_most_of_them_no_longer_counts_and_say_the_same()
    {
        using var file = new JournalFile();
        using MemoryCore memory = file.Open();
        var keeper = new HistoryKeeper(memory);
        var alone = new HistoryKeeper(null);
        var random = new Random(3);
        ulong most = 0;
        for (int i = 0; i < 120; i++)
        {
            // The same 40 x 100 moments over and over.
            MeasurementBatch batch = Batch(i % 2 == 0 ? "a" : "b", 20, 100, 0, random);
            keeper.Take(batch);
            alone.Take(batch);
            most = Math.Max(most, keeper.BlockSamples);
        }
        Assert.Equal(4000UL, keeper.Samples);
        Assert.InRange(most, 60_000UL, 2UL * 4000 + (1 << 16) + 2000);
        Assert.InRange(keeper.BlockSamples, 4000UL, 120 * 2000UL - 1);
        var again = new HistoryKeeper(memory);
        Assert.Equal(keeper.BlockSamples, again.BlockSamples);
        AssertSame(alone, again);
    }

    [Fact]
    public void A_damaged_block_is_told()
    {
        using var file = new JournalFile();
        using (MemoryCore memory = file.Open())
        {
            new HistoryKeeper(memory).Take(Batch("n", 3, 3, 0, new Random(1)));
        }
        StoreOpeningTests.Change(file.Path, "UPDATE history SET network = 'other'");
        using MemoryCore again = file.Open();
        Assert.Equal("path: the file is damaged: history 1", Assert.Throws<StorageException>(() => new HistoryKeeper(again)).Message);
        again.ReplaceHistory([new KeyValuePair<string, byte[]>("n", [1, 0, 1, 97, 1])]);
        Assert.Equal("path: the file is damaged: history 2", Assert.Throws<StorageException>(() => new HistoryKeeper(again)).Message);
    }

    [Fact]
    public void The_only_network_stands_for_none_and_the_newest_series_come_first()
    {
        var keeper = new HistoryKeeper(null);
        Assert.Equal("", keeper.NetworkFor(""));
        Assert.Empty(keeper.Newest(3));
        keeper.Take(Batch("a", "o", "m", [5], [1]));
        Assert.Equal("a", keeper.NetworkFor(""));
        Assert.False(keeper.LeavesOpen(""));
        Assert.Equal("x", keeper.NetworkFor("x"));
        keeper.Take(new MeasurementBatch { Report = Report("b"), Series = [One("p", [8], [1]), One("q", [9], [2]), One("r", [9], [3]), One("s", [7], [4])] });
        Assert.Equal("", keeper.NetworkFor(""));
        Assert.True(keeper.LeavesOpen(""));
        Assert.False(keeper.LeavesOpen("x"));
        Assert.Equal(["o/q", "o/r", "o/p"], keeper.Newest(3).Select(grid => grid.Metric));
        Assert.Equal(["o/p", "o/q", "o/r", "o/s"], keeper.MetricsOf("b"));
    }

    private static void AssertSame(HistoryKeeper expected, HistoryKeeper actual)
    {
        Assert.Equal(expected.Samples, actual.Samples);
        foreach (string network in (string[])["network0", "network1", "a", "b"])
        {
            Assert.Equal(expected.MetricsOf(network), actual.MetricsOf(network));
            foreach (string metric in expected.MetricsOf(network))
            {
                MetricGrid one = expected.Find(network, metric)!;
                MetricGrid other = actual.Find(network, metric)!;
                Assert.Equal((one.StartNs, one.StepNs), (other.StartNs, other.StepNs));
                Assert.Equal(one.Values, other.Values);
            }
        }
    }

    private static MeasurementBatch Batch(string network, int series, int samples, ulong from, Random random) => new()
    {
        Report = Report(network),
        Series =
        [
            .. Enumerable.Range(0, series).Select(i => One($"m{i}", [.. Enumerable.Range(0, samples).Select(k => (from + (ulong)k + 1) * Period)], [.. Enumerable.Range(0, samples).Select(_ => random.Next(2) == 0 ? random.Next(100) : random.NextDouble())])),
        ],
    };

    private static MeasurementBatch Batch(string network, string managedObject, string metric, ulong[] times, double[] values) => new()
    {
        Report = Report(network),
        Series = [new MeasuredSeries { ManagedObject = managedObject, Metric = metric, TimesNs = times, Values = values }],
    };

    private static MeasurementBatch Both(MeasuredSeries first, MeasuredSeries second) => new() { Report = Report("n"), Series = [first, second] };

    private static MeasuredSeries One(string metric, ulong[] times, double[] values) => new() { ManagedObject = "o", Metric = metric, TimesNs = times, Values = values };

    private static IngestReport Report(string network) => new() { Format = MeasurementFormat.Rows, NetworkId = network, Objects = 1, Metrics = 1, Samples = 1, Skipped = [] };
}
