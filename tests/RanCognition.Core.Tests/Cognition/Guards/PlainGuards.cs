using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

/// <summary>The guards written down once more from their description, without regard to time.</summary>
internal static class PlainGuards
{
    public static bool Vetoes(string name, ConfigurationChange change, ConfigurationChange[] all, GuardScene scene, List<DecisionRecord> records) => name switch
    {
        "NOT_ALLOWED" => NotAllowed(change),
        "PROTECTED_CELL" => scene.Protected.Contains(change.ManagedObject) || Cells(change.ManagedObject).Any(cell => scene.Protected.Contains("NRCellDU=" + cell) || scene.Protected.Contains("NRCellCU=" + cell)),
        "TARGET_ASLEEP" => Target(change) is { } target
            ? Cells(change.ManagedObject).Any(cell => IsAsleep(cell, scene)) || all.Any(other => other.ManagedObject == "NRCellDU=" + target && other.After is MetadataValue.Text { Value: not "UNLOCKED" })
            : change.Attribute != "administrativeState" && Cells(change.ManagedObject).Any(cell => IsAsleep(cell, scene)),
        "TARGET_RECENTLY_WOKEN" => change.After is not MetadataValue.Text { Value: "UNLOCKED" or "isNotEnergySaving" } && records.Any(record =>
            Executed(record) && record.TimeNs <= GuardScene.Now && GuardScene.Now - record.TimeNs < scene.Settings.WokenNs
            && record.Actions.Any(action => Target(action) is null && Cells(change.ManagedObject).Contains(Cells(action.ManagedObject)[0]) && action.After is MetadataValue.Text { Value: not ("LOCKED" or "OFF") } && !Equals(action.Before, action.After))),
        "INSUFFICIENT_SAMPLES" => Attempts(change, scene) is { } attempts && attempts < 50,
        "PACING" => records.Any(record => Executed(record) && record.Actions.Any(action => action.ManagedObject == change.ManagedObject)
            && Math.Abs((decimal)record.TimeNs - GuardScene.Now) < scene.Settings.PacingNs),
        "AT_BOUND" => change is { Attribute: "cellIndividualOffset", After: MetadataValue.Number { Value: < -6 or > 6 } },
        "MAX_CHANGE" => change.After is MetadataValue.Number after && change.Attribute switch
        {
            "cellIndividualOffset" => Math.Abs(after.Value - ((MetadataValue.Number)change.Before!).Value) > 2,
            "a3Offset" => Math.Abs(after.Value - 3) > 1,
            _ => false,
        },
        _ => Conflicts(change, all, scene, records),
    };

    private static bool NotAllowed(ConfigurationChange change) => (change.Attribute, change.After) switch
    {
        ("cellIndividualOffset", MetadataValue.Number number) => !AttributeRules.OffsetRange.Contains(number.Value),
        ("a3Offset", MetadataValue.Number number) => number.Value * 2 % 1 != 0,
        ("digitalTilt", MetadataValue.Number number) => number.Value % 1 != 0,
        ("administrativeState", MetadataValue.Text text) => text.Value is not ("LOCKED" or "UNLOCKED" or "SHUTTINGDOWN"),
        _ => true,
    };

    private static string[] Cells(string managedObject) => managedObject[(managedObject.IndexOf('=') + 1)..].Split('-');

    private static string? Target(ConfigurationChange change) => change.ManagedObject.StartsWith("NRCellRelation=", StringComparison.Ordinal) ? Cells(change.ManagedObject)[1] : null;

    private static bool IsAsleep(string cell, GuardScene scene)
    {
        foreach (string managedObject in (string[])["NRCellDU=" + cell, "NRCellCU=" + cell])
        {
            // The last setting that was given counts.
            if (scene.Configuration.LastOrDefault(setting => setting.ManagedObject == managedObject)?.Value is MetadataValue.Text { Value: "LOCKED" })
            {
                return true;
            }
        }
        return false;
    }

    private static bool Executed(DecisionRecord record) => record.Executed ?? record.Mode == DecisionMode.Autonomous;

    private static double? Attempts(ConfigurationChange change, GuardScene scene)
    {
        if (change.Attribute is not ("cellIndividualOffset" or "a3Offset"))
        {
            return null;
        }
        return scene.Attempts.Count == 0 ? null : scene.Attempts.FindAll(relation => Target(change) is null
            ? relation.Key.StartsWith("NRCellRelation=" + Cells(change.ManagedObject)[0] + "-", StringComparison.Ordinal)
            : relation.Key == change.ManagedObject).Sum(relation => relation.Value);
    }

    private static bool Conflicts(ConfigurationChange change, ConfigurationChange[] all, GuardScene scene, List<DecisionRecord> records)
    {
        bool Differs(ConfigurationChange other) => other.ManagedObject == change.ManagedObject && other.Attribute == change.Attribute && !Equals(other.After, change.After);
        bool Meets(ulong start, ulong span) => span > 0 && start < GuardScene.Now + scene.ObserveNs && GuardScene.Now < start + span;
        return all.Any(Differs)
            || scene.Commands.Any(command => Differs(new ConfigurationChange(command.TargetCell, command.TargetParameter, null, command.TargetNumber is { } number ? number : command.TargetValue))
                && Meets(command.StartNs, command.SpanNs))
            || records.Any(record => Executed(record) && record.Status == DecisionStatus.Open && record.ProblemType != scene.ProblemType && record.Actions.Any(Differs) && Meets(record.TimeNs, record.ObserveNs));
    }
}
