using RanCognition.Contracts;
using RanCognition.Memory.Sharing;

namespace RanCognition.Tests.Memory.Sharing;

/// <summary>Sites that share through a database that is well.</summary>
[Collection(PostgresCollection.Name)]
public class PeerExchangeTests(PostgresServerHolder holder)
{
    private const ulong Second = 1_000_000_000;

    private PostgresServer Server => holder.Server;

    [PostgresFact]
    public void Additions_updates_and_removals_arrive_at_the_other_site()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        using PeerExchange exchangeA = Exchange(database, a), exchangeB = Exchange(database, b);
        ulong first = a.Add(), second = a.Add(), third = a.Add();
        b.Add();
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        b.AssertHas(a);
        a.Update(first, "changed");
        a.Remove(second);
        a.Add();
        a.Update(third, "first");
        a.Update(third, "second");
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        a.AssertHas(b);
        b.AssertHas(a);
        Assert.Equal(3, b.CountFrom("a"));
        Assert.Equal((0UL, 0UL), (exchangeA.Lag, exchangeB.Lag));
        Assert.Null(exchangeB.LastError);
        Assert.NotNull(exchangeB.LastExchangeNs);
        Assert.Equal((0, 0), (a.Waiting, b.Waiting));
    }

    [PostgresFact]
    public void Every_value_arrives_as_it_was_to_the_last_bit()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a\"'\\ø"), b = new("b");
        string[] cells = ["", "c", "zero\0in\\0side", "\\", "\0", "🐟 ü", "a'b\"c"];
        double[] rewards = [double.NaN, 0, -0.0, 1e-310, double.MaxValue, 0.1 + 0.2, double.NegativeInfinity];
        float[][] vectors = [[], [float.Epsilon, -0f, float.MaxValue, 0.1f], [1], [], Enumerable.Range(0, 4096).Select(i => 1f / (i + 1)).ToArray(), [2], []];
        for (int i = 0; i < cells.Length; i++)
        {
            a.Add(PlainMemory.Make((ulong)i + 1, "ü\\u0000\\ud83d\\udc1f €", vectors[i], cells[i], rewards[i], i % 3 - 1, i == 0 ? 0UL : long.MaxValue));
        }
        using PeerExchange exchangeA = Exchange(database, a), exchangeB = Exchange(database, b);
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        b.AssertHas(a);
    }

    [PostgresFact]
    public void Many_and_large_episodes_come_in_several_answers_and_none_is_missed()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        for (int i = 0; i < 2600; i++)
        {
            a.Add();
        }
        for (ulong i = 1; i <= 12; i++)
        {
            a.Add(PlainMemory.Make(2600 + i, new string('x', 1 << 20)));   // more than one statement and one answer take
        }
        a.Remove(7);
        using PeerExchange exchangeA = Exchange(database, a), exchangeB = Exchange(database, b);
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        b.AssertHas(a);
        Assert.Equal(2611, b.CountFrom("a"));
    }

    [PostgresFact]
    public void Changes_whose_note_was_lost_are_pushed_again_without_harm()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        using PeerExchange exchangeA = Exchange(database, a), exchangeB = Exchange(database, b);
        ulong first = a.Add(), second = a.Add();
        a.Update(first, "changed");
        a.ForgetsPushed = true;
        Assert.Throws<IOException>(() => exchangeA.ExchangeNow(default));
        exchangeB.ExchangeNow(default);
        b.AssertHas(a);
        a.Remove(second);
        Assert.Throws<IOException>(() => exchangeA.ExchangeNow(default));
        a.ForgetsPushed = false;
        object? versions = RowVersions();
        exchangeA.ExchangeNow(default);
        Assert.Equal(versions, RowVersions());   // not one row was written anew
        exchangeB.ExchangeNow(default);
        b.AssertHas(a);
        Assert.Equal(0, a.Waiting);
        Assert.Equal(3, b.Applied);   // two, and the removal: what is there already is not a change

        object? RowVersions() => Server.Sql(database, "SELECT string_agg(id || ':' || xmin::text || ':' || ctid::text, ' ' ORDER BY id) FROM rancognition.episode");
    }

    [PostgresFact]
    public void Sites_end_up_alike_whatever_the_order_of_changes_exchanges_and_restarts()
    {
        string database = Server.NewDatabase();
        var random = new Random(20261126);
        List<PlainMemory> memories = [new("north"), new("south"), new("east")];
        List<PeerExchange> exchanges = [.. memories.Select(memory => Exchange(database, memory))];
        for (int step = 0; step < 1200; step++)
        {
            int site = random.Next(memories.Count);
            PlainMemory memory = memories[site];
            ulong known = memory.Own.Count == 0 ? 0 : memory.Own.Keys.ElementAt(random.Next(memory.Own.Count));
            switch (random.Next(10))
            {
                case < 4:
                    memory.Add();
                    break;
                case 4 or 5 when known != 0:
                    memory.Update(known, $"step {step}");
                    break;
                case 6 when known != 0:
                    memory.Remove(known);
                    break;
                case 7 when random.Next(8) == 0:
                    // A crash, sometimes between the database's commit and the note of it, and the restart.
                    memory.ForgetsPushed = random.Next(2) == 0;
                    _ = Record.Exception(() => exchanges[site].ExchangeNow(default));
                    memory.ForgetsPushed = false;
                    exchanges[site].Dispose();
                    exchanges[site] = Exchange(database, memory);
                    break;
                case > 7:
                    exchanges[site].ExchangeNow(default);
                    break;
            }
        }
        exchanges.ForEach(exchange => exchange.ExchangeNow(default));
        exchanges.ForEach(exchange => exchange.ExchangeNow(default));
        foreach (PlainMemory reader in memories)
        {
            memories.Where(other => other != reader).ToList().ForEach(other => reader.AssertHas(other));
        }
        exchanges.ForEach(exchange => exchange.Dispose());
        Assert.True(memories.Sum(memory => memory.Own.Count) > 100, "The run did not do much.");
    }

    [PostgresFact]
    public void Sites_that_write_and_exchange_at_once_miss_nothing()
    {
        string database = Server.NewDatabase();
        List<PlainMemory> memories = [new("a"), new("b"), new("c")];
        List<PeerExchange> exchanges = [.. memories.Select(memory => Exchange(database, memory, Second / 100))];
        exchanges.ForEach(exchange => exchange.Start());
        Parallel.ForEach(memories, memory =>
        {
            for (int i = 0; i < 300; i++)
            {
                ulong id = memory.Add();
                if (i % 5 == 0)
                {
                    memory.Update(id - id / 3, $"again {i}");
                    Thread.Sleep(1);
                }
            }
        });
        Wait.Until(() => memories.All(memory => memory.Waiting == 0 && memories.All(other => other == memory || memory.CountFrom(other.Site) == 300)), "all are everywhere");
        exchanges.ForEach(exchange => exchange.ExchangeNow(default));
        exchanges.ForEach(exchange => exchange.ExchangeNow(default));
        foreach (PlainMemory reader in memories)
        {
            memories.Where(other => other != reader).ToList().ForEach(other => reader.AssertHas(other));
        }
        exchanges.ForEach(exchange => exchange.Dispose());
    }

    [PostgresFact]
    public void The_schema_is_made_once_by_however_many_sites_at_once()
    {
        string database = Server.NewDatabase();
        List<PlainMemory> memories = [.. Enumerable.Range(0, 8).Select(i => new PlainMemory($"s{i}"))];
        List<PeerExchange> exchanges = [.. memories.Select(memory => Exchange(database, memory))];
        memories.ForEach(memory => memory.Add());
        using var together = new Barrier(memories.Count);
        List<Exception?> faults = [];
        List<Thread> threads = [.. exchanges.Select(exchange => new Thread(() =>
        {
            together.SignalAndWait();
            Exception? fault = Record.Exception(() => exchange.ExchangeNow(default));
            lock (faults)
            {
                faults.Add(fault);
            }
        }))];
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(faults, Assert.Null);
        exchanges.ForEach(exchange => exchange.ExchangeNow(default));
        memories.ForEach(reader => memories.Where(other => other != reader).ToList().ForEach(other => reader.AssertHas(other)));
        exchanges.ForEach(exchange => exchange.Dispose());
        Assert.Equal(1L, Server.Sql(database, "SELECT count(*) FROM rancognition.version"));
        Assert.Equal(8L, Server.Sql(database, "SELECT count(*) FROM rancognition.experience WHERE document->>'text' LIKE 's%'"));
    }

    [PostgresFact]
    public void A_site_whose_episodes_cannot_be_taken_is_named_and_does_not_hold_up_the_others()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b"), c = new("c");
        a.Add();
        b.Add();
        c.Refuse = site => site == "a" ? new InvalidInputException("vector", "has 3 numbers, this memory's have 2") : null;
        using PeerExchange exchangeA = Exchange(database, a), exchangeB = Exchange(database, b), exchangeC = Exchange(database, c);
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        var fault = Assert.Throws<SharedDatabaseException>(() => exchangeC.ExchangeNow(default));
        Assert.Contains("site a: vector: has 3 numbers", fault.Message);
        Assert.Equal(fault.Message, exchangeC.LastError);
        Assert.Equal(1UL, exchangeC.Lag);
        c.AssertHas(b);
        Assert.Equal(0, c.CountFrom("a"));
        c.Refuse = _ => null;
        exchangeC.ExchangeNow(default);
        c.AssertHas(a);
        Assert.Null(exchangeC.LastError);
        Assert.Equal(0UL, exchangeC.Lag);
    }

    [PostgresFact]
    public void A_unix_socket_is_a_way_to_the_database_too()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        a.Add();
        using var exchangeA = new PeerExchange(Server.Connection(database, "SSL Mode=Prefer;Application Name=by-tcp"), a, new FixedHost(), Second);
        using var exchangeB = new PeerExchange($"Host={Server.SocketFolder};Port={Server.Port};Database={database};Username=tester;Password=\"{PostgresServer.Password}\"", b, new FixedHost(), Second);
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        b.AssertHas(a);
    }

    [PostgresFact]
    public void A_connection_is_kept_through_short_pauses_only()
    {
        string database = Server.NewDatabase();
        PlainMemory often = new("often"), rarely = new("rarely");
        using PeerExchange exchangeOften = Exchange(database, often, Second / 10, "often"), exchangeRarely = Exchange(database, rarely, 60 * Second, "rarely");
        exchangeOften.Start();
        exchangeRarely.Start();
        Wait.Until(() => exchangeOften.LastExchangeNs is not null && exchangeRarely.LastExchangeNs is not null, "both have exchanged");
        Wait.Until(() => Connections("rarely") == 0, "the connection is closed");
        Assert.Equal(1, Connections("often"));

        long Connections(string name) => (long)Server.Sql(database, $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'")!;
    }

    private PeerExchange Exchange(string database, ISharedMemory memory, ulong intervalNs = Second, string name = "tests")
        => new(Server.Connection(database, $"SSL Mode=Disable;Application Name={name}"), memory, new FixedHost(), intervalNs);
}
