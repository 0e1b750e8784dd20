using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;
using RanCognition.Contracts;

namespace RanCognition.Memory.Sharing;

/// <summary>The statements of the exchange, over one connection that is opened when it is needed.</summary>
/// <remarks>
/// One thread at a time. Each request is one transaction and may be sent again: what was committed without being acknowledged is found to be there. So a connection that turns out to be
/// dead when it is used again (the server was started anew) is replaced without a word.
/// </remarks>
internal sealed partial class SharedDatabase : IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly string _password;
    private NpgsqlConnection? _connection;

    /// <exception cref="InvalidInputException">The connection string is not one.</exception>
    public SharedDatabase(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = ConnectionText.Read(connectionString);
        _password = settings.Password ?? "";
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        // The types used are built in: nothing is asked of the catalogue when a connection is opened.
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        builder.EnableArrays();
        try
        {
            _source = builder.Build();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new InvalidInputException("postgres", "the connection string asks for what cannot be had together");
        }
    }

    public bool IsOpen => _connection is not null;

    public void Close()
    {
        NpgsqlConnection? connection = _connection;
        _connection = null;
        try
        {
            connection?.Dispose();
        }
        catch (Exception error) when (IsFault(error))
        {
            // It was broken: that is why it goes.
        }
    }

    public void Dispose()
    {
        Close();
        _source.Dispose();
    }

    private T Ask<T>(Func<NpgsqlConnection, T> request, bool mayOpenAgain = true)
    {
        bool isUsedAgain = IsOpen && mayOpenAgain;
        try
        {
            try
            {
                return request(Connection());
            }
            catch (Exception error) when (isUsedAgain && IsFault(error) && !IsRefusal(error))
            {
                Close();
                return request(Connection());
            }
        }
        catch (Exception error) when (error is SharedDatabaseException || IsFault(error))
        {
            Close();   // also ends a transaction that is half done
            if (error is SharedDatabaseException)
            {
                throw;
            }
            throw new SharedDatabaseException(Describe(error), error);
        }
    }

    private NpgsqlConnection Connection()
    {
        if (_connection is null)
        {
            NpgsqlConnection connection = _source.CreateConnection();
            try
            {
                connection.Open();
                SharedSchema.Ensure(connection);
                _connection = connection;
            }
            finally
            {
                if (_connection is null)
                {
                    connection.Dispose();
                }
            }
        }
        return _connection;
    }

    /// <summary>The server is there and would say the same again.</summary>
    private static bool IsRefusal(Exception error)
        => error is PostgresException { IsTransient: false, SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown) };

    private static bool IsFault(Exception error)
        => error is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException or InvalidCastException or OverflowException or ArgumentException or NotSupportedException
            or System.Security.Authentication.AuthenticationException;

    private string Describe(Exception error)
    {
        string reason = error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => "another memory pushed under this one's site and identity: it was copied, or is an older copy",
            PostgresException refused => $"{refused.MessageText} ({refused.SqlState})",
            { InnerException: { } inner } => $"{error.Message}: {inner.Message}",
            _ => error.Message,
        };
        // No message is known to hold it; none that comes ever will.
        if (_password.Length > 0 && reason.Contains(_password, StringComparison.Ordinal))
        {
            reason = "the database refused, with a reason that is not repeated because the password is in it";
        }
        return $"postgres: {reason}";
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter<double> Real(double value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Double };

    private static NpgsqlParameter<T[]> Array<T>(T[] values, NpgsqlDbType type) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (NpgsqlParameter parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
