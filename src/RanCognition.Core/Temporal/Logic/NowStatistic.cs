namespace RanCognition.Temporal.Logic;

/// <summary>A statistic of the whole look-ahead window, known at its end.</summary>
internal sealed class NowStatistic(StatisticNode statistic) : NowNode
{
    public override void Evaluate(int scenario)
    {
        statistic.Evaluate(scenario);
        Truth = statistic.Truth[0];
    }

    public override int SettledAt() => statistic.Window;
}
