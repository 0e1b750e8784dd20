using System.Text.Json;

namespace RanCognition.Reporting;

internal static class LoopStateSections
{
    public static readonly string[] Known = [];

    public static void Write(Page page, JsonElement result)
    {
    }
}
