using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RanCognition.Contracts;
using RanCognition.Memory.Sharing;

namespace RanCognition.Tests.Memory.Sharing;

/// <summary>What goes wrong is said, and nothing is lost by it.</summary>
[Collection(PostgresCollection.Name)]
public class PeerFailureTests(PostgresServerHolder holder)
{
    private const ulong Second = 1_000_000_000;

    private PostgresServer Server => holder.Server;

    [PostgresFact]
    public void A_server_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        using PeerExchange exchangeA = Exchange(database, a, Second / 50), exchangeB = Exchange(database, b, Second / 50);
        exchangeA.Start();
        exchangeB.Start();
        using var stop = new CancellationTokenSource();
        int written = 0;
        var writer = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                for (int i = 0; i < 10; i++)
                {
                    ulong id = a.Add();
                    b.Add();
                    if (i % 4 == 0)
                    {
                        a.Update(id, $"again {id}");
                    }
                    if (i % 9 == 0)
                    {
                        b.Remove(b.Own.Keys.First());
                    }
                    Interlocked.Increment(ref written);
                }
                Thread.Sleep(10);
            }
        });
        writer.Start();
        bool failed = false;
        for (int kill = 0; kill < 3; kill++)
        {
            int before = b.CountFrom("a");
            Wait.Until(() => b.CountFrom("a") > before, "changes flow");
            Server.Kill();
            int writtenBefore = Volatile.Read(ref written);
            Wait.Until(() => exchangeA.LastError is not null, "the outage is noted");
            failed |= exchangeA.LastError!.StartsWith("postgres: ", StringComparison.Ordinal);
            Wait.Until(() => Volatile.Read(ref written) > writtenBefore + 40, "the memory goes on by itself");
            Server.Start();
        }
        stop.Cancel();
        writer.Join();
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        exchangeA.ExchangeNow(default);
        b.AssertHas(a);
        a.AssertHas(b);
        Assert.True(failed);
        Assert.Null(exchangeA.LastError);
    }

    [PostgresFact]
    public void Connections_that_are_cut_at_any_byte_lose_nothing_and_double_nothing()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        var random = new Random(7);
        bool isOver = false;
        using var proxy = new CuttingProxy(Server.Port, () => isOver ? int.MaxValue : random.Next(3) == 0 ? random.Next(3000) : random.Next(30_000));
        string text = Server.Connection(database).Replace($"Port={Server.Port}", $"Port={proxy.Port}", StringComparison.Ordinal);
        using var exchangeA = new PeerExchange(text, a, new FixedHost(), Second);
        using var exchangeB = new PeerExchange(text, b, new FixedHost(), Second);
        int failed = 0, done = 0;
        for (int round = 0; round < 60; round++)
        {
            for (int i = 0; i < 16; i++)
            {
                ulong id = a.Add();
                if (i % 7 == 0)
                {
                    a.Update(id / 2 + 1, $"round {round}");
                    a.Remove(id);
                }
            }
            b.Add();
            foreach (PeerExchange exchange in new[] { exchangeA, exchangeB })
            {
                Exception? fault = Record.Exception(() => exchange.ExchangeNow(default));
                (failed, done) = fault is null ? (failed, done + 1) : (failed + 1, done);
                Assert.True(fault is null or SharedDatabaseException, fault?.ToString());
            }
        }
        isOver = true;
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        exchangeA.ExchangeNow(default);
        b.AssertHas(a);
        a.AssertHas(b);
        Assert.True(failed > 5 && done > 10 && proxy.Cuts > 20, $"{failed} failed, {done} did not, {proxy.Cuts} cuts");
    }

    [PostgresFact]
    public void A_memory_that_is_opened_while_the_database_is_away_shares_when_it_is_back()
    {
        string database = Server.NewDatabase();
        Server.Kill();
        PlainMemory a = new("a"), b = new("b");
        a.Add();
        using PeerExchange exchangeA = Exchange(database, a, Second / 50), exchangeB = Exchange(database, b, Second / 50);
        exchangeA.Start();
        exchangeB.Start();
        Wait.Until(() => exchangeA.LastError is not null, "the outage is noted");
        Assert.Throws<SharedDatabaseException>(() => exchangeA.ExchangeNow(default));
        Assert.Null(exchangeA.Lag);
        Server.Start();
        Wait.Until(() => b.CountFrom("a") == 1, "the episode arrives");
        b.AssertHas(a);
    }

    [PostgresFact]
    public void A_connection_that_died_in_a_pause_is_replaced_without_an_error()
    {
        string database = Server.NewDatabase();
        var a = new PlainMemory("a");
        using PeerExchange exchange = Exchange(database, a);
        exchange.ExchangeNow(default);
        Server.Kill();
        Server.Start();
        a.Add();
        exchange.ExchangeNow(default);
        Assert.Equal(0, a.Waiting);
        Server.Sql(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tests'");
        a.Add();
        exchange.ExchangeNow(default);
        Assert.Equal(0, a.Waiting);
    }

    [PostgresFact]
    public void Two_memories_of_one_name_are_told_apart_and_the_second_one_hears_of_it()
    {
        string database = Server.NewDatabase();
        PlainMemory first = new("north"), second = new("north"), reader = new("south");
        using PeerExchange exchangeSecond = Exchange(database, second), exchangeReader = Exchange(database, reader);
        using (PeerExchange exchangeFirst = Exchange(database, first))
        {
            first.Add();
            second.Add();
            second.Add();
            exchangeFirst.ExchangeNow(default);
            var fault = Assert.Throws<InvalidInputException>(() => exchangeSecond.ExchangeNow(default));
            Assert.StartsWith("site: another memory shares as \"north\"", fault.Message);
            Assert.Equal(fault.Message, exchangeSecond.LastError);
            exchangeFirst.ExchangeNow(default);
            exchangeReader.ExchangeNow(default);
            reader.AssertHas(first);
        }
        // The first has left: the second goes on under the name, and has what the first left behind.
        exchangeSecond.ExchangeNow(default);
        second.AssertHas(first, "north");
        exchangeReader.ExchangeNow(default);
        reader.AssertHas(first, "north");
        reader.AssertHas(second, "north#2");
        using PeerExchange returned = Exchange(database, first);
        Assert.Throws<InvalidInputException>(() => returned.ExchangeNow(default));
        exchangeSecond.Dispose();
        first.Add();
        returned.ExchangeNow(default);
        exchangeReader.ExchangeNow(default);
        reader.AssertHas(first, "north");
        first.AssertHas(second, "north#2");
    }

    [PostgresFact]
    public void A_restart_takes_over_and_whoever_still_uses_the_same_memory_is_stopped()
    {
        string database = Server.NewDatabase();
        PlainMemory memory = new("a");
        memory.Add();
        using PeerExchange before = Exchange(database, memory);
        before.ExchangeNow(default);
        PlainMemory copy = memory.Copy();
        using PeerExchange after = Exchange(database, copy);
        copy.Add();
        after.ExchangeNow(default);
        memory.Add();
        var fault = Assert.Throws<InvalidInputException>(() => before.ExchangeNow(default));
        Assert.StartsWith("site: another process shares this memory", fault.Message);
        Assert.Equal(1, memory.Waiting);
        after.ExchangeNow(default);
        Assert.Equal(0, copy.Waiting);
    }

    [PostgresFact]
    public void An_older_copy_of_a_memory_is_refused()
    {
        string database = Server.NewDatabase();
        PlainMemory memory = new("a"), reader = new("b");
        PlainMemory older = memory.Copy();
        for (int i = 0; i < 5; i++)
        {
            memory.Add();
        }
        using (PeerExchange exchange = Exchange(database, memory))
        {
            exchange.ExchangeNow(default);
        }
        older.Add(PlainMemory.Make(1, "something else"));
        using (PeerExchange exchange = Exchange(database, older))
        {
            var fault = Assert.Throws<InvalidInputException>(() => exchange.ExchangeNow(default));
            Assert.Contains("older copy", fault.Message);
        }
        using PeerExchange exchangeReader = Exchange(database, reader);
        exchangeReader.ExchangeNow(default);
        reader.AssertHas(memory);
    }

    [PostgresFact]
    public void A_database_that_has_gone_back_is_noticed()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), b = new("b");
        using PeerExchange exchangeA = Exchange(database, a), exchangeB = Exchange(database, b);
        a.Add();
        exchangeA.ExchangeNow(default);
        exchangeB.ExchangeNow(default);
        Server.Sql(database, "UPDATE rancognition.site SET pushed = 0; DELETE FROM rancognition.episode");
        Assert.Contains("has gone back", Assert.Throws<SharedDatabaseException>(() => exchangeA.ExchangeNow(default)).Message);
        Assert.Contains("site a: the database has gone back", Assert.Throws<SharedDatabaseException>(() => exchangeB.ExchangeNow(default)).Message);
    }

    [PostgresFact]
    public void A_newer_schema_is_refused_and_left_as_it_is()
    {
        string database = Server.NewDatabase();
        PlainMemory a = new("a"), late = new("late");
        using PeerExchange exchange = Exchange(database, a), exchangeLate = Exchange(database, late);
        exchange.ExchangeNow(default);
        Server.Sql(database, "UPDATE rancognition.version SET version = 2");
        a.Add();
        late.Add();
        foreach (PeerExchange each in new[] { exchange, exchangeLate })
        {
            string message = Assert.Throws<SharedDatabaseException>(() => each.ExchangeNow(default)).Message;
            Assert.Equal("postgres: its schema rancognition has version 2, newer than this library's 1; nothing was changed", message);
        }
        Assert.Equal(0L, Server.Sql(database, "SELECT count(*) FROM rancognition.episode"));
        Assert.Equal(1L, Server.Sql(database, "SELECT count(*) FROM rancognition.site"));
    }

    [PostgresFact]
    public void A_wrong_password_is_an_error_that_does_not_show_it()
    {
        string database = Server.NewDatabase();
        const string Wrong = "not-the-s3cret";
        using var exchange = new PeerExchange(Server.Connection(database).Replace($"'{PostgresServer.Password}'", Wrong, StringComparison.Ordinal), new PlainMemory("a"), new FixedHost(), Second);
        string message = Assert.Throws<SharedDatabaseException>(() => exchange.ExchangeNow(default)).Message;
        Assert.Equal("postgres: password authentication failed for user \"tester\" (28P01)", message);
        Assert.DoesNotContain(Wrong, exchange.LastError);
    }

    [PostgresFact]
    public void A_database_that_cannot_hold_every_text_is_refused()
    {
        string database = Server.NewDatabase("ENCODING 'SQL_ASCII' TEMPLATE template0");
        using PeerExchange exchange = Exchange(database, new PlainMemory("a"));
        Assert.Equal("postgres: the database is encoded in SQL_ASCII, it must be UTF8", Assert.Throws<SharedDatabaseException>(() => exchange.ExchangeNow(default)).Message);
    }

    [PostgresFact]
    public void A_user_without_rights_is_told_so()
    {
        string database = Server.NewDatabase();
        Server.Sql(database, $"CREATE ROLE guest{Server.Port} LOGIN PASSWORD 'g'");
        using var exchange = new PeerExchange($"Host=127.0.0.1;Port={Server.Port};Database={database};Username=guest{Server.Port};Password=g;SSL Mode=Disable", new PlainMemory("a"), new FixedHost(), Second);
        string message = Assert.Throws<SharedDatabaseException>(() => exchange.ExchangeNow(default)).Message;
        Assert.Equal($"postgres: permission denied for database {database} (42501)", message);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_an_error_that_names_it()
    {
        int port = PostgresServer.FreePort();
        using var exchange = new PeerExchange($"Host=127.0.0.1;Port={port};Username=u;Password=hush-hush", new PlainMemory("a"), new FixedHost(), Second);
        string message = Assert.Throws<SharedDatabaseException>(() => exchange.ExchangeNow(default)).Message;
        Assert.StartsWith($"postgres: Failed to connect to 127.0.0.1:{port}", message);
        Assert.DoesNotContain("hush", message);
    }

    [Fact]
    public void Dispose_does_not_wait_for_a_server_that_says_nothing_and_the_memory_is_left_alone_after_it()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var memory = new PlainMemory("a");
        memory.Add();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var exchange = new PeerExchange($"Host=127.0.0.1;Port={port};Username=u;Password=p;Timeout=3;SSL Mode=Disable", memory, new FixedHost(), Second / 10);
        exchange.Start();
        Wait.Until(silent.Pending, "the thread is in the middle of connecting");
        using var refused = new CancellationTokenSource(50);
        Assert.ThrowsAny<OperationCanceledException>(() => exchange.ExchangeNow(refused.Token));   // waits for the thread's turn, and can be ended
        var watch = Stopwatch.StartNew();
        exchange.Dispose();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2.5);
        Assert.ThrowsAny<OperationCanceledException>(() => exchange.ExchangeNow(default));
        Assert.Equal(1, memory.Waiting);
        exchange.Dispose();
    }

    [PostgresFact]
    public void Dispose_is_prompt_while_changes_flow_and_in_a_long_pause()
    {
        string database = Server.NewDatabase();
        PlainMemory busy = new("busy"), idle = new("idle");
        for (int i = 0; i < 20_000; i++)
        {
            busy.Add();
        }
        PeerExchange exchangeBusy = Exchange(database, busy), exchangeIdle = Exchange(database, idle, 3600 * Second);
        exchangeBusy.Start();
        exchangeIdle.Start();
        Wait.Until(() => exchangeIdle.LastExchangeNs is not null && busy.Waiting < 20_000, "both are at it");
        var watch = Stopwatch.StartNew();
        exchangeBusy.Dispose();
        exchangeIdle.Dispose();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2.5);
        int left = busy.Waiting;
        Thread.Sleep(50);
        Assert.Equal(left, busy.Waiting);   // nobody calls the memory any more
        Assert.Equal(0L, Server.Sql(database, "SELECT count(*) FROM rancognition.site WHERE alive_until > clock_timestamp()"));
    }

    private PeerExchange Exchange(string database, ISharedMemory memory, ulong intervalNs = Second)
        => new(Server.Connection(database, "SSL Mode=Disable;Application Name=tests"), memory, new FixedHost(), intervalNs);
}
