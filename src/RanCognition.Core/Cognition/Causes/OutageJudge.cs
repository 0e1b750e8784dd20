using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal;

namespace RanCognition.Cognition.Causes;

/// <summary>Cells that have fallen silent: no traffic in the newest periods, though they used to have it then and others have.</summary>
/// <remarks>
/// The likelihood of so many silent periods is the product over them of the share of silent periods in the cell's own past: at the same time of day, a period
/// before and after included, when three days are known, else over all of it, with half a period added so that it is never zero (Krichevsky and Trofimov,
/// "The performance of universal encoding", 1981). Quiet hours come in rows, so the cell must also have been silent for longer than ever before. A missing
/// period counts as silent only when other cells report one.
/// </remarks>
internal sealed class OutageJudge(CounterTable table, ConfigurationView configuration)
{
    /// <summary>Likelihood from which on silence is not by chance.</summary>
    public const double LikelihoodLimit = .001;

    /// <summary>Of its usual activity, that another cell must have to speak for it.</summary>
    public const double BusyShare = .1;

    private const int SilentPeriodsMin = 2;
    private const int PastPeriodsMin = 8;
    private const int AlikePeriodsMin = 9;   // three days
    private const ulong DayNs = 86_400_000_000_000;

    // The more telling ones first.
    private static readonly Counter[] Traffic =
    [
        Counter.VolumeDl, Counter.VolumeUl, Counter.ActiveUsersDl, Counter.ConnectionsMean, Counter.ConnectionAttempts, Counter.PrbDl, Counter.PrbUl,
    ];

    /// <summary>Null when the cell is not silent, or may be so.</summary>
    public RankedFinding? Judge(ObjectCounters cell)
    {
        MetricGrid? told = null;
        double likelihood = 1;
        int silent = int.MaxValue;
        List<CauseTest> tests = [];
        foreach (Counter counter in Traffic)
        {
            if (cell.Find(counter) is not { } grid || grid.StepNs == 0)
            {
                continue;
            }
            int trailing = Trailing(cell, counter, grid, out int end);
            if (trailing < 0)
            {
                continue;
            }
            if (trailing < SilentPeriodsMin)
            {
                return null;
            }
            silent = Math.Min(silent, trailing);
            double chance = Likelihood(grid, end, trailing);
            if (double.IsNaN(chance))
            {
                continue;   // never busy, or too little known
            }
            tests.Add(new CauseTest { Name = "silent_periods", Metric = grid.Metric, Value = trailing, Limit = SilentPeriodsMin, PValue = chance, Holds = chance <= LikelihoodLimit });
            if (told is null || chance < likelihood)
            {
                (told, likelihood) = (grid, chance);
            }
        }
        if (told is null || likelihood > LikelihoodLimit || (cell.Cell.Length > 0 && configuration.IsAsleep(cell.Cell)))
        {
            return null;
        }
        if (Neighbours(cell, silent) is { } neighbours)
        {
            if (!neighbours.Holds)
            {
                return null;
            }
            tests.Add(neighbours);
        }
        return new RankedFinding
        {
            Excess = silent,
            Finding = new CauseFinding
            {
                Name = CauseNames.Outage, Confidence = 1 - likelihood, ManagedObject = cell.ManagedObject, Tests = tests, Metric = told.Metric, Samples = silent,
            },
        };
    }

    // Silent periods at the end; -1 when nothing is known. end = first of them as an index, which may lie past the values.
    private int Trailing(ObjectCounters cell, Counter counter, MetricGrid grid, out int end)
    {
        int length = grid.Values.Length, late = 0;
        bool othersReport = NewestOf(cell, counter, grid) is var newest && newest > 0;
        if (othersReport && newest > grid.EndNs)
        {
            late = (int)Math.Min((newest - grid.EndNs) / grid.StepNs, CounterTable.Periods);
        }
        int silent = late;
        end = length;
        bool zero = false;
        while (end > 0)
        {
            double value = grid.Values[end - 1];
            bool missing = !double.IsFinite(value);
            if (!missing && value != 0)
            {
                break;
            }
            zero |= !missing;
            if (!missing || othersReport)
            {
                silent++;
            }
            end--;
        }
        return end == 0 && !zero && late == 0 ? -1 : silent;
    }

    // Newest period of which another cell reports this counter; 0 when none does.
    private ulong NewestOf(ObjectCounters cell, Counter counter, MetricGrid like)
    {
        ulong newest = 0;
        foreach (ObjectCounters other in table.Cells)
        {
            if (other != cell && other.Find(counter) is { } grid && grid.StepNs == like.StepNs && grid.Source == like.Source)   // what was given may end before what was gathered
            {
                int last = grid.Values.Length - 1;
                while (last >= 0 && !double.IsFinite(grid.Values[last]))
                {
                    last--;
                }
                newest = last < 0 ? newest : Math.Max(newest, grid.TimeOf(last));
            }
        }
        return newest;
    }

    private static double Likelihood(MetricGrid grid, int past, int silent)
    {
        int known = 0, zeros = 0, run = 0, longest = 0;
        for (int i = 0; i < past; i++)
        {
            double value = grid.Values[i];
            if (!double.IsFinite(value))
            {
                continue;
            }
            known++;
            if (value == 0)
            {
                zeros++;
                longest = Math.Max(longest, ++run);
            }
            else
            {
                run = 0;
            }
        }
        if (known < PastPeriodsMin || zeros * 2 >= known)
        {
            return double.NaN;
        }
        if (silent <= longest)
        {
            return 1;
        }
        double overall = (zeros + .5) / (known + 1), chance = 1;
        long day = DayNs % grid.StepNs == 0 ? (long)(DayNs / grid.StepNs) : 0;
        for (int k = 0; k < silent && chance > 1e-300; k++)
        {
            int alike = 0, silentAlike = 0;
            for (long at = past + k - day; day > 0 && at >= 0; at -= day)
            {
                for (long i = Math.Max(0, at - 1); i <= Math.Min(at + 1, past - 1); i++)   // with the periods before and after, for days are few
                {
                    if (double.IsFinite(grid.Values[i]))
                    {
                        alike++;
                        silentAlike += grid.Values[i] == 0 ? 1 : 0;
                    }
                }
            }
            chance *= alike >= AlikePeriodsMin ? (silentAlike + .5) / (alike + 1) : overall;
        }
        return chance;
    }

    // Share of the other cells that are as busy as usual, or at least not idle; null when there are none.
    private CauseTest? Neighbours(ObjectCounters cell, int silent)
    {
        int busy = 0, known = 0;
        string metric = "";
        foreach (ObjectCounters other in table.Cells)
        {
            if (other == cell)
            {
                continue;
            }
            foreach (Counter counter in Traffic)
            {
                if (other.Find(counter) is not { StepNs: > 0 } grid)
                {
                    continue;
                }
                double usual = Medians.Before(grid, silent), now = Medians.Of(grid, silent);
                if (usual > 0)
                {
                    known++;
                    busy += now >= BusyShare * usual ? 1 : 0;
                    metric = metric.Length == 0 ? grid.Metric : metric;
                }
                break;
            }
        }
        return known == 0 ? null : new CauseTest { Name = "busy_neighbours", Metric = metric, Value = (double)busy / known, Limit = .5, Holds = busy * 2 >= known };
    }
}
