using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;

namespace RanCognition.Tests.Memory;

/// <summary>Long analyses tell the host how far they are, and end when it asks.</summary>
public sealed class AnalysisProgressTests
{
    private static readonly MemoryAnalysis[] Analyses = [new SkillsAnalysis { MinCount = 5 }, new EffectAnalysis { Action = new ActionPattern(null, "tilt", null, null), Outcome = "rate" }];

    [Fact]
    public void Shares_go_up_from_0_and_stay_below_1()
    {
        foreach (MemoryAnalysis analysis in Analyses)
        {
            FixedHost host = new();
            using MemoryCore memory = Filled(host);
            host.Reports.Clear();
            memory.Analyze(analysis);
            double[] shares = [.. host.Reports.Select(report => report.Fraction)];
            Assert.True(shares.Length >= 4, $"{shares.Length} reports");
            Assert.Equal(0, shares[0]);
            Assert.Equal(shares.Order(), shares);
            Assert.All(shares, share => Assert.InRange(share, 0, 1));
        }
    }

    [Fact]
    public void A_host_that_cancels_ends_the_call_and_the_memory_goes_on()
    {
        foreach (MemoryAnalysis analysis in Analyses)
        {
            FixedHost told = new();
            using MemoryCore whole = Filled(told);
            told.Reports.Clear();
            whole.Analyze(analysis);
            for (int after = 1; after < told.Reports.Count; after++)
            {
                FixedHost host = new() { CancelAfter = after };
                using MemoryCore memory = Filled(host);
                host.Reports.Clear();
                Assert.Throws<OperationCanceledException>(() => memory.Analyze(analysis));
                Assert.Equal(after + 1, host.Reports.Count);
                Assert.Equal(201UL, memory.Store(new Episode { Vector = [1] }).Ids[0]);
            }
        }
    }

    private static MemoryCore Filled(FixedHost host)
    {
        MemoryCore memory = new(new MemoryOptions(), EpisodeCodec.Instance, host);
        memory.Store([.. Enumerable.Range(0, 200).Select(i => new Episode
        {
            Situation = [new("load", i % 50 < 25 ? i % 5 : 1000 + i % 5)],
            Action = i % 2 == 0 ? [] : [new ConfigurationChange("cell", "tilt", null, null)],
            Outcome = [new("rate", i % 2 + i % 7 / 10.0)],
            Success = i % 50 < 25,
        })]);
        return memory;
    }
}
