using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Networks;

/// <summary>The network's cells as they are set now, and as changes would set them.</summary>
/// <remarks>Present is what the network says, with the problem's configuration over it. A cell is on when neither its administrativeState nor its energySavingState keeps it off.</remarks>
internal sealed class CellSettings
{
    private const byte Locked = 1, Saving = 2;

    // The network says that the cell is off, the configuration does not say by what: either attribute switches it on.
    private const byte OffSomehow = 4;

    private readonly CellSpec[] _present;
    private readonly CellSpec[] _changed;
    private readonly byte[] _asleep;   // by cell, what keeps it off
    private readonly byte[] _asleepChanged;

    /// <param name="network">Cells of the model.</param>
    /// <param name="configuration">What is known better; what the model has no setting for is left out.</param>
    public CellSettings(IReadOnlyList<CellSpec> network, IReadOnlyList<AttributeSetting> configuration)
    {
        _present = [.. network];
        _changed = [.. network];
        _asleep = new byte[_present.Length];
        _asleepChanged = new byte[_present.Length];
        for (int cell = 0; cell < _present.Length; cell++)
        {
            _asleep[cell] = _present[cell].On ? (byte)0 : OffSomehow;
        }
        foreach (AttributeSetting setting in configuration)
        {
            TrySet(setting.ManagedObject, setting.Attribute, setting.Value, _present, _asleep);
        }
    }

    /// <summary>One per cell; not to be written to.</summary>
    public CellSpec[] Present => _present;

    /// <summary>The cells after changes.</summary>
    /// <param name="actions">Changes to the present setting; of several of one attribute the last counts.</param>
    /// <returns>Null when the model cannot tell what one of them does. Valid until the next call.</returns>
    public CellSpec[]? After(IReadOnlyList<ConfigurationChange> actions)
    {
        _present.CopyTo(_changed, 0);
        _asleep.CopyTo(_asleepChanged, 0);
        for (int i = 0; i < actions.Count; i++)
        {
            ConfigurationChange action = actions[i];
            if (!TrySet(action.ManagedObject, action.Attribute, action.After, _changed, _asleepChanged))
            {
                return null;
            }
        }
        return _changed;
    }

    private static bool TrySet(string managedObject, string attribute, MetadataValue? value, CellSpec[] cells, byte[] asleep)
    {
        if (CellAttributes.IsOfHandovers(attribute))
        {
            return true;
        }
        int cell = CellAttributes.CellOf(managedObject, cells.Length);
        if (cell < 0)
        {
            return false;
        }
        if (value is MetadataValue.Number number)
        {
            bool isState = attribute == AttributeRules.AdministrativeState;
            if (isState || CellAttributes.With(cells[cell], attribute, number.Value) is not { } set)
            {
                return false;
            }
            cells[cell] = set;
            return true;
        }
        return value is MetadataValue.Text word && TrySetState(attribute, word.Value, ref cells[cell], ref asleep[cell]);
    }

    private static bool TrySetState(string attribute, string word, ref CellSpec cell, ref byte asleep)
    {
        bool isOff;
        byte reason;
        if (attribute == AttributeRules.AdministrativeState && AttributeRules.Find(attribute)!.Allows(word))
        {
            (isOff, reason) = (word != AttributeRules.Unlocked, Locked);
        }
        else if (attribute == AttributeRules.EnergySavingState && AttributeRules.Find(attribute)!.Allows(word))
        {
            (isOff, reason) = (word == AttributeRules.Saving, Saving);
        }
        else
        {
            return false;
        }
        asleep = (byte)(asleep & ~(reason | OffSomehow) | (isOff ? reason : 0));
        if (cell.On != (asleep == 0))
        {
            cell = cell with { On = asleep == 0 };
        }
        return true;
    }
}
