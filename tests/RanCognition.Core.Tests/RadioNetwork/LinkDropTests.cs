using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

public sealed class LinkDropTests
{
    private static NetworkModel Model(int users = 500, double indoorShare = 0.8, bool shadowing = true, ulong seed = 5, PropagationModel model = PropagationModel.UrbanMacro) => new()
    {
        Propagation = new PropagationSpec { Model = model, FrequencyGHz = 3.5, Seed = seed, Shadowing = shadowing },
        Users = new UsersSpec { Count = users, Seed = 11, IndoorShare = indoorShare },
    };

    private static LinkTable Table(NetworkModel network) => LinkTable.From(network, "network");

    [Fact]
    public void The_same_model_gives_the_same_bits_and_another_seed_other_losses()
    {
        LinkTable one = Table(Model()), again = Table(Model()), other = Table(Model(seed: 6));
        Assert.Equal(one.LossDb, again.LossDb);
        Assert.Equal(one.AzimuthDeg, again.AzimuthDeg);
        Assert.Equal(one.ZenithDeg, other.ZenithDeg);   // places come from the users' seed
        Assert.True(one.LossDb.Where((loss, link) => loss == other.LossDb[link]).Count() < 5);
    }

    [Fact]
    public void A_users_links_do_not_depend_on_how_many_users_there_are()
    {
        LinkTable few = Table(Model(20)), many = Table(Model(700));
        Assert.Equal(few.LossDb, many.LossDb[..few.LossDb.Length]);
        Assert.Equal(1.0 / 20, few.Weights[3], 1e-15);
        Assert.Equal(1, many.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void A_users_links_to_the_first_sites_do_not_depend_on_further_sites()
    {
        SiteSpec[] sites = [new(0, 0, null), new(600, 0, null), new(0, 700, 30)];
        TrafficPoint[] points = [new(100, 50, 1, false), new(300, 300, 1, true), new(-200, 80, 1, true)];
        NetworkModel network = Model() with { Users = null, Points = points };
        LinkTable two = Table(network with { Layout = new LayoutSpec { List = sites[..2] } }), three = Table(network with { Layout = new LayoutSpec { List = sites } });
        for (int user = 0; user < 3; user++)
        {
            Assert.Equal(two.LossDb[(2 * user)..(2 * user + 2)], three.LossDb[(3 * user)..(3 * user + 2)]);
        }
    }

    [Fact]
    public void Directions_are_those_from_the_site_to_the_user()
    {
        // East, north, west and above: at the height of the site, below it and 45 degrees down.
        NetworkModel network = Model() with
        {
            Users = null,
            Layout = new LayoutSpec { List = [new(0, 0, 25), new(1000, 1000, 51.5)] },
            Points = [new(100, 0, 2, false), new(0, 23.5, 1, false), new(-50, 0, 1, false), new(950, 1000, 0, false)],
        };
        LinkTable table = Table(network);
        Assert.Equal(0, table.AzimuthDeg[0], 1e-9);
        Assert.Equal(90 + Math.Atan(0.235) * 180 / Math.PI, table.ZenithDeg[0], 1e-9);
        Assert.Equal(90, table.AzimuthDeg[2], 1e-9);
        Assert.Equal(135, table.ZenithDeg[2], 1e-9);
        Assert.Equal(180, Math.Abs(table.AzimuthDeg[4]), 1e-9);
        Assert.Equal(180, Math.Abs(table.AzimuthDeg[7]), 1e-9);
        Assert.Equal(135, table.ZenithDeg[7], 1e-9);
        Assert.Equal([0.5, 0.25, 0.25, 0], table.Weights);
    }

    [Fact]
    public void Without_shadowing_a_user_outdoors_has_the_path_loss_with_or_without_sight_as_often_as_published()
    {
        foreach (PropagationModel model in (PropagationModel[])[PropagationModel.UrbanMacro, PropagationModel.UrbanMicro])
        {
            NetworkModel network = Model(1500, 0, shadowing: false, model: model);
            LinkTable table = Table(network);
            PathLoss loss = new(model, 3.5);
            SiteLayout layout = SiteLayout.From(null, loss.SiteHeightM, "network");
            double seen = 0, expected = 0, variance = 0;
            for (int link = 0; link < table.LossDb.Length; link++)
            {
                double distance = Distance(layout, table, link);
                double with = loss.LineOfSightDb(distance, loss.SiteHeightM, 1.5, 1), without = loss.NoLineOfSightDb(distance, loss.SiteHeightM, 1.5, 1), probability = loss.LineOfSightProbability(distance, 1.5);
                Assert.True(Math.Abs(table.LossDb[link] - with) < 1e-9 || Math.Abs(table.LossDb[link] - without) < 1e-9);
                seen += Math.Abs(table.LossDb[link] - with) < 1e-9 ? 1 : 0;
                expected += probability;
                variance += probability * (1 - probability);
            }
            Assert.InRange((seen - expected) / Math.Sqrt(variance), -4, 4);
        }
    }

    [Fact]
    public void Shadowing_has_the_published_deviation_and_is_half_common_to_two_sites()
    {
        foreach ((double share, double deviation) in ((double, double)[])[(0, 6), (1, 7)])
        {
            // Far sites: no line of sight, so that only the shadowing differs from the same drop without it.
            NetworkModel network = Model(20_000, share) with { Layout = new LayoutSpec { List = [new(0, 0, null), new(50_000, 0, null), new(0, 50_000, null)] } };
            LinkTable with = Table(network), without = Table(network with { Propagation = network.Propagation with { Shadowing = false } });
            double[] sums = new double[4];
            int count = 0;
            for (int user = 0; user < with.Users; user++)
            {
                if (with.UserPlaces!.X[user] < 20_000 && with.UserPlaces.Y[user] < 20_000)
                {
                    double first = with.LossDb[3 * user + 1] - without.LossDb[3 * user + 1], second = with.LossDb[3 * user + 2] - without.LossDb[3 * user + 2];
                    sums[0] += first;
                    sums[1] += first * first;
                    sums[2] += second * second;
                    sums[3] += first * second;
                    count++;
                }
            }
            // Building entry deviates too, the same towards both sites: its kinds with 4.4 and 6.5 dB.
            double entry = share * (4.4 * 4.4 + 6.5 * 6.5) / 2;
            Assert.True(count > 5000);
            Assert.Equal(0, sums[0] / count, 0.4);
            Assert.Equal(1, sums[1] / count / (deviation * deviation + entry), 0.05);
            Assert.Equal(1, sums[2] / count / (deviation * deviation + entry), 0.05);
            Assert.Equal(0.5, (sums[3] / count - entry) / (deviation * deviation), 0.05);
        }
    }

    [Fact]
    public void Building_entry_is_the_same_towards_all_sites_and_half_of_the_buildings_are_of_either_kind()
    {
        NetworkModel network = Model(4000, 1, shadowing: false) with { Layout = new LayoutSpec { List = [new(0, 0, null), new(60_000, 0, null), new(0, 60_000, null)] } };
        LinkTable table = Table(network);
        PathLoss loss = new(PropagationModel.UrbanMacro, 3.5);
        BuildingEntry entry = new(3.5);
        SiteLayout layout = SiteLayout.From(network.Layout, loss.SiteHeightM, "network");
        int low = 0, high = 0, sights = 0;
        double depths = 0;
        for (int user = 0; user < table.Users; user++)
        {
            if (table.UserPlaces!.X[user] > 30_000 || table.UserPlaces.Y[user] > 30_000)
            {
                continue;
            }
            double height = table.UserPlaces.HeightM[user];
            double first = table.LossDb[3 * user + 1] - loss.NoLineOfSightDb(Distance(layout, table, 3 * user + 1), 25, height, 1);
            double second = table.LossDb[3 * user + 2] - loss.NoLineOfSightDb(Distance(layout, table, 3 * user + 2), 25, height, 1);
            if (Math.Abs(first - second) > 1e-9)
            {
                sights++;   // line of sight has the probability 18 / distance even so far away
                continue;
            }
            bool isLow = first <= entry.LowWallDb + 12.5;
            double depth = (first - (isLow ? entry.LowWallDb : entry.HighWallDb)) / 0.5;
            Assert.InRange(depth, 0, 25);
            depths += depth;
            low += isLow ? 1 : 0;
            high += isLow ? 0 : 1;
        }
        Assert.True(sights <= 10 && low + high > 1000);
        Assert.Equal(0.5, low / (double)(low + high), 0.05);
        Assert.Equal(25.0 / 3, depths / (low + high), 0.6);   // the smaller of two uniform in 0..25 m
    }

    [Fact]
    public void Higher_frequencies_lose_more_and_the_extremes_are_finite()
    {
        foreach (PropagationModel model in (PropagationModel[])[PropagationModel.UrbanMacro, PropagationModel.UrbanMicro])
        {
            NetworkModel network = Model(300, model: model);
            double before = 0;
            foreach (double frequency in (double[])[0.5, 2, 6, 28, 100])
            {
                LinkTable table = Table(network with { Propagation = network.Propagation with { FrequencyGHz = frequency } });
                Assert.All(table.LossDb, loss => Assert.True(double.IsFinite(loss)));
                Assert.True(table.LossDb.Average() > before);
                before = table.LossDb.Average();
            }
        }
    }

    [Fact]
    public void Points_on_a_site_and_sites_as_low_as_users_are_finite()
    {
        NetworkModel network = Model() with { Users = null, Layout = new LayoutSpec { List = [new(0, 0, 1.5), new(0, 0, 1), new(3, 4, 1000)] }, Points = [new(0, 0, 1, false), new(0, 0, 1, true), new(3, 4, 1, true)] };
        LinkTable table = Table(network);
        Assert.All(table.LossDb, loss => Assert.InRange(loss, 20, 250));
        Assert.All(table.ZenithDeg, zenith => Assert.InRange(zenith, 0, 180));
        Assert.All(table.AzimuthDeg, azimuth => Assert.InRange(azimuth, -180, 180));
    }

    private static double Distance(SiteLayout layout, LinkTable table, int link)
    {
        (double x, double y) = layout.Towards(table.UserPlaces!.X[link / table.Sites], table.UserPlaces.Y[link / table.Sites], link % table.Sites);
        return double.Hypot(x, y);
    }
}
