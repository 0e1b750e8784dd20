using System.Text.Json;

namespace RanCognition.Tests.Anomalies;

/// <summary>Reads tests/golden/anomaly.json and changepoint.json.</summary>
internal static class GoldenCases
{
    public static IEnumerable<JsonElement> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestPaths.Golden(file)));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.Clone())];
    }

    public static double[] Values(JsonElement golden)
        => golden.TryGetProperty("values", out var values)
            ? Numbers(values)
            : GoldenSeries.Make(
                golden.GetProperty("kind").GetString()!,
                golden.GetProperty("n").GetInt32(),
                golden.GetProperty("day").GetInt32(),
                golden.GetProperty("seed").GetUInt64());

    public static double[] Numbers(JsonElement array)
        => [.. array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];

    public static int[] Indices(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetInt32())];

    public static string Name(JsonElement golden) => golden.GetProperty("name").GetString()!;
}
