using System.Text;
using RanCognition.Contracts;
using RanCognition.Telemetry.Markup;

namespace RanCognition.Telemetry;

/// <summary>Walks over a measurement file: a header, the data of one or several measured entities, a footer.</summary>
/// <remarks>
/// 3GPP TS 32.435, 4.2 and annex A, and TS 28.532, annex A: both have measInfo groups, each of one period, with the names of measurement types and the rows of managed objects, in that
/// order. A type is measType with a number p, and its values r with the same p; or the types are one list measTypes, and a row's values one list measResults, counted from 1.
/// </remarks>
internal ref struct MeasurementFile
{
    private MarkupReader _xml;
    private readonly MeasurementCollector _collector;
    private readonly string _argument;
    private byte[] _object = [];   // name of the row's managed object, as reading on reuses where it stood

    public MeasurementFile(MarkupReader xml, MeasurementCollector collector, string argument)
    {
        _xml = xml;
        _collector = collector;
        _argument = argument;
    }

    public void Read()
    {
        _xml.Next();   // a document without a root element is refused
        ReadOnlySpan<byte> root = _xml.Name;
        bool isOfCollection = root.SequenceEqual("measCollecFile"u8);
        string? fault = !isOfCollection && !root.SequenceEqual("measDataFile"u8)
            ? $"of no known format: the root element is '{Encoding.UTF8.GetString(root[..Math.Min(root.Length, 60)])}', not measCollecFile or measDataFile"
            : null;
        _collector.Format = isOfCollection ? MeasurementFormat.Ts32435Xml : MeasurementFormat.Ts28532Xml;
        while (_xml.NextChild())
        {
            if (fault is not null || _xml.Name.SequenceEqual("fileFooter"u8))
            {
                _xml.SkipElement();
            }
            else if (_xml.Name.SequenceEqual("fileHeader"u8))
            {
                ReadHeader();
            }
            else if (_xml.Name.SequenceEqual("measData"u8))
            {
                ReadData();
            }
            else
            {
                Ignore("/");
            }
        }
        _xml.Next();   // whatever stands behind the root element must be well-formed too
        if (fault is not null)
        {
            InvalidInputException.Throw(_argument, fault);   // only now: a text that is no XML is refused as that
        }
    }

    private void ReadHeader()
    {
        while (_xml.NextChild())
        {
            if (_xml.Name.SequenceEqual("fileSender"u8))
            {
                string sender = Attribute("localDn"u8);
                _collector.OfferSender(sender.Length > 0 ? sender : Attribute("senderName"u8));
            }
            _xml.SkipElement();
        }
    }

    private void ReadData()
    {
        _collector.SetEntity(null);
        while (_xml.NextChild())
        {
            ReadOnlySpan<byte> name = _xml.Name;
            if (name.SequenceEqual("measInfo"u8))
            {
                ReadGroup();
            }
            else if (name.SequenceEqual("managedElement"u8) || name.SequenceEqual("measEntity"u8) || name.SequenceEqual("measuredEntity"u8))
            {
                string entity = Attribute("localDn"u8);
                _collector.SetEntity(entity.Length > 0 ? entity : Attribute("userLabel"u8));
                _xml.SkipElement();
            }
            else
            {
                Ignore("/measData/");
            }
        }
    }

    private void ReadGroup()
    {
        _collector.ClearTypes();
        _collector.Period = new MeasurementPeriod();
        while (_xml.NextChild())
        {
            ReadOnlySpan<byte> name = _xml.Name;
            if (name.SequenceEqual("measValue"u8))
            {
                ReadRow();
            }
            else if (name.SequenceEqual("measType"u8))
            {
                bool hasNumber = DecimalText.TryWhole(_xml.Attribute("p"u8), 0, out int p);
                ReadOnlySpan<byte> type = DecimalText.Trimmed(_xml.Content());
                if (hasNumber)
                {
                    _collector.AddType(p, type);
                }
            }
            else if (name.SequenceEqual("measTypes"u8))
            {
                ReadOnlySpan<byte> rest = _xml.Content();
                for (int p = 1; NextWord(ref rest, out ReadOnlySpan<byte> type); p++)
                {
                    _collector.AddType(p, type);
                }
            }
            else if (name.SequenceEqual("granPeriod"u8))
            {
                ReadPeriod();
            }
            else if (name.SequenceEqual("job"u8) || name.SequenceEqual("repPeriod"u8))
            {
                _xml.SkipElement();
            }
            else
            {
                Ignore("/measData/measInfo/");
            }
        }
    }

    private void ReadPeriod()
    {
        ulong? endNs = MessageTime.Moment(_xml.Attribute("endTime"u8));
        ulong? durationNs = MessageTime.Duration(_xml.Attribute("duration"u8), out bool isBackwards);
        _collector.Period = new MeasurementPeriod
        {
            EndNs = endNs,
            StartNs = endNs is null || durationNs is null ? null : endNs - Math.Min(endNs.Value, durationNs.Value),
            GranularityNs = isBackwards ? null : durationNs,
            IsBackwards = isBackwards,
        };
        _xml.SkipElement();
    }

    private void ReadRow()
    {
        ReadOnlySpan<byte> managedObject = _xml.Attribute("measObjLdn"u8);
        if (_object.Length < managedObject.Length)
        {
            _object = new byte[2 * managedObject.Length];
        }
        managedObject.CopyTo(_object);
        int length = managedObject.Length;
        bool isSuspect = false;
        while (_xml.NextChild())
        {
            ReadOnlySpan<byte> name = _xml.Name;
            if (name.SequenceEqual("r"u8))
            {
                int type = _collector.TypeOf(_xml.Attribute("p"u8));
                _collector.Add(type, _xml.Content());
            }
            else if (name.SequenceEqual("measResults"u8))
            {
                ReadOnlySpan<byte> rest = _xml.Content();
                for (int p = 1; NextWord(ref rest, out ReadOnlySpan<byte> value); p++)
                {
                    _collector.Add(_collector.TypeOf(p), value);
                }
            }
            else if (name.SequenceEqual("suspect"u8))
            {
                ReadOnlySpan<byte> word = DecimalText.Trimmed(_xml.Content());
                isSuspect |= Ascii.EqualsIgnoreCase(word, "true"u8) || word.SequenceEqual("1"u8);
            }
            else
            {
                Ignore("/measData/measInfo/measValue/");
            }
        }
        _collector.EndRow(_object.AsSpan(0, length), isSuspect);
    }

    private readonly string Attribute(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(_xml.Attribute(name));

    private void Ignore(string place)
    {
        if (_collector.Ignored.Count < MeasurementCollector.IgnoredMax)
        {
            _collector.Ignored.Add(new IgnoredField(place + Encoding.UTF8.GetString(_xml.Name), "unknown element"));
        }
        _xml.SkipElement();
    }

    /// <summary>The next word of a blank-separated list.</summary>
    private static bool NextWord(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> word)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        int length = rest.IndexOfAny(" \t\r\n"u8);
        length = length < 0 ? rest.Length : length;
        word = rest[..length];
        rest = rest[length..];
        return length > 0;
    }
}
