using RanCognition.Contracts;

namespace RanCognition.Memory.Learning;

/// <summary>The episodes with a known outcome, with and without the action.</summary>
internal sealed class EffectSample
{
    /// <summary>Numbers of the covariates in all, so that the answer takes seconds at most.</summary>
    private const int CellsMax = 1 << 21;

    public required IReadOnlyList<EpisodeFacts> Episodes { get; init; }

    public required bool[] Treated { get; init; }

    /// <summary>Less their middle and in units of <see cref="Unit"/>, so that no number is too large for a square.</summary>
    public required double[] Outcomes { get; init; }

    public required double Unit { get; init; }

    /// <summary>Known outcomes, whether they are used or not.</summary>
    public required int Known { get; init; }

    public int TreatedCount => Treated.Count(static treated => treated);

    public double Range => Outcomes.Length == 0 ? 0 : Outcomes.Max() - Outcomes.Min();

    /// <summary>All episodes with the outcome, in a scattered order of their ids; when they are too many, the first of that order.</summary>
    public static EffectSample Of(IReadOnlyList<EpisodeFacts> episodes, EffectAnalysis request)
    {
        List<(ulong Place, EpisodeFacts Episode, double Outcome)> known = [];
        int dimension = 0;
        foreach (EpisodeFacts episode in episodes)
        {
            if (OutcomeOf(episode, request.Outcome) is { } outcome && double.IsFinite(outcome))
            {
                known.Add((Scatter.Of(episode.Id), episode, outcome));
                dimension = Math.Max(dimension, episode.Point.Length);
            }
        }
        known.Sort(static (a, b) => a.Place.CompareTo(b.Place));
        var used = known.GetRange(0, Math.Min(known.Count, CellsMax / Math.Max(2 * dimension, 16)));
        double unit = 0, mean = 0;
        foreach (var row in used)
        {
            unit = Math.Max(unit, Math.Abs(row.Outcome));
        }
        unit = unit > 0 ? unit : 1;
        foreach (var row in used)
        {
            mean += row.Outcome / unit / used.Count;
        }
        return new EffectSample
        {
            Episodes = used.ConvertAll(static row => row.Episode),
            Treated = [.. used.Select(row => ActionKinds.Matches(row.Episode.Action, request.Action))],
            Outcomes = [.. used.Select(row => row.Outcome / unit - mean)],
            Unit = unit,
            Known = known.Count,
        };
    }

    private static double? OutcomeOf(EpisodeFacts episode, string name)
    {
        foreach ((string metric, double value) in episode.Outcome)
        {
            if (metric == name)
            {
                return value;
            }
        }
        return name == "reward" ? episode.Reward : null;
    }
}
