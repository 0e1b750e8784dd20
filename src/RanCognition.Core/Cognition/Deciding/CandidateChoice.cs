namespace RanCognition.Cognition.Deciding;

/// <summary>
/// Which candidate is best: the targets first (a probability that is good enough counts like any other that is), then the objective, then what ails, then the fewest changes, then the order.
/// </summary>
/// <remarks>
/// Calibrated probabilities need not rise with those before calibration, and acting is calibrated apart from doing nothing. So candidates that act are compared by what they were before, and the best of
/// them with doing nothing by what they are after calibration.
/// </remarks>
internal static class CandidateChoice
{
    /// <summary>Probabilities that differ by less are the same: they are estimates.</summary>
    private const double ProbabilityTie = 0.01;

    private const double RelativeTie = 1e-9;
    private const double AilmentTie = 0.005;

    /// <param name="candidates">The first is to do nothing.</param>
    /// <param name="enough">Probability of all targets that is good enough.</param>
    /// <param name="maximize">Sense of the objective.</param>
    public static WeighedCandidate Best(IReadOnlyList<WeighedCandidate> candidates, double enough, bool maximize)
    {
        WeighedCandidate nothing = candidates[0];
        if (BestThatActs(candidates, enough, maximize) is not { } acting)
        {
            return nothing;
        }
        double gain = Math.Min(acting.Probability, enough) - Math.Min(nothing.Probability, enough);
        bool isBetter = Math.Abs(gain) >= ProbabilityTie ? gain > 0 : IsBetter(acting, nothing, maximize);
        return isBetter ? acting : nothing;
    }

    private static WeighedCandidate? BestThatActs(IReadOnlyList<WeighedCandidate> candidates, double enough, bool maximize)
    {
        bool someAreEnough = false;
        double most = 0;
        foreach (WeighedCandidate candidate in candidates)
        {
            if (Acts(candidate))
            {
                someAreEnough |= candidate.Probability >= enough;
                most = Math.Max(most, candidate.Outlook.ProbabilityOfTargets);
            }
        }
        WeighedCandidate? best = null;
        foreach (WeighedCandidate candidate in candidates)
        {
            if (Acts(candidate) && (someAreEnough ? candidate.Probability >= enough : candidate.Outlook.ProbabilityOfTargets >= most - ProbabilityTie)
                && (best is null || IsBetter(candidate, best, maximize)))
            {
                best = candidate;
            }
        }
        return best;
    }

    private static bool Acts(WeighedCandidate candidate) => !candidate.IsForbidden && candidate.Kept.Count > 0;

    private static bool IsBetter(WeighedCandidate left, WeighedCandidate right, bool maximize)
    {
        int byObjective = ByObjective(left.Outlook.Objective, right.Outlook.Objective, maximize);
        if (byObjective != 0)
        {
            return byObjective > 0;
        }
        if (Math.Abs(left.Ailment - right.Ailment) > AilmentTie)
        {
            return left.Ailment < right.Ailment;
        }
        return left.Kept.Count < right.Kept.Count;
    }

    /// <summary>Above 0: the left one is better. A value that is not known is worse than any.</summary>
    private static int ByObjective(double left, double right, bool maximize)
    {
        if (double.IsNaN(left) || double.IsNaN(right))
        {
            return double.IsNaN(right).CompareTo(double.IsNaN(left));
        }
        double difference = maximize ? left - right : right - left;
        double tie = RelativeTie * Math.Max(Math.Abs(left), Math.Abs(right));
        return difference > tie ? 1 : difference < -tie ? -1 : 0;
    }
}
