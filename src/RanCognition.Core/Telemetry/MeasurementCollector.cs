using RanCognition.Contracts;

namespace RanCognition.Telemetry;

/// <summary>Takes the values of a message, row by row, whatever it is written in: the one place that decides what is taken and what is not.</summary>
/// <remarks>
/// A row is what one managed object measured in one period. Its values wait until the row ends, as its object, its period or that it is suspect may stand behind them. Whatever is
/// kept belongs to the message: when it turns out to be faulty, the collector is dropped and nothing was changed.
/// </remarks>
internal sealed partial class MeasurementCollector(string argument)
{
    /// <summary>With the next, bounds what a message of lists, two bytes for each number, makes of time and memory.</summary>
    public const int SeriesMax = 1 << 21;

    /// <summary>Distinct names, each element of a list one.</summary>
    public const int MetricsMax = 1 << 18;

    /// <summary>Measured entities: each is a network of the history.</summary>
    public const int EntitiesMax = 4096;

    private readonly NameTable _objects = new();
    private readonly NameTable _names = new();
    private readonly PairTable _metrics = new();   // name and element + 1; 0 = not of a list
    private readonly PairTable _owned = new();   // object and measured entity
    private readonly PairTable _series = new();   // the former and metric
    private readonly SampleLog _samples = new();
    private readonly PairTable _types = new();   // what p stands for in the group of measurements being read: p and 0; beside it the names
    private int[] _typeNames = new int[16];

    private byte[] _text = new byte[256];   // the row's values, one behind the other
    private int[] _ends = new int[16];
    private int[] _rowNames = new int[16];   // minus one: p names no type
    private int _count;
    private double[] _elements = new double[16];   // of the list being read

    /// <summary>Null until it was recognised.</summary>
    public MeasurementFormat? Format { get; set; }

    /// <summary>When the rows that end now were measured.</summary>
    public MeasurementPeriod Period { get; set; } = new();

    /// <summary>A new group of measurements: p names nothing yet.</summary>
    public void ClearTypes() => _types.Clear();

    /// <summary>What p stands for; a later word counts. A type without a name is none.</summary>
    public void AddType(int p, ReadOnlySpan<byte> name)
    {
        int type = _types.Get(p, 0);
        if (type == _typeNames.Length)
        {
            Array.Resize(ref _typeNames, 2 * type);
        }
        _typeNames[type] = name.IsEmpty ? -1 : Name(name);
    }

    /// <summary>The name that p, as written, stands for; minus one when there is none.</summary>
    public int TypeOf(ReadOnlySpan<byte> p) => DecimalText.TryWhole(p, 0, out int number) ? TypeOf(number) : -1;

    public int TypeOf(int p)
    {
        int type = _types.Find(p, 0);
        return type < 0 ? -1 : _typeNames[type];
    }

    /// <summary>The number of a name.</summary>
    public int Name(ReadOnlySpan<byte> name)
    {
        RequireLength(name);
        return _names.Get(name);
    }

    /// <summary>A value of the row being read, as written.</summary>
    /// <param name="name">Its name's number; minus one: it has none.</param>
    /// <param name="text">What is no number or list of numbers is skipped.</param>
    public void Add(int name, ReadOnlySpan<byte> text)
    {
        if (_count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _count);
            Array.Resize(ref _rowNames, 2 * _count);
        }
        int start = _count == 0 ? 0 : _ends[_count - 1];
        if (text.Length > _text.Length - start)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, start + text.Length));
        }
        text.CopyTo(_text.AsSpan(start));
        _rowNames[_count] = name;
        _ends[_count++] = start + text.Length;
    }

    /// <summary>Values of the row being read.</summary>
    public int RowCount => _count;

    /// <summary>The row's values are all there: they are taken, or counted as skipped.</summary>
    public void EndRow(ReadOnlySpan<byte> managedObject, bool isSuspect)
    {
        int start = 0;
        int managed = -1;
        bool isBad = Period.IsBad;
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<byte> text = DecimalText.Trimmed(_text.AsSpan(start, _ends[i] - start));
            start = _ends[i];
            int name = _rowNames[i];
            SkipReason reason = isSuspect ? SkipReason.Suspect : isBad ? SkipReason.BadTime : name < 0 ? SkipReason.MissingType : SkipReason.None;
            if (reason == SkipReason.None)
            {
                managed = managed < 0 ? Object(managedObject) : managed;
                reason = text.Contains((byte)',') ? TakeList(managed, name, text) : TakeOne(managed, name, text);
            }
            if (reason != SkipReason.None)
            {
                Skip(reason, managedObject, name);
            }
        }
        _count = 0;
    }

    private int Object(ReadOnlySpan<byte> managedObject)
    {
        RequireLength(managedObject);
        return _owned.Get(_objects.Get(managedObject), _current);
    }

    private SkipReason TakeOne(int managed, int name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return SkipReason.Empty;
        }
        if (!DecimalText.TryParse(text, out double value))
        {
            return SkipReason.NotANumber;
        }
        Take(managed, name, 0, value);
        return SkipReason.None;
    }

    /// <summary>All elements, or none of them.</summary>
    private SkipReason TakeList(int managed, int name, ReadOnlySpan<byte> text)
    {
        int count = 0;
        bool isEmpty = true;
        bool isAllNumbers = true;
        while (true)
        {
            int comma = text.IndexOf((byte)',');
            ReadOnlySpan<byte> element = DecimalText.Trimmed(comma < 0 ? text : text[..comma]);
            isEmpty &= element.IsEmpty;
            isAllNumbers &= DecimalText.TryParse(element, out double value);
            RequireFewer(count, MetricsMax, "metrics");
            if (count == _elements.Length)
            {
                Array.Resize(ref _elements, 2 * count);
            }
            _elements[count++] = value;
            if (comma < 0 || !(isEmpty || isAllNumbers))
            {
                break;
            }
            text = text[(comma + 1)..];
        }
        if (isEmpty || !isAllNumbers)
        {
            return isEmpty ? SkipReason.Empty : SkipReason.NotANumber;
        }
        for (int i = 0; i < count; i++)
        {
            Take(managed, name, i + 1, _elements[i]);
        }
        return SkipReason.None;
    }

    private void Take(int managed, int name, int element, double value)
    {
        int metric = _metrics.Get(name, element);
        RequireFewer(metric, MetricsMax, "metrics");
        int series = _series.Get(managed, metric);
        RequireFewer(series, SeriesMax, "series");
        Note(Period);
        _samples.Add(series, _notedIndex, value);
    }

    private void RequireFewer(int count, int most, string what)
    {
        if (count >= most)
        {
            throw new LimitExceededException(argument, $"more than {most} {what} in a message");
        }
    }

    private void RequireLength(ReadOnlySpan<byte> name)
    {
        if (name.Length > TemporalLimits.NameBytesMax)
        {
            throw new LimitExceededException(argument, $"a name of {name.Length} bytes, at most {TemporalLimits.NameBytesMax}");
        }
    }
}
