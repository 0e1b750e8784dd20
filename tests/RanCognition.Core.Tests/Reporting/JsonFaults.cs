using System.Text.Json.Nodes;

namespace RanCognition.Tests.Reporting;

/// <summary>A JSON text with one value missing or of another kind, for each of its values.</summary>
internal static class JsonFaults
{
    private static readonly string[] Wrong = ["null", "true", "\"text\"", "[]", "{}", "[null,1,{}]", "-1.5", "1e308", "-1e308", "18446744073709551615"];

    public static IEnumerable<string> Of(string json)
    {
        var places = Places(JsonNode.Parse(json)!).Count;
        for (var place = 0; place < places; place++)
        {
            foreach (var replacement in new[] { null, Wrong[place % Wrong.Length] })
            {
                var root = JsonNode.Parse(json)!;
                Change(Places(root)[place], replacement);
                yield return root.ToJsonString();
            }
        }
    }

    /// <summary>All values below the root, objects and arrays among them.</summary>
    private static List<(JsonNode Holder, string Name, int Index)> Places(JsonNode node)
    {
        var found = new List<(JsonNode, string, int)>();
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                found.Add((node, name, 0));
                found.AddRange(value is null ? [] : Places(value));
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                found.Add((node, "", i));
                found.AddRange(items[i] is { } item ? Places(item) : []);
            }
        }
        return found;
    }

    private static void Change((JsonNode Holder, string Name, int Index) place, string? json)
    {
        if (place.Holder is JsonObject members)
        {
            members.Remove(place.Name);
            if (json is not null)
            {
                members[place.Name] = JsonNode.Parse(json);
            }
        }
        else if (json is not null)
        {
            ((JsonArray)place.Holder)[place.Index] = JsonNode.Parse(json);
        }
        else
        {
            ((JsonArray)place.Holder).RemoveAt(place.Index);
        }
    }
}
