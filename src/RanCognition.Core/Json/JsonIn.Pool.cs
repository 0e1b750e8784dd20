using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>Empty text gives the defaults.</summary>
    public static MemoryPoolOptions MemoryPoolOptions(ReadOnlySpan<byte> text, string argument)
    {
        MemoryPoolOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "budget_bytes":
                    options = options with { BudgetBytes = json.WholeWithin(Contracts.MemoryPoolOptions.BudgetBytesMin, Contracts.MemoryPoolOptions.BudgetBytesMax) };
                    break;
                case "retain_bytes": options = options with { RetainBytes = json.WholeWithin(0, Contracts.MemoryPoolOptions.BudgetBytesMax) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        return options with { Ignored = ignored };
    }
}
