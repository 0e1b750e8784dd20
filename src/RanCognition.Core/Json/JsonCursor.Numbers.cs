using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RanCognition.Json;

// Numbers within bounds, alone, in arrays and in tables. Null is as if the field were not there; within arrays it is refused.
internal ref partial struct JsonCursor
{
    public readonly bool IsNull => _scanner.Token == JsonTokenType.Null;

    /// <summary>A number within bounds.</summary>
    public double NumberWithin(double least, double most)
    {
        double value = Number();
        if (!(value >= least && value <= most))
        {
            RefuseNumber(value, least, most);
        }
        return value;
    }

    /// <summary>A number within bounds; null where there is none.</summary>
    public double? OptionalNumber(double least = -double.MaxValue, double most = double.MaxValue) => IsNull ? null : NumberWithin(least, most);

    /// <summary>A number above 0; null where there is none.</summary>
    public double? OptionalPositive()
    {
        if (IsNull)
        {
            return null;
        }
        double value = Number();
        if (value <= 0)
        {
            RefuseValue($"{NumberText(value)}, must be above 0");
        }
        return value;
    }

    /// <summary>A whole number within bounds; null where there is none.</summary>
    public ulong? OptionalWhole(ulong least, ulong most) => IsNull ? null : WholeWithin(least, most);

    /// <summary>A whole number within bounds that an int can hold; null where there is none.</summary>
    public int? OptionalCount(int least, int most) => IsNull ? null : (int)WholeWithin((ulong)least, (ulong)most);

    /// <summary>True or false; null where there is neither.</summary>
    public bool? OptionalBoolean() => IsNull ? null : Boolean();

    /// <summary>Reads an array of numbers within bounds.</summary>
    public double[] NumbersWithin(int lengthMax, double least = -double.MaxValue, double most = double.MaxValue)
    {
        double[] values = Numbers(lengthMax);
        CheckNumbers(values, least, most);
        return values;
    }

    /// <summary>Reads an array of whole numbers within bounds.</summary>
    public int[] CountsWithin(int lengthMax, int least, int most)
    {
        Expect(JsonTokenType.StartArray, "an array of whole numbers");
        int[] values = new int[Math.Min(_scanner.CountElements(), lengthMax)];
        int count = 0;
        while (NextElement(count))
        {
            if (count >= lengthMax)
            {
                LeaveElement();
                RefuseBeyond(lengthMax, "values");
            }
            values[count++] = (int)WholeWithin((ulong)least, (ulong)most);
            LeaveElement();
        }
        Array.Resize(ref values, count);
        return values;
    }

    /// <summary>Reads an array of pairs of whole numbers within bounds, one after the other.</summary>
    public int[] Pairs(int pairsMax, int least, int most)
    {
        Expect(JsonTokenType.StartArray, "an array of pairs");
        int[] numbers = [];
        int count = 0;
        for (; NextElement(count); count++)
        {
            if (count >= pairsMax)
            {
                LeaveElement();
                RefuseBeyond(pairsMax, "pairs");
            }
            int[] pair = CountsWithin(3, least, most);
            if (pair.Length != 2)
            {
                RefuseValue("must be two numbers");
            }
            if (2 * count == numbers.Length)
            {
                Array.Resize(ref numbers, Math.Max(16, 4 * count));
            }
            pair.CopyTo(numbers, 2 * count);
            LeaveElement();
        }
        Array.Resize(ref numbers, 2 * count);
        return numbers;
    }

    /// <summary>Goes over the numbers with which an array that just opened begins, in one loop instead of token by token.</summary>
    private void SkipNumbers()
    {
        if (_scanner.Token != JsonTokenType.StartArray)
        {
            return;
        }
        Span<double> chunk = stackalloc double[64];
        while (_scanner.NextNumbers(chunk) == chunk.Length)
        {
        }
    }

    /// <summary>A number as it was written.</summary>
    public string NumberAsText()
    {
        Number();
        return Encoding.UTF8.GetString(_scanner.Value);
    }

    /// <summary>Reads an array of rows of numbers, all of one length, into one array, row after row.</summary>
    /// <param name="rowsMax">Rows at most.</param>
    /// <param name="columnsMax">Numbers of a row at most.</param>
    /// <param name="numbersMax">Numbers of all rows at most.</param>
    /// <param name="least">Each number's lower bound.</param>
    /// <param name="most">Each number's upper bound.</param>
    /// <param name="rows">Rows read: at least one, of at least one number.</param>
    public double[] Table(int rowsMax, int columnsMax, int numbersMax, double least, double most, out int rows)
    {
        Expect(JsonTokenType.StartArray, "an array of rows of numbers");
        double[] numbers = [];
        int columns = 0;
        for (rows = 0; NextElement(rows); rows++)
        {
            if (rows >= rowsMax || (rows + 1) * (long)columns > numbersMax)
            {
                LeaveElement();
                RefuseBeyond(rows >= rowsMax ? rowsMax : numbersMax, rows >= rowsMax ? "rows" : "numbers");
            }
            if (rows == 0)
            {
                numbers = NumbersWithin(Math.Min(columnsMax, numbersMax), least, most);
                columns = numbers.Length;
                if (columns == 0)
                {
                    RefuseValue("is empty: at least one number is needed");
                }
            }
            else
            {
                int length = (rows + 1) * columns;
                if (length > numbers.Length)
                {
                    Array.Resize(ref numbers, (int)Math.Min(numbersMax, 2L * length));
                }
                Row(numbers.AsSpan(rows * columns, columns), least, most);
            }
            LeaveElement();
        }
        if (rows == 0)
        {
            RefuseValue("is empty: at least one row is needed");
        }
        Array.Resize(ref numbers, rows * columns);
        return numbers;
    }

    /// <summary>A row that must be as long as the first.</summary>
    private void Row(Span<double> row, double least, double most)
    {
        Expect(JsonTokenType.StartArray, "an array of numbers");
        int count = 0;
        while (true)
        {
            count += _scanner.NextNumbers(row[count..]);
            if (!NextElement(count))
            {
                break;
            }
            if (count == row.Length)
            {
                LeaveElement();
                RefuseValue($"more than {row.Length} numbers, as many as the first row has");
            }
            row[count++] = NumberOrNull();
            LeaveElement();
        }
        if (count < row.Length)
        {
            RefuseValue($"{count} numbers, the first row has {row.Length}");
        }
        CheckNumbers(row, least, most);
    }

    private void CheckNumbers(ReadOnlySpan<double> values, double least, double most)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= least && values[i] <= most))
            {
                _path.Add(new JsonStep(null, i));
                RefuseNumber(values[i], least, most);
            }
        }
    }

    [DoesNotReturn]
    private readonly void RefuseNumber(double value, double least, double most)
    {
        if (double.IsNaN(value))
        {
            RefuseValue("null, must be a number");
        }
        RefuseValue(most == double.MaxValue ? $"{NumberText(value)}, must be {NumberText(least)} or more" : $"{NumberText(value)}, must be {NumberText(least)}..{NumberText(most)}");
    }

    private static string NumberText(double value) => value.ToString(CultureInfo.InvariantCulture);
}
