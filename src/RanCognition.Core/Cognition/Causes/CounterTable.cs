using RanCognition.Cognition.Situations;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Every counter that a cause can be told from, by relation and cell, from one pass over what is known.</summary>
/// <remarks>
/// The history given with the problem is used as it is. What the core has gathered counts only while it is fresh: a series that ends more than
/// <see cref="Periods"/> of its periods before the newest sample of all is left out. A metric of the current state alone is a series of one period.
/// </remarks>
internal sealed class CounterTable
{
    /// <summary>Periods that are judged, the newest ones.</summary>
    public const int Periods = 24;

    private const ulong LeastPeriodNs = 900_000_000_000;   // collectors deliver by the quarter of an hour, however fine the periods are

    private readonly Dictionary<string, ObjectCounters?> _objects = new(StringComparer.Ordinal);   // null = neither relation nor cell
    private readonly Dictionary<string, ObjectCounters> _cells = new(StringComparer.Ordinal);      // one for both units of a cell
    private ulong _newestNs;   // time of the newest sample of all, where something was gathered
    private string _lastName = "\0";   // keys of one object mostly follow each other
    private ObjectCounters? _last;

    public CounterTable(SeriesBook series)
    {
        List<MetricGrid> gathered = [];
        foreach (MetricGrid grid in series.GivenGrids)
        {
            Take(grid);
        }
        foreach (string metric in series.Gathered)
        {
            if (series.Find(metric) is { Source: not "given" } grid)
            {
                gathered.Add(grid);
                _newestNs = Math.Max(_newestNs, grid.EndNs);
            }
        }
        if (gathered.Count > 0)
        {
            foreach (MetricGrid grid in series.GivenGrids)
            {
                _newestNs = Math.Max(_newestNs, grid.EndNs);
            }
        }
        foreach (MetricGrid grid in gathered)
        {
            if (IsFresh(grid))
            {
                Take(grid);
            }
        }
        foreach ((string metric, double value) in series.Present)
        {
            if (series.Find(metric) is not { } grid || (grid.Source != "given" && !IsFresh(grid)))
            {
                Take(new MetricGrid { Metric = metric, Values = [value], Source = MetricGrid.CurrentState });
            }
        }
    }

    /// <summary>In the order of their first metric.</summary>
    public List<ObjectCounters> Relations { get; } = [];

    public List<ObjectCounters> Cells { get; } = [];

    /// <summary>Counters of a cell by its name; null when it has none.</summary>
    public ObjectCounters? Cell(string cell) => _cells.GetValueOrDefault(cell);

    private bool IsFresh(MetricGrid grid) => (_newestNs - grid.EndNs) / Math.Max(LeastPeriodNs, grid.StepNs) <= Periods;

    private void Take(MetricGrid grid)
    {
        int slash = grid.Metric.LastIndexOf('/');
        ReadOnlySpan<char> name = grid.Metric.AsSpan(slash + 1);
        Counter counter = name.Length == 0 ? Counter.Count : CounterNames.Exactly(name);
        bool isExact = counter != Counter.Count, isTotal = isExact;
        if (!isExact)
        {
            counter = CounterNames.PartOf(name, out isTotal);
        }
        int rsrpBin = counter == Counter.Count ? CounterNames.BinOf(name, CounterNames.RsrpDistribution) : -1;
        int cqiBin = counter == Counter.Count ? CounterNames.BinOf(name, CounterNames.CqiDistribution) : -1;
        bool isOfCell = !ManagedObjects.IsRelation(grid.Metric.AsSpan(0, Math.Max(0, slash)));
        LevelKind level = isOfCell && rsrpBin < 0 && cqiBin < 0 ? LevelNames.Of(name) : LevelKind.Count;
        bool isCounter = counter != Counter.Count || rsrpBin >= 0 || cqiBin >= 0;
        if ((!isCounter && level == LevelKind.Count) || Of(grid.Metric, slash) is not { } counters)
        {
            return;
        }
        counters.HasPast |= grid.Source != MetricGrid.CurrentState;
        if (level != LevelKind.Count && !counters.IsRelation)
        {
            counters.AddLevel(level, grid);   // some are counters too
        }
        if (rsrpBin >= 0)
        {
            counters.AddPart(Counter.RsrpReports, grid);
            counters.RsrpBinMax = Math.Max(counters.RsrpBinMax, rsrpBin);
            if (rsrpBin <= CounterNames.RsrpLowBinMax)
            {
                counters.AddPart(Counter.RsrpLow, grid);
            }
        }
        else if (cqiBin >= 0)
        {
            counters.AddPart(Counter.CqiReports, grid);
            if (cqiBin <= CounterNames.CqiLowMax)
            {
                counters.AddPart(Counter.CqiLow, grid);
            }
        }
        else if (counter == Counter.Count)
        {
            return;
        }
        else if (isTotal)
        {
            counters.Set(counter, grid, isExact);
        }
        else
        {
            counters.AddPart(counter, grid);
        }
    }

    private ObjectCounters? Of(string metric, int slash)
    {
        ReadOnlySpan<char> written = metric.AsSpan(0, Math.Max(0, slash));
        if (!written.SequenceEqual(_lastName))
        {
            _lastName = written.ToString();
            if (!_objects.TryGetValue(_lastName, out _last))
            {
                _objects[_lastName] = _last = Make(_lastName);
            }
        }
        return _last;
    }

    private ObjectCounters? Make(string managedObject)
    {
        ObjectCounters counters;
        if (ManagedObjects.TryRelation(managedObject, out string from, out string to))
        {
            counters = new ObjectCounters(managedObject) { From = from, To = to };
            Relations.Add(counters);
            return counters;
        }
        string? cell = managedObject.Length == 0 ? "" : ManagedObjects.CellOf(managedObject);
        if (cell is null)   // a part of a cell, or something else
        {
            return null;
        }
        if (Cell(cell) is { } known)
        {
            if (ManagedObjects.IsDu(managedObject))
            {
                known.Rename(managedObject);
            }
            return known;
        }
        counters = new ObjectCounters(managedObject) { Cell = cell };
        _cells.Add(cell, counters);
        Cells.Add(counters);
        return counters;
    }
}
