using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace RanCognition.Tests.Cognition.Json;

/// <summary>All of a record in words, doubles by their bits: equal texts are equal records. Goes over the properties, so that none is forgotten.</summary>
internal static class CognitionSpeech
{
    public static string TextOf(object? value)
    {
        StringBuilder text = new();
        Say(text, value);
        return text.ToString();
    }

    private static void Say(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case double number: text.Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number):x}"); break;
            case string or bool or ulong or long or int or byte or Enum: text.Append(CultureInfo.InvariantCulture, $"'{value}'"); break;
            case byte[] bytes: text.Append(Convert.ToHexString(bytes)); break;
            case IEnumerable items:
                text.Append('[');
                foreach (object? item in items)
                {
                    Say(text, item);
                    text.Append(',');
                }
                text.Append(']');
                break;
            default: SayMembers(text, value); break;
        }
    }

    private static void SayMembers(StringBuilder text, object value)
    {
        text.Append(value.GetType().Name).Append('{');
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
            {
                text.Append(property.Name).Append('=');
                Say(text, property.GetValue(value));
                text.Append(';');
            }
        }
        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public))   // of tuples
        {
            text.Append(field.Name).Append('=');
            Say(text, field.GetValue(value));
            text.Append(';');
        }
        text.Append('}');
    }
}
