using FsCheck;
using FsCheck.Fluent;
using RanCognition.Optimization.Search;
using RanCognition.Optimization.Search.Pareto;
using static RanCognition.Tests.Optimization.Pareto.FrontPoints;

namespace RanCognition.Tests.Optimization.Pareto;

public class HypervolumeTests
{
    private static double[] Corner(int objectives, double value) => [.. Enumerable.Repeat(value, objectives)];

    private static double Volume(double[][] points, double[] reference) => new Hypervolume(reference.Length).Of(Flat(points), points.Length, reference);

    [Fact]
    public void The_volume_is_that_of_inclusion_and_exclusion_with_ties_and_points_beyond_the_reference_too()
    {
        Random random = new(1);
        for (int trial = 0; trial < 200; trial++)
        {
            int objectives = 1 + trial % 8;
            double[][] points = OnGrid(random, random.Next(9), objectives, 7);
            double[] reference = Corner(objectives, 5);
            Assert.Equal(VolumeOfSubsets(points, reference), Volume(points, reference), 1e-6);
        }
    }

    [Theory]
    [InlineData(3, 60)]
    [InlineData(4, 40)]
    [InlineData(6, 25)]
    public void The_volume_is_the_share_of_random_points_that_are_dominated(int objectives, int count)
    {
        const int Samples = 20_000;
        Random random = new(objectives);
        double[][] points = OnSphere(random, count, objectives);
        double[] sample = new double[objectives];
        int dominated = 0;
        for (int i = 0; i < Samples; i++)
        {
            for (int j = 0; j < objectives; j++)
            {
                sample[j] = random.NextDouble();
            }
            dominated += points.Any(point => point.Zip(sample).All(pair => pair.First <= pair.Second)) ? 1 : 0;
        }
        double share = (double)dominated / Samples;
        Assert.InRange(Volume(points, Corner(objectives, 1)) - share, -5 * Math.Sqrt(0.25 / Samples), 5 * Math.Sqrt(0.25 / Samples));
    }

    [Fact]
    public void Many_points_of_a_known_front_give_nearly_its_volume()
    {
        double[][] circle = [.. Enumerable.Range(0, 2001).Select(i => new[] { Math.Sin(i * Math.PI / 4000), Math.Cos(i * Math.PI / 4000) })];
        Assert.InRange(1.21 - Math.PI / 4 - Volume(circle, [1.1, 1.1]), 0, 5e-4);
        Assert.Equal(2 * Volume(circle, [1.1, 1.1]), Volume([.. circle.Select(point => new[] { point[0], point[1], 0.5, 0.0, -1 })], [1.1, 1.1, 1, 2, 1]), 1e-12);
    }

    [Fact]
    public void It_grows_with_every_point_and_does_not_depend_on_their_order()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            for (int objectives = 2; objectives <= 5; objectives++)
            {
                double[][] points = [.. bytes.Take(60).Chunk(objectives).Where(chunk => chunk.Length == objectives).Select(chunk => chunk.Select(value => (double)value).ToArray())];
                double[] reference = Corner(objectives, 200);
                double all = Volume(points, reference);
                if (Volume([.. points.Skip(1)], reference) > all * (1 + 1e-12) || Math.Abs(Volume([.. points.Reverse()], reference) - all) > all * 1e-12)
                {
                    return false;
                }
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Points_that_are_not_numbers_or_not_better_than_the_reference_count_for_nothing()
    {
        double[][] points = [[1, 1, 1], [double.NaN, 0, 0], [double.PositiveInfinity, 0, 0], [2, 0, 0], [0, 0, 5]];
        Assert.Equal(1, Volume(points, [2, 2, 2]));
        Assert.Equal(0, Volume([], [2, 2]));
        Assert.Equal(0, Volume([[2, 2]], [2, 2]));
    }

    [Fact]
    public void What_a_point_dominates_alone_is_the_difference_that_it_makes()
    {
        Random random = new(3);
        VolumeContributions sweep = new();
        for (int trial = 0; trial < 200; trial++)
        {
            double[][] points = trial % 2 == 0 ? OnSphere(random, random.Next(1, 40), 3) : Front(OnGrid(random, random.Next(1, 60), 3, 6));
            if (trial % 5 == 0)
            {
                points = [.. points, points[0], points[^1]];
            }
            double[] reference = [6.5, 7, 6], found = new double[points.Length];
            int[] order = new RankOrder().Of(points.Select(point => point[2]).ToArray()).ToArray();
            sweep.Find(Flat(points), order, reference, found);
            double all = Volume(points, reference);
            for (int i = 0; i < points.Length; i++)
            {
                Assert.Equal(all - Volume([.. points.Where((_, k) => k != i)], reference), found[i], 1e-10);
            }
        }
    }
}
