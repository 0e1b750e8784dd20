using RanCognition.Contracts;
using RanCognition.Performance;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Situations;

/// <summary>Makes the view of a question, with its defaults.</summary>
internal static class SituationViews
{
    private const ulong ObserveLeastNs = 900_000_000_000;
    private const ulong ObservePeriods = 4;
    private const int GatheredMax = 64;   // series of one source have one period

    public static SituationView Make(DecisionProblem question, SeriesBook series, ulong timeNs, ulong seed, TimeBudget budget, SimdOps kernels) => new()
    {
        Question = question,
        TimeNs = timeNs,
        Seed = seed,
        ObserveNs = question.ObserveNs ?? question.Problem.HorizonNs ?? Math.Max(ObserveLeastNs, Multiplied(LongestPeriod(series))),
        Series = series,
        Configuration = new ConfigurationView(question.Configuration),
        Budget = budget,
        Kernels = kernels,
    };

    /// <summary>Of the histories that were given; without any, of those that were gathered.</summary>
    private static ulong LongestPeriod(SeriesBook series)
    {
        ulong longest = 0;
        bool isGiven = false;
        foreach (string metric in series.Given)
        {
            longest = Math.Max(longest, series.Find(metric)?.StepNs ?? 0);
            isGiven = true;
        }
        int looked = 0;
        foreach (string metric in isGiven ? [] : series.Gathered)
        {
            longest = Math.Max(longest, series.Find(metric)?.StepNs ?? 0);
            if (++looked == GatheredMax)
            {
                break;
            }
        }
        return longest;
    }

    private static ulong Multiplied(ulong period) => period > ulong.MaxValue / ObservePeriods ? ulong.MaxValue : period * ObservePeriods;
}
