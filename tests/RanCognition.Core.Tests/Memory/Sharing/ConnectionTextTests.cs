using RanCognition.Contracts;
using RanCognition.Memory.Sharing;

namespace RanCognition.Tests.Memory.Sharing;

public class ConnectionTextTests
{
    [Theory]
    [InlineData("Host=h;Password=open;sesame;Username=u", "keyword that is not known")]
    [InlineData("Host=h;Password=open;sesame=1;Username=u", "keyword that is not known")]
    [InlineData("Host=h;Password='open sesame;Username=u", "not a connection string")]
    [InlineData("Host=h;Password=open sesame;Port=sesame", "the value of port")]
    [InlineData("Host=h;Password=open sesame;Port=-1", "the value of port")]
    [InlineData("Host=h;Password=open sesame;SSL Mode=sesame", "the value of ssl mode")]
    [InlineData("Password=open sesame;Username=u", "names no Host")]
    [InlineData("Host=h,i;Password=open sesame", "several hosts")]
    [InlineData("Host=h;Password=open sesame;Timeout=0", "must not be 0")]
    [InlineData("postgresql://u:open%20sesame@h/d?sesame=1", "keyword that is not known")]
    [InlineData("postgresql://u:open sesame@h:sesame/d", "the address is not one")]
    [InlineData("host=h user=u password='open sesame", "a quote in the connection string is not closed")]
    [InlineData("host=h user=u open sesame=1", "keyword that is not known")]
    [InlineData("Host=h;Password=open sesame;SSL Mode=Require", "asks for TLS")]
    [InlineData("open sesame", "not a connection string")]
    [InlineData("", "names no Host")]
    public void What_is_no_connection_string_is_refused_without_repeating_any_of_it(string text, string reason)
    {
        var fault = Assert.Throws<InvalidInputException>(() => new PeerExchange(text, new PlainMemory("a"), new FixedHost(), 1));
        Assert.StartsWith("postgres: ", fault.Message);
        Assert.Contains(reason, fault.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sesame", fault.Message);
        Assert.DoesNotContain("open", fault.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("north#2")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void A_site_needs_a_usable_name(string site)
        => Assert.Equal("site", Assert.Throws<InvalidInputException>(() => new PeerExchange("Host=h", new PlainMemory(site), new FixedHost(), 1)).Argument);

    [Theory]
    [InlineData("Host=h;Port=7;Database=d e;Username=u;Password=p'q r")]
    [InlineData("postgresql://u:p%27q%20r@h:7/d%20e")]
    [InlineData("postgres://u:p%27q%20r@h:7/d%20e?sslmode=prefer&connect_timeout=5")]
    [InlineData("host=h port=7 dbname='d e' user=u password='p\\'q r'")]
    [InlineData(" host = h port=7 dbname=d\\ e user=u password=p\\'q\\ r ")]
    public void Connection_strings_of_npgsql_and_of_libpq_say_the_same(string text)
    {
        var settings = ConnectionText.Read(text);
        Assert.Equal(("h", 7, "d e", "u", "p'q r", 5), (settings.Host, settings.Port, settings.Database, settings.Username, settings.Password, settings.Timeout));
    }

    [Fact]
    public void Settings_of_the_string_are_kept_and_those_that_would_bring_threads_are_not()
    {
        var settings = ConnectionText.Read("host=h;Port=7;User ID=u;Password='a;b';Pooling=true;Keepalive=9;Timeout=11");
        Assert.Equal(("h", 7, "u", "a;b", 11), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Timeout));
        Assert.False(settings.Pooling);
        Assert.Equal(0, settings.KeepAlive);
        Assert.Equal(5, ConnectionText.Read("Host=h").Timeout);
    }
}
