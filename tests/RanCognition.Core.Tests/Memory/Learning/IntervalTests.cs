using RanCognition.Contracts;
using RanCognition.Memory.Learning;

namespace RanCognition.Tests.Memory.Learning;

public class IntervalTests
{
    /// <summary>Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, .2553, .3662)]
    [InlineData(15, 148, .0624, .1605)]
    [InlineData(0, 20, 0, .1611)]
    [InlineData(1, 29, .0061, .1718)]
    public void Wilson_gives_the_published_intervals(int successes, int trials, double lower, double upper)
    {
        var interval = Interval.Wilson((double)successes / trials, trials, .95);
        Assert.Equal(lower, interval.Lower, 4);
        Assert.Equal(upper, interval.Upper, 4);
        var mirrored = Interval.Wilson((double)(trials - successes) / trials, trials, .95);
        Assert.Equal(1 - upper, mirrored.Lower, 4);
        Assert.Equal(1 - lower, mirrored.Upper, 4);
    }

    [Fact]
    public void Without_trials_every_rate_is_possible()
    {
        Assert.Equal((0, 1), Interval.Wilson(.5, 0, .95));
        var few = Interval.Wilson(.3, 1e-9, .95);
        Assert.InRange(few.Lower, 0, 1e-8);
        Assert.InRange(few.Upper, 1 - 1e-8, 1);
    }

    [Fact]
    public void The_ends_are_exact()
    {
        Assert.Equal(0, Interval.Wilson(0, 7, .9).Lower);
        Assert.Equal(1, Interval.Wilson(1, 7, .9).Upper);
    }

    [Theory]
    [InlineData(.95, 1, 12.706205)]
    [InlineData(.95, 10, 2.228139)]
    [InlineData(.95, 30, 2.042272)]
    [InlineData(.99, 5, 4.032143)]
    [InlineData(.95, 120, 1.979930)]
    [InlineData(.5, 1, 1)]
    public void Student_gives_the_values_of_the_tables(double coverage, double freedom, double t) => Assert.Equal(t, Interval.Student(coverage, freedom), 5);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_coverage_that_is_no_share_is_refused(double coverage) =>
        Assert.Contains("coverage", Assert.Throws<InvalidInputException>(() => Interval.RequireCoverage(coverage)).Message);
}
