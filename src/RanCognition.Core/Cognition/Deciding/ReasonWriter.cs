using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>Says in one sentence why these changes, or why none.</summary>
internal static class ReasonWriter
{
    public static string Of(WeighedCandidate chosen, IReadOnlyList<WeighedCandidate> weighed, IReadOnlyList<string>? infeasible, CauseFinding cause, bool isSomethingLeftOut, bool isNetworkLeftOut)
    {
        if (infeasible is not null)
        {
            return "no change: no value satisfies all constraints together";
        }
        if (chosen.Kept.Count > 0)
        {
            string end = chosen.Vetoes.Count == 0 ? "" : "; guards took a part of it out: " + string.Join(", ", chosen.Vetoes);
            return cause.Name is CauseNames.Healthy or CauseNames.Unknown
                ? "the best of the alternatives by targets, objective and number of changes" + end
                : $"the best of the alternatives against {cause.Name}" + end;
        }
        if (weighed.Count == 1)
        {
            return isNetworkLeftOut ? "no change: deadline_ns leaves no time to build the model of the network"
                : cause.Name == CauseNames.Healthy ? "no change: nothing ails"
                : "no change: there is no candidate";
        }
        List<string> vetoes = [];
        bool allVetoed = true;
        for (int i = 1; i < weighed.Count; i++)
        {
            allVetoed &= weighed[i].IsForbidden || weighed[i].Kept.Count == 0;
            foreach (string veto in weighed[i].Vetoes)
            {
                if (!vetoes.Contains(veto))
                {
                    vetoes.Add(veto);
                }
            }
        }
        if (vetoes.Contains(GuardNames.LowConfidence))
        {
            return "no change: the best candidate was vetoed by " + GuardNames.LowConfidence;
        }
        if (allVetoed && isSomethingLeftOut)
        {
            return "no change: what could be changed did not help in a similar case within the last week";
        }
        return allVetoed && vetoes.Count > 0 ? "no change: every candidate was vetoed by " + string.Join(", ", vetoes) : "no change: no candidate is better than doing nothing";
    }
}
