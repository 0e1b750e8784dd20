using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Learning;

/// <summary>How well outcomes were foretold, over metrics of many units.</summary>
/// <remarks>
/// A family is what metrics of one name are together, whatever object they are of. Each error counts in units of its family's typical error, so that neither large units nor noisy families
/// outweigh the others; with one family the skill is 1 - sum of own errors / sum of errors of persistence.
/// </remarks>
internal sealed class OutcomeSkill
{
    /// <summary>Later ones are learned about together.</summary>
    public const int FamiliesMax = 4096;

    private readonly Dictionary<string, FamilyRecord> _byName = new(StringComparer.Ordinal);
    private readonly List<FamilyRecord> _families = [];   // in the order in which they were met: sums are the same bits again
    private FamilyRecord? _others;

    /// <summary>1 - own error / error of persistence; null when there is no error of persistence to hold it against.</summary>
    public double? Skill
    {
        get
        {
            double own = 0, persistence = 0;
            foreach (FamilyRecord family in _families)
            {
                own += family.OwnShare;
                persistence += family.PersistenceShare;
            }
            return persistence > 0 && double.IsFinite(own / persistence) ? 1 - own / persistence : null;
        }
    }

    /// <summary>Share of values within p10..p90; null without any.</summary>
    public double? Coverage
    {
        get
        {
            ulong covered = 0, all = 0;
            foreach (FamilyRecord family in _families)
            {
                covered += family.Covered;
                all += family.WithInterval;
            }
            return all > 0 ? (double)covered / all : null;
        }
    }

    /// <summary>Factor on the distances of p10 and p90 from p50.</summary>
    /// <param name="metric">A family, or a metric of it.</param>
    /// <param name="changed">Whether actions change it.</param>
    public double ScaleOf(string metric, bool changed) => (_byName.TryGetValue(FamilyOf(metric), out FamilyRecord? family) ? family : _others)?.ScaleOf(changed) ?? 1;

    /// <summary>Learns from a decision whose actions were executed, or that had none: to others the expected values do not apply.</summary>
    public void Learn(DecisionRecord record)
    {
        if (record.Actions.Count > 0 && record.Executed != true)
        {
            return;
        }
        for (int i = 0; i < record.Expected.Count; i++)
        {
            MetricExpectation expected = record.Expected[i];
            double observed = ValueOf(record.Observed, expected.Metric, i);
            if (double.IsFinite(observed))
            {
                Family(FamilyOf(expected.Metric)).Learn(expected, ValueOf(record.Before, expected.Metric, i), observed);
            }
        }
    }

    private FamilyRecord Family(string name)
    {
        if (_byName.TryGetValue(name, out FamilyRecord? family))
        {
            return family;
        }
        if (_byName.Count >= FamiliesMax)
        {
            if (_others is null)
            {
                _families.Add(_others = new FamilyRecord());
            }
            return _others;
        }
        _byName.Add(name, family = new FamilyRecord());
        _families.Add(family);
        return family;
    }

    /// <summary>Value of a metric; of a quotient that was not observed itself, that of its parts; NaN when it is not known.</summary>
    /// <param name="values">By metric.</param>
    /// <param name="metric">Key, or quotient.</param>
    /// <param name="likely">Place that is looked at first.</param>
    private static double ValueOf(IReadOnlyList<KeyValuePair<string, double>> values, string metric, int likely)
    {
        double value = Find(values, metric, likely);
        return double.IsNaN(value) && MetricReference.FromKey(metric) is { Denominator: { } denominator } quotient
            ? MetricReference.Quotient(Find(values, quotient.Name, likely), Find(values, denominator, likely))
            : value;
    }

    private static double Find(IReadOnlyList<KeyValuePair<string, double>> values, string metric, int likely)
    {
        if (likely < values.Count && values[likely].Key == metric)
        {
            return values[likely].Value;
        }
        foreach (KeyValuePair<string, double> pair in values)
        {
            if (pair.Key == metric)
            {
                return pair.Value;
            }
        }
        return double.NaN;
    }

    /// <summary>Names without their objects; of a family itself the family.</summary>
    private static string FamilyOf(string metric)
    {
        if (MetricReference.FromKey(metric) is not { } reference)
        {
            return metric;
        }
        string name = Situations.ManagedObjects.Split(reference.Name).Name;
        return reference.Denominator is { } denominator ? name + " / " + Situations.ManagedObjects.Split(denominator).Name : name;
    }
}
