namespace RanCognition.Cognition.Deciding;

/// <summary>
/// Which candidate is best: the targets first (a probability that is good enough counts like any other), then the objective, then what ails, then the fewest changes, then the order.
/// </summary>
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
        double most = 0;
        foreach (WeighedCandidate candidate in candidates)
        {
            if (!candidate.IsForbidden)
            {
                most = Math.Max(most, Math.Min(candidate.Probability, enough));
            }
        }
        WeighedCandidate? best = null;
        foreach (WeighedCandidate candidate in candidates)
        {
            if (!candidate.IsForbidden && Math.Min(candidate.Probability, enough) >= most - ProbabilityTie && (best is null || IsBetter(candidate, best, maximize)))
            {
                best = candidate;
            }
        }
        return best ?? candidates[0];
    }

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
