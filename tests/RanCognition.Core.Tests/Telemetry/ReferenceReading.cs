using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using RanCognition.Contracts;

namespace RanCognition.Tests.Telemetry;

/// <summary>A second, plain reading of measurement messages: whole documents in memory, framework parsers, dictionaries.</summary>
internal sealed partial class ReferenceReading
{
    public string Format { get; private set; } = "";

    public string Entity { get; private set; } = "";

    private string? _owner;   // measured entity of what is taken now; null = the message's

    /// <summary>By network and key.</summary>
    public Dictionary<(string?, string), SortedDictionary<ulong, double>> Series { get; } = [];

    public HashSet<string> Objects { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Metrics { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ulong> Skipped { get; } = new(StringComparer.Ordinal);

    public ulong Samples { get; private set; }

    public ulong? FromNs { get; private set; }

    public ulong? ToNs { get; private set; }

    public void AssertEqual(MeasurementBatch batch)
    {
        IngestReport report = batch.Report;
        Assert.Equal(Format, System.Text.Encoding.UTF8.GetString(RanCognition.Json.JsonOut.Word(report.Format)));
        Assert.Equal(Entity, report.NetworkId);
        Assert.Equal(Objects.Count, report.Objects);
        Assert.Equal(Metrics.Count, report.Metrics);
        Assert.Equal(Samples, report.Samples);
        Assert.Equal(FromNs, report.FromNs);
        Assert.Equal(ToNs, report.ToNs);
        Assert.Equal(Skipped.OrderBy(pair => pair.Key, StringComparer.Ordinal), report.Skipped.Select(skipped => KeyValuePair.Create(skipped.Why, skipped.Count)).OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Dictionary<(string, string), SortedDictionary<ulong, double>> kept = [];
        foreach (MeasuredSeries series in batch.Series)
        {
            Assert.Equal(series.TimesNs.Order(), series.TimesNs);
            (string, string) key = (series.NetworkId!, series.Key);
            kept.TryAdd(key, []);
            for (int i = 0; i < series.Values.Length; i++)
            {
                kept[key][series.TimesNs[i]] = series.Values[i];
            }
        }
        Assert.Equal(Series.Select(pair => (pair.Key.Item1 ?? Entity, pair.Key.Item2)).Distinct().Order(), kept.Keys.Order());
        foreach ((string, string) key in kept.Keys)
        {
            if (!Series.TryGetValue(key, out SortedDictionary<ulong, double>? named) || (key.Item1 == Entity && Series.ContainsKey((null, key.Item2))))
            {
                continue;   // before the first entity is named: kept under its name, and which of two samples of one time is later is not told here
            }
            Assert.Equal(named, kept[key]);
        }
    }

    public static ReferenceReading OfXml(string text)
    {
        ReferenceReading reading = new();
        int declaration = text.IndexOf("<?xml ", StringComparison.Ordinal);   // what stands before it is what the framework would refuse
        XElement root = XDocument.Parse(declaration > 0 ? text[declaration..] : text, LoadOptions.PreserveWhitespace).Root!;
        reading.Format = root.Name.LocalName == "measCollecFile" ? "ts32435_xml" : "ts28532_xml";
        XElement? entity = root.Descendants().FirstOrDefault(element => element.Name.LocalName is "managedElement" or "measEntity");
        XElement? sender = root.Descendants().FirstOrDefault(element => element.Name.LocalName == "fileSender");
        reading.Entity = (string?)entity?.Attribute("localDn") ?? (string?)entity?.Attribute("userLabel") ?? (string?)sender?.Attribute("localDn") ?? (string?)sender?.Attribute("senderName") ?? "";
        bool isNamed = false;
        foreach (XElement group in root.Descendants().Where(element => element.Name.LocalName == "measInfo"))
        {
            XElement? owner = group.Parent!.Elements().FirstOrDefault(element => element.Name.LocalName is "managedElement" or "measEntity");
            isNamed |= group.Parent.ElementsBeforeSelf().Append(group.Parent).SelectMany(data => data.Elements()).Contains(entity);
            reading._owner = (string?)owner?.Attribute("localDn") ?? (string?)owner?.Attribute("userLabel") ?? (isNamed ? reading.Entity : null);
            reading.ReadGroup(group);
        }
        return reading;
    }

    private void ReadGroup(XElement group)
    {
        Dictionary<string, string> types = Children(group, "measType").GroupBy(type => (string)type.Attribute("p")!).ToDictionary(same => same.Key, same => same.Last().Value.Trim());
        int number = 1;
        foreach (string type in Children(group, "measTypes").SelectMany(list => Words(list.Value)))
        {
            types[(number++).ToString(CultureInfo.InvariantCulture)] = type;
        }
        XElement? period = Children(group, "granPeriod").LastOrDefault();
        Int128? end = Moment((string?)period?.Attribute("endTime"));
        Int128? duration = Duration((string?)period?.Attribute("duration"));
        foreach (XElement row in Children(group, "measValue"))
        {
            bool isSuspect = Children(row, "suspect").Any(word => word.Value.Trim().ToLowerInvariant() is "true" or "1");
            IEnumerable<(string? P, string Text)> values = Children(row, "r").Select(r => ((string?)r.Attribute("p"), r.Value))
                .Concat(Children(row, "measResults").SelectMany(list => Words(list.Value)).Select((text, i) => ((string?)(i + 1).ToString(CultureInfo.InvariantCulture), text)));
            foreach ((string? p, string text) in values)
            {
                Take(isSuspect, end - (duration ?? 0), end, (string?)row.Attribute("measObjLdn") ?? "", p is not null && types.TryGetValue(p, out string? type) ? type : null, text);
            }
        }
    }

    public static ReferenceReading OfJson(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        ReferenceReading reading = new();
        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array)
        {
            reading.ReadEvents(root.EnumerateArray().Select(element => element.GetProperty("event")));
        }
        else if (root.TryGetProperty("event", out JsonElement one))
        {
            reading.ReadEvents([one]);
        }
        else if (root.TryGetProperty("eventList", out JsonElement list))
        {
            reading.ReadEvents(list.EnumerateArray());
        }
        else if (root.TryGetProperty("cells", out JsonElement cells))
        {
            reading.Format = "e2sm_kpm";
            Int128? end = root.TryGetProperty("timestamp", out JsonElement seconds) && seconds.ValueKind == JsonValueKind.Number ? (Int128)(seconds.GetDecimal() * 1_000_000_000m) : null;
            reading.ReadCells(cells, end);
        }
        else
        {
            reading.Format = "rows";
            reading.Entity = root.TryGetProperty("network_id", out JsonElement network) ? network.GetString()! : "";
            foreach (JsonElement row in root.GetProperty("rows").EnumerateArray())
            {
                Int128? time = row.TryGetProperty("time_ns", out JsonElement ns) && ns.ValueKind == JsonValueKind.Number ? ns.GetUInt64() : null;
                reading.Take(false, time, time, row.GetProperty("object").GetString()!, row.TryGetProperty("metric", out JsonElement metric) ? metric.GetString() : null, Value(row.GetProperty("value")));
            }
        }
        return reading;
    }

    private void ReadEvents(IEnumerable<JsonElement> events)
    {
        Format = "ves_perf3gpp";
        foreach (JsonElement one in events)
        {
            JsonElement header = one.GetProperty("commonEventHeader");
            JsonElement collection = one.GetProperty("perf3gppFields").GetProperty("measDataCollection");
            _owner = collection.TryGetProperty("measuredEntityDn", out JsonElement entity) ? entity.GetString()! : header.GetProperty("sourceName").GetString()!;
            Entity = Entity.Length > 0 ? Entity : _owner;
            Int128? start = Microseconds(header, "startEpochMicrosec");
            Int128? end = Microseconds(header, "lastEpochMicrosec");
            foreach (JsonElement group in collection.GetProperty("measInfoList").EnumerateArray())
            {
                string[] types = [.. group.GetProperty("measTypes").GetProperty("sMeasTypesList").EnumerateArray().Select(name => name.GetString()!)];
                foreach (JsonElement row in group.GetProperty("measValuesList").EnumerateArray())
                {
                    bool isSuspect = row.TryGetProperty("suspectFlag", out JsonElement flag) && (flag.ValueKind == JsonValueKind.True || (flag.ValueKind == JsonValueKind.String && flag.GetString() == "true"));
                    foreach (JsonElement result in row.GetProperty("measResults").EnumerateArray())
                    {
                        int p = result.GetProperty("p").GetInt32();
                        Take(isSuspect, start ?? end, end, row.GetProperty("measObjInstId").GetString()!, p >= 1 && p <= types.Length ? types[p - 1] : null, Value(result.GetProperty("sValue")));
                    }
                }
            }
        }
    }

    private void ReadCells(JsonElement cells, Int128? end)
    {
        foreach (JsonElement cell in cells.EnumerateArray())
        {
            JsonElement metrics = cell.GetProperty("cell_metrics");
            string name = "NRCellDU=" + metrics.GetProperty("pci").GetRawText();
            IEnumerable<JsonElement> users = cell.TryGetProperty("ue_list", out JsonElement list) ? list.EnumerateArray() : [];
            foreach (JsonElement owner in users.Prepend(metrics))
            {
                string managedObject = owner.TryGetProperty("ue", out JsonElement user) ? $"{name},UE={user.GetRawText()}" : name;
                foreach (JsonProperty metric in owner.EnumerateObject().Where(metric => metric.Name is not ("pci" or "ue" or "rnti")))
                {
                    Take(false, end, end, managedObject, metric.Name, metric.Value.ValueKind == JsonValueKind.Number ? metric.Value.GetRawText() : "no number");
                }
            }
        }
    }

    private void Take(bool isSuspect, Int128? start, Int128? end, string managedObject, string? name, string text)
    {
        string[] elements = [.. text.Split(',').Select(element => element.Trim())];
        string? reason = isSuspect ? "suspect"
            : end is null || end < 0 || start > end ? "bad_time"
            : string.IsNullOrEmpty(name) ? "missing_type"
            : elements.All(element => element.Length == 0) ? "empty"
            : elements.All(IsNumber) ? null : "not_a_number";
        if (reason is not null)
        {
            Skipped[reason] = Skipped.GetValueOrDefault(reason) + 1;
            return;
        }
        for (int i = 0; i < elements.Length; i++)
        {
            (string?, string) key = (_owner, $"{managedObject}/{name}" + (elements.Length > 1 ? $"[{i}]" : ""));
            if (!Series.TryGetValue(key, out SortedDictionary<ulong, double>? series))
            {
                Series[key] = series = [];
            }
            series[(ulong)end!.Value] = double.Parse(elements[i], NumberStyles.Float, CultureInfo.InvariantCulture);
            Samples++;
        }
        Objects.Add(managedObject);
        Metrics.Add(name!);
        ulong from = start is null || start < 0 ? 0 : (ulong)start.Value;
        FromNs = FromNs < from ? FromNs : from;
        ToNs = ToNs > (ulong)end!.Value ? ToNs : (ulong)end.Value;
    }

    private static bool IsNumber(string text) => Decimal().IsMatch(text) && double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static Int128? Microseconds(JsonElement header, string name) =>
        header.TryGetProperty(name, out JsonElement time) && time.ValueKind == JsonValueKind.Number ? (Int128)time.GetUInt64() * 1000 : null;

    private static Int128? Moment(string? text)
    {
        try
        {
            return text is null ? null : (Int128)(XmlConvert.ToDateTimeOffset(text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10 ? text : text + "Z") - DateTimeOffset.UnixEpoch).Ticks * 100;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Int128? Duration(string? text)
    {
        try
        {
            return text is null ? null : (Int128)XmlConvert.ToTimeSpan(text).Ticks * 100;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<XElement> Children(XElement parent, string name) => parent.Elements().Where(element => element.Name.LocalName == name);

    private static string[] Words(string text) => text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$")]
    private static partial Regex Decimal();
}
