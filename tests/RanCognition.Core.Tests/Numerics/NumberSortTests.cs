using FsCheck;
using FsCheck.Fluent;
using RanCognition.Numerics;

namespace RanCognition.Tests.Numerics;

public class NumberSortTests
{
    [Fact]
    public void Any_numbers_are_sorted_as_the_framework_sorts_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<double[]>(), values => Check([.. values.Where(value => !double.IsNaN(value))])).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(5000)]
    public void Every_length_and_magnitude_is_sorted(int n)
    {
        Random random = new(n);
        Check([.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() - .5) * Math.Pow(10, random.Next(-300, 300)))]);
        Check([.. Enumerable.Range(0, n).Select(_ => (double)random.Next(-3, 4))]);
        Check([.. Enumerable.Range(0, n).Select(i => i % 3 == 0 ? double.PositiveInfinity : i % 3 == 1 ? double.NegativeInfinity : i % 2 == 0 ? -0.0 : double.Epsilon)]);
    }

    private static void Check(double[] values)
    {
        double[] expected = (double[])values.Clone(), sorted = (double[])values.Clone();
        Array.Sort(expected);
        NumberSort.Ascending(sorted);
        Assert.Equal(expected, sorted);
        // Equal values keep the order of their indices.
        Assert.Equal(Enumerable.Range(0, values.Length).OrderBy(i => values[i] + 0.0), NumberSort.Order(values));
    }
}
