using System.Diagnostics.CodeAnalysis;
using RanCognition.Contracts;

namespace RanCognition.Temporal.Logic;

/// <summary>A constraint as a formula, from text or from a <see cref="Constraint"/> record. Immutable; any thread may use it.</summary>
/// <remarks>
/// The language, in falling order of what binds:
/// <code>
/// X &lt;= 70    70 > X    10 &lt;= X &lt;= 20         &lt; &lt;= > >= == = !=; a number may have % (of a quotient: hundredths)
/// a / b &lt;= 0.05                             quotient of two metrics, blanks around the slash
/// p95(X) mean median min max sum last std    statistic over the look-ahead window;  rate(X) is |change| per second
/// not f    always[0,300s](f)    eventually[1s,inf](f)    (also G, F; without a window: the whole look-ahead window)
/// during[t1,t2](f)                           absolute times since the epoch, only outermost
/// f until[a,b] g     f and g     f or g      f -> g
/// </code>
/// Times take ns, us, ms, s, m, min, h, d; a bare number is seconds. A metric key that is no plain name stands in double quotes.
/// A comparison that stands outside every temporal operator means always over the look-ahead window:
/// <c>X &lt;= 70</c> is <c>always(X &lt;= 70)</c>, <c>X > 90 -> eventually[0,10s](Y &lt; 5)</c> is always of the whole; of an outermost
/// <c>and</c> each term is read so for itself.
/// </remarks>
public sealed class ConstraintExpression
{
    private readonly string[] _metrics;

    private ConstraintExpression(string id, byte priority, Formula formula)
    {
        Id = id;
        Priority = priority;
        Formula = formula;
        Text = formula.ToString();
        var metrics = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        CollectMetrics(formula, metrics, seen);
        _metrics = [.. metrics];
    }

    /// <summary>Id of the record; the text as it was given for a constraint given as text.</summary>
    public string Id { get; }

    public byte Priority { get; }

    public Formula Formula { get; }

    /// <summary>The constraint as canonical text.</summary>
    public string Text { get; }

    /// <summary>Keys of the metrics it speaks of, each once, in order; both sides of a quotient.</summary>
    public IReadOnlyList<string> Metrics => _metrics;

    /// <summary>Metrics and quotients of its comparisons, each once.</summary>
    internal IEnumerable<MetricReference> References => ReferencesOf(Formula).Distinct();

    /// <summary>How far after now its windows reach, ns; 0 when all are open or there are none. Saturates.</summary>
    public ulong LookAheadNs => Reach(Formula);

    /// <summary>Reads a constraint given as text, which is its id too. Never throws on text, whatever it holds.</summary>
    /// <param name="text">At most 4096 characters, 32 levels and <see cref="Formula.NodesMax"/> comparisons and operators.</param>
    /// <param name="constraint">The constraint.</param>
    /// <param name="reason">Why the text is none, with the column (from 1).</param>
    /// <param name="priority">Priority it is given.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ConstraintExpression? constraint, [NotNullWhen(false)] out string? reason, byte priority = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        var formula = ExpressionParser.Constraint(text, out reason);
        constraint = formula is null ? null : new ConstraintExpression(text, priority, formula);
        reason = formula is null ? reason ?? "the constraint is not understood" : null;
        return constraint is not null;
    }

    /// <summary>Reads a constraint record: max, min, equals, max_rate or window, with start_ns and end_ns as its absolute window; or a text in its place.</summary>
    /// <param name="record">The record; its metrics are a conjunction.</param>
    /// <param name="constraint">The constraint.</param>
    /// <param name="reason">Why the record is none: unknown type, no metric, a limit that is not finite, a window that ends before it begins.</param>
    public static bool TryRead(
        Constraint record, [NotNullWhen(true)] out ConstraintExpression? constraint, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Expression is { } text)
        {
            return TryParse(text, out constraint, out reason, record.Priority);
        }
        var formula = ConstraintRecordReader.Read(record, out reason);
        constraint = formula is null ? null : new ConstraintExpression(record.Id, record.Priority, formula);
        reason = formula is null ? reason ?? "the constraint is not understood" : null;
        return constraint is not null;
    }

    /// <summary>Whether the constraint speaks of a moment: the moment lies in one of its windows, or it has none.</summary>
    /// <param name="timeNs">The moment, ns since the epoch.</param>
    /// <param name="nowNs">The end of the history, from which relative windows count, ns since the epoch.</param>
    public bool ActiveAt(ulong timeNs, ulong nowNs) => Active(Formula, timeNs, nowNs);

    private static bool Active(Formula formula, ulong timeNs, ulong nowNs)
    {
        switch (formula)
        {
            case DuringFormula d:
                return timeNs >= d.StartNs && timeNs <= d.EndNs;
            case WindowedFormula w:
                return InWindow(w.Window, Reach(w.Term), timeNs, nowNs);
            case UntilFormula u:
                // The part that must hold begins now, whatever the window of the release.
                return InWindow(u.Window with { StartNs = 0 }, Math.Max(Reach(u.Hold), Reach(u.Release)), timeNs, nowNs);
            case Comparison:
                return true;
        }
        foreach (var child in formula.Children)
        {
            if (Active(child, timeNs, nowNs))
            {
                return true;
            }
        }
        return false;
    }

    private static bool InWindow(TimeWindow window, ulong reachOfTerm, ulong timeNs, ulong nowNs) =>
        timeNs >= Saturating.Add(nowNs, window.StartNs)
        && (window.IsOpen || timeNs <= Saturating.Add(nowNs, Saturating.Add(window.EndNs, reachOfTerm)));

    private static ulong Reach(Formula formula)
    {
        var below = 0UL;
        foreach (var child in formula.Children)
        {
            below = Math.Max(below, Reach(child));
        }
        var window = formula switch { WindowedFormula w => w.Window, UntilFormula u => u.Window, _ => default };
        return Saturating.Add(below, window.IsOpen ? window.StartNs : window.EndNs);
    }

    private static IEnumerable<MetricReference> ReferencesOf(Formula formula) =>
        formula is Comparison comparison ? [comparison.Operand.Metric] : formula.Children.SelectMany(ReferencesOf);

    private static void CollectMetrics(Formula formula, List<string> metrics, HashSet<string> seen)
    {
        if (formula is Comparison { Operand.Metric: var metric })
        {
            if (seen.Add(metric.Name))
            {
                metrics.Add(metric.Name);
            }
            if (metric.Denominator is not null && seen.Add(metric.Denominator))
            {
                metrics.Add(metric.Denominator);
            }
        }
        foreach (var child in formula.Children)
        {
            CollectMetrics(child, metrics, seen);
        }
    }
}
