using RanCognition.Temporal;

namespace RanCognition.Tests.Reasoning;

public class GridPairTests
{
    private const ulong Period = 900_000_000_000;

    [Theory]
    [InlineData("0 2 4 7 9 11")]
    [InlineData("0 3 6 9 10")]
    [InlineData("5")]
    [InlineData("0 1 2 5 11")]
    public void Samples_with_gaps_take_their_places_among_those_without(string periods)
    {
        ulong[] places = Array.ConvertAll(periods.Split(' '), ulong.Parse);
        MetricGrid sparse = GridBuilder.FromTimes("a", Array.ConvertAll(places, place => 1000 * Period + place * Period + place), Array.ConvertAll(places, place => (double)place), "given");
        MetricGrid whole = new() { Metric = "b", StartNs = 1000 * Period, StepNs = Period, Values = new double[12] };
        foreach (bool isFirst in (bool[])[false, true])
        {
            Assert.True(isFirst ? GridPair.TryBring(sparse, whole, out MetricGrid brought, out MetricGrid same) : GridPair.TryBring(whole, sparse, out same, out brought));
            Assert.Same(whole, same);
            Assert.Equal(places.Length == 1 ? 0 : Period, places.Length == 1 ? 0 : brought.StepNs);
            for (int i = 0; i < brought.Values.Length; i++)
            {
                double value = brought.Values[i];
                Assert.True(double.IsNaN(value) || Math.Abs((double)brought.TimeOf(i) / Period - 1000 - value) < 0.01);
            }
            Assert.Equal(places.Length, brought.KnownCount);
        }
    }

    [Fact]
    public void Two_with_gaps_meet_on_a_usual_period()
    {
        MetricGrid a = GridBuilder.FromTimes("a", [0, 2 * Period, 4 * Period, 7 * Period], [1, 2, 3, 4], "given");
        MetricGrid b = GridBuilder.FromTimes("b", [0, 3 * Period, 6 * Period, 7 * Period], [1, 2, 3, 4], "given");
        Assert.True(GridPair.TryBring(a, b, out MetricGrid first, out MetricGrid second));
        Assert.Equal((Period, Period), (first.StepNs, second.StepNs));
        Assert.Equal([1, double.NaN, 2, double.NaN, 3, double.NaN, double.NaN, 4], first.Values);
        Assert.Equal([1, double.NaN, double.NaN, 2, double.NaN, double.NaN, 3, 4], second.Values);
    }

    [Fact]
    public void Another_granularity_stays_apart()
    {
        MetricGrid half = GridBuilder.FromTimes("a", [0, 2 * Period, 4 * Period, 6 * Period], [1, 2, 3, 4], "given");
        MetricGrid whole = new() { Metric = "b", StepNs = Period, Values = new double[7] };
        Assert.False(GridPair.TryBring(half, whole, out MetricGrid first, out MetricGrid second));
        Assert.Same(half, first);
        Assert.Same(whole, second);
        MetricGrid between = GridBuilder.FromTimes("c", [0, 2 * Period, 5 * Period + Period / 2], [1, 2, 3], "given");
        Assert.False(GridPair.TryBring(between, whole, out _, out _));
        Assert.False(GridPair.TryBring(new MetricGrid { Metric = "now", Values = [1] }, whole, out _, out _));
    }
}
