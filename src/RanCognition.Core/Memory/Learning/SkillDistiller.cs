using RanCognition.Contracts;
using RanCognition.Memory.Ranking;

namespace RanCognition.Memory.Learning;

/// <summary>Skills: which kind of action was done in which situation, how often, and how it went.</summary>
internal static class SkillDistiller
{
    public const int EpisodesListedMax = 100;

    /// <summary>Skills by the lower bound of their success rate, then by count; those without a known success come last.</summary>
    /// <param name="episodes">Those that the request's filter lets through, in any order; the result does not depend on it.</param>
    /// <param name="request">Its filter is not looked at here.</param>
    /// <param name="nowNs">Ages are counted from here.</param>
    /// <param name="progress">Told the share of the episodes that is grouped; it may throw to end the call.</param>
    public static IReadOnlyList<Skill> Distill(IReadOnlyList<EpisodeFacts> episodes, SkillsAnalysis request, ulong nowNs, Action<double>? progress = null)
    {
        Interval.RequireCoverage(request.Coverage);
        int leastCount = Math.Max(request.MinCount, 1);
        Dictionary<string, List<EpisodeFacts>> kinds = new(StringComparer.Ordinal);
        foreach (EpisodeFacts episode in episodes)
        {
            string key = ActionKinds.KeyOf(episode.Action);
            if (!kinds.TryGetValue(key, out List<EpisodeFacts>? kind))
            {
                kinds.Add(key, kind = []);
            }
            kind.Add(episode);
        }
        List<Skill> skills = [];
        int grouped = 0;
        foreach (List<EpisodeFacts> kind in kinds.Values)
        {
            if (kind.Count >= leastCount)
            {
                foreach (EpisodeFacts[] group in GroupsOf(kind, leastCount, inKind => progress?.Invoke((double)(grouped + inKind) / episodes.Count)))
                {
                    skills.Add(SkillOf(group, request, nowNs));
                }
            }
            grouped += kind.Count;
        }
        skills.Sort(static (a, b) => Compare(a, b));
        return skills;
    }

    private static List<EpisodeFacts[]> GroupsOf(List<EpisodeFacts> kind, int leastCount, Action<int> progress)
    {
        // By a scattered order of the ids: neighbours in time, which are alike, then fall into both halves that a split is tested on.
        kind.Sort(static (a, b) => (Scatter.Of(a.Id), a.Id).CompareTo((Scatter.Of(b.Id), b.Id)));
        List<ReadOnlyMemory<float>> points = kind.ConvertAll(static episode => episode.Point);
        Stack<int[]> open = new([[.. Enumerable.Range(0, kind.Count)]]);
        List<EpisodeFacts[]> groups = [];
        int grouped = 0;
        while (open.TryPop(out int[]? rows))
        {
            progress(grouped);
            if (SituationSplit.Find(rows, points, leastCount) is { } parts)
            {
                open.Push(parts.Near);
                open.Push(parts.Far);
            }
            else
            {
                groups.Add(Array.ConvertAll(rows, row => kind[row]));
                grouped += rows.Length;
            }
        }
        return groups;
    }

    private static Skill SkillOf(EpisodeFacts[] group, SkillsAnalysis request, ulong nowNs)
    {
        Array.Sort(group, static (a, b) => a.TimeNs != b.TimeNs ? b.TimeNs.CompareTo(a.TimeNs) : b.Id.CompareTo(a.Id));
        double perNs = request.HalfLifeNs is { } halfLifeNs ? Decay.PerNs(halfLifeNs) : 0;
        WeightedMean? success = MeanOf(group, static episode => episode.Success is { } known ? known ? 1 : 0 : null, perNs, nowNs), reward = MeanOf(group, static episode => episode.Reward, perNs, nowNs);
        double? rate = success is null ? null : Math.Min(success.Mean, 1);
        (double Lower, double Upper)? interval = success is null ? null : Interval.Wilson(Math.Min(success.Mean, 1), success.Count, request.Coverage);
        return new Skill
        {
            Situation = TypicalSituation(group),
            Action = UsualAction(group),
            Count = group.Length,
            SuccessRate = rate,
            Lower = interval?.Lower,
            Upper = interval?.Upper,
            MeanReward = reward?.Mean,
            Episodes = [.. group.Take(EpisodesListedMax).Select(static episode => episode.Id)],
        };
    }

    // Weights are counted from the newest known value, so that old values have a mean too; what that is worth is said by the count.
    private static WeightedMean? MeanOf(EpisodeFacts[] newestFirst, Func<EpisodeFacts, double?> valueOf, double perNs, ulong nowNs)
    {
        ulong? fromNs = null;
        double weights = 0, sum = 0, safeSum = 0;
        foreach (EpisodeFacts episode in newestFirst)
        {
            if (valueOf(episode) is { } value && double.IsFinite(value))
            {
                fromNs ??= Math.Min(episode.TimeNs, nowNs);
                double weight = Decay.At(episode.TimeNs, fromNs.Value, perNs);
                weights += weight;
                sum += weight * value;
                safeSum += weight * (value / newestFirst.Length);
            }
        }
        // The largest doubles have a mean, but no sum.
        return fromNs is { } newestNs ? new WeightedMean(double.IsFinite(sum) ? sum / weights : Math.Clamp(safeSum / (weights / newestFirst.Length), double.MinValue, double.MaxValue), weights * Decay.At(newestNs, nowNs, perNs)) : null;
    }

    // The median of each metric over the episodes that have it, by name; a metric that most of them lack is not typical.
    private static List<KeyValuePair<string, double>> TypicalSituation(EpisodeFacts[] group)
    {
        SortedDictionary<string, List<double>> metrics = new(StringComparer.Ordinal);
        foreach (EpisodeFacts episode in group)
        {
            foreach ((string name, double value) in episode.Situation)
            {
                if (!metrics.TryGetValue(name, out List<double>? values))
                {
                    metrics.Add(name, values = []);
                }
                if (double.IsFinite(value))
                {
                    values.Add(value);
                }
            }
        }
        List<KeyValuePair<string, double>> typical = [];
        foreach ((string name, List<double> values) in metrics)
        {
            if (2 * values.Count >= group.Length && values.Count > 0)
            {
                values.Sort();
                typical.Add(new(name, RobustScale.QuantileOfSorted(values.ToArray(), 0.5)));
            }
        }
        return typical;
    }

    // Of the actions that were really done the most frequent; of those the one done last.
    private static IReadOnlyList<ConfigurationChange> UsualAction(EpisodeFacts[] group)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        string[] keys = Array.ConvertAll(group, static episode => ActionKinds.ExactKeyOf(episode.Action));
        foreach (string key in keys)
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        int best = 0;
        for (int i = 1; i < group.Length; i++)
        {
            best = counts[keys[i]] > counts[keys[best]] ? i : best;
        }
        return group[best].Action;
    }

    private static int Compare(Skill a, Skill b)
    {
        int order = (b.Lower ?? -1).CompareTo(a.Lower ?? -1);
        order = order != 0 ? order : b.Count.CompareTo(a.Count);
        order = order != 0 ? order : (b.MeanReward ?? double.NegativeInfinity).CompareTo(a.MeanReward ?? double.NegativeInfinity);
        return order != 0 ? order : a.Episodes[0].CompareTo(b.Episodes[0]);
    }

    /// <summary>Mean, and how many episodes of now it is worth.</summary>
    private sealed record WeightedMean(double Mean, double Count);
}
