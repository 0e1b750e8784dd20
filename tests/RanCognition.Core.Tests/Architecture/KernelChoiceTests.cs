using System.Text.RegularExpressions;

namespace RanCognition.Tests.Architecture;

/// <summary>Which kernels compute is for the settings of a core to say: who picks them himself gets past the switch.</summary>
public partial class KernelChoiceTests
{
    /// <summary>Outside Performance: the kernels that are exported as they are and belong to no core, and the settings of a core that is given none.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["SimdOps.Vector"] = ["RanCognition.Native/Exports/SimdExports.cs"],
        ["SimdOps.Scalar"] = [],
        ["CoreSettings.Default"] = ["RanCognition.Core/Cognition/CognitiveCore.cs", "RanCognition.Core/Temporal/TemporalReasoningCore.cs"],
    };

    [Fact]
    public void Nobody_but_the_settings_chooses_between_vector_and_scalar_kernels()
    {
        string sources = TestPaths.InRepository("src");
        SortedSet<string> found = [], allowed = [.. Allowed.SelectMany(rule => rule.Value.Select(file => $"{file}: {rule.Key}"))];
        foreach (string path in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            string file = Path.GetRelativePath(sources, path).Replace('\\', '/');
            if (file.StartsWith("RanCognition.Core/Performance/", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal))
            {
                continue;
            }
            string code = Comment().Replace(File.ReadAllText(path), "");
            // An alias or a static import would hide the name.
            Assert.False(Hidden().IsMatch(code), $"{file} names the kernels in a using");
            found.UnionWith(Choice().Matches(code).Select(match => $"{file}: {match.Groups[1].Value}.{match.Groups[2].Value}"));
        }
        Assert.Equal(allowed, found);   // a rule that nobody needs is a fault too
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(SimdOps|CoreSettings)\s*\.\s*(Vector|Scalar|Default)\b")]
    private static partial Regex Choice();

    [GeneratedRegex(@"\busing\s[^;{]*\b(SimdOps|CoreSettings)\s*;")]
    private static partial Regex Hidden();
}
