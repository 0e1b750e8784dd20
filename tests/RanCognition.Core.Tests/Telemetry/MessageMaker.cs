using System.Globalization;
using System.Text;

namespace RanCognition.Tests.Telemetry;

/// <summary>Random measurement messages with values, rows and periods planted that must not be taken.</summary>
internal sealed class MessageMaker(int seed)
{
    private static readonly string[] OddValues =
    [
        "", " ", ",", " , ,", "1,2,3", "1,,2", "4,", " 7 ", "1 , 2", "abc", "NaN", "Infinity", "1e400", "-1e400", "+5", ".5", "5.", ".", "-", "0x10", "-0", "9007199254740993", "1e-5", "1E+3", "1_0", "1,x",
        "12345678901234567890.123", "0.1", "1e", "1e5.0", "--1", "1 2", "1;2", "1e-400", "000123", "179769313486231570000000000000000000000", "0,3,1", "１",
    ];

    private static readonly string[] Durations = ["PT900S", "PT15M", "PT60S", "P1DT1H0.5S", "PT0S", "-PT900S", "nonsense", "P2DT"];

    private static readonly string[] Times =
    [
        "2024-12-11T09:34:23+00:00", "2024-12-11T10:49:23.25+01:15", "2024-02-29T23:59:59Z", "2024-03-01T00:15:00", "yesterday", "2023-02-29T00:00:00Z", "2024-12-11T09:34:23.1234567-05:00",
        "1969-12-31T23:59:00Z", "",
    ];

    private readonly Random _random = new(seed);

    public string Xml(bool isOfCollection)
    {
        StringBuilder text = new();
        string prefix = _random.Next(3) == 0 ? "md:" : "";
        string root = prefix + (isOfCollection ? "measCollecFile" : "measDataFile");
        text.Append(OneOf("<?xml version='1.0' encoding=\"utf-8\" ?>\n", "<?xml version=\"1.0\"?>", "<?xml-stylesheet type='text/xsl' href='a.xsl'?>\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>", ""));
        text.Append($"<{root} xmlns{(prefix.Length > 0 ? ":md" : "")}=\"http://www.3gpp.org/ftp/specs/x\"><!-- {_random.Next()} -->");
        text.Append($"<{prefix}fileHeader><{prefix}fileSender {OneOf("localDn='sender &lt;1&gt;'", "senderName='S'")}/></{prefix}fileHeader>");
        for (int entities = _random.Next(1, 4); entities > 0; entities--)
        {
            text.Append($"<{prefix}measData>");
            text.Append(_random.Next(4) == 0 ? "" : $"<{prefix}{(isOfCollection ? "managedElement" : "measEntity")} {OneOf("localDn", "userLabel")}=\"ME={_random.Next(3)}\"/>\n");
            for (int groups = _random.Next(0, 5); groups > 0; groups--)
            {
                Group(text, prefix);
            }
            text.Append($"</{prefix}measData >");
        }
        return text.Append($"<{prefix}fileFooter/></{root}>\n<!-- end -->").ToString();
    }

    private void Group(StringBuilder text, string prefix)
    {
        bool isList = _random.Next(4) == 0;
        int types = _random.Next(1, 6);
        text.Append($"<{prefix}measInfo measInfoId=\"{_random.Next()}\"><{prefix}job jobId='1'/>");
        text.Append(_random.Next(12) == 0 ? "" : $"<{prefix}granPeriod duration=\"{OneOf(Durations)}\" endTime='{(_random.Next(2) == 0 ? Times[0] : OneOf(Times))}'/>");
        text.Append(isList ? $"<{prefix}measTypes> {string.Join(' ', Enumerable.Range(1, types).Select(_ => TypeName("")))}\r\n</{prefix}measTypes>" : "");
        for (int p = 1; p <= types && !isList; p++)
        {
            text.Append($"<{prefix}measType p=\"{(_random.Next(8) == 0 ? p + 3 : p)}\">{TypeName(OneOf("", " ", "&amp;", "<![CDATA[a<b]]>", "é", "<!-- x -->Y"))}</{prefix}measType>\n");
        }
        for (int rows = _random.Next(0, 6); rows > 0; rows--)
        {
            text.Append($"<{prefix}measValue measObjLdn={OneOf("\"NRCellDU=", "\"A&#x26;B,C=", "\"Zürich=")}{_random.Next(4)}\">");
            if (isList)
            {
                text.Append($"<{prefix}measResults>{string.Join(OneOf(" ", "\n", "  \t"), Enumerable.Range(0, _random.Next(0, types + 2)).Select(_ => ValueText().Replace(' ', '\n')))}</{prefix}measResults>");
            }
            else
            {
                for (int values = _random.Next(0, types + 2); values > 0; values--)
                {
                    string value = ValueText();
                    text.Append($"<{prefix}r p='{_random.Next(1, types + 2)}'>").Append(_random.Next(10) == 0 ? $"<![CDATA[{value}]]>" : value).Append($"</{prefix}r>");
                }
            }
            text.Append(OneOf("", "", $"<{prefix}suspect>false</{prefix}suspect>", $"<{prefix}suspect> True </{prefix}suspect>", $"<{prefix}suspect>1</{prefix}suspect>"));
            text.Append($"</{prefix}measValue>");
        }
        text.Append($"</{prefix}measInfo>");
    }

    public string Events()
    {
        int form = _random.Next(3);
        IEnumerable<string> events = Enumerable.Range(0, form == 0 ? 1 : _random.Next(1, 4)).Select(_ => Event());
        return form switch
        {
            0 => $"{{\"event\":{events.Single()}}}",
            1 => Members($"\"eventList\":[{string.Join(',', events)}]", "\"other\":{\"a\":[1,2,{}]}"),
            _ => $"[{string.Join(" ,", events.Select(one => $"{{\"event\":{one}}}"))}]",
        };
    }

    private string Event()
    {
        string start = OneOf("\"startEpochMicrosec\":1465839830100400", "\"startEpochMicrosec\":1465839830100400", "\"x\":1");
        string end = OneOf("\"lastEpochMicrosec\":1676378616564000", "\"lastEpochMicrosec\":1676378616564000", "\"lastEpochMicrosec\":1000", "\"y\":null", "\"lastEpochMicrosec\":\"soon\"");
        string header = $"\"commonEventHeader\":{Members("\"domain\":\"perf3gpp\"", start, end, $"\"sourceName\":\"S{_random.Next(3)}\"")}";
        string groups = $"\"measInfoList\":[{string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => EventGroup()))}]";
        string collection = Members("\"granularityPeriod\":0", groups, _random.Next(3) == 0 ? "\"z\":1" : $"\"measuredEntityDn\":\"ME={_random.Next(3)}\"");
        return Members(header, $"\"perf3gppFields\":{Members("\"perf3gppFieldsVersion\":\"1.0\"", $"\"measDataCollection\":{collection}")}");
    }

    private string EventGroup()
    {
        int types = _random.Next(0, 6);
        string names = $"\"measTypes\":{{\"sMeasTypesList\":[{string.Join(',', Enumerable.Range(0, types).Select(_ => Quoted(TypeName(OneOf("", "\\u0041", "é", "\\n")))))}]}}";
        IEnumerable<string> rows = Enumerable.Range(0, _random.Next(5)).Select(_ =>
        {
            IEnumerable<string> results = Enumerable.Range(0, _random.Next(6)).Select(_ => Members($"\"p\":{_random.Next(0, types + 2)}", $"\"sValue\":{JsonValue()}"));
            return Members($"\"measObjInstId\":\"Cell={_random.Next(3)}\"", OneOf("\"suspectFlag\":\"false\"", "\"suspectFlag\":\"true\"", "\"suspectFlag\":true", "\"suspectFlag\":false", "\"other\":[]"), $"\"measResults\":[{string.Join(',', results)}]");
        });
        return Members("\"measInfoId\":{\"sMeasInfoId\":\"\"}", names, $"\"measValuesList\":[{string.Join(',', rows)}]");
    }

    public string Cells()
    {
        IEnumerable<string> cells = Enumerable.Range(0, _random.Next(5)).Select(_ =>
        {
            IEnumerable<string> users = Enumerable.Range(0, _random.Next(4)).Select(user => Metrics($"\"ue\":{user}", $"\"rnti\":{_random.Next(65536)}"));
            string metrics = $"\"cell_metrics\":{Metrics($"\"pci\":{_random.Next(4)}")}";
            return _random.Next(3) == 0 ? Members(metrics) : Members(metrics, $"\"ue_list\":[{string.Join(',', users)}]");
        });
        return Members(OneOf("\"timestamp\":1714557600.125", "\"timestamp\":1714557600", "\"timestamp\":null", "\"timestamp\":1714557600.123456789"), $"\"cells\":[{string.Join(',', cells)}]");
    }

    private string Metrics(params string[] names)
    {
        string[] members = [.. names, .. Enumerable.Range(0, _random.Next(5)).Select(i => $"\"{OneOf("thp", "prb.used", "é/x")}{i}\":{JsonValue()}")];
        return Members(members);
    }

    public string Rows()
    {
        IEnumerable<string> rows = Enumerable.Range(0, _random.Next(12)).Select(_ => Members(
            OneOf($"\"time_ns\":{_random.Next(1, 6)}000000000", $"\"time_ns\":{_random.Next(1, 6)}000000000", "\"time_ns\":1700000000000000123", "\"time_ns\":\"x\"", "\"other\":0"),
            $"\"object\":\"NRCellDU={_random.Next(3)}\"", _random.Next(10) == 0 ? "\"unit\":\"dB\"" : $"\"metric\":{Quoted(TypeName(""))}", $"\"value\":{JsonValue()}"));
        string all = $"\"rows\":[{string.Join(',', rows)}]";
        return _random.Next(2) == 0 ? Members(all) : Members(all, "\"network_id\":\"N\"");
    }

    private string JsonValue() => _random.Next(6) switch
    {
        0 => _random.Next(1000).ToString(CultureInfo.InvariantCulture),
        1 => OneOf("1e3", "-0.5", "1e400", "123456789012345678901234567890", "true", "null", "[1,2]", "{}", "-0", "0.1e-3"),
        _ => Quoted(ValueText()),
    };

    private string ValueText() => _random.Next(3) == 0 ? OneOf(OddValues)
        : _random.Next(2) == 0 ? _random.Next(100000).ToString(CultureInfo.InvariantCulture)
        : ((_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-12, 20))).ToString("R", CultureInfo.InvariantCulture);

    private string TypeName(string more) => $"{OneOf("DRB.UEThpDl", "pmCounter", "RRU.PrbUsedDl.010003e8")}{more}{_random.Next(4)}";

    /// <summary>An object with its members in any order.</summary>
    private string Members(params string[] members)
    {
        _random.Shuffle(members);
        return $"{{{OneOf("", " ", "\n")}{string.Join(OneOf(",", " , "), members)}}}";
    }

    private static string Quoted(string text) => $"\"{text}\"";

    private string OneOf(params string[] texts) => texts[_random.Next(texts.Length)];
}
