using RanCognition.Contracts;
using RanCognition.Temporal;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Situations;

/// <summary>Histories by metric, and present values: what was given with the problem, else what the core has gathered.</summary>
internal sealed class SeriesBook
{
    private readonly Dictionary<string, MetricGrid> _grids;
    private readonly Dictionary<string, double> _present = new(StringComparer.Ordinal);
    private readonly Func<string, MetricGrid?> _gathered;
    private readonly Dictionary<string, MetricGrid?> _fetched = new(StringComparer.Ordinal);   // of _gathered, so that each is put on its grid once

    /// <param name="problem">Its history and current state.</param>
    /// <param name="gathered">A history that the core has gathered; null when there is none.</param>
    public SeriesBook(RanProblem problem, Func<string, MetricGrid?> gathered)
    {
        _gathered = gathered;
        _grids = new Dictionary<string, MetricGrid>(problem.History.Count, StringComparer.Ordinal);   // at once: one that grows leaves large arrays to collect
        foreach ((string metric, MetricHistory history) in problem.History)
        {
            _grids[metric] = GridBuilder.Build(metric, history);
        }
        foreach ((string metric, double value) in problem.CurrentState)
        {
            _present[metric] = value;
        }
    }

    /// <summary>Metrics whose history was given with the problem, in its order.</summary>
    public IEnumerable<string> Given => _grids.Keys;

    /// <summary>Their histories, in the same order.</summary>
    public IEnumerable<MetricGrid> GivenGrids => _grids.Values;

    /// <summary>The current state, in its order.</summary>
    public IEnumerable<KeyValuePair<string, double>> Present => _present;

    /// <summary>Metrics whose history the core has gathered.</summary>
    public IEnumerable<string> Gathered { get; init; } = [];

    /// <summary>History of a metric; null when there is none.</summary>
    public MetricGrid? Find(string metric)
    {
        if (!_grids.TryGetValue(metric, out MetricGrid? grid) && !_fetched.TryGetValue(metric, out grid))
        {
            _fetched[metric] = grid = _gathered(metric);
        }
        return grid;
    }

    /// <summary>Newest value that is known, of the history or else the current state; NaN when there is none.</summary>
    public double Latest(string metric)
    {
        if (Find(metric) is { } grid)
        {
            for (int i = grid.Values.Length - 1; i >= 0; i--)
            {
                if (double.IsFinite(grid.Values[i]))
                {
                    return grid.Values[i];
                }
            }
        }
        return _present.GetValueOrDefault(metric, double.NaN);
    }

    /// <summary>Newest value of a metric or a quotient.</summary>
    public double Latest(MetricReference reference) =>
        reference.Denominator is { } denominator ? MetricReference.Quotient(Latest(reference.Name), Latest(denominator)) : Latest(reference.Name);
}
