using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using RanCognition.Temporal;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Integration;

/// <summary>Series whose integration the state tells: histories of the targets' metrics, then others that were given.</summary>
internal sealed class WatchedSeries
{
    private const int SeriesMax = 64;

    /// <summary>Decisions that are looked at for the latest with a history: of most problems it is the last one.</summary>
    private const int DecisionsMax = 64;

    private readonly List<MetricGrid> _grids = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Func<string, MetricGrid?> _find;

    private WatchedSeries(Func<string, MetricGrid?> find) => _find = find;

    /// <param name="targets">Metrics and quotients of the targets.</param>
    /// <param name="given">Metrics whose history was given with the problem.</param>
    /// <param name="find">History of a metric; null when there is none.</param>
    public static IReadOnlyList<MetricGrid> Of(IReadOnlyList<MetricReference> targets, IEnumerable<string> given, Func<string, MetricGrid?> find)
    {
        WatchedSeries watched = new(find);
        foreach (MetricReference reference in targets)
        {
            watched.Add(reference.Name);
            if (reference.Denominator is { } denominator)
            {
                watched.Add(denominator);
            }
        }
        foreach (string metric in given)
        {
            if (watched._grids.Count == SeriesMax)
            {
                break;
            }
            watched.Add(metric);
        }
        return watched._grids;
    }

    /// <summary>Those of the latest decision that has any, of what was ingested.</summary>
    /// <param name="decisions">The latest last.</param>
    /// <param name="find">History of a network's metric; null when there is none.</param>
    public static IReadOnlyList<MetricGrid> OfLatest(IReadOnlyList<DecisionRecord> decisions, Func<string, string, MetricGrid?> find)
    {
        for (int i = decisions.Count - 1; i >= Math.Max(0, decisions.Count - DecisionsMax); i--)
        {
            string network = decisions[i].NetworkId;
            IReadOnlyList<MetricGrid> grids = Of(TargetSet.ReferencesOf(decisions[i].Targets), [], metric => find(network, metric));
            if (grids.Count > 0)
            {
                return grids;
            }
        }
        return [];
    }

    private void Add(string metric)
    {
        if (_grids.Count < SeriesMax && _names.Add(metric) && _find(metric) is { } grid)
        {
            _grids.Add(grid);
        }
    }
}
