using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Memory;

namespace RanCognition.Tests.Memory.Sharing;

/// <summary>Whole memories that share one database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class SharedMemoriesTests(PostgresServerHolder holder) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shared").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PostgresFact]
    public void What_one_site_learns_the_others_recall()
    {
        string database = holder.Server.NewDatabase();
        using MemoryCore north = Open(database, "north"), south = Open(database, "south");
        north.Store([Of(1) with { Text = "tilt", Cell = "c1" }, Of(2), Of(3)]);
        south.Store(new Episode { TimeNs = 9, Situation = [new("load", 5), new("users", 2)], Reward = 1 });
        Exchange(north, south);
        Assert.Equal((4UL, 4UL), (north.Count, south.Count));
        RecallHit hit = south.Recall(new RecallQuery { Vector = [1], K = 1 }).Hits[0];
        Assert.Equal(("tilt", "c1"), (hit.Episode.Text, hit.Episode.Cell));
        Assert.Single(south.Recall(new RecallQuery { Text = "tilt" }).Hits);
        Assert.Equal(1, north.Recall(new RecallQuery { Situation = [new("load", 5)], K = 1 }).Hits[0].Episode.Reward);

        north.Update(new EpisodeUpdate { Id = 1, Given = EpisodeMembers.Reward, Values = new Episode { Reward = 7 } });
        north.Remove(2);
        Exchange(north, south);
        Assert.Equal(3UL, south.Count);
        Assert.Equal(7, south.Recall(new RecallQuery { Vector = [1], K = 1 }).Hits[0].Episode.Reward);
        Assert.Equal((0UL, null), (south.GetStats().PeerLag, south.GetStats().PeerError));
    }

    [PostgresFact]
    public void Without_the_database_a_memory_works_on_and_catches_up()
    {
        string database = holder.Server.NewDatabase();
        using (MemoryCore north = Open(database, "north"))
        {
            north.Store(Of(1));
            holder.Server.Kill();
            try
            {
                north.Store(Of(2));
                Assert.Single(north.Recall(new RecallQuery { Vector = [2], K = 1 }).Hits);
                StorageException error = Assert.Throws<StorageException>(north.Flush);
                Assert.StartsWith("postgres: ", error.Message, StringComparison.Ordinal);
                Assert.True(north.GetStats().Pending >= 1);
            }
            finally
            {
                holder.Server.Start();
            }
        }
        using MemoryCore again = Open(database, "north"), south = Open(database, "south");
        Exchange(again, south);
        Assert.Equal(2UL, south.Count);
    }

    private static void Exchange(MemoryCore a, MemoryCore b)
    {
        a.Flush();
        b.Flush();
        a.Flush();
    }

    // So long a pause that only Flush exchanges after the first round.
    private MemoryCore Open(string database, string site) => new(
        new MemoryOptions { Path = Path.Combine(_folder, site + ".db"), Postgres = holder.Server.Connection(database), Site = site, SyncIntervalNs = 3_600_000_000_000 }, EpisodeCodec.Instance, new FixedHost());

    private static Episode Of(float number) => new() { TimeNs = 5, Vector = [number] };
}
