using RanCognition.Contracts;

namespace RanCognition.Cognition.Situations;

/// <summary>Present settings of managed objects.</summary>
internal sealed class ConfigurationView
{
    private readonly Dictionary<(string ManagedObject, string Attribute), MetadataValue> _values = [];
    private HashSet<string>? _asleep;   // cells; null = not asked for yet

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
    public bool IsAsleep(string cell) => (_asleep ??= Asleep()).Contains(cell);

    private HashSet<string> Asleep()
    {
        HashSet<string> cells = new(StringComparer.Ordinal);
        foreach (((string managedObject, string attribute), MetadataValue value) in _values)
        {
            bool isAsleep = value is MetadataValue.Text text && attribute switch
            {
                AttributeRules.AdministrativeState => text.Value != AttributeRules.Unlocked,
                AttributeRules.EnergySavingState => text.Value == AttributeRules.Saving,
                _ => false,
            };
            if (isAsleep && ManagedObjects.CellOf(managedObject) is { } cell)
            {
                cells.Add(cell);
            }
        }
        return cells;
    }
}
