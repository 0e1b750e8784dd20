using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Tests.Cognition;

public class HistoryMergingTests
{
    [Fact]
    public void Samples_in_any_order_are_what_a_sorted_map_of_the_newest_has()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var store = new HistoryStore();
            var expected = new SortedDictionary<ulong, double>();
            bool isLarge = seed % 20 == 0;
            ulong span = isLarge ? 60_000UL : (ulong)random.Next(3, 400);
            for (int step = 0; step < (isLarge ? 6 : 25); step++)
            {
                int count = random.Next(0, isLarge ? 20_000 : 40);
                ulong[] times = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64((long)span) + (step % 3 == 0 ? (ulong)step * 50 : 0)).Order()];
                double[] values = [.. times.Select(_ => random.NextDouble())];
                int growth = store.GrowthBy("n", "m", times);
                ulong before = store.Samples;
                int dropped = store.Merge("n", "m", times, values);
                int lost = Merge(expected, times, values);
                Assert.Equal(lost, dropped);
                Assert.Equal((ulong)expected.Count, store.Samples);
                Assert.InRange((int)(store.Samples - before), 0, growth);
                Assert.Equal(store.Samples - before, (ulong)growth);
                (ulong[] found, double[] kept) = All(store);
                Assert.True(expected.Keys.SequenceEqual(found) && expected.Values.SequenceEqual(kept), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void Observing_goes_on_where_merging_stopped_and_keeps_its_rule()
    {
        var store = new HistoryStore();
        store.Merge("n", "m", [10, 30], [1, 3]);
        store.Merge("n", "m", [20], [2]);
        Assert.Throws<InvalidInputException>(() => store.Observe("n", "m", [25], [2.5]));
        store.Observe("n", "m", [30, 40], [3.5, 4]);
        (ulong[] times, double[] values) = All(store);
        Assert.Equal([10, 20, 30, 40], times);
        Assert.Equal([1, 2, 3.5, 4], values);
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

    private static (ulong[] Times, double[] Values) All(HistoryStore store)
    {
        ulong[] all = [];
        double[] found = [];
        store.ReadAll((_, _, times, values) => (all, found) = (times.ToArray(), values.ToArray()));
        return (all, found);
    }
}
