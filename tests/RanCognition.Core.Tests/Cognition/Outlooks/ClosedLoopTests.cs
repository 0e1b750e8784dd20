using RanCognition.Cognition.Outlooks;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

/// <summary>Decisions, their outcomes and the next decisions, on relations that answer by a law that the book does not know.</summary>
public sealed class ClosedLoopTests
{
    private const string Cases = "NRCellRelation=1-2/HO.IntraSys.TooLate";
    private const string Attempts = "NRCellRelation=1-2/MM.HoExeInterReq";

    // Logarithm of the factor for each dB: another mean than the prior's, and different in every case.
    private const double TrueMean = -.45;
    private const double TrueDeviation = .15;

    [Fact]
    public void After_a_hundred_outcomes_intervals_hold_and_probabilities_can_be_believed()
    {
        ResponseBook book = new();
        int within = 0, judged = 0, held = 0, middle = 0;
        double promised = 0, brier = 0, variance = 0;
        for (int i = 0; i < 700; i++)
        {
            RandomStream random = new((ulong)i * 40503 + 9);
            double rate = .05 + .1 * random.NextDouble(), limit = .03 + .06 * random.NextDouble(), step = random.NextDouble() < .5 ? 1 : 2;
            (double[] cases, double[] attempts) = NothingDoneTests.Relation(ref random, 300, rate, 24, 0);
            double after = rate * Math.Exp(step * (TrueMean + TrueDeviation * random.NextNormal()));
            (double[] casesAfter, double[] attemptsAfter) = NothingDoneTests.Relation(ref random, 300, Math.Min(.9, after), 4, 0);
            double outcome = casesAfter.Sum() / attemptsAfter.Sum();

            OutlookScene scene = new OutlookScene { Seed = (ulong)i, Book = book }.With(Cases, cases).With(Attempts, attempts).AtMost(OutlookScene.Late, limit);
            scene.Causes.Add(new CauseFinding { Name = "too_late", ManagedObject = "NRCellRelation=1-2", Metric = OutlookScene.Late });
            ConfigurationChange[] actions = [OutlookScene.Offset(0, step)];
            Outlook outlook = scene.Model().Evaluate(actions);
            MetricExpectation expected = OutlookScene.Of(outlook, OutlookScene.Late);
            if (i >= 100)
            {
                within += outcome >= expected.P10 && outcome <= expected.P90 ? 1 : 0;
                middle += outcome < expected.P50 ? 1 : 0;
                promised += outlook.ProbabilityOfTargets;
                double holds = outcome <= limit ? 1 : 0;
                held += (int)holds;
                brier += (outlook.ProbabilityOfTargets - holds) * (outlook.ProbabilityOfTargets - holds);
                variance += outlook.ProbabilityOfTargets * (1 - outlook.ProbabilityOfTargets);
                judged++;
            }
            book.Learn(new DecisionRecord
            {
                Id = (ulong)i + 1, CauseName = "too_late", ManagedObject = "NRCellRelation=1-2", Actions = actions, Expected = outlook.Expected, Executed = true, ReportSequence = (ulong)i + 1,
                Before = [new(OutlookScene.Late, cases[^1] / attempts[^1])], Observed = [new(OutlookScene.Late, outcome)],
            });
        }
        string said = $"within {within / (double)judged:f3}, under p50 {middle / (double)judged:f3}, promised {promised / judged:f3}, held {held / (double)judged:f3}, brier {brier / judged:f4} of {variance / judged:f4}";
        Assert.True(within / (double)judged is > .74 and < .9, said);
        Assert.True(middle / (double)judged is > .4 and < .6, said);
        Assert.True(Math.Abs(promised - held) / judged < .05, said);
        Assert.True(brier < 1.15 * variance, said);   // their own spread is what it should be
    }
}
