using Npgsql;

namespace RanCognition.Memory.Sharing;

/// <summary>What the shared database looks like, and how it comes to be.</summary>
internal static class SharedSchema
{
    public const int Version = 1;

    /// <summary>Sites that create the schema at once wait for one another here.</summary>
    private const long CreationLock = 0x52616E436F67;

    private static readonly string[] Create =
    [
        "CREATE TABLE rancognition.version (one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL)",
        "INSERT INTO rancognition.version (version) VALUES (1)",
        """
        CREATE TABLE rancognition.site (
            site text PRIMARY KEY,
            name text NOT NULL,
            life integer NOT NULL,
            identity text NOT NULL,
            run text NOT NULL,
            pushed bigint NOT NULL DEFAULT 0,
            alive_until timestamptz NOT NULL,
            UNIQUE (name, life),
            UNIQUE (name, identity))
        """,
        "COMMENT ON TABLE rancognition.site IS 'Memories that share. A name that another memory had before goes on as name#2.'",
        "COMMENT ON COLUMN rancognition.site.run IS 'The process that uses the memory now.'",
        "COMMENT ON COLUMN rancognition.site.pushed IS 'Sequence of its last change here.'",
        """
        CREATE TABLE rancognition.episode (
            site text NOT NULL,
            id bigint NOT NULL,
            sequence bigint NOT NULL,
            removed boolean NOT NULL,
            time_ns bigint,
            cell text,
            reward double precision,
            success boolean,
            document text,
            vector real[],
            PRIMARY KEY (site, id))
        """,
        "CREATE UNIQUE INDEX episode_by_sequence ON rancognition.episode (site, sequence)",
        "COMMENT ON TABLE rancognition.episode IS 'Each episode as it is now, at the sequence of its last change; a removed one keeps its row so that the others learn of it.'",
        "COMMENT ON COLUMN rancognition.episode.document IS 'JSON, kept to the letter (jsonb would rewrite numbers): all members that have no column.'",
        """
        CREATE VIEW rancognition.experience AS
            SELECT site, id, to_timestamp(time_ns / 1e9) AS time, cell, reward, success, document::json AS document, vector
            FROM rancognition.episode WHERE NOT removed
        """,
    ];

    /// <summary>Makes sure that the schema is there.</summary>
    public static void Ensure(NpgsqlConnection connection)
    {
        string encoding = Scalar<string>(connection, "SELECT pg_catalog.getdatabaseencoding()::text");
        if (encoding != "UTF8")
        {
            throw new SharedDatabaseException($"postgres: the database is encoded in {encoding}, it must be UTF8");
        }
        // A database that acknowledges what it may lose would lose it for good: what is acknowledged is not sent again.
        Execute(connection, "SELECT pg_catalog.set_config('synchronous_commit', 'local', false) WHERE pg_catalog.current_setting('synchronous_commit') = 'off'");
        if (Exists(connection, "version"))
        {
            return;
        }
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_catalog.pg_advisory_xact_lock({CreationLock})");
        if (!Exists(connection, "version"))
        {
            // An administrator may have made the schema for a user who is not allowed to.
            if (!Scalar<bool>(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'rancognition')"))
            {
                Execute(connection, "CREATE SCHEMA rancognition");
            }
            foreach (string statement in Create)
            {
                Execute(connection, statement);
            }
        }
        transaction.Commit();
    }

    private static bool Exists(NpgsqlConnection connection, string table)
        => Scalar<bool>(connection, $"SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'rancognition' AND c.relname = '{table}')");

    private static T Scalar<T>(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
