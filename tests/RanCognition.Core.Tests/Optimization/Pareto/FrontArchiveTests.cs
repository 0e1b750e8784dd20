using RanCognition.Optimization.Search.Pareto;
using static RanCognition.Tests.Optimization.Pareto.FrontPoints;

namespace RanCognition.Tests.Optimization.Pareto;

public class FrontArchiveTests
{
    private static double[][] Kept(FrontArchive archive) => [.. archive.Sorted().Select(row => archive.F(row).ToArray())];

    /// <summary>Points with their place as x.</summary>
    private static FrontArchive Entered(double[][] points, int most)
    {
        FrontArchive archive = new(1, points[0].Length, most);
        for (int i = 0; i < points.Length; i++)
        {
            archive.Enter([i], points[i]);
        }
        return archive;
    }

    private static IEnumerable<double[]> Ascending(IEnumerable<double[]> points) => points.OrderBy(point => point, Comparer<double[]>.Create((a, b) =>
        a.Zip(b).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0)));

    [Fact]
    public void It_holds_the_points_that_none_dominates_each_with_its_own_values()
    {
        Random random = new(5);
        for (int trial = 0; trial < 150; trial++)
        {
            int objectives = 2 + trial % 4;
            double[][] points = trial % 3 == 0 ? OnSphere(random, 80, objectives) : OnGrid(random, 80, objectives, 4 + trial % 9);
            FrontArchive archive = Entered(points, 500);
            Assert.Equal(Ascending(Front(points)), Kept(archive));
            foreach (int row in archive.Sorted())
            {
                int first = Array.FindIndex(points, point => point.SequenceEqual(archive.F(row).ToArray()));
                Assert.Equal(first, archive.X(row)[0]);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Of_too_many_the_best_of_each_objective_stay_and_little_volume_is_lost(int objectives)
    {
        Random random = new(objectives);
        double[][] points = OnSphere(random, 900, objectives);
        FrontArchive archive = Entered(points, 60);
        double[][] kept = Kept(archive), few = points[..60];
        Assert.Equal(60, kept.Length);
        Assert.Equal(Ascending(kept), kept);
        for (int j = 0; j < objectives; j++)
        {
            Assert.Equal(points.Min(point => point[j]), kept.Min(point => point[j]));
        }
        Assert.All(archive.Sorted(), row => Assert.Equal(points[(int)archive.X(row)[0]], archive.F(row).ToArray()));
        double[] reference = [.. Enumerable.Repeat(1.1, objectives)];
        double Volume(double[][] front) => new Hypervolume(objectives).Of(Flat(front), front.Length, reference);
        Assert.True(Volume(kept) > Volume(few));
        if (objectives < 4)
        {
            Assert.True(Volume(points) - Volume(kept) < 0.7 * (Volume(points) - Volume(few)));
        }
    }

    [Fact]
    public void With_two_objectives_each_point_that_goes_is_the_one_that_dominates_least_alone()
    {
        Random random = new(9);
        List<double[]> naive = [];
        FrontArchive archive = new(1, 2, 12);
        for (int i = 0; i < 3000; i++)
        {
            double[] point = [random.NextDouble(), random.NextDouble()];
            point[1] += 20.0 / (i + 1);
            archive.Enter([i], point);
            naive = [.. Ascending(Front([.. naive, point]))];
            if (naive.Count > 12)
            {
                naive.RemoveAt(Enumerable.Range(1, 11).MinBy(k => (naive[k + 1][0] - naive[k][0]) * (naive[k - 1][1] - naive[k][1])));
            }
            Assert.Equal(naive, Kept(archive));
        }
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused_and_huge_ones_are_not()
    {
        FrontArchive archive = new(1, 2, 5);
        Assert.False(archive.Enter([1], [double.NaN, 0]));
        Assert.False(archive.Enter([1], [double.NegativeInfinity, 0]));
        for (int i = 0; i < 20; i++)
        {
            Assert.True(archive.Enter([i], [(i - 10) * 1.7e307, (10 - i) * 1.7e307]));
            Assert.False(archive.Enter([i], [(i - 10) * 1.7e307, (10 - i) * 1.7e307]));
        }
        Assert.Equal((5, -1.7e308, 9 * 1.7e307), (archive.Count, Kept(archive)[0][0], Kept(archive)[4][0]));
    }
}
