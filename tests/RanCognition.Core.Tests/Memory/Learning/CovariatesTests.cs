using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class CovariatesTests
{
    private static Covariates Of(params float[][] points) => Covariates.Of([.. points.Select((point, i) => new EpisodeFacts { Id = (ulong)i + 1, TimeNs = 0, Point = point })]);

    [Fact]
    public void Columns_have_mean_0_and_deviation_1_and_constant_ones_are_left_out()
    {
        Covariates x = Of([1, 5, 2], [2, 5, 2], [3, 5, 2], [4, 5, 7]);
        Assert.Equal((4, 2), (x.Rows, x.Columns));
        Assert.Equal([-3 / Math.Sqrt(5), -1 / Math.Sqrt(5), 1 / Math.Sqrt(5), 3 / Math.Sqrt(5)], Enumerable.Range(0, 4).Select(row => x.Row(row)[0]), Near);
        Assert.Equal([-1 / Math.Sqrt(3), -1 / Math.Sqrt(3), -1 / Math.Sqrt(3), Math.Sqrt(3)], Enumerable.Range(0, 4).Select(row => x.Row(row)[1]), Near);
    }

    [Fact]
    public void What_is_missing_counts_as_the_median_and_has_a_column_of_its_own()
    {
        Covariates x = Of([0], [10], [5], [float.NaN], []);
        Assert.Equal(2, x.Columns);
        Assert.Equal([0.0, 0, 0], [x.Row(2)[0], x.Row(3)[0], x.Row(4)[0]], Near);
        Assert.True(x.Row(3)[1] > 0 && x.Row(3)[1] == x.Row(4)[1] && x.Row(0)[1] < 0);
    }

    [Fact]
    public void A_single_wild_value_does_not_flatten_the_others()
    {
        float[][] points = [.. Enumerable.Range(0, 101).Select(i => new float[] { i == 100 ? 1e30f : i })];
        Covariates x = Of(points);
        Assert.True(x.Row(99)[0] - x.Row(0)[0] > 1.5);
        Assert.True(double.IsFinite(x.Row(100)[0]));
    }

    [Fact]
    public void Nothing_gives_nothing()
    {
        Assert.Equal((0, 0), (Of().Rows, Of().Columns));
        Assert.Equal((2, 0), (Of([], []).Rows, Of([], []).Columns));
        Assert.Equal(0, Of([float.NaN], [float.PositiveInfinity]).Columns);
    }

    [Fact]
    public void Screening_keeps_what_goes_with_the_action_and_what_goes_with_the_outcome()
    {
        RandomStream random = new(1);
        float[][] points = new float[100][];
        bool[] treated = new bool[100];
        double[] outcomes = new double[100];
        for (int i = 0; i < 100; i++)
        {
            points[i] = new float[60];
            for (int c = 0; c < 60; c++)
            {
                points[i][c] = (float)random.NextNormal();
            }
            treated[i] = points[i][17] + random.NextNormal() > 0;
            outcomes[i] = 3 * points[i][42] + random.NextNormal() + (treated[i] ? 100 : 0);   // the effect itself must not matter
        }
        Covariates x = Of(points);
        int[] with = [.. Enumerable.Range(0, 100).Where(i => treated[i])], without = [.. Enumerable.Range(0, 100).Where(i => !treated[i])];
        int[] chosen = Screening.Choose(x, with, without, outcomes);
        Assert.Equal(Screening.ColumnsMost(with.Length, without.Length), chosen.Length);
        Assert.Equal(chosen.Distinct().Order(), chosen);
        Assert.Contains(17, chosen);
        Assert.Contains(42, chosen);
        Assert.Equal([0, 1, 2], Screening.Choose(x.With([3, 4, 5]), with, without, outcomes));
        Assert.Equal(60, x.With([3, 4, 5]).Candidates);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
