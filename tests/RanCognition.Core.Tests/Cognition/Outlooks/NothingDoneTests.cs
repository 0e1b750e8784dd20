using RanCognition.Cognition.Outlooks;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

/// <summary>What is expected when nothing is done, on simulated series whose future is known.</summary>
public sealed class NothingDoneTests
{
    private const int Series = 300;
    private const string Metric = "NRCellDU=1/DRB.UEThpDl";

    /// <summary>Kinds of series: level with noise, autoregressive, random walk, daily season, positive and bursty.</summary>
    public static TheoryData<string, int, int> Kinds => new()
    {
        { "noise", 24, 4 }, { "noise", 96, 4 }, { "autoregressive", 48, 4 }, { "autoregressive", 24, 1 }, { "walk", 48, 4 }, { "daily", 288, 4 }, { "daily", 240, 8 }, { "bursty", 48, 4 }, { "bursty", 24, 2 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Four_of_five_outcomes_lie_between_p10_and_p90(string kind, int length, int window)
    {
        int within = 0, below = 0, under = 0;
        for (int i = 0; i < Series; i++)
        {
            double[] all = Simulated(kind, length + window, (ulong)(i * 7919 + length));
            double outcome = all[length..].Average();
            Outlook outlook = new OutlookScene { Window = window, Seed = (ulong)i }.With(Metric, all[..length]).AtMost(Metric, 1).Model().Evaluate([]);
            var expected = OutlookScene.Of(outlook, Metric);
            Assert.True(expected.P10 <= expected.P50 && expected.P50 <= expected.P90);
            within += outcome >= expected.P10 && outcome <= expected.P90 ? 1 : 0;
            below += outcome < expected.P10 ? 1 : 0;
            under += outcome < expected.P50 ? 1 : 0;
        }
        string said = $"{kind} {length} {window}: within {within / (double)Series:f3}, below {below / (double)Series:f3}, under p50 {under / (double)Series:f3}";
        Assert.True(within is > (int)(.74 * Series) and < (int)(.86 * Series), said);
        Assert.True(below is > (int)(.05 * Series) and < (int)(.16 * Series), said);
        Assert.True(under is > (int)(.42 * Series) and < (int)(.58 * Series), said);
    }

    [Theory]
    [InlineData(400, .08, 24, 0)]
    [InlineData(60, .06, 24, 0)]
    [InlineData(2000, .03, 24, 0)]
    [InlineData(400, .97, 24, 0)]
    [InlineData(400, .08, 8, 0)]
    [InlineData(400, .08, 24, .01)]
    public void Rates_of_relations_are_covered(int attempts, double rate, int length, double overdispersion)
    {
        int within = 0;
        double squares = 0;
        for (int i = 0; i < Series; i++)
        {
            RandomStream random = new((ulong)(i * 104729 + attempts + length));
            (double[] cases, double[] tries) = Relation(ref random, attempts, rate, length + 4, overdispersion);
            double outcome = cases[length..].Sum() / tries[length..].Sum();
            Outlook outlook = new OutlookScene { Seed = (ulong)i }
                .With("NRCellRelation=1-2/HO.IntraSys.TooLate", cases[..length]).With("NRCellRelation=1-2/MM.HoExeInterReq", tries[..length])
                .AtMost(OutlookScene.Late, .1).Model().Evaluate([]);
            var expected = OutlookScene.Of(outlook, OutlookScene.Late);
            within += outcome >= expected.P10 && outcome <= expected.P90 ? 1 : 0;
            squares += (double)(expected.P50! - outcome) * (double)(expected.P50! - outcome);
        }
        double share = within / (double)Series, error = Math.Sqrt(squares / Series), least = Math.Sqrt(rate * (1 - rate) / (4 * attempts));
        Assert.True(share is > .74 and < .9, $"within {share:f3}");   // counts are whole: a few percent more than four fifths
        Assert.True(error < (overdispersion > 0 ? 3 : 1.35) * least, $"error {error:g3}, chance alone {least:g3}");
    }

    [Fact]
    public void A_rate_that_jumped_is_followed()
    {
        double followed = 0;
        for (int i = 0; i < 100; i++)
        {
            RandomStream random = new((ulong)i + 5);
            (double[] before, double[] triesBefore) = Relation(ref random, 400, .01, 16, 0);
            (double[] after, double[] triesAfter) = Relation(ref random, 400, .1, 8, 0);
            Outlook outlook = new OutlookScene()
                .With("NRCellRelation=1-2/HO.IntraSys.TooLate", [.. before, .. after]).With("NRCellRelation=1-2/MM.HoExeInterReq", [.. triesBefore, .. triesAfter])
                .AtMost(OutlookScene.Late, .05).Model().Evaluate([]);
            followed += (double)OutlookScene.Of(outlook, OutlookScene.Late).P50! / 100;
        }
        Assert.InRange(followed, .08, .11);   // the mean of all periods would be .04
    }

    [Fact]
    public void The_probability_of_a_rate_is_that_of_its_exact_distribution()
    {
        // 24 periods of 100 attempts with 120 cases: the mean over all; brute force draws the same beta-binomial.
        double[] cases = new double[24], tries = new double[24];
        Array.Fill(cases, 5);
        Array.Fill(tries, 100);
        Outlook outlook = new OutlookScene()
            .With("NRCellRelation=1-2/HO.IntraSys.TooLate", cases).With("NRCellRelation=1-2/MM.HoExeInterReq", tries).AtMost(OutlookScene.Late, .05).Model().Evaluate([]);
        RandomStream random = new(3);
        int holds = 0;
        const int Draws = 20_000;
        for (int i = 0; i < Draws; i++)
        {
            double p = Math.Clamp(.05 + Math.Sqrt(.05 * .95 / 2400) * random.NextNormal(), 0, 1);
            int count = 0;
            for (int k = 0; k < 400; k++)
            {
                count += random.NextDouble() < p ? 1 : 0;
            }
            holds += count <= 20 ? 1 : 0;
        }
        Assert.Equal(holds / (double)Draws, outlook.ProbabilityOfTargets, .02);
    }

    [Fact]
    public void Metrics_that_move_together_meet_their_limits_together()
    {
        RandomStream random = new(11);
        double[] one = new double[24], same = new double[24], other = new double[24], opposite = new double[24];
        for (int i = 0; i < 24; i++)
        {
            double noise = random.NextNormal();
            (one[i], same[i], other[i], opposite[i]) = (50 + noise, 70 + noise + .1 * random.NextNormal(), 60 + random.NextNormal(), 40 - noise);
        }
        double Joint(string name, double[] values, bool isLeast)
        {
            OutlookScene scene = new OutlookScene().With("NRCellDU=1/a", one).With(name, values).AtMost("NRCellDU=1/a", 50);
            Outlook alone = new OutlookScene().With(name, values).AtMost(name, 1e9).Model().Evaluate([]);
            double middle = (double)OutlookScene.Of(alone, name).P50!;
            return (isLeast ? scene.AtLeast(name, middle) : scene.AtMost(name, middle)).Model().Evaluate([]).ProbabilityOfTargets;
        }
        double together = Joint("NRCellDU=1/b", same, false), apart = Joint("NRCellDU=1/c", other, false), against = Joint("NRCellDU=1/d", opposite, true);
        Assert.True(together > apart + .08, $"{together} {apart}");
        Assert.True(against > apart + .08, $"{against} {apart}");
    }

    internal static (double[] Cases, double[] Attempts) Relation(ref RandomStream random, int attempts, double rate, int periods, double overdispersion)
    {
        double[] cases = new double[periods], tries = new double[periods];
        for (int i = 0; i < periods; i++)
        {
            tries[i] = Math.Max(1, Math.Round(attempts + Math.Sqrt(attempts) * random.NextNormal()));
            double p = overdispersion > 0 ? Math.Clamp(rate + Math.Sqrt(overdispersion * rate * (1 - rate)) * random.NextNormal(), .001, .999) : rate;
            for (int k = 0; k < tries[i]; k++)
            {
                cases[i] += random.NextDouble() < p ? 1 : 0;
            }
        }
        return (cases, tries);
    }

    private static double[] Simulated(string kind, int length, ulong seed)
    {
        RandomStream random = new(seed * 2654435761 + 17);
        double[] values = new double[length];
        double state = random.NextNormal();
        for (int i = 0; i < length; i++)
        {
            double noise = random.NextNormal();
            state = kind switch { "autoregressive" => .7 * state + noise, "walk" => state + noise, "bursty" => .6 * state + .5 * noise, _ => noise };
            values[i] = kind switch
            {
                "daily" => 50 + 20 * Math.Sin(2 * Math.PI * i / 96) + 3 * noise,
                "bursty" => 10 * Math.Exp(state),
                _ => 100 + 5 * state,
            };
        }
        return values;
    }
}
