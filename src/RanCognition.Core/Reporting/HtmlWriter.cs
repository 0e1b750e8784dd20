using System.Runtime.CompilerServices;
using System.Text;

namespace RanCognition.Reporting;

/// <summary>Builds HTML that is also well-formed XML: every text is escaped, every element is closed.</summary>
/// <remarks>What sections call most is never inlined: they are hundreds of calls, and most of their machine code was the copies.</remarks>
internal sealed class HtmlWriter
{
    /// <summary>Longest text shown in one place; hostile or binary-like strings are cut here.</summary>
    public const int TextMax = 4000;

    private readonly StringBuilder _out = new(64 * 1024);
    private readonly Stack<string> _open = new();

    /// <summary>Characters of markup; sections that could grow without bound stop when it is above it.</summary>
    public const int BodyMax = 3_000_000;

    /// <summary>Where sections stop now; a page of many problems moves it.</summary>
    public int LengthMax { get; set; } = BodyMax;

    public int Length => _out.Length;

    public bool IsFull => _out.Length > LengthMax;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public HtmlWriter Open(string tag, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Tag(tag, cssClass, attributes);
        _out.Append('>');
        _open.Push(tag);
        return this;
    }

    public HtmlWriter Close()
    {
        _out.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Closes one element and starts a new line, so that the page's source can be read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public HtmlWriter CloseLine()
    {
        Close();
        _out.Append('\n');
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public HtmlWriter Void(string tag, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Tag(tag, cssClass, attributes);
        _out.Append("/>\n");
        return this;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public HtmlWriter Element(string tag, string text, string? cssClass = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(tag, cssClass, attributes);
        Text(text);
        return Close();
    }

    public HtmlWriter Text(string text)
    {
        Escape(_out, text);
        return this;
    }

    /// <summary>A name such as NRCellDU=1/RRU.PrbTotDl, which may break after its own separators.</summary>
    public HtmlWriter BreakableText(string name)
    {
        if (name.Length > 200)
        {
            return Text(name);
        }
        var from = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] is '/' or '.' or '_' && i + 1 < name.Length)
            {
                Escape(_out, name[from..(i + 1)]);
                _out.Append("<wbr/>");
                from = i + 1;
            }
        }
        return Text(name[from..]);
    }

    /// <summary>Appends markup as it is: only for text that this assembly made itself (assets, chart numbers).</summary>
    public HtmlWriter Raw(ReadOnlySpan<char> markup)
    {
        _out.Append(markup);
        return this;
    }

    /// <summary>The open elements: a section that gives up half-way closes back to here.</summary>
    public int Depth => _open.Count;

    /// <summary>Puts a list of links at a place written before, which only then is known.</summary>
    public void InsertLinks(int at, string label, List<(string Id, string Title)> links)
    {
        var text = new StringBuilder("<nav class=\"sections\" aria-label=\"").Append(label).Append("\"><ul>");
        foreach (var (id, title) in links)
        {
            text.Append("<li><a href=\"#").Append(id).Append("\">");
            Escape(text, title);
            text.Append("</a></li>");
        }
        _out.Insert(at, text.Append("</ul></nav>\n").ToString());
    }

    public byte[] ToUtf8()
    {
        while (_open.Count > 0)
        {
            Close();
        }
        return Encoding.UTF8.GetBytes(_out.ToString());
    }

    private void Tag(string tag, string? cssClass, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _out.Append('<').Append(tag);
        if (cssClass is not null)
        {
            _out.Append(" class=\"").Append(cssClass).Append('"');
        }
        foreach (var (name, value) in attributes)
        {
            _out.Append(' ').Append(name).Append("=\"");
            Escape(_out, value);
            _out.Append('"');
        }
    }

    private static void Escape(StringBuilder output, string text)
    {
        var length = Math.Min(text.Length, TextMax);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }
        for (var i = 0; i < length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '&': output.Append("&amp;"); break;
                case '<': output.Append("&lt;"); break;
                case '>': output.Append("&gt;"); break;
                case '"': output.Append("&quot;"); break;
                case '\'': output.Append("&#39;"); break;
                case '\n' or '\t': output.Append(c); break;
                default:
                    if (char.IsSurrogate(c))
                    {
                        if (char.IsHighSurrogate(c) && i + 1 < length && char.IsLowSurrogate(text[i + 1]))
                        {
                            output.Append(c).Append(text[++i]);
                        }
                        else
                        {
                            output.Append('\uFFFD');
                        }
                    }
                    else
                    {
                        output.Append(IsUnsafe(c) ? '\uFFFD' : c);
                    }
                    break;
            }
        }
        if (length < text.Length)
        {
            output.Append('…');
        }
    }

    // Controls are not XML; direction overrides could make a text read as something else than it is.
    private static bool IsUnsafe(char c) =>
        c < ' ' || c is >= '\u007F' and <= '\u009F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFFFE' or '\uFFFF';
}
