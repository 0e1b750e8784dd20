using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

public sealed class UserDropTests
{
    private static SiteLayout Hexagonal(int sites) => SiteLayout.From(new LayoutSpec { Sites = sites }, 25, "network");

    private static SiteLayout Free(params SiteSpec[] sites) => SiteLayout.From(new LayoutSpec { List = sites }, 25, "network");

    private static UserPlaces Drop(SiteLayout layout, int count, ulong seed = 1, double distanceMin = 35, double indoorShare = 0.8) =>
        UserDrop.Uniform(layout, new UsersSpec { Count = count, Seed = seed, IndoorShare = indoorShare }, distanceMin, "network/users");

    [Fact]
    public void The_first_users_are_the_same_however_many_there_are()
    {
        UserPlaces few = Drop(Hexagonal(19), 10), many = Drop(Hexagonal(19), 3000);
        Assert.Equal(few.X, many.X[..10]);
        Assert.Equal(few.Y, many.Y[..10]);
        Assert.Equal(few.HeightM, many.HeightM[..10]);
        Assert.Equal(few.Indoor, many.Indoor[..10]);
    }

    [Fact]
    public void Another_seed_puts_every_user_elsewhere()
    {
        UserPlaces one = Drop(Hexagonal(19), 500, 1), two = Drop(Hexagonal(19), 500, 2);
        Assert.DoesNotContain(Enumerable.Range(0, 500), user => one.X[user] == two.X[user]);
        Assert.Equal(500, one.X.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(19)]
    public void No_user_is_nearer_to_a_site_than_users_come_or_farther_than_a_corner_of_its_hexagon(int sites)
    {
        SiteLayout layout = Hexagonal(sites);
        UserPlaces users = Drop(layout, 4000);
        for (int user = 0; user < users.Count; user++)
        {
            double nearest = Enumerable.Range(0, sites).Min(site => Distance(layout, users, user, site));
            Assert.InRange(nearest, 35, 500 / Math.Sqrt(3) + 1e-9);
        }
    }

    [Fact]
    public void Users_are_uniform_over_the_hexagons()
    {
        SiteLayout layout = Hexagonal(19);
        const int count = 30_000;
        UserPlaces users = Drop(layout, count, distanceMin: 0);
        int[] bySite = new int[19];
        double squares = 0, xx = 0, yy = 0, xy = 0;
        for (int user = 0; user < count; user++)
        {
            int nearest = Enumerable.Range(0, 19).MinBy(site => Distance(layout, users, user, site));
            double x = users.X[user] - layout.Sites.X[nearest], y = users.Y[user] - layout.Sites.Y[nearest];
            bySite[nearest]++;
            xx += x * x / count;
            yy += y * y / count;
            xy += x * y / count;
            squares += (x * x + y * y) / count;
        }
        // Chi-square with 18 degrees of freedom is above 42.3 once in a thousand.
        Assert.True(bySite.Sum(seen => Math.Pow(seen - count / 19.0, 2) / (count / 19.0)) < 42.3);
        // Mean square of the distance from the middle of a hexagon: 5/12 of the square of its corners', the same in x and y.
        double expected = 5.0 / 12 * 500 * 500 / 3;
        Assert.Equal(1, squares / expected, 0.01);
        Assert.Equal(1, xx / expected * 2, 0.02);
        Assert.Equal(1, yy / expected * 2, 0.02);
        Assert.Equal(0, xy / expected, 0.01);
        // The hexagons touch at 30, 90, .. degrees: none is outside of the half planes that this makes.
        for (int user = 0; user < 3000; user++)
        {
            Assert.Contains(Enumerable.Range(0, 19), site => Enumerable.Range(0, 6).All(side =>
                (users.X[user] - layout.Sites.X[site]) * Math.Cos(Math.PI * (30 + 60 * side) / 180) + (users.Y[user] - layout.Sites.Y[site]) * Math.Sin(Math.PI * (30 + 60 * side) / 180) < 250 + 1e-6));
        }
    }

    [Fact]
    public void Users_within_buildings_are_as_many_as_asked_and_on_floors_as_published()
    {
        const int count = 40_000;
        UserPlaces users = Drop(Hexagonal(1), count, indoorShare: 0.7);
        Assert.Equal(0.7, users.Indoor.Count(indoor => indoor) / (double)count, 0.01);
        double[] floors = new double[9];
        for (int user = 0; user < count; user++)
        {
            Assert.True(users.Indoor[user] || users.HeightM[user] == 1.5);
            if (users.Indoor[user])
            {
                floors[(int)((users.HeightM[user] - 1.5) / 3) + 1]++;
            }
        }
        double all = floors.Sum();
        for (int floor = 1; floor <= 8; floor++)
        {
            double expected = Enumerable.Range(4, 5).Sum(top => floor <= top ? 0.2 / top : 0);   // of buildings with 4..8 floors
            Assert.Equal(expected, floors[floor] / all, 0.012);
        }
        Assert.DoesNotContain(true, Drop(Hexagonal(1), 1000, indoorShare: 0).Indoor);
        Assert.DoesNotContain(false, Drop(Hexagonal(1), 1000, indoorShare: 1).Indoor);
    }

    [Fact]
    public void Hexagons_of_a_free_layout_are_as_wide_as_the_nearest_site_is_far()
    {
        SiteLayout layout = Free(new(0, 0, null), new(800, 0, 40), new(800, 2000, null), new(800, 2000, 30));
        Assert.Equal([800, 800, 2000, 2000], layout.HexagonWidthM);
        Assert.Equal([25, 40, 25, 30], layout.Sites.HeightM);
        Assert.Equal([500], Free(new SiteSpec(7, 7, null)).HexagonWidthM);
        UserPlaces users = Drop(layout, 2000);
        for (int user = 0; user < users.Count; user++)
        {
            Assert.Contains(Enumerable.Range(0, 4), site => Distance(layout, users, user, site) <= layout.HexagonWidthM[site] / Math.Sqrt(3) + 1e-9);
        }
    }

    [Fact]
    public void Sites_that_leave_no_room_do_not_hold_up_the_drop()
    {
        UserPlaces users = Drop(Free([.. Enumerable.Range(0, 200).Select(i => new SiteSpec(i % 20, i / 20, null))]), 200);
        Assert.All(users.X, x => Assert.InRange(x, -1, 21));
    }

    private static double Distance(SiteLayout layout, UserPlaces users, int user, int site)
    {
        (double x, double y) = layout.Towards(users.X[user], users.Y[user], site);
        return double.Hypot(x, y);
    }
}
