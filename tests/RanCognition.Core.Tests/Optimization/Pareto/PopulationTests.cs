using RanCognition.Optimization.Search.Pareto;
using static RanCognition.Tests.Optimization.Pareto.FrontPoints;

namespace RanCognition.Tests.Optimization.Pareto;

public class PopulationTests
{
    private sealed record Member(double Name, double[] F, double Violation);

    private static bool IsBetter(Member one, Member other) => one.Violation < other.Violation || (one.Violation == other.Violation && Dominates(one.F, other.F));

    private static double Volume(IEnumerable<Member> members, double[] reference)
    {
        double[][] points = [.. members.Select(member => member.F)];
        return new Hypervolume(reference.Length).Of(Flat(points), points.Length, reference);
    }

    /// <summary>The members of which one may go: most dominated, or the least volume alone.</summary>
    private static List<Member> Worst(List<Member> members)
    {
        int[] dominators = [.. members.Select(member => members.Count(other => IsBetter(other, member)))];
        if (dominators.Max() > 0)
        {
            return [.. members.Where((_, i) => dominators[i] == dominators.Max())];
        }
        int m = members[0].F.Length;
        double[] low = new double[m], high = new double[m], reference = new double[m];
        for (int j = 0; j < m; j++)
        {
            (low[j], high[j]) = (members.Min(member => member.F[j]), members.Max(member => member.F[j]));
            reference[j] = high[j] > low[j] ? high[j] + (m == 2 ? 1e9 : 0.1) * (high[j] - low[j]) : high[j] + 1;   // with two, the ends always stay
        }
        double all = Volume(members, reference);
        double[] alone = [.. members.Select(member => all - Volume(members.Where(other => other != member), reference))];
        return [.. members.Where((_, i) => alone[i] <= alone.Min() + 1e-9 * all)];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_member_that_goes_is_dominated_by_most_or_dominates_least_alone(int objectives)
    {
        Random random = new(objectives);
        for (int trial = 0; trial < 18; trial++)
        {
            Population population = new(1, objectives, 8);
            List<Member> naive = [];
            for (int i = 0; i < 150; i++)
            {
                double[] f = trial % 2 == 0 ? OnSphere(random, 1, objectives)[0] : OnGrid(random, 1, objectives, 12)[0];
                double violation = trial % 3 > 0 ? 0 : Math.Max(0, random.Next(Math.Max(1, 100 - i)) - 20);
                population.Enter([i], f, violation);
                naive.Add(new Member(i, f, violation));
                HashSet<double> left = [.. Enumerable.Range(0, population.Count).Select(k => population.Point(k)[0])];
                List<Member> gone = [.. naive.Where(member => !left.Contains(member.Name))];
                if (naive.Count > 8)
                {
                    Assert.Contains(Assert.Single(gone), Worst(naive));
                }
                naive = [.. naive.Except(gone)];
                Assert.Equal(naive.Count, population.Count);
                for (int k = 0; k < population.Count; k++)
                {
                    Member member = naive.Single(other => other.Name == population.Point(k)[0]);
                    Assert.Equal((member.Violation, true), (population.Violation(k), population.Objectives(k).SequenceEqual(member.F)));
                }
            }
        }
    }

    [Fact]
    public void With_five_objectives_a_dominated_member_goes_and_a_front_stays_spread()
    {
        Random random = new(2);
        Population population = new(1, 5, 30);
        for (int i = 0; i < 600; i++)
        {
            double[] f = OnSphere(random, 1, 5)[0];
            population.Enter([i], [.. f.Select(value => value * (i % 2 == 0 ? 1 : 3))], 0);
        }
        Assert.All(Enumerable.Range(0, population.Count), k => Assert.Equal(0, population.Point(k)[0] % 2));
        for (int j = 0; j < 5; j++)
        {
            double[] values = [.. Enumerable.Range(0, 30).Select(k => population.Objectives(k)[j])];
            Assert.True(values.Max() - values.Min() > 0.5);
        }
    }
}
