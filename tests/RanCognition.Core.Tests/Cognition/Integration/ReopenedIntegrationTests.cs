using System.Globalization;
using System.Text;
using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Tests.Cognition;

/// <summary>What acts as one is told of the history in the file, too.</summary>
public sealed class ReopenedIntegrationTests : IDisposable
{
    private const ulong Start = 1_699_990_000_000_000_000;
    private const ulong Period = 900_000_000_000;
    private const int Periods = 80;

    private readonly string _folder = Directory.CreateTempSubdirectory("ran-integration-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_core_that_opens_its_file_again_tells_the_integration_of_the_metrics_of_the_latest_problem()
    {
        string inOneLife;
        using (CognitiveSession session = Open())
        {
            session.Ingest(Rows(constant: 3, changing: 6));
            session.Decide(Problem("c1/m < 9", "c3/m < 9", "c4/m / c5/m < 9"), []);
            session.Decide(Problem(), []);                 // of no metric: the one before counts
            inOneLife = Integration(session);
        }
        Assert.Contains("\"phi\":0.", inOneLife, StringComparison.Ordinal);
        Assert.DoesNotContain("c0/m", inOneLife, StringComparison.Ordinal);
        using CognitiveSession again = Open();
        Assert.Equal(inOneLife, Integration(again));
    }

    [Fact]
    public void Without_a_problem_the_series_that_change_are_found_behind_many_that_do_not()
    {
        using (CognitiveSession session = Open())
        {
            session.Ingest(Rows(constant: 40, changing: 3));
        }
        using CognitiveSession again = Open();
        using JsonDocument integration = JsonDocument.Parse(Integration(again));
        Assert.Equal(JsonValueKind.Number, integration.RootElement.GetProperty("phi").ValueKind);
        string[] names = [.. integration.RootElement.GetProperty("partition").EnumerateArray().SelectMany(side => side.EnumerateArray()).Select(name => name.GetString()!)];
        Assert.Equal(["c0/m", "c1/m", "c2/m"], names.Order(StringComparer.Ordinal));
    }

    private CognitiveSession Open() => new(new CognitiveOptions { Path = Path.Combine(_folder, "memory.db") }, new FixedHost());

    private static string Integration(CognitiveSession session)
    {
        using JsonDocument state = JsonDocument.Parse(session.GetState());
        return state.RootElement.GetProperty("integration").GetRawText();
    }

    private static byte[] Problem(params string[] targets) => Encoding.UTF8.GetBytes(
        $"{{\"network_id\":\"\",\"time_ns\":{(Start + Periods * Period).ToString(CultureInfo.InvariantCulture)},\"constraints\":{JsonSerializer.Serialize(targets)}}}");

    /// <summary>Series that do not change come first; each that changes follows the one before it by a period.</summary>
    private static byte[] Rows(int constant, int changing)
    {
        var random = new Random(7);
        var rows = new StringBuilder("{\"rows\":[");
        double[] noise = [.. Enumerable.Range(0, Periods + changing).Select(_ => random.NextDouble())];
        for (int series = 0; series < constant + changing; series++)
        {
            int place = series - constant;
            for (int t = 0; t < Periods; t++)
            {
                double value = place < 0 ? 5 : noise[t + changing - place] + 0.5 * random.NextDouble();
                string name = place < 0 ? $"k{series}" : $"c{place}";
                rows.Append(rows[^1] == '[' ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"time_ns\":{Start + (ulong)t * Period},\"object\":\"{name}\",\"metric\":\"m\",\"value\":{value}}}");
            }
        }
        return Encoding.UTF8.GetBytes(rows.Append("]}").ToString());
    }
}
