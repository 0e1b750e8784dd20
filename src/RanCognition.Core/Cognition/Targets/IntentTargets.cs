using System.Globalization;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>Reads the targets of an intent as constraints.</summary>
/// <remarks>
/// Names and conditions are those of 3GPP TS 28.312 (release 18: RadioNetworkExpectation, ServiceSupportExpectation, Condition), metrics those of TS 28.552; values are in the unit of the metric. Names
/// of targets for which TS 28.552 counts nothing (WeakRSRPRatio, LowSINRRatio, ...), and all others, are taken as metrics themselves. Case, and "Target" behind a published name, do not matter.
/// </remarks>
internal static class IntentTargets
{
    private const string Suffix = "Target";

    /// <summary>Published name and metric, one after the other.</summary>
    private static readonly string[] s_metrics =
    [
        "AveDLRANUEThpt", "DRB.UEThpDl",
        "AveULRANUEThpt", "DRB.UEThpUl",
        "DlThptPerUE", "DRB.UEThpDl",
        "UlThptPerUE", "DRB.UEThpUl",
        "AveDLPrbLoad", "RRU.PrbTotDl",
        "AveULPrbLoad", "RRU.PrbTotUl",
        "MaxNumberofUEs", "RRC.ConnMax",
        "RANEnergyConsumption", "PEE.Energy",
        "RANEnergyEfficiency", "RANEnergyEfficiency",
        "WeakRSRPRatio", "WeakRSRPRatio",
        "LowSINRRatio", "LowSINRRatio",
        "LowULRANUEThptRatio", "LowULRANUEThptRatio",
        "LowDLRANUEThptRatio", "LowDLRANUEThptRatio",
        "HighULPrbLoadRatio", "HighULPrbLoadRatio",
        "HighDLPrbLoadRatio", "HighDLPrbLoadRatio",
        "DlLatency", "DlLatency",
        "UlLatency", "UlLatency",
        "ActivityFactor", "activityFactor",
        "UESpeed", "uESpeed",
    ];

    /// <param name="intent">What is wanted.</param>
    /// <param name="problem">Tells which metrics there are.</param>
    /// <param name="add">Given each id and constraint, and its place.</param>
    /// <param name="ignored">Takes what is not understood.</param>
    public static void Read(NetworkIntent intent, RanProblem problem, Action<string, ConstraintExpression, string> add, List<IgnoredField> ignored)
    {
        HashSet<string> known = KnownMetrics(problem);
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (IntentExpectation expectation in intent.Expectations)
        {
            foreach (IntentTarget target in expectation.Targets)
            {
                if (Condition(target, out string reason) is not { } condition)
                {
                    ignored.Add(new IgnoredField(target.Place, reason));
                    continue;
                }
                string text = Text(target, condition, Keys(known.Contains(target.Name) ? target.Name : MetricOf(target.Name), expectation.Objects, known));
                if (ConstraintExpression.TryParse(text, out ConstraintExpression? expression, out string? fault))
                {
                    add(Own(expectation.Id.Length == 0 ? target.Name : expectation.Id + "/" + target.Name, ids), expression, target.Place);
                }
                else
                {
                    ignored.Add(new IgnoredField(target.Place, fault));
                }
            }
        }
    }

    /// <summary>Metric of a target's name.</summary>
    public static string MetricOf(string name)
    {
        string bare = name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? name[..^Suffix.Length] : name;
        for (int i = 0; i < s_metrics.Length; i += 2)
        {
            if (s_metrics[i].Equals(bare, StringComparison.OrdinalIgnoreCase))
            {
                return s_metrics[i + 1];
            }
        }
        return name;
    }

    /// <summary>The id; with a number from the second of the same name on.</summary>
    private static string Own(string id, HashSet<string> ids)
    {
        string own = id;
        for (int number = 2; !ids.Add(own); number++)
        {
            own = string.Create(CultureInfo.InvariantCulture, $"{id}#{number}");
        }
        return own;
    }

    private static HashSet<string> KnownMetrics(RanProblem problem)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, double> present in problem.CurrentState)
        {
            known.Add(present.Key);
        }
        foreach (KeyValuePair<string, MetricHistory> history in problem.History)
        {
            known.Add(history.Key);
        }
        return known;
    }

    /// <summary>Metric of each object, each once; without objects the metric itself.</summary>
    private static List<string> Keys(string metric, IReadOnlyList<string> objects, HashSet<string> known)
    {
        List<string> keys = [];
        foreach (string managedObject in objects)
        {
            string key = Key(managedObject, metric, known);
            if (!keys.Contains(key))
            {
                keys.Add(key);
            }
        }
        if (keys.Count == 0)
        {
            keys.Add(metric);
        }
        return keys;
    }

    /// <summary>Metric of an object; of a quotient each side for itself, unless the problem knows it as a whole.</summary>
    private static string Key(string managedObject, string metric, HashSet<string> known)
    {
        if (MetricReference.FromKey(metric) is not { Denominator: { } denominator } quotient)
        {
            return PlainKey(managedObject, metric, known);
        }
        string own = Quotient(Prefixed(managedObject, quotient.Name), Prefixed(managedObject, denominator));
        return known.Contains(own) ? own
            : known.Contains(metric) ? metric
            : Quotient(PlainKey(managedObject, quotient.Name, known), PlainKey(managedObject, denominator, known));
    }

    /// <summary>With the object in front; that of the network where the problem knows it and not the object's, or the object is a whole network: there metrics have no prefix.</summary>
    private static string PlainKey(string managedObject, string metric, HashSet<string> known)
    {
        string key = Prefixed(managedObject, metric);
        return known.Contains(key) || (IsCell(managedObject) && !known.Contains(metric)) ? key : metric;
    }

    /// <summary>A name that has its object (<c>NRCellDU=1/name</c>) is left alone.</summary>
    private static string Prefixed(string managedObject, string metric) => ManagedObjects.Split(metric).ManagedObject.Contains('=') ? metric : managedObject + "/" + metric;

    private static string Quotient(string numerator, string denominator) => ObservedValues.Key(new MetricReference(numerator, denominator));

    private static bool IsCell(string managedObject) => ManagedObjects.CellsTouched(managedObject).Count > 0;

    private static string Text(IntentTarget target, string condition, List<string> keys)
    {
        List<string> terms = [];
        foreach (string key in keys)
        {
            // What is no metric key is quoted as it is, so that the parser says what is wrong with it.
            string name = MetricReference.FromKey(key)?.ToString() ?? FormulaText.Name(key);
            List<string> parts = [];
            switch (condition)
            {
                case "IS_WITHIN_RANGE":
                    parts.Add($"{Number(Math.Min(target.Values[0], target.Values[1]))} <= {name} <= {Number(Math.Max(target.Values[0], target.Values[1]))}");
                    break;
                case "IS_OUTSIDE_RANGE":
                    parts.Add($"{name} < {Number(Math.Min(target.Values[0], target.Values[1]))} or {name} > {Number(Math.Max(target.Values[0], target.Values[1]))}");
                    break;
                case "IS_ONE_OF":
                case "IS_NOT_ONE_OF":
                    foreach (double value in target.Values)
                    {
                        parts.Add($"{name} {(condition == "IS_ONE_OF" ? "==" : "!=")} {Number(value)}");
                    }
                    break;
                default:
                    parts.Add($"{name} {Symbol(condition)} {Number(target.Values[0])}");
                    break;
            }
            terms.Add(string.Join(condition == "IS_ONE_OF" ? " or " : " and ", parts));
        }
        return terms.Count == 1 ? terms[0] : "(" + string.Join(") and (", terms) + ")";
    }

    /// <summary>The condition in capitals; null with a reason when it does not fit its values.</summary>
    private static string? Condition(IntentTarget target, out string reason)
    {
        string condition = target.Condition.ToUpperInvariant();
        bool isRange = condition is "IS_WITHIN_RANGE" or "IS_OUTSIDE_RANGE";
        bool isList = condition is "IS_ONE_OF" or "IS_NOT_ONE_OF";
        reason = "";
        if (!isRange && !isList && Symbol(condition) is null)
        {
            reason = $"targetCondition '{FormulaText.Snippet(target.Condition)}' is not understood";
            return null;
        }
        if (target.Name.Length == 0)
        {
            reason = "targetName is empty";
            return null;
        }
        foreach (double value in target.Values)
        {
            if (!double.IsFinite(value))
            {
                reason = "targetValueRange is not a finite number";
                return null;
            }
        }
        int needed = isRange ? 2 : 1;
        if (isList ? target.Values.Count == 0 : target.Values.Count != needed)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"targetValueRange has {target.Values.Count} numbers; {condition} takes {(isList ? "one or more" : isRange ? "two" : "one")}");
            return null;
        }
        return condition;
    }

    private static string? Symbol(string condition) => condition switch
    {
        "IS_EQUAL_TO" or "IS_ALL_OF" => "==",
        "IS_LESS_THAN" => "<",
        "IS_GREATER_THAN" => ">",
        "IS_EQUAL_TO_OR_LESS_THAN" => "<=",
        "IS_EQUAL_TO_OR_GREATER_THAN" => ">=",
        _ => null,
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
