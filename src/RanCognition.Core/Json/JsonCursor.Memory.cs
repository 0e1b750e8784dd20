using System.Globalization;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What episodes have beyond the other inputs: vectors of 32-bit floats, and values whose numbers must stay what they are.
internal ref partial struct JsonCursor
{
    private const int ChunkNumbers = 256;   // of a vector, read at once onto the stack

    /// <summary>Containers open here.</summary>
    public readonly int Depth => _scanner.Depth;

    /// <summary>Reads an array of numbers, each rounded once to a 32-bit float; one that has no such float is refused by its place.</summary>
    public float[] Floats(int lengthMax)
    {
        Expect(JsonTokenType.StartArray, "an array of numbers");
        float[] values = new float[Math.Min(_scanner.CountElements(), lengthMax)];
        Span<double> chunk = stackalloc double[ChunkNumbers];
        int count = 0;
        while (true)
        {
            int place = _scanner.Consumed;
            int read = _scanner.NextNumbers(chunk[..Math.Min(ChunkNumbers, values.Length - count)]);
            for (int i = 0; i < read; i++)
            {
                values[count + i] = ToFloat(chunk[i], place, i, count + i);
            }
            count += read;
            if (read > 0)
            {
                continue;
            }
            if (!NextElement(count))
            {
                Array.Resize(ref values, count);
                return values;
            }
            if (count >= lengthMax)
            {
                LeaveElement();
                RefuseBeyond(lengthMax, "values");
            }
            double value = Number();
            values[count] = ToFloat(value, place, 0, count);
            count++;
            LeaveElement();
        }
    }

    /// <summary>Any JSON value.</summary>
    /// <param name="levelsMax">Containers that may stand within each other.</param>
    public MetadataValue Value(int levelsMax)
    {
        switch (_scanner.Token)
        {
            case JsonTokenType.StartObject:
                return Members(levelsMax);
            case JsonTokenType.StartArray:
                RefuseTooDeep(levelsMax);
                List<MetadataValue> items = [];
                while (NextElement(items.Count))
                {
                    items.Add(Value(levelsMax - 1));
                    LeaveElement();
                }
                return new MetadataValue.List(items);
            default:
                return Scalar();
        }
    }

    /// <summary>An object of any values.</summary>
    /// <inheritdoc cref="Value"/>
    public MetadataValue.Map Members(int levelsMax)
    {
        Expect(JsonTokenType.StartObject, "an object");
        RefuseTooDeep(levelsMax);
        List<KeyValuePair<string, MetadataValue>> members = [];
        FieldNames seen = default;
        while (NextField(ref seen, out string? name))
        {
            members.Add(new(name, Value(levelsMax - 1)));
            LeaveField();
        }
        return members.Count == 0 ? MetadataValue.Map.Empty : new MetadataValue.Map(members);
    }

    /// <summary>A string, number, boolean or null.</summary>
    public MetadataValue Scalar()
    {
        switch (_scanner.Token)
        {
            case JsonTokenType.String:
                return new MetadataValue.Text(String());
            case JsonTokenType.Number:
                return ExactNumber.Of(_scanner.Value, Number());
            case JsonTokenType.True or JsonTokenType.False:
                return new MetadataValue.Truth(_scanner.Token == JsonTokenType.True);
            case JsonTokenType.Null:
                return MetadataValue.Nothing.Instance;
            default:
                Refuse($"expected a string, a number, a boolean or null, found {Describe(_scanner.Token)}");
                return MetadataValue.Nothing.Instance;
        }
    }

    private readonly void RefuseTooDeep(int levels)
    {
        if (levels <= 0)
        {
            RefuseBeyond(MemoryLimits.MetadataDepthMax, "levels");
        }
    }

    /// <param name="value">What the text is as a double; NaN = it is null.</param>
    /// <param name="place">Byte where the run of numbers begins that this is one of.</param>
    /// <param name="number">Which of the run.</param>
    /// <param name="index">Place in the array.</param>
    private float ToFloat(double value, int place, int number, int index)
    {
        float rounded = (float)value;
        if ((BitConverter.DoubleToUInt64Bits(value) & 0x0FFF_FFFF) == 0 && rounded != value && !double.IsNaN(value))
        {
            // Halfway between two floats the double may already be rounded: then the text decides.
            rounded = float.Parse(NumberAt(place, number), NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        if (!float.IsFinite(rounded))
        {
            _path.Add(new JsonStep(null, index));
            RefuseValue(double.IsNaN(value) ? "null, must be a number" : $"{value.ToString(CultureInfo.InvariantCulture)} is beyond the range of a 32-bit float");
        }
        return rounded;
    }

    /// <summary>The text of a number in an array that has only numbers and nulls from the place on.</summary>
    private readonly ReadOnlySpan<byte> NumberAt(int place, int number)
    {
        ReadOnlySpan<byte> rest = _text[place..].TrimStart(" \t\r\n,"u8);
        for (; number > 0; number--)
        {
            rest = rest[(rest.IndexOf((byte)',') + 1)..];
        }
        return rest[..rest.IndexOfAny((byte)',', (byte)']')].Trim(" \t\r\n"u8);
    }
}
