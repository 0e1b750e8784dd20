using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Tests.Reasoning;

public class GridBuilderTests
{
    private const ulong Minute = 60_000_000_000;

    [Fact]
    public void Jitter_of_a_collector_does_not_move_samples_between_bins()
    {
        Random random = new(4);
        const int Count = 2000;
        ulong[] times = new ulong[Count];
        double[] values = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            times[i] = (ulong)i * 15 * Minute + (ulong)random.Next(0, 20) * 1_000_000_000;
            values[i] = i;
        }
        MetricGrid grid = GridBuilder.FromTimes("m", times, values, "observed");
        Assert.Equal(15 * Minute, grid.StepNs);
        Assert.Equal(values, grid.Values);
    }

    [Fact]
    public void Gaps_become_missing_values_and_the_later_of_two_samples_wins()
    {
        MetricGrid grid = GridBuilder.FromTimes("m", [0, Minute, 4 * Minute, 5 * Minute, 5 * Minute], [1, 2, 5, 6, 7], "observed");
        Assert.Equal([1, 2, double.NaN, double.NaN, 5, 7], grid.Values);
        Assert.Equal(5 * Minute, grid.EndNs);
        Assert.Equal(2, grid.MissingCount);
    }

    [Fact]
    public void One_moment_gives_one_sample_without_a_step()
    {
        MetricGrid grid = GridBuilder.FromTimes("m", [9, 9], [1, 2], "observed");
        Assert.Equal((9UL, 0UL), (grid.StartNs, grid.StepNs));
        Assert.Equal([2], grid.Values);
    }

    [Fact]
    public void A_huge_span_keeps_the_newest_bins_only()
    {
        MetricGrid grid = GridBuilder.FromTimes("m", [0, 1, 2, ulong.MaxValue - 1, ulong.MaxValue], [1, 2, 3, 4, 5], "observed");
        Assert.Equal(256 + 64 * 5, grid.Values.Length);   // however far apart they are
        Assert.Equal(5, grid.Values[^1]);
        Assert.Equal(ulong.MaxValue, grid.EndNs);
    }

    [Fact]
    public void A_regular_history_is_taken_as_it_is()
    {
        MetricGrid grid = GridBuilder.Build("m", new MetricHistory { StartNs = 7, StepNs = 3, Values = [1, double.NaN] });
        Assert.Equal((7UL, 3UL, 10UL), (grid.StartNs, grid.StepNs, grid.EndNs));
    }
}
