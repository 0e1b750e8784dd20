using RanCognition.Cognition.Journal;
using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Tests.Cognition;

public class SampleStoreTests
{
    [Fact]
    public void Samples_in_any_order_are_what_a_sorted_map_of_the_newest_has()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var store = new SampleStore();
            var expected = new SortedDictionary<ulong, double>();
            bool isLarge = seed % 20 == 0;
            ulong span = isLarge ? 60_000UL : (ulong)random.Next(3, 400);
            for (int step = 0; step < (isLarge ? 6 : 25); step++)
            {
                int count = random.Next(0, isLarge ? 20_000 : 40);
                ulong[] times = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64((long)span) + (step % 3 == 0 ? (ulong)step * 50 : 0)).Order()];
                double[] values = [.. times.Select(_ => random.NextDouble())];
                int growth = store.GrowthBy("n", SeriesKey.Of("m"), times, out int place);
                long before = store.Samples;
                int dropped = store.Merge("n", step % 2 == 0 ? place : -1, SeriesKey.Of("m"), times, values);
                int lost = Merge(expected, times, values);
                Assert.Equal(lost, dropped);
                Assert.Equal(expected.Count, store.Samples);
                Assert.InRange((int)(store.Samples - before), 0, growth);
                Assert.Equal(store.Samples - before, growth);
                (ulong[] found, double[] kept) = All(store);
                Assert.True(expected.Keys.SequenceEqual(found) && expected.Values.SequenceEqual(kept), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void Many_series_of_several_networks_are_those_of_a_map()
    {
        Random random = new(5);
        SampleStore store = new();
        Dictionary<(string Network, string Metric), SortedDictionary<ulong, double>> expected = [];
        for (int step = 0; step < 20_000; step++)
        {
            string network = random.Next(2) == 0 ? "a" : "b";
            string metric = random.Next(20) == 0 ? $"m{random.Next(9)}" : $"NRCellDU={random.Next(40)}/x{random.Next(50)}{(random.Next(3) == 0 ? "/y" : "")}";
            ulong[] times = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (ulong)random.Next(20)).Order()];
            double[] values = [.. times.Select(_ => random.NextDouble())];
            if (!expected.TryGetValue((network, metric), out SortedDictionary<ulong, double>? map))
            {
                expected.Add((network, metric), map = []);
                Assert.Null(store.Find(network, metric));
            }
            int before = map.Count;
            int growth = store.GrowthBy(network, SeriesKey.Of(metric), times, out int place);
            Assert.Equal(before == 0, place < 0);
            Assert.Equal(0, store.Merge(network, step % 2 == 0 ? place : -1, SeriesKey.Of(metric), times, values));
            Merge(map, times, values);
            Assert.Equal(map.Count - before, growth);
        }
        Assert.Equal(expected.Count, store.SeriesCount);
        Assert.Equal(expected.Values.Sum(map => map.Count), store.Samples);
        foreach (string network in store.Networks)
        {
            Assert.Equal([.. expected.Keys.Where(key => key.Network == network).Select(key => key.Metric)], store.MetricsOf(network));
            store.ReadAll(network, (metric, times, values) =>
            {
                SortedDictionary<ulong, double> map = expected[(network, metric)];
                Assert.Equal(map.Keys, times.ToArray());
                Assert.Equal(map.Values, values.ToArray());
            });
            List<string> newest = store.NewestOf(network, 5);
            Assert.Equal([.. store.MetricsOf(network).OrderByDescending(metric => expected[(network, metric)].Keys.Last()).Take(5)], newest);
        }
    }

    /// <summary>The naive way. Gives how many of these times are not among what is left.</summary>
    private static int Merge(SortedDictionary<ulong, double> map, ulong[] times, double[] values)
    {
        for (int i = 0; i < times.Length; i++)
        {
            map[times[i]] = values[i];
        }
        foreach (ulong old in map.Keys.Take(map.Count - TemporalLimits.SeriesSamplesMax).ToArray())
        {
            map.Remove(old);
        }
        return times.Distinct().Count(time => !map.ContainsKey(time));
    }

    private static (ulong[] Times, double[] Values) All(SampleStore store)
    {
        ulong[] all = [];
        double[] found = [];
        foreach (string network in store.Networks)
        {
            store.ReadAll(network, (_, times, values) => (all, found) = (times.ToArray(), values.ToArray()));
        }
        return (all, found);
    }
}
