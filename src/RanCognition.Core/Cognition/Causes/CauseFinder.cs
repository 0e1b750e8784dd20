using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Causes;

/// <summary>What ails relations and cells, the most important first.</summary>
internal static class CauseFinder
{
    /// <summary>Relations that are well and still have a finding each; of more there is one finding.</summary>
    public const int HealthyListedMax = 32;

    private const int Preferred = 0, Outage = 1, Handovers = 2, Overload = 3, Interference = 4, Coverage = 5, Between = 6, Healthy = 7, Unjudged = 8;

    /// <summary>Never empty: without anything to tell there is one finding, healthy or unknown.</summary>
    public static List<CauseFinding> Find(SituationView view) => Find(view, out _);

    /// <param name="view">What is known.</param>
    /// <param name="attempts">Handover attempts of every relation that counts handovers, listed or not.</param>
    public static List<CauseFinding> Find(SituationView view, out List<KeyValuePair<string, double>> attempts)
    {
        attempts = [];
        CounterTable table = new(view.Series);
        List<RankedFinding> ranked = [];
        List<string> known = [], faulty = [];   // cells whose outgoing handovers were judged, and those with a fault
        int preferred = PreferredGroup(view.Problem.ProblemType);
        bool judgedRelations = JudgeRelations(table, ranked, known, faulty, attempts);
        if (preferred != Handovers || !judgedRelations)   // a question of mobility is about relations only
        {
            JudgeCells(table, view.Configuration, ranked, known, faulty);
        }
        if (ranked.Count == 0)
        {
            ranked.Add(new RankedFinding
            {
                Finding = new CauseFinding { Name = CauseNames.Unknown, Tests = [new CauseTest { Name = "known_counters", Metric = "", Value = 0, Limit = 1, Holds = true }] },
            });
        }
        for (int i = 0; i < ranked.Count; i++)
        {
            ranked[i].Order = i;
            ranked[i].Group = ranked[i].Group == preferred ? Preferred : ranked[i].Group;
        }
        ranked.Sort(RankedFinding.Compare);
        List<CauseFinding> findings = [];
        for (int i = 0; i < Math.Min(ranked.Count, CognitiveLimits.CausesMax); i++)
        {
            findings.Add(ranked[i].Finding);
        }
        return findings;
    }

    private static bool JudgeRelations(CounterTable table, List<RankedFinding> ranked, List<string> known, List<string> faulty, List<KeyValuePair<string, double>> attempts)
    {
        // Cells count their handovers too; that tells less, and is asked only where relations do not say.
        List<ObjectCounters> objects = table.Relations.Count > 0 ? table.Relations : table.Cells;
        HandoverJudge judge = new();
        HandoverVerdict[] verdicts = new HandoverVerdict[objects.Count];
        int healthy = 0, worstHealthy = -1, judged = 0;
        double worstRate = -1;
        for (int i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = judge.Look(objects[i]);
            judged += verdicts[i] == HandoverVerdict.None ? 0 : 1;
            if (objects[i].IsRelation && verdicts[i] != HandoverVerdict.None)
            {
                attempts.Add(new KeyValuePair<string, double>(objects[i].ManagedObject, judge.Samples));
            }
            if (verdicts[i] == HandoverVerdict.Healthy)
            {
                healthy++;
                if (judge.HighestRate > worstRate)
                {
                    (worstHealthy, worstRate) = (i, judge.HighestRate);
                }
            }
        }
        for (int i = 0; i < verdicts.Length; i++)
        {
            HandoverVerdict verdict = verdicts[i];
            ObjectCounters relation = objects[i];
            string from = relation.IsRelation ? relation.From : relation.Cell;
            if (verdict is HandoverVerdict.Healthy or HandoverVerdict.Between or HandoverVerdict.Faulty)
            {
                known.Add(from);
            }
            if (verdict == HandoverVerdict.Faulty)
            {
                faulty.Add(from);
            }
            bool summed = verdict == HandoverVerdict.Healthy && healthy > HealthyListedMax;
            if (verdict == HandoverVerdict.None || (summed && i != worstHealthy))
            {
                continue;
            }
            judge.Look(relation);
            RankedFinding finding = judge.Finding();
            if (summed)
            {
                CauseFinding of = finding.Finding;
                finding = new RankedFinding
                {
                    Finding = new CauseFinding { Name = of.Name, Confidence = of.Confidence, Tests = of.Tests, Metric = of.Metric, Samples = of.Samples },
                };
            }
            finding.Group = verdict switch
            {
                HandoverVerdict.Faulty => Handovers,
                HandoverVerdict.Between => Between,
                HandoverVerdict.Healthy => Healthy,
                _ => Unjudged,
            };
            ranked.Add(finding);
        }
        return judged > 0;
    }

    private static void JudgeCells(CounterTable table, ConfigurationView configuration, List<RankedFinding> ranked, List<string> known, List<string> faulty)
    {
        OutageJudge outages = new(table, configuration);
        List<CauseTest> passed = [], leastSure = [];
        ObjectCounters? suspect = null;
        double suspicion = -1;
        int cells = 0, before = ranked.Count;
        foreach (ObjectCounters cell in table.Cells)
        {
            int start = ranked.Count;
            if (outages.Judge(cell) is { } outage)
            {
                outage.Group = Outage;
                ranked.Add(outage);
                continue;   // what else it counts is of no meaning
            }
            passed.Clear();
            double chance = CellJudge.Judge(cell, known.Contains(cell.Cell), faulty.Contains(cell.Cell), ranked, passed);
            for (int i = start; i < ranked.Count; i++)
            {
                ranked[i].Group = GroupOf(ranked[i].Finding.Name);
            }
            if (passed.Count > 0 && ranked.Count == start)
            {
                cells++;
                if (chance > suspicion)
                {
                    (suspect, suspicion) = (cell, chance);
                    leastSure.Clear();
                    leastSure.AddRange(passed);
                }
            }
        }
        if (suspect is not null && before == 0)   // relations speak for health themselves
        {
            ranked.Add(new RankedFinding
            {
                Group = Healthy,
                Finding = new CauseFinding
                {
                    Name = CauseNames.Healthy, Confidence = 1 - suspicion, ManagedObject = cells == 1 ? suspect.ManagedObject : "", Tests = leastSure,
                },
            });
        }
    }

    private static int GroupOf(string cause) => cause switch
    {
        CauseNames.Outage => Outage,
        CauseNames.Overload => Overload,
        CauseNames.Interference => Interference,
        CauseNames.Unknown => Between,
        _ => Coverage,
    };

    // What a problem type names; -1 when it names nothing in particular.
    private static int PreferredGroup(string problemType)
    {
        if (Names(problemType, "MRO") || Names(problemType, "mobility") || Names(problemType, "handover"))
        {
            return Handovers;
        }
        if (Names(problemType, "MLB") || Names(problemType, "load") || Names(problemType, "congestion"))
        {
            return Overload;
        }
        if (Names(problemType, "interference"))
        {
            return Interference;
        }
        if (Names(problemType, "outage") || Names(problemType, "sleeping"))
        {
            return Outage;
        }
        return Names(problemType, "coverage") || Names(problemType, "CCO") ? Coverage : -1;
    }

    private static bool Names(string problemType, string word) => problemType.Contains(word, StringComparison.OrdinalIgnoreCase);
}
