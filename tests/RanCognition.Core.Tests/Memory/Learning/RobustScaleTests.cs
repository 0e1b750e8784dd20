using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class RobustScaleTests
{
    [Fact]
    public void The_scale_is_the_median_deviation_made_comparable_to_a_standard_deviation()
    {
        // The textbook example: deviations from 2 are 1 1 0 0 2 4 7, in order 0 0 1 1 2 4 7.
        RobustScale scale = RobustScale.Of([1.0, 1, 2, 2, 4, 6, 9]);
        Assert.Equal(2, scale.Median);
        Assert.Equal(1.4826022185056018, scale.Scale, 12);
    }

    [Fact]
    public void For_normal_values_it_is_their_standard_deviation_and_outliers_do_not_move_it()
    {
        RandomStream random = new(1);
        double[] values = new double[20_000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % 100 == 0 ? 1e300 : 50 + 3 * random.NextNormal();
        }
        RobustScale scale = RobustScale.Of(values);
        Assert.InRange(scale.Median, 49.9, 50.2);
        Assert.InRange(scale.Scale, 2.9, 3.15);
    }

    [Fact]
    public void Where_half_of_the_values_are_the_same_the_next_measure_is_taken()
    {
        // 5 of 8 are the same: the median deviation is 0; the quartiles are 0 and 1.25.
        Assert.Equal(1.25 / 1.3489795003921634, RobustScale.Of([0.0, 0, 0, 0, 0, 1, 2, 3]).Scale, 12);
        // 9 of 10 are the same: standard deviation of nine 0 and a 10 = sqrt(90 / 9).
        Assert.Equal(Math.Sqrt(10), RobustScale.Of([0.0, 0, 0, 0, 0, 0, 0, 0, 0, 10]).Scale, 12);
    }

    [Fact]
    public void While_all_are_the_same_a_tenth_of_the_level_counts_in_any_unit()
    {
        Assert.Equal(new RobustScale(40, 4), RobustScale.Of([40.0, 40, 40]));
        Assert.Equal(.0004, RobustScale.Of([-.004]).Scale, 15);
        Assert.Equal(new RobustScale(0, 1), RobustScale.Of([0.0, 0]));
        Assert.Equal(new RobustScale(0, 1), RobustScale.Of(ReadOnlySpan<double>.Empty));
        Assert.Equal(new RobustScale(0, 1), RobustScale.Of([double.NaN, double.PositiveInfinity]));
    }

    [Fact]
    public void Rounding_of_a_large_level_is_no_spread()
    {
        float[] values = [1e8f, 1e8f + 8, 1e8f - 8, 1e8f + 16, 1e8f];
        Assert.True(RobustScale.Of(values).Scale > 90);
    }

    [Fact]
    public void Floats_and_doubles_give_the_same() => Assert.Equal(RobustScale.Of([1.5, double.NaN, 4, -3]), RobustScale.Of([1.5f, float.NaN, 4f, -3f]));

    [Fact]
    public void No_values_give_a_scale_that_cannot_be_divided_by()
    {
        double[] strange = [0, -0.0, 1, -1, double.MaxValue, double.MinValue, double.Epsilon, 1e300, -1e-300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-40];
        RandomStream random = new(2);
        for (int round = 0; round < 2000; round++)
        {
            double[] values = new double[random.NextBits() % 9];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = strange[random.NextBits() % (ulong)strange.Length];
            }
            RobustScale scale = RobustScale.Of(values);
            Assert.True(double.IsFinite(scale.Median), string.Join(' ', values));
            Assert.True(double.IsFinite(scale.Scale) && scale.Scale > 0, string.Join(' ', values));
        }
    }
}
