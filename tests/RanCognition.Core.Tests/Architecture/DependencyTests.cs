using System.Text.RegularExpressions;

namespace RanCognition.Tests.Architecture;

/// <summary>Dependencies run one way: a folder of the core may use only the folders named here, and the ground floor.</summary>
public partial class DependencyTests
{
    private static readonly string[] GroundFloor = ["Contracts", "Performance"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Performance"] = ["Contracts"],
        ["Numerics"] = ["Performance"],
        ["Telemetry"] = GroundFloor,
        ["Json"] = ["Contracts", "Telemetry"],   // measurement messages in JSON go where those in XML go
        ["Reporting"] = ["Contracts"],
        ["Temporal"] = ["Numerics", .. GroundFloor],
        ["Scheduling"] = GroundFloor,
        ["Memory"] = ["Numerics", .. GroundFloor],
        ["RadioNetwork"] = ["Numerics", .. GroundFloor],
        ["Optimization"] = ["RadioNetwork", "Numerics", .. GroundFloor],
        ["StrangeLoop"] = ["RadioNetwork", "Numerics", .. GroundFloor],
        ["Cognition"] = ["Temporal", "Memory", "Optimization", "RadioNetwork", "StrangeLoop", "Telemetry", "Numerics", .. GroundFloor],
        ["Modules"] = ["Temporal", "Scheduling", "Memory", "Optimization", "StrangeLoop", "RadioNetwork", "Cognition", "Telemetry", "Json", .. GroundFloor],
    };

    [Fact]
    public void Every_folder_uses_only_what_lies_below_it()
    {
        string core = TestPaths.InRepository("src", "RanCognition.Core");
        List<string> faults = [];
        int files = 0;
        foreach (string folder in Directory.GetDirectories(core).Select(path => Path.GetFileName(path)!).Where(name => name is not ("obj" or "bin")))
        {
            Assert.True(Allowed.ContainsKey(folder), $"The folder {folder} has no rule here.");
            foreach (string file in Directory.EnumerateFiles(Path.Combine(core, folder), "*.cs", SearchOption.AllDirectories))
            {
                files++;
                faults.AddRange(UsesOf(File.ReadAllText(file))
                    .Where(used => used != folder && !Allowed[folder].Contains(used))
                    .Select(used => $"{folder}/{Path.GetFileName(file)} uses {used}"));
            }
        }
        Assert.Empty(faults);
        Assert.True(files > 50, "The sources were not found.");
    }

    [Fact]
    public void The_core_declares_no_export_and_writes_json_only_in_its_folder()
    {
        foreach (string file in Directory.EnumerateFiles(TestPaths.InRepository("src", "RanCognition.Core"), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotContain("UnmanagedCallersOnly", text);
            bool readsJson = text.Contains("System.Text.Json", StringComparison.Ordinal);
            // The report reads any JSON result, so it takes the parsed document.
            Assert.False(readsJson && !file.Contains("/Json/", StringComparison.Ordinal) && !file.Contains("/Reporting/", StringComparison.Ordinal), file);
        }
    }

    private static IEnumerable<string> UsesOf(string source)
    {
        string code = Comment().Replace(source, "");
        return Use().Matches(code).Select(match => match.Groups[1].Value).Where(name => Allowed.ContainsKey(name)).Distinct();
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bRanCognition\.([A-Z][A-Za-z]+)")]
    private static partial Regex Use();
}
