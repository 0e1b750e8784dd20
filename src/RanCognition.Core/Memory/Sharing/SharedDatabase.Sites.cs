using Npgsql;
using RanCognition.Contracts;

namespace RanCognition.Memory.Sharing;

/// <content>Who shares, and under which name.</content>
internal sealed partial class SharedDatabase
{
    /// <summary>How the database calls this memory; null before the first claim.</summary>
    public string? OwnSite { get; private set; }

    /// <summary>All memories that share.</summary>
    /// <param name="run">This process.</param>
    /// <param name="leaseSeconds">How long a claim holds.</param>
    /// <param name="isClaimed">The name is ours, and for more than half of the lease.</param>
    public List<SharedSite> Sites(string run, double leaseSeconds, out bool isClaimed)
    {
        (List<SharedSite> sites, bool claimed) = Ask(connection =>
        {
            const string Sql = """
                SELECT v.version, s.site, s.pushed, s.run = $1 AND s.alive_until > pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => $2 / 2)
                FROM rancognition.version v LEFT JOIN rancognition.site s ON true
                """;
            using NpgsqlCommand command = Command(connection, Sql, Text(run), Real(leaseSeconds));
            using NpgsqlDataReader rows = command.ExecuteReader();
            List<SharedSite> found = [];
            bool isOurs = false, hasVersion = false;
            while (rows.Read())
            {
                hasVersion = true;
                CheckVersion(rows.GetInt32(0));
                if (!rows.IsDBNull(1))
                {
                    found.Add(new SharedSite(rows.GetString(1), checked((ulong)rows.GetInt64(2))));
                    isOurs |= rows.GetBoolean(3);
                }
            }
            return hasVersion ? (found, isOurs) : throw new SharedDatabaseException("postgres: its schema rancognition does not say its version");
        });
        isClaimed = claimed && OwnSite is not null;
        return sites;
    }

    /// <summary>Takes the name, or keeps it. A name that another memory had, which is gone, goes on as "name#2"; the other's episodes are then those of a site like any other.</summary>
    /// <exception cref="InvalidInputException">Somebody else has the name now.</exception>
    public void Claim(string name, string identity, string run, double leaseSeconds)
    {
        bool isRenewal = OwnSite is not null;
        (string? site, string? refusal) = Ask<(string?, string?)>(connection =>
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            using (NpgsqlCommand turn = Command(connection, "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('rancognition ' || $1, 0))", Text(name)))
            {
                turn.ExecuteNonQuery();
            }
            (string? own, int lives, string? taken) = Lives(connection, name, identity, run, isRenewal);
            if (taken is not null)
            {
                return (null, taken);
            }
            own ??= lives == 0 ? name : $"{name}#{lives + 1}";
            const string Sql = """
                INSERT INTO rancognition.site AS s (site, name, life, identity, run, alive_until)
                VALUES ($1, $2, $3, $4, $5, pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => $6))
                ON CONFLICT (name, identity) DO UPDATE SET run = excluded.run, alive_until = excluded.alive_until
                """;
            using NpgsqlCommand claim = Command(connection, Sql, Text(own), Text(name), new NpgsqlParameter<int> { TypedValue = lives + 1 }, Text(identity), Text(run), Real(leaseSeconds));
            claim.ExecuteNonQuery();
            transaction.Commit();
            return (own, null);
        });
        if (refusal is not null)
        {
            throw new InvalidInputException("site", refusal);
        }
        OwnSite = site;
    }

    /// <summary>Lets go of the name, so that another memory can have it at once.</summary>
    /// <param name="run">This process.</param>
    /// <param name="mayOpen">The caller can wait for a new connection.</param>
    public void Release(string run, bool mayOpen)
    {
        if (OwnSite is { } site && (IsOpen || mayOpen))
        {
            Ask(connection =>
            {
                const string Sql = "UPDATE rancognition.site SET alive_until = pg_catalog.clock_timestamp() WHERE site = $1 AND run = $2";
                using NpgsqlCommand command = Command(connection, Sql, Text(site), Text(run));
                command.CommandTimeout = 1;
                return command.ExecuteNonQuery();
            }, mayOpen);
        }
    }

    /// <summary>The memories that had the name: which of them this one is, how many there are, and why it cannot have the name now.</summary>
    private static (string? Own, int Lives, string? Taken) Lives(NpgsqlConnection connection, string name, string identity, string run, bool isRenewal)
    {
        const string Sql = "SELECT site, identity = $2, run = $3, alive_until > pg_catalog.clock_timestamp(), life FROM rancognition.site WHERE name = $1";
        using NpgsqlCommand command = Command(connection, Sql, Text(name), Text(identity), Text(run));
        using NpgsqlDataReader rows = command.ExecuteReader();
        string? own = null, taken = null;
        int lives = 0;
        while (rows.Read())
        {
            (bool isThisMemory, bool isThisRun, bool isAlive) = (rows.GetBoolean(1), rows.GetBoolean(2), rows.GetBoolean(3));
            lives = Math.Max(lives, rows.GetInt32(4));
            own = isThisMemory ? rows.GetString(0) : own;
            if (!isThisMemory && isAlive)
            {
                taken ??= $"another memory shares as \"{name}\" now; each needs a name of its own";
            }
            // After a restart the run is a new one and takes over; who had the name and finds another run there has been taken over from.
            if (isThisMemory && !isThisRun && isAlive && isRenewal)
            {
                taken ??= $"another process shares this memory, or a copy of its file, as \"{name}\" now";
            }
        }
        return (own, lives, taken);
    }

    private static void CheckVersion(int version)
    {
        if (version != SharedSchema.Version)
        {
            throw new SharedDatabaseException(version > SharedSchema.Version
                ? $"postgres: its schema rancognition has version {version}, newer than this library's {SharedSchema.Version}; nothing was changed"
                : $"postgres: its schema rancognition has version {version}, which this library does not know; nothing was changed");
        }
    }
}
