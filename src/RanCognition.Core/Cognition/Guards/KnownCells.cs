using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>Cells that the configuration or a history tells of, to find those that a name under a distinguished one may mean.</summary>
/// <remarks>The units of a cell may lie below functions of different ids, or the configuration may have short names: guards must not miss a cell for that.</remarks>
internal sealed class KnownCells(SituationView view)
{
    private static readonly List<Unit> None = [];
    private Dictionary<string, List<Unit>>? _byName;   // null = not asked for yet

    /// <summary>The cell itself, and others that its name may mean: units of the same managed element where it has none of that kind itself, or, when the name is not known there, that without anything before it.</summary>
    public IReadOnlyList<string> Meant(string cell)
    {
        List<string> meant = [cell];
        List<Unit> named = Named(cell);
        string element = ManagedObjects.ElementOf(cell);
        List<Unit> near = named.FindAll(unit => unit.Element == element);
        foreach (Unit unit in near.Count > 0 ? near : named.FindAll(unit => !ManagedObjects.IsDistinguished(unit.Cell)))
        {
            bool hasOwn = near.Exists(other => other.Cell == cell && other.IsDu == unit.IsDu);
            if (!hasOwn && !meant.Contains(unit.Cell))
            {
                meant.Add(unit.Cell);
            }
        }
        return meant;
    }

    /// <summary>The distributed unit of a cell, as it was written.</summary>
    public string NameOf(string cell) => Named(cell).Find(unit => unit.IsDu && unit.Cell == cell)?.ManagedObject ?? ManagedObjects.Cell(cell);

    /// <summary>Units of cells of the same name; none for a cell without a distinguished name, which means itself.</summary>
    private List<Unit> Named(string cell) =>
        ManagedObjects.IsDistinguished(cell) ? (_byName ??= Units()).GetValueOrDefault(ManagedObjects.LastPart(cell)) ?? None : None;

    private Dictionary<string, List<Unit>> Units()
    {
        Dictionary<string, List<Unit>> units = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string managedObject in Objects())
        {
            if (!seen.Add(managedObject) || ManagedObjects.CellOf(managedObject) is not { } cell)
            {
                continue;
            }
            string name = ManagedObjects.LastPart(cell);
            if (!units.TryGetValue(name, out List<Unit>? named))
            {
                units.Add(name, named = []);
            }
            named.Add(new Unit(managedObject, cell, ManagedObjects.ElementOf(cell), ManagedObjects.IsDu(managedObject)));
        }
        return units;
    }

    private IEnumerable<string> Objects()
    {
        string last = "";   // metrics of one object mostly follow each other
        foreach (AttributeSetting setting in view.Question.Configuration)
        {
            yield return setting.ManagedObject;
        }
        foreach (string metric in view.Series.Given.Concat(view.Series.Gathered).Concat(view.Series.Present.Select(present => present.Key)))
        {
            int slash = metric.LastIndexOf('/');
            if (slash > 0 && !metric.AsSpan(0, slash).SequenceEqual(last))
            {
                yield return last = metric[..slash];
            }
        }
    }

    private sealed record Unit(string ManagedObject, string Cell, string Element, bool IsDu);
}
