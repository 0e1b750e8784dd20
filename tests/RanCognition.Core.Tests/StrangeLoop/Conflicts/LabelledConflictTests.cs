using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.StrangeLoop;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>Messages of control functions with the conflicts that an independent generator put into them (tests/data/strange-loop/make_conflicts.py).</summary>
public sealed class LabelledConflictTests
{
    [Fact]
    public void Every_planted_conflict_is_found_and_nothing_else()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(TestPaths.Data("strange-loop/conflicts.json")));
        string groups = file.RootElement.GetProperty("groups").GetRawText();
        var wrong = new StringBuilder();
        int labels = 0;
        foreach (JsonElement labelled in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            string expected = Written(labelled.GetProperty("conflicts"));
            labels += labelled.GetProperty("conflicts").GetArrayLength();
            string found = Found(RequestOf(labelled, groups));
            if (found != expected)
            {
                wrong.AppendLine(labelled.GetProperty("name").GetString()).AppendLine("expected:").Append(expected).AppendLine("found:").AppendLine(found);
            }
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
        Assert.InRange(labels, 80, 1000);
    }

    private static byte[] RequestOf(JsonElement labelled, string groups)
    {
        string kpis = labelled.TryGetProperty("kpis", out JsonElement samples) ? $",\"kpis\":{samples.GetRawText()}" : "";
        return Encoding.UTF8.GetBytes($"{{\"groups\":{groups},\"commands\":{labelled.GetProperty("commands").GetRawText()}{kpis}}}");
    }

    private static string Found(byte[] request)
    {
        ConflictReport report = new StrangeLoopCore(new StrangeLoopOptions(), new FixedHost()).DetectConflicts(JsonIn.ConflictRequest(request, "request"));
        Assert.Empty(report.Ignored);
        var text = new StringBuilder();
        foreach (ControlConflict conflict in report.Conflicts)
        {
            string kind = conflict.Kind.ToString().ToLowerInvariant();
            AppendEntry(text, kind, string.Join('+', conflict.Sources), conflict.GroupName, conflict.TargetCell, $"{conflict.FirstCommand},{conflict.SecondCommand}");
            Assert.NotNull(conflict.Advice.Precedence);
            Assert.Equal(conflict.Sources.Order(StringComparer.Ordinal), conflict.Advice.Precedence.Order(StringComparer.Ordinal));
        }
        return text.ToString();
    }

    private static string Written(JsonElement conflicts)
    {
        var text = new StringBuilder();
        foreach (JsonElement conflict in conflicts.EnumerateArray())
        {
            string sources = string.Join('+', conflict.GetProperty("sources").EnumerateArray().Select(source => source.GetString()));
            string commands = string.Join(',', conflict.GetProperty("commands").EnumerateArray().Select(place => place.GetInt32()));
            string? group = conflict.TryGetProperty("groupName", out JsonElement name) ? name.GetString() : null;
            AppendEntry(text, conflict.GetProperty("conflictType").GetString()!, sources, group, conflict.GetProperty("targetCell").GetString()!, commands);
        }
        return text.ToString();
    }

    private static void AppendEntry(StringBuilder text, string kind, string sources, string? group, string cell, string commands) =>
        text.Append(kind).Append(' ').Append(commands).Append(' ').Append(sources).Append(" in ").Append(cell).Append(' ').AppendLine(group ?? "-");
}
