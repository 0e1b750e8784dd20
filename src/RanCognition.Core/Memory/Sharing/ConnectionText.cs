using System.Data.Common;
using Npgsql;
using RanCognition.Contracts;

namespace RanCognition.Memory.Sharing;

/// <summary>Reads the connection string. No message repeats any of its values: a password that lacks its quotes falls apart into what looks like keywords.</summary>
internal static class ConnectionText
{
    private const string Argument = "postgres";
    private const int ConnectTimeoutSeconds = 5;
    private const int CommandTimeoutSeconds = 15;

    /// <summary>Settings of the connection string, with what the exchange needs where it does not say otherwise.</summary>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        NpgsqlConnectionStringBuilder settings = Parse(text);
        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            InvalidInputException.Throw(Argument, "the connection string names no Host");
        }
        if (settings.Host.Contains(',', StringComparison.Ordinal))
        {
            InvalidInputException.Throw(Argument, "the connection string names several hosts; one database is shared");
        }
        if (settings.SslMode is SslMode.Require or SslMode.VerifyCA or SslMode.VerifyFull)
        {
            InvalidInputException.Throw(Argument, "the connection string asks for TLS, which this library does not have; reach the database by a Unix socket, a private network or a tunnel");
        }
        settings.SslMode = SslMode.Disable;
        // The exchange holds its one connection itself: a pool would bring timers and threads.
        settings.Pooling = false;
        settings.Multiplexing = false;
        settings.Enlist = false;
        settings.KeepAlive = 0;
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false;
        // A statement that takes too long ends with its connection, without a second connection to cancel it.
        settings.CancellationTimeout = -1;
        if (settings.Timeout == 0 || settings.CommandTimeout == 0)
        {
            InvalidInputException.Throw(Argument, "Timeout and Command Timeout must not be 0 (for ever)");
        }
        settings.ApplicationName ??= "RanCognition";
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        DbConnectionStringBuilder entries = LibpqText.IsAddress(text) ? LibpqText.OfAddress(text, Argument) : LibpqText.IsWords(text) ? LibpqText.OfWords(text, Argument) : OfEntries(text);
        var settings = new NpgsqlConnectionStringBuilder { Timeout = ConnectTimeoutSeconds, CommandTimeout = CommandTimeoutSeconds };
        foreach (string keyword in entries.Keys)
        {
            if (!IsKnown(keyword))
            {
                InvalidInputException.Throw(Argument, "the connection string has a keyword that is not known (a value with ';' must be quoted)");
            }
            try
            {
                settings[keyword] = entries[keyword];
            }
            catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
            {
                InvalidInputException.Throw(Argument, $"the value of {keyword} in the connection string is not possible");
            }
        }
        return settings;
    }

    private static DbConnectionStringBuilder OfEntries(string text)
    {
        var entries = new DbConnectionStringBuilder();
        try
        {
            entries.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            InvalidInputException.Throw(Argument, "not a connection string: entries are Keyword=value, separated by ';', and a value with ';' or a quote is quoted");
        }
        return entries;
    }

    private static bool IsKnown(string keyword)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder().TryGetValue(keyword, out _);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
