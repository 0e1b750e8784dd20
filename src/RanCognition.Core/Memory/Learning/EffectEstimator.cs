using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Memory.Learning;

/// <summary>What an action changes in an outcome on average, as against not doing it in the same situations.</summary>
/// <remarks>
/// Augmented inverse propensity weighting (Robins, Rotnitzky and Zhao, JASA 1994) with cross-fitting (Chernozhukov et al., Econometrics Journal 2018): how likely the action is in a situation, and what
/// outcome follows with and without it, are learned on other episodes than those that they are used for. Right when one of the two models is right. "Not enough" is an answer.
/// </remarks>
internal static class EffectEstimator
{
    /// <summary>Episodes with the action, and without it, below which there is no estimate.</summary>
    public const int CountLeast = 20;

    private const int Folds = 5;

    /// <summary>An episode may count this many times as much as in a fair draw; beyond, its weight is cut.</summary>
    private const double WeightMost = 20;

    /// <summary>Part of the episodes whose weight may be cut: with more, the action was taken or left by rule, and like is not compared with like.</summary>
    private const double CutPartMost = 0.05;

    /// <summary>What the weights leave of an arm, as episodes of equal weight.</summary>
    private const double EffectiveLeast = 10;

    /// <param name="episodes">Those that the request's filter lets through, in any order; the result does not depend on it.</param>
    /// <param name="request">Its filter is not looked at here.</param>
    /// <param name="progress">Told the share that is done; it may throw to end the call.</param>
    public static ActionEffect Estimate(IReadOnlyList<EpisodeFacts> episodes, EffectAnalysis request, Action<double>? progress = null)
    {
        Interval.RequireCoverage(request.Coverage);
        EffectSample sample = EffectSample.Of(episodes, request);
        int treated = sample.TreatedCount, control = sample.Treated.Length - treated;
        if (sample.Known == 0)
        {
            return NotEnough(treated, control, "no model", $"no episode has the outcome '{request.Outcome}'");
        }
        if (treated < CountLeast || control < CountLeast)
        {
            return NotEnough(treated, control, "no model", string.Create(CultureInfo.InvariantCulture,
                $"fewer than {CountLeast} episodes {(treated < CountLeast ? "with" : "without")} the action have the outcome '{request.Outcome}': {Math.Min(treated, control)}"));
        }
        if (sample.Range == 0)
        {
            return NotEnough(treated, control, "no model", $"the outcome '{request.Outcome}' is the same in all episodes");
        }
        Covariates x = Covariates.Of(sample.Episodes);
        string method = MethodOf(sample, x);
        var (propensities, with, without, cut) = CrossFit(sample, x, treated, progress);
        if (cut > CutPartMost * sample.Treated.Length)
        {
            return NotEnough(treated, control, method, string.Create(CultureInfo.InvariantCulture,
                $"no overlap: in {100.0 * cut / sample.Treated.Length:F0} % of the situations the action is all but certain, or all but never taken"));
        }
        return Combine(sample, request, method, propensities, with, without);
    }

    // For each episode, from models that have not seen it: probability of the action, and the outcome with and without it.
    private static (double[] Propensities, double[] With, double[] Without, int Cut) CrossFit(EffectSample sample, Covariates all, int treated, Action<double>? progress)
    {
        int n = sample.Treated.Length;
        int[] folds = FoldsOf(sample.Treated);
        double[] propensities = new double[n], with = new double[n], without = new double[n];
        double part = (double)treated / n, least = part / WeightMost, most = 1 - (1 - part) / WeightMost;
        int cut = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            progress?.Invoke((double)fold / Folds);
            List<int> others = [], othersTreated = [], othersControl = [];
            for (int row = 0; row < n; row++)
            {
                if (folds[row] != fold)
                {
                    others.Add(row);
                    (sample.Treated[row] ? othersTreated : othersControl).Add(row);
                }
            }
            Covariates x = all.With(Screening.Choose(all, othersTreated.ToArray(), othersControl.ToArray(), sample.Outcomes));
            LinearModel odds = LinearModel.FitOdds(x, others.ToArray(), sample.Treated);
            LinearModel outcomeWith = LinearModel.FitNumbers(x, othersTreated.ToArray(), sample.Outcomes), outcomeWithout = LinearModel.FitNumbers(x, othersControl.ToArray(), sample.Outcomes);
            for (int row = 0; row < n; row++)
            {
                if (folds[row] == fold)
                {
                    double propensity = LinearModel.Probability(odds.At(x.Row(row)));
                    cut += propensity < least || propensity > most ? 1 : 0;
                    propensities[row] = Math.Clamp(propensity, least, most);
                    with[row] = outcomeWith.At(x.Row(row));
                    without[row] = outcomeWithout.At(x.Row(row));
                }
            }
        }
        return (propensities, with, without, cut);
    }

    private static ActionEffect Combine(EffectSample sample, EffectAnalysis request, string method, double[] propensities, double[] with, double[] without)
    {
        int n = sample.Treated.Length;
        Arm treated = Arm.Of(sample, true, propensities), control = Arm.Of(sample, false, propensities);
        if (treated.Effective < EffectiveLeast || control.Effective < EffectiveLeast)
        {
            return NotEnough(treated.Count, control.Count, method, string.Create(CultureInfo.InvariantCulture,
                $"no overlap: for like situations the episodes {(treated.Effective < control.Effective ? "with" : "without")} the action are worth {Math.Min(treated.Effective, control.Effective):F1}"));
        }
        double[] models = new double[n], residualsWith = new double[n], residualsWithout = new double[n], all = new double[n];
        for (int row = 0; row < n; row++)
        {
            models[row] = with[row] - without[row];
            // Weights of an arm are made to sum to n: what a few large ones have too much, the others have less.
            residualsWith[row] = sample.Treated[row] ? n / propensities[row] / treated.Sum * (sample.Outcomes[row] - with[row]) : 0;
            residualsWithout[row] = sample.Treated[row] ? 0 : n / (1 - propensities[row]) / control.Sum * (sample.Outcomes[row] - without[row]);
            all[row] = models[row] + residualsWith[row] - residualsWithout[row];
        }
        double effect = all.Average(), range = sample.Range;
        double ofModels = VarianceOfMean(models), ofTreated = VarianceOfMean(residualsWith), ofControl = VarianceOfMean(residualsWithout);
        double unseenTreated = treated.Unseen(range), unseenControl = control.Unseen(range);
        double variance = VarianceOfMean(all) + unseenTreated + unseenControl;
        // Welch and Satterthwaite: the degrees of freedom of a sum of variances.
        double parts = Math.Pow(ofTreated + unseenTreated, 2) / (treated.Effective - 1) + Math.Pow(ofControl + unseenControl, 2) / (control.Effective - 1) + ofModels * ofModels / (n - 1);
        double freedom = parts > 0 ? Math.Clamp(variance * variance / parts, EffectiveLeast - 1, n - 1) : n - 1;
        double half = Interval.Student(request.Coverage, freedom) * Math.Sqrt(variance);
        double low = (effect - half) * sample.Unit, high = (effect + half) * sample.Unit;
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            return NotEnough(treated.Count, control.Count, method, $"the numbers of the outcome '{request.Outcome}' are too large to be compared");
        }
        return new ActionEffect { Effect = effect * sample.Unit, Lower = low, Upper = high, Treated = treated.Count, Control = control.Count, Method = method, Enough = true };
    }

    // Each arm is dealt out in turn, so that every fold has its share; the order says nothing about time.
    private static int[] FoldsOf(bool[] treated)
    {
        int[] folds = new int[treated.Length];
        int withAction = 0, withoutAction = 0;
        for (int row = 0; row < folds.Length; row++)
        {
            folds[row] = (treated[row] ? withAction++ : withoutAction++) % Folds;
        }
        return folds;
    }

    private static double VarianceOfMean(double[] values)
    {
        double mean = values.Average(), squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }
        return squares / values.Length / (values.Length - 1);
    }

    private static string MethodOf(EffectSample sample, Covariates x)
    {
        int fitted = Math.Min(x.Columns, Screening.ColumnsMost(sample.TreatedCount * (Folds - 1) / Folds, (sample.Treated.Length - sample.TreatedCount) * (Folds - 1) / Folds));
        string columns = fitted == x.Columns ? "" : string.Create(CultureInfo.InvariantCulture, $"the {fitted} that matter most of ");
        string used = sample.Treated.Length == sample.Known ? "" : string.Create(CultureInfo.InvariantCulture, $", {sample.Treated.Length} of {sample.Known} episodes");
        return x.Columns == 0
            ? $"difference of means, no situation to adjust for{used}"
            : string.Create(CultureInfo.InvariantCulture, $"doubly robust (AIPW), {Folds} folds, ridge models of {columns}{x.Columns} covariates, t interval{used}");
    }

    private static ActionEffect NotEnough(int treated, int control, string method, string reason) =>
        new() { Treated = treated, Control = control, Method = method, Enough = false, Reason = reason };
}
