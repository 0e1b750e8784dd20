using RanCognition.Contracts;

namespace RanCognition.Cognition.Situations;

/// <summary>Present settings of managed objects.</summary>
internal sealed class ConfigurationView
{
    private readonly Dictionary<(string ManagedObject, string Attribute), MetadataValue> _values = [];

    public ConfigurationView(IReadOnlyList<AttributeSetting> settings)
    {
        foreach (AttributeSetting setting in settings)
        {
            _values[(setting.ManagedObject, setting.Attribute)] = setting.Value;
        }
    }

    /// <summary>As given; null when it was not.</summary>
    public MetadataValue? Given(string managedObject, string attribute) => _values.GetValueOrDefault((managedObject, attribute));

    /// <summary>As given, else the default of the attribute; NaN when it is not a number.</summary>
    public double Number(string managedObject, string attribute) => Given(managedObject, attribute) switch
    {
        MetadataValue.Number number => number.Value,
        null => AttributeRules.Find(attribute) is { Words: null } rule ? rule.Default : double.NaN,
        _ => double.NaN,
    };

    /// <summary>Whether a cell is locked, shutting down or saving energy.</summary>
    public bool IsAsleep(string cell)
    {
        foreach (string kind in (ReadOnlySpan<string>)[ManagedObjects.CellDu, ManagedObjects.CellCu])
        {
            if (Given(kind + cell, AttributeRules.AdministrativeState) is MetadataValue.Text state && state.Value != AttributeRules.Unlocked)
            {
                return true;
            }
            if (Given(kind + cell, AttributeRules.EnergySavingState) is MetadataValue.Text saving && saving.Value == AttributeRules.Saving)
            {
                return true;
            }
        }
        return false;
    }
}
