using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>Given links become the table as they are; what cannot be used is named.</summary>
public sealed class LinkTableTests
{
    private static LinkSpec Links(int users = 2, int sites = 3) => new()
    {
        Users = users,
        Sites = sites,
        LossDb = [.. Enumerable.Range(0, users * sites).Select(i => 100.0 + i)],
        AzimuthDeg = [.. Enumerable.Range(0, users * sites).Select(i => 10.0 * i)],
        ZenithDeg = [.. Enumerable.Range(0, users * sites).Select(i => 90.0 + i)],
    };

    private static LinkTable Table(LinkSpec links) => LinkTable.From(new NetworkModel { Links = links }, "network");

    private static string Refusal(NetworkModel network) => Assert.Throws<InvalidInputException>(() => LinkTable.From(network, "network")).Message;

    private static string Refusal(LinkSpec links) => Refusal(new NetworkModel { Links = links });

    [Fact]
    public void Given_links_are_taken_as_they_are()
    {
        LinkTable table = Table(Links());
        Assert.Equal((2, 3), (table.Users, table.Sites));
        Assert.Equal([100, 101, 102, 103, 104, 105], table.LossDb);
        Assert.Equal(40, table.AzimuthDeg[1 * 3 + 1]);
        Assert.Equal(95, table.ZenithDeg[5]);
        Assert.Equal([0.5, 0.5], table.Weights);
        Assert.Null(table.UserPlaces);
        Assert.Null(table.SitePlaces);
    }

    [Fact]
    public void Weights_are_scaled_to_the_sum_1_whatever_their_size()
    {
        Assert.Equal([0.25, 0.75], Table(Links() with { Weights = [1, 3] }).Weights);
        Assert.Equal([0, 1], Table(Links() with { Weights = [0, 1e-300] }).Weights);
        Assert.Equal([0.5, 0.5], Table(Links() with { Weights = [1.7e308, 1.7e308] }).Weights);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_named()
    {
        Assert.StartsWith("network/links/loss_db: has 5 numbers", Refusal(Links() with { LossDb = new double[5] }));
        Assert.StartsWith("network/links/azimuth_deg: has 0 numbers", Refusal(Links() with { AzimuthDeg = [] }));
        Assert.StartsWith("network/links/zenith_deg: has 7 numbers", Refusal(Links() with { ZenithDeg = new double[7] }));
        Assert.StartsWith("network/links/weights: has 3 numbers", Refusal(Links() with { Weights = new double[3] }));
        Assert.StartsWith("network/links: 0 users", Refusal(Links() with { Users = 0 }));
        Assert.StartsWith("network/links: -1 sites", Refusal(Links() with { Sites = -1 }));
        Assert.StartsWith("network/links: 100001 users", Refusal(Links() with { Users = 100_001 }));
        Assert.StartsWith("network/links: 1001 sites", Refusal(Links() with { Sites = 1001 }));
        Assert.StartsWith("network/links: 100000000 links", Refusal(Links() with { Users = 100_000, Sites = 1000 }));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_named(double value)
    {
        Assert.StartsWith("network/links/loss_db/4: ", Refusal(Links() with { LossDb = [1, 1, 1, 1, value, 1] }));
        Assert.StartsWith("network/links/azimuth_deg/0: ", Refusal(Links() with { AzimuthDeg = [value, 1, 1, 1, 1, 1] }));
        Assert.StartsWith("network/links/zenith_deg/5: ", Refusal(Links() with { ZenithDeg = [1, 1, 1, 1, 1, value] }));
        Assert.StartsWith("network/links/weights/1: ", Refusal(Links() with { Weights = [1, value] }));
        Assert.StartsWith("network/points/1/x: ", Refusal(new NetworkModel { Points = [new(0, 0, 1, true), new(value, 0, 1, true)] }));
        Assert.StartsWith("network/points/0/y: ", Refusal(new NetworkModel { Points = [new(0, value, 1, true)] }));
        Assert.StartsWith("network/points/0/weight: ", Refusal(new NetworkModel { Points = [new(0, 0, value, true)] }));
        Assert.StartsWith("network/sites/0/x: ", Refusal(new NetworkModel { Layout = new LayoutSpec { List = [new(value, 0, null)] } }));
        Assert.StartsWith("network/sites/0/y: ", Refusal(new NetworkModel { Layout = new LayoutSpec { List = [new(0, value, null)] } }));
        Assert.StartsWith("network/sites/0/height_m: ", Refusal(new NetworkModel { Layout = new LayoutSpec { List = [new(0, 0, value)] } }));
        Assert.StartsWith("network/layout/inter_site_distance_m: ", Refusal(new NetworkModel { Layout = new LayoutSpec { InterSiteDistanceM = value } }));
        Assert.StartsWith("network/propagation/frequency_ghz: ", Refusal(new NetworkModel { Propagation = new PropagationSpec { FrequencyGHz = value } }));
        Assert.StartsWith("network/users/indoor_share: ", Refusal(new NetworkModel { Users = new UsersSpec { IndoorShare = value } }));
    }

    [Fact]
    public void Numbers_out_of_bounds_are_named()
    {
        Assert.StartsWith("network/links/zenith_deg/0: 181, must be 0..180", Refusal(Links() with { ZenithDeg = [181, 1, 1, 1, 1, 1] }));
        Assert.StartsWith("network/links/azimuth_deg/1: ", Refusal(Links() with { AzimuthDeg = [1, 1e9, 1, 1, 1, 1] }));
        Assert.StartsWith("network/links/loss_db/2: -5000, must be at least -300", Refusal(Links() with { LossDb = [1, 1, -5000, 1, 1, 1] }));
        Assert.StartsWith("network/links/weights/0: ", Refusal(Links() with { Weights = [-1, 2] }));
        Assert.StartsWith("network/links/weights: no weight is above 0", Refusal(Links() with { Weights = [0, 0] }));
        Assert.StartsWith("network/points: no weight is above 0", Refusal(new NetworkModel { Points = [new(0, 0, 0, true)] }));
        Assert.StartsWith("network/points: 0 points", Refusal(new NetworkModel { Points = [] }));
        Assert.StartsWith("network/sites: 0 sites", Refusal(new NetworkModel { Layout = new LayoutSpec { List = [] } }));
        Assert.StartsWith("network/sites/0/height_m: 0, ", Refusal(new NetworkModel { Layout = new LayoutSpec { List = [new(0, 0, 0)] } }));
        Assert.StartsWith("network/layout/sites: 12, must be 1, 7 or 19", Refusal(new NetworkModel { Layout = new LayoutSpec { Sites = 12 } }));
        Assert.StartsWith("network/layout/inter_site_distance_m: 0, ", Refusal(new NetworkModel { Layout = new LayoutSpec { InterSiteDistanceM = 0 } }));
        Assert.StartsWith("network/layout/inter_site_distance_m: 50, ", Refusal(new NetworkModel { Layout = new LayoutSpec { InterSiteDistanceM = 50 }, Users = new UsersSpec() }));
        Assert.StartsWith("network/users/count: 0, ", Refusal(new NetworkModel { Users = new UsersSpec { Count = 0 } }));
        Assert.StartsWith("network/users/count: 100001, ", Refusal(new NetworkModel { Users = new UsersSpec { Count = 100_001 } }));
        Assert.StartsWith("network/propagation/frequency_ghz: 0.4, ", Refusal(new NetworkModel { Propagation = new PropagationSpec { FrequencyGHz = 0.4 } }));
        Assert.StartsWith("network/propagation/model: ", Refusal(new NetworkModel { Propagation = new PropagationSpec { Model = (PropagationModel)7 } }));
        SiteSpec[] sites = [.. Enumerable.Range(0, 1000).Select(i => new SiteSpec(1000 * i, 0, null))];
        Assert.StartsWith("network/users/count: 20001000 links", Refusal(new NetworkModel { Layout = new LayoutSpec { List = sites }, Users = new UsersSpec { Count = 20_001 } }));
    }

    [Fact]
    public void Users_come_from_one_place()
    {
        UsersSpec users = new();
        TrafficPoint[] points = [new(0, 0, 1, true)];
        Assert.StartsWith("network/points: cannot stand beside users", Refusal(new NetworkModel { Users = users, Points = points }));
        Assert.StartsWith("network/links: cannot stand beside", Refusal(new NetworkModel { Users = users, Links = Links() }));
        Assert.StartsWith("network/links: cannot stand beside", Refusal(new NetworkModel { Points = points, Links = Links() }));
        Assert.StartsWith("network/links: 3 sites, but the layout has 19", Refusal(new NetworkModel { Layout = new LayoutSpec(), Links = Links() }));
        Assert.Equal(3, LinkTable.From(new NetworkModel { Layout = new LayoutSpec { List = [new(0, 0, null), new(1, 0, null), new(2, 0, null)] }, Links = Links() }, "network").Sites);
    }

    [Fact]
    public void A_model_without_a_layout_has_19_sites_and_one_without_users_is_refused()
    {
        Assert.StartsWith("network: has neither users, points nor links", Refusal(new NetworkModel()));
        LinkTable table = LinkTable.From(new NetworkModel { Users = new UsersSpec() }, "network");
        Assert.Equal((1000, 19), (table.Users, table.Sites));
        Assert.Equal((1000, 19), (table.UserPlaces!.Count, table.SitePlaces!.Count));
    }
}
