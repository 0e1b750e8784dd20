using RanCognition.Optimization.Son;

namespace RanCognition.Tests.Optimization;

public class ColouringTests
{
    [Theory]
    [InlineData("queen", 5, 5)]
    [InlineData("queen", 6, 7)]
    [InlineData("queen", 7, 7)]
    [InlineData("queen", 8, 9)]
    [InlineData("myciel", 3, 4)]
    [InlineData("myciel", 4, 5)]
    [InlineData("myciel", 5, 6)]
    public void Known_chromatic_numbers_are_found_and_proven(string family, int size, int chromatic)
    {
        (int count, List<int> edges) = family == "queen" ? Graphs.Queens(size) : Graphs.Mycielski(size);
        var graph = new ColourGraph(count, edges);

        int least = ExactColouring.LeastColours(graph, 50_000_000, out bool isProven);

        Assert.Equal(chromatic, least);
        Assert.True(isProven);
    }

    [Fact]
    public void Random_small_graphs_get_as_few_colours_as_trying_all_gives()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            (int count, List<int> edges) = Graphs.Random(random, random.Next(1, 8), random.NextDouble());
            int least = ExactColouring.LeastColours(new ColourGraph(count, edges), 1_000_000, out bool isProven);
            Assert.True(isProven);
            Assert.Equal(BruteForce(count, edges), least);
        }
    }

    [Fact]
    public void Colourings_that_are_found_have_no_equal_neighbours()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            (int count, List<int> edges) = Graphs.Random(random, 40, 0.3);
            var graph = new ColourGraph(count, edges);
            foreach (int[]? colours in new[] { TabuColouring.Find(graph, 10, 3), ExactColouring.Find(graph, 12, 100_000, out int[]? exact) == true ? exact : null })
            {
                Assert.NotNull(colours);
                for (int e = 0; e < edges.Count; e += 2)
                {
                    Assert.NotEqual(colours[edges[e]], colours[edges[e + 1]]);
                }
            }
        }
    }

    [Fact]
    public void A_search_that_is_cut_short_claims_nothing()
    {
        (int count, List<int> edges) = Graphs.Queens(8);
        Assert.Null(ExactColouring.Find(new ColourGraph(count, edges), 8, 100, out _));
    }

    private static int BruteForce(int count, List<int> edges)
    {
        for (int colours = 1; ; colours++)
        {
            int total = (int)Math.Pow(colours, count);
            for (int code = 0; code < total; code++)
            {
                bool isRight = true;
                for (int e = 0; e < edges.Count && isRight; e += 2)
                {
                    isRight = Digit(code, edges[e], colours) != Digit(code, edges[e + 1], colours);
                }
                if (isRight)
                {
                    return colours;
                }
            }
        }
    }

    private static int Digit(int code, int place, int radix) => code / (int)Math.Round(Math.Pow(radix, place)) % radix;
}
