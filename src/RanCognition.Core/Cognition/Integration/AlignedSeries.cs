using System.Globalization;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Integration;

/// <summary>Series brought to one grid of periods: those that can be analysed together, and why the others cannot.</summary>
internal sealed class AlignedSeries
{
    /// <summary>Latest periods that are looked at.</summary>
    public const int PeriodsMax = 4096;

    /// <summary>Series that the most telling ones are chosen from.</summary>
    public const int CandidatesMax = 128;

    private const int PairsBase = 10;
    private const int PairsPerSeries = 3;
    private const int NamesShown = 5;
    private const double ConstantShare = 1e-10;   // of the largest value: what changes less does not change

    private const string FewestValues = "fewest values";

    private readonly List<string> _names = [];
    private readonly List<double[]> _values = [];
    private readonly StringBuilder _leftOut = new();
    private int _leftOutCount;
    private int _length;

    public IReadOnlyList<string> Names => _names;

    /// <summary>By series; the largest size of a series is 1.</summary>
    public double[][] Values => _values.ToArray();

    /// <summary>Periods t with every series known at t and at t - 1.</summary>
    public int[] Pairs { get; private set; } = [];

    /// <summary>More series than a search over every split can take: the most telling ones were chosen.</summary>
    public bool IsChosen { get; private set; }

    public bool HasEnough => _names.Count >= 2 && Pairs.Length >= PairsNeeded(_names.Count);

    /// <summary>What was left out; null when nothing was.</summary>
    public string? LeftOut => _leftOutCount == 0 ? null
        : _leftOutCount > NamesShown ? string.Create(CultureInfo.InvariantCulture, $"left out: {_leftOut} and {_leftOutCount - NamesShown} more") : $"left out: {_leftOut}";

    public static int PairsNeeded(int series) => PairsPerSeries * series + PairsBase;

    public static AlignedSeries Of(IReadOnlyList<MetricGrid> series)
    {
        AlignedSeries aligned = new();
        if (Reference(series) is { } reference)
        {
            ulong endNs = 0;
            foreach (MetricGrid grid in series)
            {
                endNs = Fits(grid, reference) ? Math.Max(endNs, grid.EndNs) : endNs;
            }
            aligned._length = (int)Math.Min(PeriodsMax, (endNs - Start(series, reference)) / reference.StepNs + 1);
            (int fewest, int atFewest) = Cut(series, reference);
            foreach (MetricGrid grid in series)
            {
                int known = Math.Min(PeriodsMax, grid.KnownCount);
                if (!Fits(grid, reference))
                {
                    aligned.LeaveOut(grid.Metric, "other periods");
                }
                else if (known < fewest || (known == fewest && atFewest-- <= 0))
                {
                    aligned.IsChosen = true;
                    aligned.LeaveOut(grid.Metric, FewestValues);
                }
                else
                {
                    aligned.Take(grid, (endNs - grid.EndNs) / reference.StepNs);
                }
            }
        }
        aligned.DropUnfit();
        aligned.ChooseTelling();
        aligned.DropUnfit();
        return aligned;
    }

    /// <summary>The grid with the most values: its periods are everyone's. Null when no series has two.</summary>
    private static MetricGrid? Reference(IReadOnlyList<MetricGrid> series)
    {
        MetricGrid? best = null;
        foreach (MetricGrid grid in series)
        {
            if (grid.StepNs > 0 && grid.KnownCount >= 2 && (best is null || grid.KnownCount > best.KnownCount))
            {
                best = grid;
            }
        }
        return best;
    }

    private static bool Fits(MetricGrid grid, MetricGrid reference)
    {
        ulong apart = grid.StartNs > reference.StartNs ? grid.StartNs - reference.StartNs : reference.StartNs - grid.StartNs;
        return grid.StepNs == reference.StepNs && grid.Values.Length > 0 && apart % reference.StepNs == 0 && grid.EndNs < ulong.MaxValue;
    }

    private static ulong Start(IReadOnlyList<MetricGrid> series, MetricGrid reference)
    {
        ulong startNs = reference.StartNs;
        foreach (MetricGrid grid in series)
        {
            startNs = Fits(grid, reference) ? Math.Min(startNs, grid.StartNs) : startNs;
        }
        return startNs;
    }

    /// <summary>Where to cut so that <see cref="CandidatesMax"/> series are left: values that the sparsest ones have, and how many of those with just so many stay.</summary>
    private static (int Fewest, int AtFewest) Cut(IReadOnlyList<MetricGrid> series, MetricGrid reference)
    {
        int[] byKnown = new int[PeriodsMax + 1];
        foreach (MetricGrid grid in series)
        {
            byKnown[Fits(grid, reference) ? Math.Min(PeriodsMax, grid.KnownCount) : 0]++;
        }
        int left = CandidatesMax, known = PeriodsMax;
        for (; known > 0 && byKnown[known] < left; known--)
        {
            left -= byKnown[known];
        }
        return (known, left);
    }

    /// <param name="grid">Of the periods of all.</param>
    /// <param name="late">Periods that others go on for after its end.</param>
    private void Take(MetricGrid grid, ulong late)
    {
        double[] values = new double[_length];
        Array.Fill(values, double.NaN);
        double largest = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
        int known = 0;
        for (int back = 0; back < grid.Values.Length && late + (ulong)back < (ulong)_length; back++)
        {
            double value = grid.Values[grid.Values.Length - 1 - back];
            if (double.IsFinite(value))
            {
                values[_length - 1 - (int)late - back] = value;
                (largest, least, most) = (Math.Max(largest, Math.Abs(value)), Math.Min(least, value), Math.Max(most, value));
                known++;
            }
        }
        if (known < PairsNeeded(1))
        {
            LeaveOut(grid.Metric, "too few values");
        }
        else if (most / largest - least / largest <= ConstantShare || largest == 0)
        {
            LeaveOut(grid.Metric, "constant");
        }
        else
        {
            for (int i = 0; i < _length; i++)
            {
                values[i] /= largest;
            }
            _names.Add(grid.Metric);
            _values.Add(values);
        }
    }

    /// <summary>While the periods that all have are too few, the series with the fewest values goes; so does any that is constant over these.</summary>
    private void DropUnfit()
    {
        while (true)
        {
            Pairs = PairsOfAll();
            int drop = -1;
            string reason = "";
            if (_names.Count > 2 && Pairs.Length < PairsNeeded(Math.Min(_names.Count, CognitiveLimits.IntegrationMetricsMax)))
            {
                (drop, reason) = (Sparsest(), FewestValues);
            }
            for (int i = 0; drop < 0 && i < _names.Count && Pairs.Length > 0; i++)
            {
                if (IsConstantOver(_values[i], Pairs))
                {
                    (drop, reason) = (i, "constant");
                }
            }
            if (drop < 0)
            {
                return;
            }
            Remove(drop, reason);
        }
    }

    /// <summary>Of too many series those that explain the most variance of all: sum of squared correlations.</summary>
    private void ChooseTelling()
    {
        int count = _names.Count;
        if (count <= CognitiveLimits.IntegrationMetricsMax)
        {
            return;
        }
        IsChosen = true;
        double[] covariance = StackedCovariance.Of(Values, Pairs), explained = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double shared = covariance[i * 2 * count + j];
                explained[i] += shared * shared / (covariance[i * 2 * count + i] * covariance[j * 2 * count + j]);
            }
        }
        for (int kept = count; kept > CognitiveLimits.IntegrationMetricsMax; kept--)
        {
            int least = 0;
            for (int i = 1; i < kept; i++)
            {
                least = explained[i] < explained[least] ? i : least;
            }
            Array.Copy(explained, least + 1, explained, least, kept - least - 1);
            Remove(least, "explains less");
        }
    }

    private int[] PairsOfAll()
    {
        List<int> pairs = [];
        bool before = false;
        for (int t = 0; t < _length && _values.Count > 0; t++)
        {
            bool isKnown = true;
            for (int i = 0; i < _values.Count && isKnown; i++)
            {
                isKnown = !double.IsNaN(_values[i][t]);
            }
            if (isKnown && before)
            {
                pairs.Add(t);
            }
            before = isKnown;
        }
        return pairs.ToArray();
    }

    private int Sparsest()
    {
        int sparsest = 0, fewest = int.MaxValue;
        for (int i = 0; i < _values.Count; i++)
        {
            int known = 0;
            foreach (double value in _values[i])
            {
                known += double.IsNaN(value) ? 0 : 1;
            }
            if (known <= fewest)
            {
                (sparsest, fewest) = (i, known);
            }
        }
        return sparsest;
    }

    private static bool IsConstantOver(double[] values, int[] pairs)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (int t in pairs)
        {
            (least, most) = (Math.Min(least, Math.Min(values[t - 1], values[t])), Math.Max(most, Math.Max(values[t - 1], values[t])));
        }
        return most - least <= ConstantShare;
    }

    private void Remove(int place, string reason)
    {
        LeaveOut(_names[place], reason);
        _names.RemoveAt(place);
        _values.RemoveAt(place);
    }

    private void LeaveOut(string metric, string reason)
    {
        if (_leftOutCount++ < NamesShown)
        {
            _leftOut.Append(_leftOut.Length > 0 ? ", " : "").Append(metric).Append(" (").Append(reason).Append(')');
        }
    }
}
