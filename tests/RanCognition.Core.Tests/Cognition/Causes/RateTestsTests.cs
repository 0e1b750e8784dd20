using RanCognition.Cognition.Causes;
using RanCognition.Numerics;

namespace RanCognition.Tests.Cognition;

public class RateTestsTests
{
    [Fact]
    public void Binomial_tails_are_the_sums_of_their_terms()
    {
        foreach (int attempts in (int[])[1, 2, 7, 50, 333, 2000, 9000])
        {
            foreach (double share in (double[])[.02, .05, .3, .5])
            {
                double[] terms = Terms(attempts, share);
                for (int count = 0; count <= attempts; count += Math.Max(1, attempts / 40))
                {
                    double upper = 0, lower = 0;
                    for (int k = attempts; k >= count; k--)   // the small ones first
                    {
                        upper += terms[k];
                    }
                    for (int k = 0; k <= count; k++)
                    {
                        lower += terms[k];
                    }
                    Assert.Equal(upper, RateTests.UpperTail(count, attempts, share), 1e-9);
                    Assert.Equal(lower, RateTests.LowerTail(count, attempts, share), 1e-9);
                }
            }
        }
    }

    [Fact]
    public void The_posterior_of_a_share_is_the_integral_of_its_density()
    {
        foreach ((int count, int attempts) in ((int, int)[])[(0, 1), (1, 1), (0, 60), (3, 60), (60, 60), (12, 240), (40, 1000), (400, 9000)])
        {
            foreach (double limit in (double[])[.02, .05, .5])
            {
                // With x = sin^2 angle the density of Beta(k + 1/2, n - k + 1/2) has no poles: sin^2k cos^2(n-k).
                double below = Simpson(count, attempts, 0, Math.Asin(Math.Sqrt(limit))), above = Simpson(count, attempts, Math.Asin(Math.Sqrt(limit)), Math.PI / 2);
                Assert.Equal(above / (below + above), RateTests.AtLeast(count, attempts, limit), 1e-8);
            }
        }
    }

    [Fact]
    public void Beyond_what_is_exact_the_approximation_is_near()
    {
        foreach (double attempts in (double[])[20_000, 60_000, 1_000_000])
        {
            foreach (double z in (double[])[-3, -1, 0, 1, 3])
            {
                double count = Math.Round(attempts * .02 + z * Math.Sqrt(attempts * .02 * .98));
                double[] terms = Terms((int)attempts, .02);
                double upper = 0;
                for (int k = (int)attempts; k >= count; k--)
                {
                    upper += terms[k];
                }
                Assert.Equal(upper, RateTests.UpperTail(count, attempts, .02), 2e-4);
            }
        }
        Assert.InRange(RateTests.AtLeast(1e14, 1e16, .02), 0, 1e-12);
        Assert.InRange(RateTests.AtLeast(3e14, 1e16, .02), 1 - 1e-12, 1);
    }

    [Fact]
    public void Whole_or_not_a_larger_count_is_never_less_likely_to_be_too_much()
    {
        RandomStream random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            double attempts = Math.Exp(random.NextDouble() * 16), count = random.NextDouble() * attempts, more = count + random.NextDouble() * (attempts - count);
            double chance = RateTests.AtLeast(count, attempts, .02), next = RateTests.AtLeast(more, attempts, .02);
            Assert.InRange(chance, 0, 1);
            Assert.InRange(next, 0, 1);
            Assert.True(next >= chance - 1e-9, $"{count} and {more} of {attempts}: {chance} {next}");
        }
    }

    private static double[] Terms(int attempts, double share)
    {
        double[] logs = new double[attempts + 1], terms = new double[attempts + 1];
        for (int k = 1; k <= attempts; k++)
        {
            logs[k] = logs[k - 1] + Math.Log(attempts - k + 1) - Math.Log(k);
        }
        for (int k = 0; k <= attempts; k++)
        {
            terms[k] = Math.Exp(logs[k] + k * Math.Log(share) + (attempts - k) * Math.Log(1 - share));
        }
        return terms;
    }

    private static double Simpson(int count, int attempts, double from, double to)
    {
        const int Steps = 20_000;
        double mode = Math.Asin(Math.Sqrt((double)count / attempts)), sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double angle = from + (to - from) * i / Steps;
            sum += (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(Log(angle) - Log(mode));
        }
        return sum * (to - from) / Steps / 3;

        double Log(double angle) => (count == 0 ? 0 : 2 * count * Math.Log(Math.Sin(angle))) + (count == attempts ? 0 : 2 * (attempts - count) * Math.Log(Math.Cos(angle)));
    }
}
