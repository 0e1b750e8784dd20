using System.Text;
using RanCognition.Cognition.Networks;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

/// <summary>Networks that are kept between decisions.</summary>
public sealed class NetworkCacheTests
{
    [Fact]
    public void Equal_bytes_are_the_same_network()
    {
        var cache = new NetworkCache();
        NetworkModel model = NetworkCases.Small(1, 3);
        NetworkAnswers first = cache.For(Question(model, "a"))!;
        double[] before = first.Values([], NetworkCases.NetworkMetrics);
        first.Values([NetworkCases.Change(0, "digitalTilt", 150), NetworkCases.Change(1, "administrativeState", "LOCKED")], NetworkCases.NetworkMetrics);
        NetworkAnswers second = cache.For(Question(model, "a"))!;
        Assert.Same(first.Evaluator, second.Evaluator);
        Assert.Equal(before, second.Values([], NetworkCases.NetworkMetrics));
        Assert.NotSame(first.Evaluator, cache.For(Question(model, "b"))!.Evaluator);
        Assert.NotSame(first.Evaluator, cache.For(Question(model, "a "))!.Evaluator);
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void A_text_that_is_overwritten_later_does_not_name_another_network()
    {
        var cache = new NetworkCache();
        byte[] text = "abc"u8.ToArray();
        NetworkModel model = NetworkCases.Small(1, 3);
        NetworkAnswers first = cache.For(new DecisionProblem { Network = model, NetworkText = text })!;
        text[0] = (byte)'x';
        Assert.NotSame(first.Evaluator, cache.For(new DecisionProblem { Network = NetworkCases.Small(2, 4), NetworkText = text })!.Evaluator);
        Assert.Same(first.Evaluator, cache.For(Question(model, "abc"))!.Evaluator);
    }

    [Fact]
    public void A_network_without_bytes_is_known_by_the_object()
    {
        var cache = new NetworkCache();
        NetworkModel model = NetworkCases.Small(1, 3);
        NetworkAnswers first = cache.For(new DecisionProblem { Network = model })!;
        Assert.Same(first.Evaluator, cache.For(new DecisionProblem { Network = model })!.Evaluator);
        Assert.NotSame(first.Evaluator, cache.For(new DecisionProblem { Network = model with { TrafficMbps = 2 } })!.Evaluator);
        Assert.NotSame(first.Evaluator, cache.For(Question(model, ""))!.Evaluator);
        Assert.Equal(3, cache.Count);
    }

    [Fact]
    public void The_longest_unused_goes_first_and_bytes_are_bounded()
    {
        NetworkModel model = NetworkCases.Small(1, 3);
        var cache = new NetworkCache();
        NetworkAnswers a = cache.For(Question(model, "a"))!, b = cache.For(Question(model, "b"))!;
        long each = cache.Bytes / 2;
        cache.For(Question(model, "c"));
        cache.For(Question(model, "d"));
        Assert.Same(a.Evaluator, cache.For(Question(model, "a"))!.Evaluator);
        cache.For(Question(model, "e"));
        Assert.Equal(4, cache.Count);
        Assert.Equal(4 * each, cache.Bytes);
        Assert.Same(a.Evaluator, cache.For(Question(model, "a"))!.Evaluator);
        Assert.NotSame(b.Evaluator, cache.For(Question(model, "b"))!.Evaluator);

        var two = new NetworkCache(2 * each);
        foreach (string text in (string[])["a", "b", "c"])
        {
            two.For(Question(model, text));
            Assert.InRange(two.Bytes, 1, 2 * each);
        }
        Assert.Equal(2, two.Count);
        var none = new NetworkCache(each - 1);
        Assert.NotNull(none.For(Question(model, "a")));
        Assert.Equal(0, none.Count);
        Assert.Equal(0, none.Bytes);
    }

    [Fact]
    public void A_network_that_is_wrong_is_named_and_not_kept()
    {
        var cache = new NetworkCache();
        NetworkModel model = NetworkCases.Small(1, 3);
        NetworkModel[] wrong =
        [
            model with { Cells = [] }, model with { TrafficMbps = double.NaN }, model with { Links = model.Links! with { LossDb = [1] } }, model with { Cells = [model.Cells![0] with { PowerDbm = 1e9 }] },
            model with { BandwidthMHz = -1 }, model with { Cells = [model.Cells![0] with { Site = 99 }] }, model with { Links = null, Layout = null, Users = null },
        ];
        foreach (NetworkModel network in wrong)
        {
            InvalidInputException error = Assert.Throws<InvalidInputException>(() => cache.For(Question(network, "w")));
            Assert.StartsWith("problem/network", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, cache.Count);
        Assert.Null(cache.For(new DecisionProblem()));
    }

    private static DecisionProblem Question(NetworkModel network, string text) => new() { Network = network, NetworkText = Encoding.UTF8.GetBytes(text) };
}
