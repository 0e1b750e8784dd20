using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Memory.Learning;

/// <summary>When two actions are the same kind of action, and when one matches a pattern.</summary>
/// <remarks>
/// What carries over from one cell to another is the class of the object, the attribute, and for a number that was changed the direction and size of the change, sizes within a factor of 2 being
/// alike (1 dB and 2 dB are not, 40 and 45 tenths of a degree are); for everything else the value set. How many objects were changed alike does not matter.
/// </remarks>
internal static class ActionKinds
{
    /// <summary>Equal for actions of the same kind; empty for none.</summary>
    public static string KeyOf(IReadOnlyList<ConfigurationChange> action)
    {
        SortedSet<string> parts = new(StringComparer.Ordinal);
        foreach (ConfigurationChange change in action)
        {
            StringBuilder part = new();
            Quote(ClassOf(change.ManagedObject), part);
            Quote(change.Attribute, part);
            if (change is { Before: MetadataValue.Number before, After: MetadataValue.Number after })
            {
                part.Append(StepOf(before.Value, after.Value));
            }
            else
            {
                Write(change.After, part);
            }
            parts.Add(part.ToString());
        }
        return string.Concat(parts);
    }

    /// <summary>Equal for actions that do exactly the same to the same objects.</summary>
    public static string ExactKeyOf(IReadOnlyList<ConfigurationChange> action)
    {
        StringBuilder key = new();
        foreach (ConfigurationChange change in action)
        {
            Quote(change.ManagedObject, key);
            Quote(change.Attribute, key);
            Write(change.Before, key);
            Write(change.After, key);
        }
        return key.ToString();
    }

    /// <summary>Whether one of the changes has every member that the pattern gives.</summary>
    public static bool Matches(IReadOnlyList<ConfigurationChange> action, ActionPattern pattern)
    {
        foreach (ConfigurationChange change in action)
        {
            if ((pattern.ManagedObject is null || pattern.ManagedObject == change.ManagedObject)
                && (pattern.Attribute is null || pattern.Attribute == change.Attribute)
                && (pattern.Before is null || Same(pattern.Before, change.Before))
                && (pattern.After is null || Same(pattern.After, change.After)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>NRCellDU of "SubNetwork=1,NRCellDU=7": the class of the last part of a distinguished name; a name without "=" as it is.</summary>
    private static string ClassOf(string managedObject)
    {
        string last = managedObject[(managedObject.LastIndexOf(',') + 1)..].Trim();
        int equals = last.IndexOf('=');
        return equals < 0 ? last : last[..equals];
    }

    // Sign, and the power of 2 that is nearest to the size.
    private static string StepOf(double before, double after)
    {
        double change = after - before;
        if (change == 0 || double.IsNaN(change))
        {
            return "0";
        }
        double power = double.IsFinite(change) ? Math.Round(Math.Log2(Math.Abs(change))) : 1024;
        return (change > 0 ? "+" : "-") + power.ToString(CultureInfo.InvariantCulture);
    }

    private static bool Same(MetadataValue wanted, MetadataValue? had)
    {
        StringBuilder a = new(), b = new();
        Write(wanted, a);
        Write(had, b);
        return a.Equals(b);
    }

    // One text for each value: numbers by what they are worth, members of a map by name; lengths keep texts from running into each other.
    private static void Write(MetadataValue? value, StringBuilder into)
    {
        switch (value)
        {
            case null or MetadataValue.Nothing:
                into.Append('n');
                break;
            case MetadataValue.Truth truth:
                into.Append(truth.Value ? 't' : 'f');
                break;
            case MetadataValue.Number number:
                into.Append('#').Append((number.Value + 0.0).ToString("R", CultureInfo.InvariantCulture)).Append(';');
                break;
            case MetadataValue.Text text:
                Quote(text.Value, into);
                break;
            case MetadataValue.List list:
                into.Append('[');
                foreach (MetadataValue item in list.Items)
                {
                    Write(item, into);
                }
                into.Append(']');
                break;
            case MetadataValue.Map map:
                into.Append('{');
                foreach (KeyValuePair<string, MetadataValue> member in map.Members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    Quote(member.Key, into);
                    Write(member.Value, into);
                }
                into.Append('}');
                break;
        }
    }

    private static void Quote(string text, StringBuilder into) => into.Append('"').Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
}
