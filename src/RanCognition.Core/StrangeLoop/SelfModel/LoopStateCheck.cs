using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>A state that is to be restored is any text: whatever no core could have said is refused before anything changes.</summary>
internal static class LoopStateCheck
{
    // Sums of squares of numbers within the bounds of values, with the longest memory; and what a correction can make of a number.
    private const double SquaresMax = 1e305;
    private const double CorrectedMax = 1e302;
    private const double LossMax = 1e200;
    private const ulong CountMax = 1UL << 53;   // a double counts that far

    public static void Check(StrangeLoopState state, string argument)
    {
        StatePlace place = new(argument, "");
        place.Within(state.AciStep, double.Epsilon, 1, "aci_step");
        place.Within(state.Levels, 0, StrangeLoopLimits.LevelsMax, "levels");
        place.Count(state.Loops.Count, StrangeLoopLimits.LoopsMax, "loops");
        HashSet<string> ids = new(state.Loops.Count);
        for (int i = 0; i < state.Loops.Count; i++)
        {
            StatePlace here = new(argument, $"loops/{i}/");
            CheckLoop(state.Loops[i], state, here);
            here.Require(ids.Add(state.Loops[i].LoopId), "loop_id", "is given twice");
        }
    }

    private static void CheckLoop(LoopState loop, StrangeLoopState state, StatePlace place)
    {
        place.Name(loop.LoopId, "loop_id");
        place.Count(loop.Metrics.Count, StrangeLoopLimits.MetricsMax, "metrics");
        place.Count(loop.Actions.Count, StrangeLoopLimits.ActionsKeptMax, "actions");
        HashSet<string> names = new(loop.Metrics.Count);
        foreach (MetricState metric in loop.Metrics)
        {
            StatePlace here = place.Within($"metrics/{metric.Metric}/");
            here.Name(metric.Metric, "");
            here.Require(names.Add(metric.Metric), "", "is given twice");
            CheckMetric(metric, state, here);
        }
        if (loop.Experts is not null)
        {
            CheckExperts(loop.Experts, place.Within("experts/"));
        }
    }

    private static void CheckMetric(MetricState metric, StrangeLoopState state, StatePlace place)
    {
        place.Require(metric.Observations <= CountMax, "observations", "is too large");
        CheckSetting(metric.Setting, place, "setting");
        CheckScores(metric.Scores, metric.Setting, place);
        int recordsMax = state.Levels == 0 ? 0 : state.Levels == 1 ? 1 : SettingLadder.Memories.Length;
        place.Require(metric.Records.Count == 0 || metric.Records.Count == recordsMax, "records", $"{metric.Records.Count}, at level {state.Levels} there are none or {recordsMax}");
        for (int i = 0; i < metric.Records.Count; i++)
        {
            StatePlace here = place.Within($"records/{i}/");
            double memory = state.Levels == 1 ? metric.Setting.Memory : SettingLadder.Memories[i];
            here.Require(metric.Records[i].Memory == memory, "memory", $"{metric.Records[i].Memory}, must be {memory}");
            CheckRecord(metric.Records[i], here);
        }
        if (metric.Coverage is not null)
        {
            CheckCoverage(metric.Coverage, state.AciStep, place.Within("coverage/"));
        }
        if (metric.Open is not null)
        {
            CheckOpen(metric.Open, metric.Coverage is not null, place.Within("open/"));
        }
        if (metric.Tuning is not null)
        {
            place.Require(state.Levels >= 2, "tuning", $"is there at level {state.Levels}");
            TuningStateCheck.Check(metric.Tuning, place.Within("tuning/"));
        }
    }

    internal static void CheckSetting(LoopSetting setting, StatePlace place, string name) =>
        place.Require(SettingLadder.Contains(setting), name, "is none that a loop can give itself");

    internal static void CheckScores(double[] scores, LoopSetting setting, StatePlace place)
    {
        place.Count(scores.Length, setting.ScoreWindow, "scores");
        foreach (double score in scores)
        {
            place.Within(score, 0, ScoreWindow.ScoreMax, "scores");
        }
    }

    private static void CheckRecord(ErrorRecordState record, StatePlace place)
    {
        place.Within(record.Weight, 0, record.Memory + 1, "weight");
        place.Within(record.MeanForecast, -StrangeLoopLimits.ValueMax, StrangeLoopLimits.ValueMax, "mean_forecast");
        place.Within(record.MeanError, -2 * StrangeLoopLimits.ValueMax, 2 * StrangeLoopLimits.ValueMax, "mean_error");
        place.Within(record.ForecastSquares, 0, SquaresMax, "forecast_squares");
        place.Within(record.Products, -SquaresMax, SquaresMax, "products");
        place.Within(record.ErrorSquares, 0, SquaresMax, "error_squares");
        place.Within(record.TypicalError, 0, CorrectedMax, "typical_error");
        place.Within(record.GivenVariance, 0, CorrectedMax, "given_variance");
        place.Within(record.OutliersInARow, 0, 3, "outliers_in_a_row");
    }

    private static void CheckCoverage(IntervalState record, double step, StatePlace place)
    {
        place.Require(record.Coverage > 0 && record.Coverage < 1, "coverage", $"{record.Coverage}, must be above 0 and below 1");
        place.Require(record.Steps <= CountMax, "steps", "is too large");
        place.Require(record.Covered <= record.Steps, "covered", "is more than steps");
        place.Within(record.Miscoverage, -step, 1 + step, "miscoverage");
        // The bound of the share covered follows from this sum; a step rounds it by less than 1e-15.
        double first = 1 - record.Coverage, sum = first + step * (record.Steps * first - (record.Steps - record.Covered));
        place.Require(Math.Abs(record.Miscoverage - sum) <= 1e-12 + 1e-14 * record.Steps, "miscoverage", $"{record.Miscoverage}, after these steps it is {sum}");
    }

    private static void CheckOpen(OpenForecastState open, bool hasCoverage, StatePlace place)
    {
        place.Within(open.Mean, -StrangeLoopLimits.ValueMax, StrangeLoopLimits.ValueMax, "mean");
        place.Within(open.CorrectedMean, -CorrectedMax, CorrectedMax, "corrected_mean");
        place.Within(open.HalfLower ?? 0, 0, 2 * StrangeLoopLimits.ValueMax, "half_lower");
        place.Within(open.HalfUpper ?? 0, 0, 2 * StrangeLoopLimits.ValueMax, "half_upper");
        place.Within(open.CentreOffset, -2 * StrangeLoopLimits.ValueMax, 2 * StrangeLoopLimits.ValueMax, "centre_offset");
        place.Within(open.Lower ?? 0, -2 * CorrectedMax, 2 * CorrectedMax, "lower");
        place.Within(open.Upper ?? 0, -2 * CorrectedMax, 2 * CorrectedMax, "upper");
        place.Require(open.HasInterval ? hasCoverage : !open.Empty && (open.HalfLower ?? open.HalfUpper ?? open.Lower ?? open.Upper) is null, "has_interval", "does not fit the rest");
        place.Require(!open.Empty || (open.Lower is null && open.Upper is null), "empty", "an empty interval has no bounds");
    }

    private static void CheckExperts(ExpertsState experts, StatePlace place)
    {
        int count = experts.Names.Count;
        place.Require(count > 0, "names", "is empty");
        place.Count(count, StrangeLoopLimits.ExpertsMax, "names");
        CheckNames(experts.Names, place, "names");
        place.Require(experts.Losses.Length == count, "losses", $"{experts.Losses.Length} numbers for {count} names");
        double sum = experts.MixtureLoss + experts.MixabilityGap + experts.LargestSpread;
        foreach (double loss in experts.Losses)
        {
            place.Within(loss, 0, LossMax, "losses");
            sum += loss;
        }
        place.Within(experts.MixtureLoss, 0, LossMax, "mixture_loss");
        place.Within(experts.MixabilityGap, 0, LossMax, "mixability_gap");
        place.Within(experts.LargestSpread, 0, LossMax, "largest_spread");
        place.Require(experts.Steps <= CountMax, "steps", "is too large");
        place.Require(experts.Steps > 0 || sum == 0, "steps", "is 0 and there are losses");
        AdaHedge weights = new(count);
        weights.Restore(experts.Losses, experts.MixtureLoss, experts.MixabilityGap, experts.LargestSpread, experts.Steps);
        place.Require(weights.Regret <= weights.RegretBound, "mixability_gap", "is less than the losses allow");
        place.Count(experts.OpenMetrics.Count, StrangeLoopLimits.MetricsMax, "open_metrics");
        CheckNames(experts.OpenMetrics, place, "open_metrics");
        place.Require(experts.OpenValues.Count == (experts.OpenMetrics.Count == 0 ? 0 : count), "open_values", $"{experts.OpenValues.Count} rows for {count} names");
        foreach (double[] row in experts.OpenValues)
        {
            place.Require(row.Length == experts.OpenMetrics.Count, "open_values", $"{row.Length} numbers for {experts.OpenMetrics.Count} metrics");
            foreach (double value in row)
            {
                place.Within(value, -StrangeLoopLimits.ValueMax, StrangeLoopLimits.ValueMax, "open_values");
            }
        }
    }

    private static void CheckNames(IReadOnlyList<string> names, StatePlace place, string what)
    {
        HashSet<string> seen = new(names.Count);
        foreach (string name in names)
        {
            place.Name(name, what);
            place.Require(seen.Add(name), what, $"'{name}' is given twice");
        }
    }
}
