using System.Text.RegularExpressions;
using RanCognition.HeaderGen;
using RanCognition.HeaderGen.Model;
using RanCognition.HeaderGen.Reading;
using RanCognition.HeaderGen.Writing;

namespace RanCognition.Tests.HeaderGen;

/// <summary>The examples of the header, as its reader sees them. tests/docs compiles and runs them.</summary>
public class HeaderExamplesTests
{
    private static readonly ApiModel Model = ApiReader.ReadLibrary();
    private static readonly string Header = GeneratedFiles.All(Model)["include/rancognition.h"];
    private static readonly string[] Shown = [.. Regex.Matches(Header, @"^ \* ```c\n(.*?)^ \* ```\n", RegexOptions.Singleline | RegexOptions.Multiline)
        .Select(match => Regex.Replace(match.Groups[1].Value, @"^ \* ?", "", RegexOptions.Multiline))];

    [Fact]
    public void Every_export_is_called_in_an_example()
    {
        string calls = Regex.Replace(string.Concat(Shown), "//.*|\"(?:[^\"\\\\\n]|\\\\.)*\"", "");
        Assert.Equal([], Model.Functions.Select(function => function.Name).Where(name => !Regex.IsMatch(calls, $@"\b{name}\s*\(")));
    }

    [Fact]
    public void Every_chapter_has_an_example_that_calls_all_of_its_functions()
    {
        foreach (ApiChapter chapter in Model.Chapters)
        {
            string example = ExampleText.Read(ExampleText.NameOf(chapter.Title));
            Assert.Equal([], chapter.Functions.Select(function => function.Name).Where(name => !Regex.IsMatch(example, $@"\b{name}\s*\(")));
        }
    }

    [Fact]
    public void Every_example_is_shown_as_it_is_and_once()
    {
        Assert.NotEmpty(ExampleText.Names);
        Assert.Equal(
            ExampleText.Names.Select(name => ExampleText.Read(name) + "\n").Order(StringComparer.Ordinal),
            Shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Examples_are_short_handle_errors_and_fit_the_header()
    {
        foreach (string name in ExampleText.Names)
        {
            string[] lines = ExampleText.Read(name).Split('\n');
            Assert.InRange(lines.Length, 15, 65);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 97));
            Assert.Matches("rancog_last_status|rancog_last_error_message|abi_version", string.Join('\n', lines));
        }
    }

    [Fact]
    public void The_example_that_other_tests_link_is_the_first_of_the_header()
    {
        string compiled = GeneratedFiles.All(Model)["native-tests/abi/example_from_header.c"];
        Assert.Equal(Shown[0], compiled[(compiled.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>A renamed function must not live on in a text.</summary>
    [Fact]
    public void Every_name_in_a_comment_of_the_header_is_declared_in_it()
    {
        HashSet<string> declared = [.. Regex.Matches(Regex.Replace(Header, @"/\*.*?\*/", "", RegexOptions.Singleline), @"\b(?:rancog|RANCOG)_\w+").Select(match => match.Value)];
        // What a plug-in exports, the beginnings of the codes' and the flags' names, and a pattern of names.
        HashSet<string> others = ["rancog_plugin_init", "rancog_plugin_cleanup", "RANCOG_E_", "RANCOG_FILTER_", "rancog_i_f"];
        IEnumerable<string> named = Regex.Matches(Header, @"\b(?:rancog|RANCOG)_\w+").Select(match => match.Value).Distinct();
        Assert.Equal([], named.Where(name => !declared.Contains(name) && !others.Contains(name)));
    }

    /// <summary>Doxygen's groups: each chapter is opened and closed, and none in another.</summary>
    [Fact]
    public void Every_chapter_is_a_group()
    {
        string[] marks = [.. Regex.Matches(Header, @"@defgroup \w+|@\{|@\}").Select(match => match.Value)];
        Assert.Equal(3 * (Model.Chapters.Count + 2), marks.Length);   // and the status codes and types
        for (int i = 0; i < marks.Length; i += 3)
        {
            Assert.StartsWith("@defgroup ", marks[i], StringComparison.Ordinal);
            Assert.Equal(["@{", "@}"], marks[(i + 1)..(i + 3)]);
        }
    }
}
