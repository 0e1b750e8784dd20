using RanCognition.Numerics;

namespace RanCognition.Tests.Numerics;

public class StraightLineTests
{
    [Fact]
    public void The_line_solves_the_normal_equations()
    {
        Random random = new(3);
        for (int round = 0; round < 300; round++)
        {
            int n = random.Next(2, 400);
            double[] values = [.. Enumerable.Range(0, n).Select(t => 40 + .3 * t + 20 * random.NextDouble())];
            decimal sumT = 0, sumTt = 0, sumY = 0, sumTy = 0;   // decimals: no rounding worth speaking of
            for (int t = 0; t < n; t++)
            {
                (sumT, sumTt, sumY, sumTy) = (sumT + t, sumTt + (decimal)t * t, sumY + (decimal)values[t], sumTy + t * (decimal)values[t]);
            }
            decimal determinant = n * sumTt - sumT * sumT;
            StraightLine line = StraightLine.Fit(values);
            Assert.Equal((double)((n * sumTy - sumT * sumY) / determinant), line.Slope, 9);
            Assert.Equal((double)((sumTt * sumY - sumT * sumTy) / determinant), line.Intercept, 8);
            Assert.Equal(line.Intercept + 7 * line.Slope, line.At(7), 12);
        }
    }

    [Fact]
    public void One_value_is_a_level_and_none_is_zero()
    {
        Assert.Equal(new StraightLine(0, 0), StraightLine.Fit([]));
        Assert.Equal(new StraightLine(5, 0), StraightLine.Fit([5]));
        Assert.Equal(new StraightLine(1, 2), StraightLine.Fit([1, 3]));
    }

    [Fact]
    public void Long_series_of_a_large_level_keep_their_slope()
    {
        double[] values = [.. Enumerable.Range(0, 65_536).Select(t => 1e9 + .001 * t)];
        Assert.Equal(.001, StraightLine.Fit(values).Slope, 9);
    }
}
