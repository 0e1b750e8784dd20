using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Attempts in the periods that are judged: the newest ones of their grid.</summary>
internal sealed class AttemptWindow
{
    private readonly double[] _values = new double[CounterTable.Periods];
    private MetricGrid? _more;
    private int _length;

    /// <summary>Its periods are the ones that count; null when there are no attempts.</summary>
    public MetricGrid? Grid { get; private set; }

    /// <summary>Place of the first of them in the grid.</summary>
    public int First { get; private set; }

    /// <summary>By period; NaN = missing.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _length);

    /// <summary>Smallest number below 0 that was met; 0 when there was none.</summary>
    public double Least { get; private set; }

    /// <param name="grid">Attempts.</param>
    /// <param name="more">Others that are added; null when there are none. A period without them is missing.</param>
    public void Fill(MetricGrid? grid, MetricGrid? more)
    {
        if (grid is not null && more is not null)
        {
            GridPair.TryBring(grid, more, out grid, out more);
        }
        (Grid, _more, Least, _length, First) = (grid, more, 0, 0, 0);
        if (grid is null)
        {
            return;
        }
        First = Math.Max(0, grid.Values.Length - CounterTable.Periods);
        _length = grid.Values.Length - First;
        for (int k = 0; k < _length; k++)
        {
            double value = grid.Values[First + k], added = more is null ? 0 : Alignment.ValueAt(more, grid, First + k);
            if (value < 0 || added < 0)   // their sum might hide it
            {
                Least = Math.Min(Least, Math.Min(value, double.IsNaN(added) ? 0 : added));
            }
            _values[k] = value + added;
        }
    }

    /// <summary>The same attempts on another step.</summary>
    public AttemptWindow On(MetricGrid grid)
    {
        AttemptWindow window = new();
        window.Fill(grid, _more);
        return window;
    }
}
