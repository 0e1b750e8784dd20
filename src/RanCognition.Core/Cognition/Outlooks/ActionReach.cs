using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Outlooks;

/// <summary>How far a change goes, and which metrics it reaches.</summary>
internal static class ActionReach
{
    /// <summary>0.1 degrees to degrees.</summary>
    private const double TiltUnits = 10;

    /// <summary>
    /// Size of a change with its sign: dB, places in the set of times to trigger, degrees of tilt; 1 or -1 of a switch (1 = on) and of attributes that the library
    /// does not know; 0 of none.
    /// </summary>
    public static double StepsOf(ConfigurationChange change)
    {
        if (change.After is MetadataValue.Text word)
        {
            string? before = (change.Before as MetadataValue.Text)?.Value;
            bool isOn = IsOn(word.Value);
            return word.Value == before || (before is null && isOn) ? 0 : isOn ? 1 : -1;   // an object that does not say is on
        }
        if (change.After is not MetadataValue.Number after || !double.IsFinite(after.Value))
        {
            return change.After is null || change.After == change.Before ? 0 : 1;
        }
        AttributeRule? rule = AttributeRules.Find(change.Attribute);
        double from = change.Before is MetadataValue.Number number && double.IsFinite(number.Value) ? number.Value : rule?.Default ?? 0;
        return change.Attribute switch
        {
            AttributeRules.TimeToTrigger => PlaceOf(after.Value) - PlaceOf(from),
            AttributeRules.DigitalTilt => (after.Value - from) / TiltUnits,
            _ when rule is null => Math.Sign(after.Value - from),
            _ => after.Value - from,
        };
    }

    /// <summary>Whether the object of a metric is changed itself, or an object next to it.</summary>
    public static Nearness NearnessOf(ConfigurationChange change, MetricPlace metric)
    {
        string changed = change.ManagedObject;
        if (changed == metric.ManagedObject)
        {
            return Nearness.Own;
        }
        if (metric.ManagedObject.Length == 0)
        {
            return Nearness.Near;
        }
        if (metric.IsRelation)
        {
            return ManagedObjects.IsCell(changed, metric.From) ? Nearness.Source : ManagedObjects.IsCell(changed, metric.To) ? Nearness.Near : Nearness.None;
        }
        return metric.Cell is { } cell && (ManagedObjects.IsCell(changed, cell) || IsEnd(changed, cell)) ? Nearness.Near : Nearness.None;
    }

    /// <summary>Whether a managed object is a relation from or to this cell.</summary>
    private static bool IsEnd(string managedObject, string cell) =>
        ManagedObjects.TryRelation(managedObject, out string from, out string to) && (from == cell || to == cell);

    private static readonly string[] SwitchWords = [AttributeRules.Unlocked, AttributeRules.NotSaving];

    private static bool IsOn(string word) => Array.IndexOf(SwitchWords, word) >= 0;

    /// <summary>Place of a time to trigger in its set; between two of them the upper one.</summary>
    private static int PlaceOf(double milliseconds)
    {
        int place = Array.BinarySearch(AttributeRules.TimesToTrigger, milliseconds);
        return place >= 0 ? place : ~place;
    }
}
