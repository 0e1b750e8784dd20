using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Telemetry;

namespace RanCognition.Json;

// Measurement messages. A copy of the cursor marks a member that can only be read when others were, as members come in any order.
public static partial class JsonIn
{
    /// <summary>Reads a VES perf3gpp event, a list of them, an E2SM-KPM-like message or plain rows, whole or not at all. Which of them it is shows its structure.</summary>
    /// <param name="message">The message.</param>
    /// <param name="argument">Named in errors.</param>
    /// <param name="nowNs">The present: samples that end later are taken, and noted.</param>
    public static MeasurementBatch MeasurementMessage(ReadOnlySpan<byte> message, string argument, ulong nowNs = ulong.MaxValue)
    {
        MeasurementCollector collector = new(argument);
        JsonCursor json = new(message, argument);
        json.Next();
        if (json.Token == JsonTokenType.StartArray)
        {
            collector.Format = MeasurementFormat.VesPerf3gpp;
            int events = ReadEvents(ref json, collector);
            json.End();
            if (events == 0)
            {
                json.RefuseValue("of no known format: an array without events");
            }
        }
        else
        {
            ReadMessage(ref json, collector);
        }
        return collector.Finish(nowNs);
    }

    private static void ReadMessage(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        JsonCursor cells = default;
        bool hasTime = false;
        bool hasCells = false;
        while (json.NextField(ref seen, out string? name))
        {
            bool isFirst = collector.Format is null;
            switch (name)
            {
                case "event" when isFirst:
                    collector.Format = MeasurementFormat.VesPerf3gpp;
                    ReadEvent(ref json, collector, mayBeWrapped: false);
                    break;
                case "eventList" when isFirst:
                    collector.Format = MeasurementFormat.VesPerf3gpp;
                    ReadEvents(ref json, collector);
                    break;
                case "rows" when isFirst:
                    collector.Format = MeasurementFormat.Rows;
                    ReadRows(ref json, collector);
                    break;
                case "cells" when isFirst:
                    collector.Format = MeasurementFormat.E2smKpm;
                    cells = json;
                    hasCells = !hasTime;
                    if (hasTime)
                    {
                        ReadCells(ref json, collector);
                    }
                    else
                    {
                        json.Skip();
                    }
                    break;
                case "timestamp":
                    hasTime = true;
                    ulong? endNs = ReadTimestamp(ref json);
                    if (collector.Format is null or MeasurementFormat.E2smKpm)
                    {
                        collector.Period = new MeasurementPeriod { EndNs = endNs };
                    }
                    break;
                case "network_id": collector.OfferEntity(json.String()); break;
                case "event" or "eventList" or "rows" or "cells": json.Ignore(collector.Ignored, "the message is of another format"); break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        if (hasCells)
        {
            cells.ReenterField("cells");
            ReadCells(ref cells, collector);
            cells.LeaveField();
        }
        if (collector.Format is null)
        {
            json.RefuseValue("of no known format: a field 'event', 'eventList', 'cells' or 'rows' is needed");
        }
    }

    /// <summary>Seconds since 1970, or a date.</summary>
    private static ulong? ReadTimestamp(ref JsonCursor json)
    {
        ReadOnlySpan<byte> text = json.Measured();
        return MessageTime.Scaled(text, 9) ?? MessageTime.Moment(text);
    }

    private static void ReadRows(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartArray, "an array of rows");
        for (int i = 0; json.NextElement(i); i++)
        {
            ReadRow(ref json, collector);
            json.LeaveElement();
        }
    }

    private static void ReadRow(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        ReadOnlySpan<byte> managedObject = [];
        ReadOnlySpan<byte> value = [];
        int metric = -1;
        ulong? timeNs = null;
        bool isSuspect = false;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "time_ns": timeNs = MessageTime.Scaled(json.Measured(), 0); break;
                case "object": managedObject = ReadName(ref json); break;
                case "metric":
                    ReadOnlySpan<byte> text = ReadName(ref json);
                    metric = text.IsEmpty ? -1 : collector.Name(text);
                    break;
                case "value": value = json.Measured(); break;
                case "suspectFlag": isSuspect = ReadSuspect(ref json); break;
                default: json.Ignore(collector.Ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (collector.Period.EndNs != timeNs)
        {
            collector.Period = new MeasurementPeriod { EndNs = timeNs };
        }
        collector.Add(metric, value);
        collector.EndRow(managedObject, isSuspect);
    }

    /// <summary>A name: a string or a number as written; empty for null.</summary>
    private static ReadOnlySpan<byte> ReadName(scoped ref JsonCursor json)
    {
        if (json.Token is not (JsonTokenType.Number or JsonTokenType.Null))
        {
            json.Expect(JsonTokenType.String, "a string or a number");
        }
        return json.Measured();
    }

    /// <summary>True or "true".</summary>
    private static bool ReadSuspect(ref JsonCursor json)
    {
        if (json.Token == JsonTokenType.True)
        {
            return true;
        }
        bool isText = json.Token == JsonTokenType.String;
        return json.Measured().SequenceEqual("true"u8) && isText;
    }
}
