using RanCognition.Cognition.Journal;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

public class HistoryBlockTests
{
    [Fact]
    public void What_is_written_is_read_to_the_bit()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            List<MeasuredSeries> series = Series(new Random(seed));
            HistoryBlockReader reader = new(Block(series));
            foreach (MeasuredSeries expected in series)
            {
                Assert.True(reader.Next());
                Assert.Equal(expected.Metric, reader.Metric);
                Assert.Equal(expected.TimesNs, reader.Times);
                Assert.Equal(expected.Values.Select(BitConverter.DoubleToInt64Bits), reader.Values.Select(BitConverter.DoubleToInt64Bits));
            }
            Assert.False(reader.Next());
            Assert.True(reader.IsSound);
        }
    }

    [Fact]
    public void Counters_of_many_cells_at_one_time_take_a_few_bytes_each()
    {
        List<MeasuredSeries> series = [];
        var random = new Random(1);
        for (int cell = 0; cell < 1000; cell++)
        {
            series.Add(new MeasuredSeries { ManagedObject = "", Metric = $"NRCellDU={cell}/RRU.PrbTotDl", TimesNs = [1_700_000_000_000_000_000], Values = [random.Next(1000)] });
        }
        Assert.InRange(Block(series).Length, 1000, 30_000);
    }

    [Fact]
    public void Any_other_bytes_are_told_without_an_exception_and_cut_ones_never_pass_for_whole()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            List<MeasuredSeries> series = Series(random);
            byte[] block = Block(series);
            int cut = random.Next(block.Length);
            (bool isSound, int count) = ReadAll(block.AsSpan(0, cut));
            Assert.True(!isSound || count < series.Count);
            for (int i = 0; i < 20; i++)
            {
                byte[] damaged = [.. block];
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
                ReadAll(damaged);
                byte[] noise = new byte[random.Next(100)];
                random.NextBytes(noise);
                if (noise.Length > 0)
                {
                    noise[0] = HistoryBlockWriter.Version;
                }
                ReadAll(noise);
            }
        }
        Assert.False(ReadAll([]).IsSound);
        Assert.False(ReadAll([2]).IsSound);
        Assert.True(ReadAll([1]).IsSound);
        // A name that is not text, more samples than bytes, times that go back, values that are no numbers.
        Assert.False(ReadAll([1, 0, 1, 0xFF, 1, 2, 5, 0]).IsSound);
        Assert.False(ReadAll([1, 0, 1, 97, 0xFF, 0x7F, 2, 5, 0]).IsSound);
        Assert.False(ReadAll([1, 0, 1, 97, 2, 2, 5, 1, 0, 0]).IsSound);
        Assert.False(ReadAll([1, 0, 1, 97, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F]).IsSound);
    }

    private static (bool IsSound, int Count) ReadAll(ReadOnlySpan<byte> block)
    {
        HistoryBlockReader reader = new(block);
        int count = 0;
        while (reader.Next())
        {
            Assert.Equal(reader.Times.Length, reader.Values.Length);
            Assert.True(reader.Times.Zip(reader.Times.Skip(1)).All(pair => pair.First <= pair.Second) && reader.Values.All(double.IsFinite));
            count++;
        }
        return (reader.IsSound, count);
    }

    private static byte[] Block(List<MeasuredSeries> series)
    {
        var writer = new HistoryBlockWriter();
        foreach (MeasuredSeries one in series)
        {
            writer.Add(one.Metric, one.TimesNs, one.Values);
        }
        return writer.Take();
    }

    private static List<MeasuredSeries> Series(Random random)
    {
        List<MeasuredSeries> all = [];
        ulong[] times = [];
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            if (times.Length == 0 || random.Next(3) == 0)
            {
                times = Times(random);
            }
            int kind = random.Next(4);
            all.Add(new MeasuredSeries
            {
                ManagedObject = "",
                Metric = $"NRCellDU={random.Next(30)}/m{random.Next(5)}ä",
                TimesNs = times,
                Values = [.. times.Select(_ => kind switch { 0 => random.Next(-1000, 1000), 1 => random.NextDouble() * 1e300, 2 => random.Next(3) == 0 ? -0.0 : 5, _ => (double)random.NextInt64(-(1L << 53), 1L << 53) })],
            });
        }
        return all;
    }

    private static ulong[] Times(Random random)
    {
        int count = random.Next(1, 50);
        return random.Next(3) switch
        {
            0 => [.. Enumerable.Range(0, count).Select(i => 1_700_000_000_000_000_000 + (ulong)i * 900_000_000_000)],
            1 => [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64()).Order()],
            _ => [.. Enumerable.Range(0, count).Select(_ => ulong.MaxValue - (ulong)random.Next(40)).Append(0UL).Order()],
        };
    }
}
