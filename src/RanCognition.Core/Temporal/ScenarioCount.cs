using RanCognition.Contracts;

namespace RanCognition.Temporal;

/// <summary>How many futures a call simulates: as many as factor and effort ask for, the bound on values allows and the time budget holds.</summary>
internal static class ScenarioCount
{
    /// <summary>Fewer futures are no basis for a probability: less effort or time goes no lower, unless the caller asked for fewer.</summary>
    private const int FewMin = 50;

    // Drawing and judging one value of one future takes about this long, ns.
    private const ulong ValueNs = 60;

    public static int Least(AnalysisRequest request) => (int)Math.Min(FewMin, request.ExpansionFactor);

    public static int Of(AnalysisRequest request, LookAhead window, int metrics, List<IgnoredField> ignored)
    {
        double least = Least(request);
        double wanted = Math.Max(least, Math.Round(request.ExpansionFactor * request.Effort));
        long valuesEach = (long)window.StepsSimulated * metrics;
        double count = Math.Min(wanted, Math.Max(1, TemporalLimits.ScenarioValuesMax / valuesEach));
        if (count < wanted)
        {
            ignored.Add(new IgnoredField("/expansion_factor", $"{count} futures are simulated: with {metrics} metrics over {window.StepsSimulated} steps there is room for no more"));
        }
        if (request.Budget.HasDeadline)
        {
            double timely = Math.Max(1, Math.Floor(request.Budget.Left / 3.0 / (ValueNs * (double)valuesEach)));
            if (timely < count)
            {
                request.Budget.Allows(ulong.MaxValue);
                count = timely;
            }
        }
        return (int)count;
    }
}
