using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>The part of a state's check that concerns a loop's work on itself.</summary>
internal static class TuningStateCheck
{
    private const int ChallengersMax = 6;   // memories but the one in use
    private const double LossesMax = 1e155;   // of a stretch
    private const double SquaresMax = 1e305;

    public static void Check(TuningState tuning, StatePlace place)
    {
        place.Require(tuning.Patience is SettingLadder.PatienceMin or 2 * SettingLadder.PatienceMin or 4 * SettingLadder.PatienceMin or SettingLadder.PatienceMax, "patience",
            $"{tuning.Patience}, must be {SettingLadder.PatienceMin}, twice, four or eight times that");
        place.Count(tuning.Challengers.Count, tuning.IsTesting ? 1 : ChallengersMax, "challengers");
        place.Require(!tuning.IsTesting || tuning.Challengers.Count == 1, "challengers", "none is tested");
        for (int i = 0; i < tuning.Challengers.Count; i++)
        {
            StatePlace here = place.Within($"challengers/{i}/");
            CheckShadow(tuning.Challengers[i], tuning.Patience, here);
            here.Require(tuning.Challengers[i].Steps == tuning.Challengers[0].Steps, "steps", "challengers run side by side");
        }
        if (tuning.Previous is not null)
        {
            CheckShadow(tuning.Previous, tuning.Patience, place.Within("previous/"));
        }
        place.Within(tuning.StretchesToWatch, tuning.Previous is null ? 0 : 1, Tuner.WatchedStretches, "stretches_to_watch");
        place.Within(tuning.RoundsToRest, 0, Tuner.RestRounds, "rounds_to_rest");
        if (tuning.Resting is not null)
        {
            LoopStateCheck.CheckSetting(tuning.Resting, place, "resting");
        }
        place.Count(tuning.Changes.Count, StrangeLoopLimits.ChangesKeptMax, "changes");
        for (int i = 0; i < tuning.Changes.Count; i++)
        {
            CheckChange(tuning.Changes[i], place.Within($"changes/{i}/"));
        }
    }

    private static void CheckShadow(ShadowState shadow, int patience, StatePlace place)
    {
        LoopStateCheck.CheckSetting(shadow.Setting, place, "setting");
        LoopStateCheck.CheckScores(shadow.Scores, shadow.Setting, place);
        place.Within(shadow.Steps, 0, patience, "steps");
        place.Within(shadow.UsedLoss, 0, LossesMax, "used_loss");
        place.Within(shadow.Loss, 0, LossesMax, "loss");
        place.Within(shadow.BatchDifference, -LossesMax, LossesMax, "batch_difference");
        place.Within(shadow.MeanDifference, -LossesMax, LossesMax, "mean_difference");
        place.Within(shadow.SquaredDifferences, 0, SquaresMax, "squared_differences");
    }

    private static void CheckChange(LoopChange change, StatePlace place)
    {
        LoopStateCheck.CheckSetting(change.Before, place, "before");
        LoopStateCheck.CheckSetting(change.After, place, "after");
        place.Within(change.LossBefore, 0, LossesMax, "loss_before");
        place.Within(change.LossAfter, 0, LossesMax, "loss_after");
        place.Within(change.PValue, 0, 1, "p_value");
        place.Within(change.Steps, 0, int.MaxValue, "steps");
    }
}
