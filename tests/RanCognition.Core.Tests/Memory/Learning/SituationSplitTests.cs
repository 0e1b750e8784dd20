using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class SituationSplitTests
{
    private delegate float Draw(ref RandomStream random);

    private static (int[] Near, int[] Far)? Find(List<ReadOnlyMemory<float>> points, int leastCount = 5) => SituationSplit.Find([.. Enumerable.Range(0, points.Count)], points, leastCount);

    private static List<ReadOnlyMemory<float>> Cloud(ulong seed, int count, int dimension, Draw draw)
    {
        RandomStream random = new(seed);
        List<ReadOnlyMemory<float>> points = [];
        for (int i = 0; i < count; i++)
        {
            float[] point = new float[dimension];
            for (int c = 0; c < dimension; c++)
            {
                point[c] = draw(ref random);
            }
            points.Add(point);
        }
        return points;
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(1, 40)]
    [InlineData(1, 400)]
    [InlineData(5, 30)]
    [InlineData(64, 20)]
    [InlineData(64, 100)]
    public void One_cloud_is_not_split_whatever_its_shape(int dimension, int count)
    {
        Draw[] shapes =
        [
            static (ref RandomStream random) => (float)random.NextNormal(),
            static (ref RandomStream random) => (float)random.NextDouble(),
            static (ref RandomStream random) => (float)-Math.Log(1 - random.NextDouble()),
        ];
        int splits = 0;
        for (ulong seed = 0; seed < 25; seed++)
        {
            foreach (Draw shape in shapes)
            {
                splits += Find(Cloud(seed, count, dimension, shape)) is null ? 0 : 1;
            }
        }
        Assert.InRange(splits, 0, 1);   // of 75
    }

    [Theory]
    [InlineData(1, 40, 12)]
    [InlineData(3, 60, 10)]
    [InlineData(20, 200, 8)]
    public void Two_groups_with_a_gap_in_one_metric_are_found_exactly(int dimension, int count, float apart)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            List<ReadOnlyMemory<float>> points = Cloud(seed, count, dimension, static (ref RandomStream random) => (float)random.NextNormal());
            HashSet<int> far = [];
            RandomStream random = new(seed + 99);
            for (int i = 0; i < count; i++)
            {
                if (random.NextDouble() < .4)
                {
                    far.Add(i);
                    points[i] = points[i].ToArray().Select((value, c) => c == dimension - 1 ? value + apart : value).ToArray();
                }
            }
            var parts = Find(points);
            Assert.NotNull(parts);
            Assert.Equal(far.Order(), parts.Value.Far.Order());
        }
    }

    [Fact]
    public void A_gap_across_many_metrics_is_found_that_no_single_one_shows()
    {
        List<ReadOnlyMemory<float>> points = Cloud(3, 300, 16, static (ref RandomStream random) => (float)random.NextNormal());
        for (int i = 0; i < 300; i += i % 2 == 0 ? 1 : 3)   // 0 1 4 5 8 9 ...: as many in the even as in the odd half
        {
            points[i] = points[i].ToArray().Select(value => value + 2.5f).ToArray();   // 10 deviations along the diagonal
        }
        var parts = Find(points);
        Assert.NotNull(parts);
        Assert.Equal(150, parts.Value.Near.Length);
        Assert.DoesNotContain(parts.Value.Far, row => row % 4 > 1);
    }

    [Fact]
    public void A_group_smaller_than_asked_for_is_not_cut_off()
    {
        List<ReadOnlyMemory<float>> points = Cloud(8, 100, 2, static (ref RandomStream random) => (float)random.NextNormal());
        for (int i = 0; i < 9; i++)
        {
            points[11 * i] = new float[] { 50, 50 };
        }
        Assert.Null(Find(points, 10));
        Assert.Equal(9, Find(points, 9)!.Value.Far.Length);
    }

    [Fact]
    public void Points_that_say_nothing_are_one_group()
    {
        Assert.Null(Find([]));
        Assert.Null(Find([.. Enumerable.Repeat(ReadOnlyMemory<float>.Empty, 50)]));
        Assert.Null(Find([.. Enumerable.Repeat<ReadOnlyMemory<float>>(new float[] { 1, float.NaN }, 50)]));
        Assert.Null(Find([.. Enumerable.Repeat<ReadOnlyMemory<float>>(new float[] { float.NaN, float.PositiveInfinity }, 50)]));
        Assert.Null(Find(Cloud(1, 50, 3, static (ref RandomStream random) => random.NextBits() % 2 == 0 ? float.MaxValue : float.MinValue), 26));
    }
}
