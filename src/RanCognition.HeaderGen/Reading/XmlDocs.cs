using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RanCognition.HeaderGen.Reading;

/// <summary>The compiler's documentation file, by member; texts come out as one line of plain words.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    public XmlDocs(XDocument document)
    {
        foreach (XElement member in document.Root?.Element("members")?.Elements("member") ?? [])
        {
            string id = (string?)member.Attribute("name") ?? "";
            int arguments = id.IndexOf('(', StringComparison.Ordinal);
            // Exports and their types have no overloads, so the arguments are not needed to tell members apart.
            _members[arguments < 0 ? id : id[..arguments]] = member;
        }
    }

    public static XmlDocs Load(string path) => File.Exists(path)
        ? new XmlDocs(XDocument.Load(path))
        : throw new GenerationException($"{path} is missing: build the library with GenerateDocumentationFile");

    public string Summary(Type type) => Text(Find("T:" + Id(type))?.Element("summary"));

    public string Remarks(Type type) => Text(Find("T:" + Id(type))?.Element("remarks"));

    public string Summary(FieldInfo field) => Text(Find("F:" + Id(field.DeclaringType!) + "." + field.Name)?.Element("summary"));

    public string Summary(MethodInfo method) => Text(Find(Id(method))?.Element("summary"));

    public string Remarks(MethodInfo method) => Text(Find(Id(method))?.Element("remarks"));

    public string Returns(MethodInfo method) => Text(Find(Id(method))?.Element("returns"));

    public string Parameter(MethodInfo method, string name) =>
        Text(Find(Id(method))?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == name));

    private XElement? Find(string id) => _members.GetValueOrDefault(id);

    private static string Id(MethodInfo method) => $"M:{Id(method.DeclaringType!)}.{method.Name}";

    private static string Id(Type type) => type.FullName!.Replace('+', '.');

    private static string Text(XElement? element)
    {
        if (element is null)
        {
            return "";
        }
        StringBuilder text = new();
        foreach (XNode node in element.DescendantNodes())
        {
            if (node is XText plain)
            {
                text.Append(plain.Value);
            }
            else if (node is XElement { Name.LocalName: "see" } see)
            {
                string target = (string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? "";
                text.Append(target[(target.LastIndexOf('.') + 1)..]);
            }
            else if (node is XElement { Name.LocalName: "paramref" } reference)
            {
                text.Append(Names.Parameter((string?)reference.Attribute("name") ?? ""));
            }
        }
        string line = Blanks().Replace(text.ToString(), " ").Trim();
        if (line.Contains("*/", StringComparison.Ordinal) || line.Contains("/*", StringComparison.Ordinal))
        {
            throw new GenerationException($"a comment of the header cannot hold: {line}");
        }
        return line;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
