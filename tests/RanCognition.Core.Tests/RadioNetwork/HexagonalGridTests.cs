using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

public sealed class HexagonalGridTests
{
    private const double DistanceM = 500;

    private static SiteLayout Layout(int sites, bool wraparound = true) => SiteLayout.From(new LayoutSpec { Sites = sites, InterSiteDistanceM = DistanceM, Wraparound = wraparound }, 25, "network");

    /// <summary>All lattice points within that many steps, without rings: every combination of two basis vectors.</summary>
    private static List<(double X, double Y)> Lattice(int steps)
    {
        List<(double, double)> points = [];
        for (int first = -steps; first <= steps; first++)
        {
            for (int second = -steps; second <= steps; second++)
            {
                points.Add((DistanceM * first * Math.Sqrt(3) / 2, DistanceM * (0.5 * first + second)));   // vectors at 30 and 90 degrees
            }
        }
        return points;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(19)]
    public void Sites_are_the_lattice_points_nearest_to_the_first(int sites)
    {
        SitePlaces places = Layout(sites).Sites;
        double[] expected = [.. Lattice(4).Select(point => double.Hypot(point.X, point.Y)).Order().Take(sites)];
        double[] distances = new double[sites];
        for (int i = 0; i < sites; i++)
        {
            distances[i] = double.Hypot(places.X[i], places.Y[i]);
            Assert.Contains(Lattice(4), point => double.Hypot(point.X - places.X[i], point.Y - places.Y[i]) < 1e-9);
            for (int other = 0; other < i; other++)
            {
                Assert.True(double.Hypot(places.X[i] - places.X[other], places.Y[i] - places.Y[other]) > DistanceM - 1e-9);
            }
            Assert.Equal(25, places.HeightM[i]);
        }
        Assert.Equal(0, distances[0]);
        Assert.Equal(expected, distances.Order(), (left, right) => Math.Abs(left - right) < 1e-9);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(19)]
    public void With_wraparound_every_site_has_the_same_neighbourhood(int sites)
    {
        SiteLayout layout = Layout(sites);
        double[] first = Distances(layout, layout.Sites.X[0], layout.Sites.Y[0]);
        Assert.Equal(6, first.Count(distance => Math.Abs(distance - DistanceM) < 1e-6));
        for (int site = 1; site < sites; site++)
        {
            Assert.Equal(first, Distances(layout, layout.Sites.X[site], layout.Sites.Y[site]), (left, right) => Math.Abs(left - right) < 1e-6);
        }
    }

    [Fact]
    public void Copies_fill_the_plane_without_gap_or_overlap()
    {
        foreach (int rings in (int[])[1, 2])
        {
            SitePlaces sites = HexagonalGrid.Sites(rings, DistanceM, 25);
            (double[] copyX, double[] copyY) = HexagonalGrid.Copies(rings, DistanceM);
            Assert.Equal(7, copyX.Length);
            List<(double X, double Y)> all = [];
            for (int copy = 0; copy < copyX.Length; copy++)
            {
                for (int site = 0; site < sites.Count; site++)
                {
                    all.Add((sites.X[site] + copyX[copy], sites.Y[site] + copyY[copy]));
                }
            }
            // No two are nearer than neighbours, and all six neighbours of every site of the layout itself are there.
            for (int i = 0; i < all.Count; i++)
            {
                double[] distances = [.. all.Where((_, other) => other != i).Select(place => double.Hypot(place.X - all[i].X, place.Y - all[i].Y))];
                Assert.True(distances.Min() > DistanceM - 1e-6);
                Assert.True(i >= sites.Count || distances.Count(distance => distance < DistanceM + 1e-6) == 6);
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(19)]
    public void The_nearest_copy_is_nearest_among_all_copies_near_and_far(int sites)
    {
        SiteLayout layout = Layout(sites);
        UserPlaces users = UserDrop.Uniform(layout, new UsersSpec { Count = 400, Seed = 7 }, 35, "users");
        (double[] copyX, double[] copyY) = HexagonalGrid.Copies(HexagonalGrid.Rings(sites), DistanceM);
        for (int user = 0; user < users.Count; user++)
        {
            for (int site = 0; site < sites; site++)
            {
                (double x, double y) = layout.Towards(users.X[user], users.Y[user], site);
                double nearest = double.PositiveInfinity;
                // Sums of two shifts reach the second ring of copies too.
                for (int first = 0; first < 7; first++)
                {
                    for (int second = 0; second < 7; second++)
                    {
                        nearest = Math.Min(nearest, double.Hypot(users.X[user] - layout.Sites.X[site] - copyX[first] - copyX[second], users.Y[user] - layout.Sites.Y[site] - copyY[first] - copyY[second]));
                    }
                }
                Assert.Equal(nearest, double.Hypot(x, y), 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(19)]
    public void A_turn_of_everything_by_60_degrees_changes_no_distance(int sites)
    {
        SiteLayout layout = Layout(sites);
        RandomStream random = new(3);
        for (int trial = 0; trial < 200; trial++)
        {
            double radius = 600 * random.NextDouble(), angle = 2 * Math.PI * random.NextDouble();
            double[] before = Distances(layout, radius * Math.Cos(angle), radius * Math.Sin(angle));
            double[] after = Distances(layout, radius * Math.Cos(angle + Math.PI / 3), radius * Math.Sin(angle + Math.PI / 3));
            Assert.Equal(before, after, (left, right) => Math.Abs(left - right) < 1e-6);
        }
    }

    [Fact]
    public void One_site_and_layouts_without_wraparound_have_no_copies()
    {
        Assert.Equal((100_000, -50_000), Layout(1).Towards(100_000, -50_000, 0));
        Assert.Equal((100_000, -50_000), Layout(19, wraparound: false).Towards(100_000, -50_000, 0));
    }

    [Fact]
    public void Sectors_look_at_neighbours()
    {
        CellSpec[] cells = CellPlacement.ThreeSectors(2);
        Assert.Equal([30, 150, 270, 30, 150, 270], cells.Select(cell => cell.AzimuthDeg));
        Assert.Equal([0, 0, 0, 1, 1, 1], cells.Select(cell => cell.Site!.Value));
        SitePlaces places = Layout(7).Sites;
        foreach (CellSpec cell in cells)
        {
            double x = DistanceM * Math.Cos(cell.AzimuthDeg * Math.PI / 180), y = DistanceM * Math.Sin(cell.AzimuthDeg * Math.PI / 180);
            Assert.Contains(Enumerable.Range(0, 7), site => double.Hypot(places.X[site] - x, places.Y[site] - y) < 1e-9);
        }
    }

    [Fact]
    public void Cells_stand_site_by_site_unless_they_say_where()
    {
        CellSpec[] cells = [new(), new(), new() { Site = 2 }, new(), new()];
        Assert.Equal([0, 0, 2, 1, 2], CellPlacement.Sites(cells, 3, "network/cells"));
        cells[3] = new CellSpec { Site = 3 };
        Assert.StartsWith("network/cells/3/site: 3", Assert.Throws<InvalidInputException>(() => CellPlacement.Sites(cells, 3, "network/cells")).Message);
        cells[3] = new CellSpec { Site = -1 };
        Assert.StartsWith("network/cells/3/site: -1", Assert.Throws<InvalidInputException>(() => CellPlacement.Sites(cells, 3, "network/cells")).Message);
    }

    private static double[] Distances(SiteLayout layout, double x, double y)
    {
        double[] distances = new double[layout.Sites.Count];
        for (int site = 0; site < distances.Length; site++)
        {
            (double towardsX, double towardsY) = layout.Towards(x, y, site);
            distances[site] = double.Hypot(towardsX, towardsY);
        }
        Array.Sort(distances);
        return distances;
    }
}
