using System.Text;
using System.Text.Json;
using RanCognition.Telemetry;

namespace RanCognition.Json;

// VES events of the domain perf3gpp (ONAP VES event listener; TS 28.532, annex on integration with ONAP VES).
public static partial class JsonIn
{
    /// <summary>Returns how many there are.</summary>
    private static int ReadEvents(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartArray, "an array of events");
        int events = 0;
        for (; json.NextElement(events); events++)
        {
            ReadEvent(ref json, collector, mayBeWrapped: true);
            json.LeaveElement();
        }
        return events;
    }

    /// <param name="json">At the event.</param>
    /// <param name="collector">Where the values go.</param>
    /// <param name="mayBeWrapped">An object with the event in its field 'event' will do.</param>
    private static void ReadEvent(ref JsonCursor json, MeasurementCollector collector, bool mayBeWrapped)
    {
        json.Expect(JsonTokenType.StartObject, "an event");
        FieldNames seen = default;
        JsonCursor later = default;
        EventHeader header = new();
        bool hasHeader = false;
        bool hasFields = false;
        bool isLater = false;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "commonEventHeader":
                    hasHeader = true;
                    ReadHeader(ref json, header);
                    break;
                case "perf3gppFields":
                    hasFields = true;
                    isLater = !hasHeader;
                    later = json;
                    if (hasHeader)
                    {
                        ReadFields(ref json, collector, header);
                    }
                    else
                    {
                        json.Skip();
                    }
                    break;
                case "event" when mayBeWrapped && !hasFields:
                    hasFields = true;
                    ReadEvent(ref json, collector, mayBeWrapped: false);
                    break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (isLater)
        {
            later.ReenterField("perf3gppFields");
            ReadFields(ref later, collector, header);
            later.LeaveField();
        }
        if (!hasFields)
        {
            json.RefuseValue("of no known format: field 'perf3gppFields' is missing");
        }
    }

    private static void ReadHeader(ref JsonCursor json, EventHeader header)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "startEpochMicrosec": header.StartNs = MessageTime.ScaledOrLast(json.Measured(), 3); break;
                case "lastEpochMicrosec": header.EndNs = MessageTime.Scaled(json.Measured(), 3); break;
                case "sourceName": header.SourceName = Encoding.UTF8.GetString(ReadName(ref json)); break;
                default: json.Check(); break;   // what else a header has is not about measurements
            }
            json.LeaveField();
        }
    }

    private static void ReadFields(ref JsonCursor json, MeasurementCollector collector, EventHeader header)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        bool hasCollection = false;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "measDataCollection")
            {
                hasCollection = true;
                ReadCollection(ref json, collector, header);
            }
            else
            {
                json.Check();
            }
            json.LeaveField();
        }
        if (!hasCollection)
        {
            json.RefuseValue("of no known format: field 'measDataCollection' is missing");
        }
    }

    private static void ReadCollection(ref JsonCursor json, MeasurementCollector collector, EventHeader header)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        JsonCursor later = default;
        string? entity = null;
        string? userName = null;
        bool hasGranularity = false;
        bool isLater = false;
        ulong? granularityNs = null;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "granularityPeriod":
                    hasGranularity = true;
                    granularityNs = MessageTime.Scaled(json.Measured(), 9);
                    break;
                case "measuredEntityDn": entity = Encoding.UTF8.GetString(ReadName(ref json)); break;
                case "measuredEntityUserName": userName = Encoding.UTF8.GetString(ReadName(ref json)); break;
                case "measuredEntitySoftwareVersion": json.Check(); break;
                case "measInfoList":
                    isLater = !hasGranularity || string.IsNullOrEmpty(entity);
                    later = json;
                    if (!isLater)
                    {
                        collector.SetEntity(entity);
                        collector.Period = header.Period(granularityNs);
                        ReadGroups(ref json, collector);
                    }
                    else
                    {
                        json.Skip();
                    }
                    break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (isLater)
        {
            collector.SetEntity(!string.IsNullOrEmpty(entity) ? entity : string.IsNullOrEmpty(userName) ? header.SourceName : userName);
            collector.Period = header.Period(granularityNs);
            later.ReenterField("measInfoList");
            ReadGroups(ref later, collector);
            later.LeaveField();
        }
    }

    private static void ReadGroups(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartArray, "an array of groups of measurements");
        for (int i = 0; json.NextElement(i); i++)
        {
            ReadGroup(ref json, collector);
            json.LeaveElement();
        }
    }

    private static void ReadGroup(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        JsonCursor later = default;
        bool hasTypes = false;
        bool isLater = false;
        collector.ClearTypes();
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "measTypes":
                    hasTypes = true;
                    ReadTypes(ref json, collector);
                    break;
                case "measValuesList":
                    isLater = !hasTypes;
                    later = json;
                    if (hasTypes)
                    {
                        ReadMeasuredRows(ref json, collector);
                    }
                    else
                    {
                        json.Skip();
                    }
                    break;
                case "measInfoId" or "jobId": json.Check(); break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (isLater)
        {
            later.ReenterField("measValuesList");
            ReadMeasuredRows(ref later, collector);
            later.LeaveField();
        }
    }

    /// <summary>Names of what was measured, as texts or as numbers; p counts them from 1.</summary>
    private static void ReadTypes(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name is "sMeasTypesList" or "iMeasTypesList")
            {
                json.Expect(JsonTokenType.StartArray, "an array of names");
                for (int i = 0; json.NextElement(i); i++)
                {
                    collector.AddType(i + 1, ReadName(ref json));
                    json.LeaveElement();
                }
            }
            else
            {
                json.Ignore(collector.Ignored, Unknown);
            }
            json.LeaveField();
        }
    }

    private static void ReadMeasuredRows(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartArray, "an array of rows");
        for (int i = 0; json.NextElement(i); i++)
        {
            ReadMeasuredRow(ref json, collector);
            json.LeaveElement();
        }
    }

    private static void ReadMeasuredRow(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        ReadOnlySpan<byte> managedObject = [];
        bool isSuspect = false;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "measObjInstId": managedObject = ReadName(ref json); break;
                case "suspectFlag": isSuspect = ReadSuspect(ref json); break;
                case "measResults":
                    json.Expect(JsonTokenType.StartArray, "an array of results");
                    for (int i = 0; json.NextElement(i); i++)
                    {
                        ReadResult(ref json, collector);
                        json.LeaveElement();
                    }
                    break;
                case "measObjAddlFlds": json.Check(); break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        collector.EndRow(managedObject, isSuspect);
    }

    /// <summary>p and a value: a text, a whole or any other number, or that there is none.</summary>
    private static void ReadResult(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        ReadOnlySpan<byte> value = [];
        int type = -1;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "p": type = collector.TypeOf(json.Measured()); break;
                case "sValue" or "iValue" or "rValue": value = json.Measured(); break;
                case "isNull" or "noValue": json.Check(); break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        collector.Add(type, value);
    }

    /// <summary>What the header of an event says of its measurements.</summary>
    private sealed class EventHeader
    {
        public ulong? StartNs { get; set; }

        public ulong? EndNs { get; set; }

        public string? SourceName { get; set; }

        /// <summary>A start that is not given is one granularity period before the end.</summary>
        public MeasurementPeriod Period(ulong? granularityNs) =>
            new() { EndNs = EndNs, StartNs = StartNs ?? (EndNs is { } end ? end - Math.Min(end, granularityNs ?? 0) : null), GranularityNs = granularityNs };
    }
}
