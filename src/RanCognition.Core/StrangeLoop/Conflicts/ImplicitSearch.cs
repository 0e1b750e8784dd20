using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Finds implicit conflicts: a KPI of the cell of one of two commands is significantly worse while both are in force than before either, and than while only the earlier one was.</summary>
/// <remarks>
/// Windows of a series are [.., start of the earlier), [that, start of the later), [that, first end). Only commands of cells with KPIs look for partners, and only among those whose start leaves
/// enough samples in each window: a range of the commands by start.
/// </remarks>
internal sealed class ImplicitSearch
{
    private const int ReportEvery = 1 << 16;

    private readonly SpanIndex _all;
    private readonly SpanIndex _new;
    private readonly ulong _firstNew;
    private readonly KpiTable _kpis;
    private readonly ParameterSearch _parameters;
    private readonly SourcePairs _pairs;
    private readonly IHost _host;

    // Of the command at work: the best series for each partner, by its place in the index.
    private readonly double[] _bestPValues;
    private readonly int[] _bestSeries;
    private readonly List<int> _touched = [];
    private double _fraction;
    private int _steps;

    /// <param name="commands">All that matter, kept and new.</param>
    /// <param name="firstNew">Place of the first new one: one of the two must be new.</param>
    /// <param name="kpis">The series.</param>
    /// <param name="parameters">Knows which pairs are not its business.</param>
    /// <param name="pairs">Advice.</param>
    /// <param name="host">Told of the progress.</param>
    public ImplicitSearch(List<LiveCommand> commands, ulong firstNew, KpiTable kpis, ParameterSearch parameters, SourcePairs pairs, IHost host)
    {
        var fresh = new List<LiveCommand>();
        foreach (LiveCommand command in commands)
        {
            if (command.Place >= firstNew)
            {
                fresh.Add(command);
            }
        }
        _all = new SpanIndex(commands.ToArray());
        _new = fresh.Count == commands.Count ? _all : new SpanIndex(fresh.ToArray());
        _firstNew = firstNew;
        _kpis = kpis;
        _parameters = parameters;
        _pairs = pairs;
        _host = host;
        _bestPValues = new double[commands.Count];
        _bestSeries = new int[commands.Count];
        Array.Fill(_bestPValues, 1);
    }

    /// <summary>Adds the conflicts that are found.</summary>
    public void Find(ConflictList conflicts)
    {
        for (int i = 0; i < _all.Commands.Length; i++)
        {
            LiveCommand command = _all.Commands[i];
            List<KpiSeries>? series = _kpis.Of(command.Command.TargetCell);
            if (series is null)
            {
                continue;
            }
            _fraction = .5 + .5 * i / _all.Commands.Length;
            SpanIndex partners = command.Place >= _firstNew ? _all : _new;
            for (int one = 0; one < series.Count; one++)
            {
                AsEarlier(command, partners, series[one], one, conflicts);
                AsLater(command, partners, series[one], one, conflicts);
            }
            foreach (int partner in _touched)
            {
                Report(command, partners.Commands[partner], series[_bestSeries[partner]], _bestPValues[partner], conflicts);
                _bestPValues[partner] = 1;
            }
            _touched.Clear();
        }
    }

    private void AsEarlier(LiveCommand command, SpanIndex partners, KpiSeries series, int seriesPlace, ConflictList conflicts)
    {
        const int Min = KpiSeries.SamplesMin;
        ulong[] times = series.Times;
        int first = series.CountBefore(command.StartNs), ownEnd = series.CountBefore(command.EndNs);
        if (first < Min || ownEnd - first < 2 * Min)
        {
            return;
        }
        int to = CountUpTo(partners, times[ownEnd - Min]), second = first;
        ulong endsAfter = times[first + 2 * Min - 1];
        WindowBounds before = series.Bounds(0, first), earlierOnly = default;
        for (int i = partners.NextEndingAfter(endsAfter, CountUpTo(partners, times[first + Min - 1]), to); i < to; i = partners.NextEndingAfter(endsAfter, i + 1, to))
        {
            Step();
            if (partners.Sources[i] == command.Source || !Wanted(command, partners, i, conflicts))
            {
                continue;
            }
            if (times[second] < partners.Starts[i])
            {
                while (times[second] < partners.Starts[i])
                {
                    second++;
                }
                earlierOnly = series.Bounds(first, second);
            }
            ulong end = partners.Ends[i];
            Note(i, seriesPlace, series.PValue(first, second, end >= command.EndNs ? ownEnd : series.CountBefore(end), before, earlierOnly));
        }
    }

    private void AsLater(LiveCommand command, SpanIndex partners, KpiSeries series, int seriesPlace, ConflictList conflicts)
    {
        const int Min = KpiSeries.SamplesMin;
        ulong[] times = series.Times;
        int second = series.CountBefore(command.StartNs), ownEnd = series.CountBefore(command.EndNs);
        if (second < 2 * Min || ownEnd - second < Min)
        {
            return;
        }
        int to = CountUpTo(partners, times[second - Min]), first = 0;
        ulong endsAfter = times[second + Min - 1];
        WindowBounds before = default, earlierOnly = default;
        for (int i = partners.NextEndingAfter(endsAfter, CountUpTo(partners, times[Min - 1]), to); i < to; i = partners.NextEndingAfter(endsAfter, i + 1, to))
        {
            Step();
            // A pair of one cell is the earlier command's.
            if (partners.Sources[i] == command.Source || partners.Commands[i].Cell == command.Cell || !Wanted(command, partners, i, conflicts))
            {
                continue;
            }
            if (times[first] < partners.Starts[i])
            {
                while (times[first] < partners.Starts[i])
                {
                    first++;
                }
                (before, earlierOnly) = (series.Bounds(0, first), series.Bounds(first, second));
            }
            ulong end = partners.Ends[i];
            Note(i, seriesPlace, series.PValue(first, second, end >= command.EndNs ? ownEnd : series.CountBefore(end), before, earlierOnly));
        }
    }

    /// <summary>How many start at that time or before.</summary>
    private static int CountUpTo(SpanIndex partners, ulong timeNs) => timeNs == ulong.MaxValue ? partners.Commands.Length : partners.CountBefore(timeNs + 1);

    private static bool Wanted(LiveCommand command, SpanIndex partners, int partner, ConflictList conflicts)
    {
        if (!conflicts.IsCut)
        {
            return true;
        }
        ulong other = partners.Commands[partner].Place;
        return conflicts.Wants(Math.Min(command.Place, other), Math.Max(command.Place, other));
    }

    private void Step()
    {
        if (++_steps == ReportEvery)
        {
            _steps = 0;
            _host.Progress(_fraction, "conflicts of KPIs");
        }
    }

    /// <summary>Keeps the smallest probability; of equal ones the first series.</summary>
    private void Note(int partner, int series, double pValue)
    {
        if (pValue < _bestPValues[partner])
        {
            if (_bestPValues[partner] == 1)
            {
                _touched.Add(partner);
            }
            _bestPValues[partner] = pValue;
            _bestSeries[partner] = series;
        }
    }

    private void Report(LiveCommand command, LiveCommand other, KpiSeries series, double pValue, ConflictList conflicts)
    {
        bool isEarlier = command.StartNs < other.StartNs;
        (LiveCommand earlier, LiveCommand later) = isEarlier ? (command, other) : (other, command);
        if (_parameters.Settles(command, other) || (!isEarlier && HasFallen(earlier, later)))
        {
            return;   // another class, equal values, or the earlier command's cell comes first
        }
        (LiveCommand front, LiveCommand back) = command.Place < other.Place ? (command, other) : (other, command);
        int first = series.CountBefore(earlier.StartNs), second = series.CountBefore(later.StartNs), end = series.CountBefore(Math.Min(earlier.EndNs, later.EndNs));
        SourcePair pair = _pairs.Of(front, back);
        conflicts.Add(new ControlConflict
        {
            Kind = ConflictKind.Implicit,
            Sources = pair.Sources,
            TargetCell = command.Command.TargetCell,
            FirstCommand = front.Place,
            SecondCommand = back.Place,
            Kpi = new KpiDegradation(series.Metric, series.Mean(0, first), series.Mean(first, second), series.Mean(second, end), pValue),
            LoopGain = pair.LoopGain,
            Advice = pair.Advice,
        });
    }

    /// <summary>Whether a KPI of the earlier command's cell is worse.</summary>
    private bool HasFallen(LiveCommand earlier, LiveCommand later)
    {
        List<KpiSeries>? own = _kpis.Of(earlier.Command.TargetCell);
        for (int i = 0; own is not null && i < own.Count; i++)
        {
            KpiSeries series = own[i];
            if (series.PValue(series.CountBefore(earlier.StartNs), series.CountBefore(later.StartNs), series.CountBefore(Math.Min(earlier.EndNs, later.EndNs))) < 1)
            {
                return true;
            }
        }
        return false;
    }
}
