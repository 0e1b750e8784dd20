using System.Data.Common;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Memory.Sharing;

/// <summary>Connection strings as libpq has them, an address or words, made entries Keyword=value.</summary>
/// <remarks>Form: https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING. No message repeats a value.</remarks>
internal static class LibpqText
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host",
        ["hostaddr"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["sslmode"] = "SSL Mode",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["options"] = "Options",
        ["client_encoding"] = "Client Encoding",
    };

    public static bool IsAddress(string text) => text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Words as libpq has them: several entries that nothing but blanks separate.</summary>
    public static bool IsWords(string text) => !text.Contains(';', StringComparison.Ordinal) && text.AsSpan().Count('=') > 1;

    /// <summary>postgresql://user:password@host:port/database?keyword=value</summary>
    public static DbConnectionStringBuilder OfAddress(string text, string argument)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address))
        {
            InvalidInputException.Throw(argument, "the address is not one: postgresql://user:password@host:port/database");
        }
        DbConnectionStringBuilder entries = [];
        Put(entries, "Host", address.Host.Trim('[', ']'));
        Put(entries, "Port", address.Port > 0 ? address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) : "");
        Put(entries, "Database", Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')));
        string[] user = address.UserInfo.Split(':', 2);
        Put(entries, "Username", Uri.UnescapeDataString(user[0]));
        Put(entries, "Password", user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
        foreach (string pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            Put(entries, KeywordOf(Uri.UnescapeDataString(parts[0]), argument), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }
        return entries;
    }

    /// <summary>host=.. dbname=.. password='with \' and blanks'</summary>
    public static DbConnectionStringBuilder OfWords(string text, string argument)
    {
        DbConnectionStringBuilder entries = [];
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            if (at == text.Length)
            {
                return entries;
            }
            int equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                InvalidInputException.Throw(argument, "the connection string has a word without '='");
            }
            string keyword = KeywordOf(text[at..equals].Trim(), argument);
            at = equals + 1;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            Put(entries, keyword, ReadValue(text, ref at, argument));
        }
    }

    private static string ReadValue(string text, ref int at, string argument)
    {
        StringBuilder value = new();
        bool isQuoted = at < text.Length && text[at] == '\'';
        at += isQuoted ? 1 : 0;
        while (at < text.Length && (isQuoted ? text[at] != '\'' : !char.IsWhiteSpace(text[at])))
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            value.Append(text[at++]);
        }
        if (isQuoted && at++ >= text.Length)
        {
            InvalidInputException.Throw(argument, "a quote in the connection string is not closed");
        }
        return value.ToString();
    }

    private static string KeywordOf(string word, string argument)
    {
        if (!Keywords.TryGetValue(word, out string? keyword))
        {
            InvalidInputException.Throw(argument, $"the connection string has a keyword that is not known; known are {string.Join(", ", Keywords.Keys)}");
        }
        return keyword;
    }

    private static void Put(DbConnectionStringBuilder entries, string keyword, string value)
    {
        if (value.Length > 0)
        {
            entries[keyword] = value;
        }
    }
}
