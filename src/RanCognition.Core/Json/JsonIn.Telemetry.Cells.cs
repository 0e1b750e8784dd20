using System.Text;
using System.Text.Json;
using RanCognition.Telemetry;

namespace RanCognition.Json;

// Cells with their metrics and those of their users, as applications of a near-real-time controller pass E2SM-KPM indications on.
public static partial class JsonIn
{
    private static void ReadCells(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartArray, "an array of cells");
        for (int i = 0; json.NextElement(i); i++)
        {
            ReadCell(ref json, collector);
            json.LeaveElement();
        }
    }

    private static void ReadCell(ref JsonCursor json, MeasurementCollector collector)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        JsonCursor later = default;
        string? cell = null;
        bool isLater = false;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "cell_metrics": cell = ReadNamedMetrics(ref json, collector, "pci", "NRCellDU="); break;
                case "ue_list":
                    isLater = cell is null;
                    later = json;
                    if (cell is not null)
                    {
                        ReadUsers(ref json, collector, cell);
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
            if (cell is null)
            {
                json.RefuseValue("field 'cell_metrics' with the cell's 'pci' is missing");
            }
            later.ReenterField("ue_list");
            ReadUsers(ref later, collector, cell);
            later.LeaveField();
        }
    }

    private static void ReadUsers(ref JsonCursor json, MeasurementCollector collector, string cell)
    {
        json.Expect(JsonTokenType.StartArray, "an array of users");
        for (int i = 0; json.NextElement(i); i++)
        {
            ReadNamedMetrics(ref json, collector, "ue", cell + ",UE=");
            json.LeaveElement();
        }
    }

    /// <summary>An object of numbers, one of which names whose they are. Returns its name as a managed object.</summary>
    private static string ReadNamedMetrics(ref JsonCursor json, MeasurementCollector collector, string label, string prefix)
    {
        json.Expect(JsonTokenType.StartObject, "an object of numbers");
        FieldNames seen = default;
        string? managedObject = null;
        string? substitute = null;   // a user may have only this
        while (json.NextField(ref seen, out string? name))
        {
            if (name is "pci" or "ue" or "rnti")
            {
                string text = Encoding.UTF8.GetString(ReadName(ref json));
                managedObject = name == label ? prefix + text : managedObject;
                substitute = name == "rnti" && label == "ue" ? prefix + text : substitute;
            }
            else
            {
                bool isNumber = json.Token == JsonTokenType.Number;
                ReadOnlySpan<byte> value = json.Measured();
                collector.Add(collector.Name(Encoding.UTF8.GetBytes(name)), isNumber ? value : "?"u8);
            }
            json.LeaveField();
        }
        managedObject ??= substitute;
        if (managedObject is null)
        {
            json.RefuseValue($"field '{label}' is missing: it names whose metrics these are");
        }
        collector.EndRow(Encoding.UTF8.GetBytes(managedObject), isSuspect: false);
        return managedObject;
    }
}
