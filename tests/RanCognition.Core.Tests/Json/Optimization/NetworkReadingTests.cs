using System.Globalization;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using static RanCognition.Tests.Memory.MemoryQueryReadingTests;

namespace RanCognition.Tests.Json.Optimization;

public class NetworkReadingTests
{
    private static NetworkModel Network(string text) => JsonIn.NetworkModel(Encoding.UTF8.GetBytes(text), "network");

    [Fact]
    public void A_generated_network_is_read()
    {
        NetworkModel network = Network(
            """
            {"layout":{"type":"hexagonal","sites":7,"inter_site_distance_m":200,"wraparound":false},"propagation":{"model":"UMi","frequency_ghz":3.5,"seed":18446744073709551615,"shadowing":false},
            "users":{"count":250,"seed":3,"indoor_share":0.25},"antenna":{"model":"TR36814","rows":4},"bandwidth_mhz":100,"noise_figure_db":7,"efficiency":{"bandwidth":0.5,"sinr":1},
            "traffic_mbps":400.5,"cells":[{"azimuth_deg":-30,"tilt_deg":99.5,"power_dbm":43,"on":false,"site":6,"cio_db":-2,"carrier":1},{}],
            "carriers":[{"frequency_ghz":2,"bandwidth_mhz":20},{"frequency_ghz":3.5,"bandwidth_mhz":100}],"energy":{"active_w":1,"load_w":2,"sleep_w":0},"coverage_rsrp_dbm":-110,"map":1}
            """);
        Assert.Equal(new LayoutSpec { Sites = 7, InterSiteDistanceM = 200, Wraparound = false }, network.Layout);
        Assert.Equal(new PropagationSpec { Model = PropagationModel.UrbanMicro, FrequencyGHz = 3.5, Seed = ulong.MaxValue, Shadowing = false }, network.Propagation);
        Assert.Equal(new UsersSpec { Count = 250, Seed = 3, IndoorShare = 0.25 }, network.Users);
        Assert.Equal(new AntennaSpec { Model = AntennaModel.Tr36814, Rows = 4 }, network.Antenna);
        Assert.Equal((100, 7, 0.5, 1, 400.5, -110),
            (network.BandwidthMHz, network.NoiseFigureDb, network.BandwidthEfficiency, network.SinrEfficiency, network.TrafficMbps, network.CoverageRsrpDbm));
        Assert.Equal([new CellSpec { AzimuthDeg = -30, TiltDeg = 99.5, PowerDbm = 43, On = false, Site = 6, CioDb = -2, Carrier = 1 }, new CellSpec()], network.Cells!);
        Assert.Equal([new CarrierSpec(2, 20), new CarrierSpec(3.5, 100)], network.Carriers!);
        Assert.Equal(new EnergySpec { ActiveW = 1, LoadW = 2, SleepW = 0 }, network.Energy);
        Assert.Equal([new("/map", "unknown field")], network.Ignored);
    }

    [Fact]
    public void A_network_of_places_is_read()
    {
        NetworkModel network = Network(
            """{"sites":[{"x":-1.5,"y":2,"height_m":25},{"y":0,"x":1e3}],"points":[{"x":1,"y":2,"weight":0.5,"indoor":true},{"y":-4,"x":3}],"antenna":{"model":"omni"},"users":null,"links":null,"layout":null}""");
        Assert.Equal([new SiteSpec(-1.5, 2, 25), new SiteSpec(1000, 0, null)], network.Layout!.List!);
        Assert.Equal([new TrafficPoint(1, 2, 0.5, true), new TrafficPoint(3, -4, 1, false)], network.Points!);
        Assert.Equal(AntennaModel.Omni, network.Antenna.Model);
        NetworkModel many = Network("{\"points\":[" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"x":{{i}},"y":0}""")) + "]}");
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (double)i), many.Points!.Select(point => point.X));
    }

    [Fact]
    public void What_is_left_out_or_null_has_its_default()
    {
        NetworkModel defaults = new();
        foreach (string text in new[]
        {
            "{}",
            """
            {"layout":null,"sites":null,"propagation":null,"users":null,"points":null,"links":null,"antenna":null,"bandwidth_mhz":null,"noise_figure_db":null,"efficiency":null,"traffic_mbps":null,
            "cells":null,"carriers":null,"energy":null,"coverage_rsrp_dbm":null}
            """,
            """
            {"propagation":{"model":null,"frequency_ghz":null,"seed":null,"shadowing":null},"antenna":{"model":null,"rows":null},"efficiency":{"bandwidth":null,"sinr":null},
            "energy":{"active_w":null,"load_w":null,"sleep_w":null}}
            """,
        })
        {
            NetworkModel network = Network(text);
            Assert.Empty(network.Ignored);
            Assert.Equal(defaults with { Ignored = network.Ignored }, network);
        }
        Assert.Equal(new LayoutSpec(), Network("""{"layout":{"type":null,"sites":null,"inter_site_distance_m":null,"wraparound":null}}""").Layout);
        Assert.Equal(new UsersSpec(), Network("""{"users":{"count":null,"seed":null,"indoor_share":null}}""").Users);
        Assert.Equal([new CellSpec()], Network("""{"cells":[{"site":null,"azimuth_deg":null,"tilt_deg":null,"power_dbm":null,"on":null,"cio_db":null,"carrier":null}]}""").Cells!);
        Assert.Null(Network("""{"links":{"loss_db":[[1]],"azimuth_deg":[[1]],"zenith_deg":[[1]],"weights":null}}""").Links!.Weights);
    }

    [Fact]
    public void Links_are_read_into_rows_of_users_bit_for_bit()
    {
        Random random = new(5);
        foreach ((int users, int sites) in new[] { (1, 1), (1, 5), (3, 1), (40, 19), (257, 7) })
        {
            double[] losses = Numbers(random, users * sites, 60, 180);
            double[] azimuths = Numbers(random, users * sites, -180, 180);
            double[] zeniths = Numbers(random, users * sites, 0, 180);
            double[] weights = Numbers(random, users, 0, 1);
            LinkSpec links = Network(
                $$"""{"links":{"weights":[{{string.Join(", ", weights.Select(Text))}}],"zenith_deg":{{Table(zeniths, sites)}},"loss_db":{{Table(losses, sites)}},"azimuth_deg":{{Table(azimuths, sites)}} } }""").Links!;
            Assert.Equal((users, sites), (links.Users, links.Sites));
            Assert.Equal(losses, links.LossDb);
            Assert.Equal(azimuths, links.AzimuthDeg);
            Assert.Equal(zeniths, links.ZenithDeg);
            Assert.Equal(weights, links.Weights!);
        }
    }

    [Theory]
    [InlineData("""{"loss_db":[[1,2],[3]]}""", "/loss_db/1: 1 numbers, the first row has 2")]
    [InlineData("""{"loss_db":[[1,2],[3,4],[]]}""", "/loss_db/2: 0 numbers, the first row has 2")]
    [InlineData("""{"loss_db":[[1,2],[3,4,5]]}""", "/loss_db/1: more than 2 numbers, as many as the first row has")]
    [InlineData("""{"loss_db":[[1,2],[3,4,"x"]]}""", "/loss_db/1: more than 2 numbers, as many as the first row has")]
    [InlineData("""{"loss_db":[]}""", "/loss_db: is empty: at least one row is needed")]
    [InlineData("""{"loss_db":[[]]}""", "/loss_db/0: is empty: at least one number is needed")]
    [InlineData("""{"loss_db":[[1,null]]}""", "/loss_db/0/1: null, must be a number")]
    [InlineData("""{"loss_db":[[1,2],[null,3]]}""", "/loss_db/1/0: null, must be a number")]
    [InlineData("""{"loss_db":[[1,2],[1,"3"]]}""", "/loss_db/1/1: expected a number or null, found a string at byte 31")]
    [InlineData("""{"loss_db":[[1,2],[1e999,3]]}""", "/loss_db/1/0: the number is beyond the range of a double at byte 29")]
    [InlineData("""{"loss_db":[[1,2],[1,[3]]]}""", "/loss_db/1/1: expected a number or null, found an array at byte 31")]
    [InlineData("""{"loss_db":[[1,2],3]}""", "/loss_db/1: expected an array of numbers, found a number at byte 28")]
    [InlineData("""{"loss_db":[1,2]}""", "/loss_db/0: expected an array of numbers, found a number at byte 22")]
    [InlineData("""{"loss_db":{}}""", "/loss_db: expected an array of rows of numbers, found an object at byte 21")]
    [InlineData("""{"loss_db":[[1,2],[1001,2]]}""", "/loss_db/1/0: 1001, must be -1000..1000")]
    [InlineData("""{"zenith_deg":[[90],[-0.5]]}""", "/zenith_deg/1/0: -0.5, must be 0..180")]
    [InlineData("""{"zenith_deg":[[180.5]]}""", "/zenith_deg/0/0: 180.5, must be 0..180")]
    [InlineData("""{"azimuth_deg":[[1e7]]}""", "/azimuth_deg/0/0: 10000000, must be -1000000..1000000")]
    [InlineData("""{"weights":[1,-1]}""", "/weights/1: -1, must be 0 or more")]
    [InlineData("""{"weights":[1,null]}""", "/weights/1: null, must be a number")]
    [InlineData("""{"azimuth_deg":[[1]],"zenith_deg":[[1]]}""", ": field 'loss_db' is missing at byte 49")]
    [InlineData("""{"loss_db":[[1]],"zenith_deg":[[1]]}""", ": field 'azimuth_deg' is missing at byte 45")]
    [InlineData("""{"loss_db":[[1]],"azimuth_deg":[[1]],"zenith_deg":null}""", ": field 'zenith_deg' is missing at byte 64")]
    [InlineData("""{"loss_db":[[1,2]],"azimuth_deg":[[1],[2]],"zenith_deg":[[1,2]]}""", ": azimuth_deg has 2 rows of 1 numbers, loss_db 1 of 2")]
    [InlineData("""{"loss_db":[[1,2]],"azimuth_deg":[[1,2]],"zenith_deg":[[1,2],[1,2]]}""", ": zenith_deg has 2 rows of 2 numbers, loss_db 1 of 2")]
    [InlineData("""{"loss_db":[[1]],"azimuth_deg":[[1]],"zenith_deg":[[1]],"weights":[1,2]}""", ": weights has 2 numbers, loss_db 1 rows")]
    public void Links_that_are_no_table_are_refused_by_their_place(string links, string message) =>
        CheckRefused("network: /links" + message, () => Network("{\"links\": " + links + "}"));

    [Theory]
    [InlineData("[]", "network: expected an object, found an array at byte 0")]
    [InlineData("""{"users":{},"points":[{"x":0,"y":0}]}""", "network: /points: users and points cannot both be given")]
    [InlineData("""{"points":[{"x":0,"y":0}],"links":{}}""", "network: /links: points and links cannot both be given")]
    [InlineData("""{"sites":[{"x":0,"y":0}],"layout":{}}""", "network: /layout: sites and layout cannot both be given")]
    [InlineData("""{"layout":[]}""", "network: /layout: expected an object with type, found an array at byte 10")]
    [InlineData("""{"layout":{"type":"square"}}""", "network: /layout/type: 'square' is none of: hexagonal; other layouts are a list of sites beside layout at byte 18")]
    [InlineData("""{"layout":{"sites":18}}""", "network: /layout/sites: 18, must be 1, 7 or 19")]
    [InlineData("""{"layout":{"inter_site_distance_m":0}}""", "network: /layout/inter_site_distance_m: 0, must be above 0")]
    [InlineData("""{"sites":[]}""", "network: /sites: is empty: at least one site is needed")]
    [InlineData("""{"sites":[{"x":0}]}""", "network: /sites/0: field 'y' is missing at byte 16")]
    [InlineData("""{"sites":[{"x":1e8,"y":0}]}""", "network: /sites/0/x: 100000000, must be -10000000..10000000")]
    [InlineData("""{"points":[]}""", "network: /points: is empty: at least one point is needed")]
    [InlineData("""{"points":[{"y":0}]}""", "network: /points/0: field 'x' is missing at byte 17")]
    [InlineData("""{"points":[{"x":0,"y":0,"weight":-1}]}""", "network: /points/0/weight: -1, must be 0 or more")]
    [InlineData("""{"propagation":{"model":"RMa"}}""", "network: /propagation/model: 'RMa' is none of: UMa or UMi at byte 24")]
    [InlineData("""{"propagation":{"frequency_ghz":0.4}}""", "network: /propagation/frequency_ghz: 0.4, must be 0.5..100")]
    [InlineData("""{"propagation":{"frequency_ghz":101}}""", "network: /propagation/frequency_ghz: 101, must be 0.5..100")]
    [InlineData("""{"users":{"count":0}}""", "network: /users/count: 0, must be 1..100000")]
    [InlineData("""{"users":{"indoor_share":1.5}}""", "network: /users/indoor_share: 1.5, must be 0..1")]
    [InlineData("""{"antenna":{"model":"dipole"}}""", "network: /antenna/model: 'dipole' is none of: TR38901, TR36814 or omni at byte 20")]
    [InlineData("""{"antenna":{"rows":0}}""", "network: /antenna/rows: 0, must be 1..1024")]
    [InlineData("""{"bandwidth_mhz":0}""", "network: /bandwidth_mhz: 0, must be above 0")]
    [InlineData("""{"bandwidth_mhz":-20}""", "network: /bandwidth_mhz: -20, must be above 0")]
    [InlineData("""{"noise_figure_db":"9"}""", "network: /noise_figure_db: expected a number, found a string at byte 19")]
    [InlineData("""{"efficiency":{"sinr":0}}""", "network: /efficiency/sinr: 0, must be above 0")]
    [InlineData("""{"traffic_mbps":-1}""", "network: /traffic_mbps: -1, must be 0 or more")]
    [InlineData("""{"cells":[]}""", "network: /cells: is empty: at least one cell is needed")]
    [InlineData("""{"cells":[{"site":1000}]}""", "network: /cells/0/site: 1000, must be 0..999")]
    [InlineData("""{"cells":[{"tilt_deg":-1}]}""", "network: /cells/0/tilt_deg: -1, must be 0..180")]
    [InlineData("""{"cells":[{"power_dbm":1e300}]}""", "network: /cells/0/power_dbm: 1E+300, must be -1000..1000")]
    [InlineData("""{"cells":[{"carrier":64}]}""", "network: /cells/0/carrier: 64, must be 0..63")]
    [InlineData("""{"carriers":[]}""", "network: /carriers: is empty: at least one carrier is needed")]
    [InlineData("""{"carriers":[{"frequency_ghz":2}]}""", "network: /carriers/0: field 'bandwidth_mhz' is missing at byte 31")]
    [InlineData("""{"energy":{"sleep_w":-1}}""", "network: /energy/sleep_w: -1, must be 0 or more")]
    [InlineData("""{"coverage_rsrp_dbm":true}""", "network: /coverage_rsrp_dbm: expected a number, found a boolean at byte 21")]
    public void A_network_that_cannot_be_is_refused_by_its_place_and_reason(string text, string message) => CheckRefused(message, () => Network(text));

    [Fact]
    public void Lists_have_bounds()
    {
        static string Many(int count, string element) => "[" + string.Join(',', Enumerable.Repeat(element, count)) + "]";
        CheckRefused("network: /cells: more than 1000 cells", () => Network($$"""{"cells":{{Many(1001, "{}")}}}"""));
        CheckRefused("network: /sites: more than 1000 sites", () => Network($$"""{"sites":{{Many(1001, """{"x":0,"y":0}""")}}}"""));
        CheckRefused("network: /points: more than 100000 points", () => Network($$"""{"points":{{Many(100_001, """{"x":0,"y":0}""")}}}"""));
        CheckRefused("network: /links/loss_db: more than 100000 rows", () => Network($$$"""{"links":{"loss_db":{{{Many(100_001, "[0]")}}}}}"""));
        CheckRefused("network: /links/loss_db/0: more than 1000 values", () => Network($$$"""{"links":{"loss_db":[{{{Many(1001, "0")}}}]}}"""));
        CheckRefused("network: /links/weights: more than 100000 values", () => Network($$$"""{"links":{"weights":{{{Many(100_001, "0")}}}}}"""));
    }

    private static double[] Numbers(Random random, int count, double least, double most) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Round(least + random.NextDouble() * (most - least), random.Next(16)))];

    private static string Table(double[] numbers, int columns) => "[" + string.Join(",\n", numbers.Chunk(columns).Select(row => $"[{string.Join(',', row.Select(Text))}]")) + "]";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
