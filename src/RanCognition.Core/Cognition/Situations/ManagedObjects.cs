using System.Globalization;

namespace RanCognition.Cognition.Situations;

/// <summary>Names of managed objects: NRCellDU=1, NRCellCU=1, NRCellRelation=1-2, and distinguished names whose last part is one of these.</summary>
/// <remarks>
/// A cell goes by its name: 1. Under a distinguished name what stands before belongs to it, for other gNBs have a cell 1 too: <c>ManagedElement=A,GNBDUFunction=1,1</c>. So goes the cell of
/// ManagedElement=A,GNBDUFunction=1,NRCellDU=1 and of ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1, which are its two units: of the function above them only the id counts, not the class. A relation below an
/// NRCellCU (TS 28.541) is from that cell, and its own name is the target's; elsewhere its name holds both ends.
/// </remarks>
internal static class ManagedObjects
{
    public const string CellDu = "NRCellDU=";
    public const string CellCu = "NRCellCU=";
    public const string Relation = "NRCellRelation=";

    private const string Function = "Function", FunctionDu = "GNBDUFunction", FunctionCu = "GNBCUCPFunction";

    /// <summary>Whether something stands before the last part.</summary>
    public static bool IsDistinguished(string name) => name.Contains(',');

    /// <summary>The last part of a distinguished name: NRCellDU=1 of ManagedElement=1,GNBDUFunction=1,NRCellDU=1.</summary>
    public static string LastPart(string managedObject) => managedObject[LastStart(managedObject)..];

    public static string Cell(string cell) => Unit(CellDu, cell);

    public static string Cell(int cell) => CellDu + cell.ToString(CultureInfo.InvariantCulture);

    /// <summary>A unit of a cell.</summary>
    /// <param name="kind"><see cref="CellDu"/> or <see cref="CellCu"/>.</param>
    /// <param name="cell">Its name.</param>
    public static string Unit(string kind, string cell)
    {
        int name = LastStart(cell);
        if (name == 0)
        {
            return kind + cell;
        }
        int function = LastStart(cell.AsSpan(0, name - 1));
        return kind == CellCu && cell.AsSpan(function).StartsWith(FunctionDu + "=", StringComparison.Ordinal)
            ? string.Concat(string.Concat(cell.AsSpan(0, function), FunctionCu, cell.AsSpan(function + FunctionDu.Length, name - function - FunctionDu.Length)), kind, cell.AsSpan(name))
            : string.Concat(cell.AsSpan(0, name), kind, cell.AsSpan(name));
    }

    /// <summary>Whether a name is that of a relation by its class; it may lack the ends.</summary>
    public static bool IsRelation(ReadOnlySpan<char> managedObject) => managedObject[LastStart(managedObject)..].StartsWith(Relation, StringComparison.Ordinal);

    /// <summary>The cells of a relation, from and to; false when the name is none.</summary>
    public static bool TryRelation(string managedObject, out string from, out string to)
    {
        bool isRelation = TryEnds(managedObject, out ReadOnlySpan<char> above, out ReadOnlySpan<char> source, out ReadOnlySpan<char> target);
        (from, to) = isRelation ? (CellBelow(above, source), CellBelow(above, target)) : ("", "");
        return isRelation;
    }

    /// <summary>The NRCellCU that a relation is of, which holds what all its relations share.</summary>
    public static string SourceUnit(string relation) =>
        TryEnds(relation, out ReadOnlySpan<char> above, out ReadOnlySpan<char> source, out _) ? string.Concat(above, CellCu, source) : "";

    /// <summary>The relation of the other direction, named in the same manner.</summary>
    public static string Opposite(string relation)
    {
        if (!TryEnds(relation, out ReadOnlySpan<char> above, out ReadOnlySpan<char> source, out ReadOnlySpan<char> target))
        {
            return "";
        }
        string name = string.Concat(Relation, target, "-", source);
        return LastStart(relation) == above.Length ? string.Concat(above, name)
            : string.Concat(string.Concat(above, CellCu, target), ",", relation.EndsWith($"{Relation}{target}", StringComparison.Ordinal) ? string.Concat(Relation, source) : name);
    }

    /// <summary>Name of the cell that an object is; null when it is none.</summary>
    public static string? CellOf(string managedObject)
    {
        int last = LastStart(managedObject);
        ReadOnlySpan<char> part = managedObject.AsSpan(last);
        bool isCell = part.StartsWith(CellDu, StringComparison.Ordinal) || part.StartsWith(CellCu, StringComparison.Ordinal);
        return isCell && part.Length > CellDu.Length ? CellBelow(managedObject.AsSpan(0, last), part[CellDu.Length..]) : null;
    }

    /// <summary>Whether a cell is a distributed unit rather than a central one.</summary>
    public static bool IsDu(string managedObject) => managedObject.AsSpan(LastStart(managedObject)).StartsWith(CellDu, StringComparison.Ordinal);

    /// <summary>What stands before a cell and the function that it is of: its managed element.</summary>
    public static string ElementOf(string cell)
    {
        ReadOnlySpan<char> above = cell.AsSpan(0, Math.Max(0, LastStart(cell) - 1));
        int function = LastStart(above);
        return (above[function..].StartsWith(FunctionDu + "=", StringComparison.Ordinal) ? above[..Math.Max(0, function - 1)] : above).ToString();
    }

    /// <summary>Whether a managed object is this cell, of either kind.</summary>
    public static bool IsCell(string managedObject, string cell) => managedObject.AsSpan().EndsWith(cell.AsSpan(LastStart(cell)), StringComparison.Ordinal) && CellOf(managedObject) == cell;

    /// <summary>Cells that a change of this object touches: itself, or both ends of a relation.</summary>
    public static IReadOnlyList<string> CellsTouched(string managedObject)
    {
        if (TryRelation(managedObject, out string from, out string to))
        {
            return [from, to];
        }
        return CellOf(managedObject) is { } cell ? [cell] : [];
    }

    /// <summary>What is left of a name when nothing above it counts: NRCellDU=1, NRCellRelation=1-2.</summary>
    public static string Local(string managedObject) =>
        TryEnds(managedObject, out _, out ReadOnlySpan<char> source, out ReadOnlySpan<char> target) ? $"{Relation}{source}-{target}" : LastPart(managedObject);

    /// <summary>The managed object of a metric key <c>object/name</c>, and the name; the object is empty when there is none.</summary>
    public static (string ManagedObject, string Name) Split(string metric)
    {
        int slash = metric.LastIndexOf('/');
        return slash < 0 ? ("", metric) : (metric[..slash], metric[(slash + 1)..]);
    }

    private static int LastStart(ReadOnlySpan<char> name) => name.LastIndexOf(',') + 1;

    /// <param name="managedObject">Perhaps a relation.</param>
    /// <param name="above">What stands before its cells, with the comma.</param>
    /// <param name="source">Without what stands before.</param>
    /// <param name="target">The same.</param>
    private static bool TryEnds(ReadOnlySpan<char> managedObject, out ReadOnlySpan<char> above, out ReadOnlySpan<char> source, out ReadOnlySpan<char> target)
    {
        source = target = default;
        int last = LastStart(managedObject);
        above = managedObject[..last];
        if (!managedObject[last..].StartsWith(Relation, StringComparison.Ordinal))
        {
            return false;
        }
        ReadOnlySpan<char> name = managedObject[(last + Relation.Length)..];
        if (last > 0 && LastStart(above[..^1]) is var parent && above[parent..^1].StartsWith(CellCu, StringComparison.Ordinal))
        {
            source = above[(parent + CellCu.Length)..^1];
            above = above[..parent];
            bool hasBoth = name.Length > source.Length && name[source.Length] == '-' && name.StartsWith(source, StringComparison.Ordinal);
            target = hasBoth ? name[(source.Length + 1)..] : name;
        }
        else if (name.IndexOf('-') is var dash && dash > 0)
        {
            source = name[..dash];
            target = name[(dash + 1)..];
        }
        return source.Length > 0 && target.Length > 0;
    }

    private static string CellBelow(ReadOnlySpan<char> above, ReadOnlySpan<char> name)
    {
        if (above.Length == 0)
        {
            return name.ToString();
        }
        int function = LastStart(above[..^1]), equals = above[function..].IndexOf('=');
        return equals > 0 && above.Slice(function, equals).EndsWith(Function, StringComparison.Ordinal)
            ? string.Concat(above[..function], FunctionDu, above[(function + equals)..], name)
            : string.Concat(above, name);
    }
}
