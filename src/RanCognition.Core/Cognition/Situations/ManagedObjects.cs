using System.Globalization;

namespace RanCognition.Cognition.Situations;

/// <summary>Names of managed objects: NRCellDU=1, NRCellCU=1, NRCellRelation=1-2.</summary>
internal static class ManagedObjects
{
    public const string CellDu = "NRCellDU=";
    public const string CellCu = "NRCellCU=";
    public const string Relation = "NRCellRelation=";

    /// <summary>The last part of a distinguished name: NRCellDU=1 of ManagedElement=1,GNBDUFunction=1,NRCellDU=1.</summary>
    public static string LastPart(string managedObject) => managedObject[(managedObject.LastIndexOf(',') + 1)..];

    public static string Cell(string cell) => CellDu + cell;

    public static string Cell(int cell) => CellDu + cell.ToString(CultureInfo.InvariantCulture);

    /// <summary>The cells of a relation, from and to; false when the name is none.</summary>
    public static bool TryRelation(string managedObject, out string from, out string to)
    {
        from = to = "";
        if (!managedObject.StartsWith(Relation, StringComparison.Ordinal))
        {
            return false;
        }
        int dash = managedObject.IndexOf('-', Relation.Length);
        if (dash <= Relation.Length || dash == managedObject.Length - 1)
        {
            return false;
        }
        from = managedObject[Relation.Length..dash];
        to = managedObject[(dash + 1)..];
        return true;
    }

    /// <summary>Name of the cell that an object is; null when it is none.</summary>
    public static string? CellOf(string managedObject)
    {
        if (managedObject.StartsWith(CellDu, StringComparison.Ordinal))
        {
            return managedObject[CellDu.Length..];
        }
        return managedObject.StartsWith(CellCu, StringComparison.Ordinal) ? managedObject[CellCu.Length..] : null;
    }

    /// <summary>Cells that a change of this object touches: itself, or both ends of a relation.</summary>
    public static IReadOnlyList<string> CellsTouched(string managedObject)
    {
        if (TryRelation(managedObject, out string from, out string to))
        {
            return [from, to];
        }
        return CellOf(managedObject) is { } cell ? [cell] : [];
    }

    /// <summary>The managed object of a metric key <c>object/name</c>, and the name; the object is empty when there is none.</summary>
    public static (string ManagedObject, string Name) Split(string metric)
    {
        int slash = metric.LastIndexOf('/');
        return slash < 0 ? ("", metric) : (metric[..slash], metric[(slash + 1)..]);
    }
}
