using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Puts users into a layout.</summary>
/// <remarks>
/// TR 38.901, table 7.2-1: outdoors 1.5 m above the ground; indoors 3 (n - 1) + 1.5 m on floor n, uniform in 1..N, of a building of N floors, uniform in 4..8. Each user has
/// numbers of its own, so that the first users are the same however many there are.
/// </remarks>
internal static class UserDrop
{
    private const double OutdoorHeightM = 1.5, FloorHeightM = 3;
    private const int FloorsMin = 4, FloorsMax = 8;

    // A user that is too near to a site is dropped anew. Where sites leave nearly no room the last place stays.
    private const int AttemptsMax = 256;

    /// <summary>As many users a site, each uniform in its site's hexagon, none nearer to a site than users come.</summary>
    public static UserPlaces Uniform(SiteLayout layout, UsersSpec users, double distanceMinM, string place)
    {
        if (users.Count < 1 || users.Count > OptimizationLimits.UsersMax)
        {
            InvalidInputException.Throw(place + "/count", FormattableString.Invariant($"{users.Count}, must be 1..{OptimizationLimits.UsersMax}"));
        }
        if (!(users.IndoorShare >= 0 && users.IndoorShare <= 1))
        {
            InvalidInputException.Throw(place + "/indoor_share", FormattableString.Invariant($"{users.IndoorShare}, must be 0..1"));
        }
        GivenLinks.CheckCount((long)users.Count * layout.Sites.Count, place + "/count");
        UserPlaces places = new(users.Count);
        for (int user = 0; user < users.Count; user++)
        {
            RandomStream random = UserStreams.Of(users.Seed, user, UserStreams.Position);
            places.Indoor[user] = random.NextDouble() < users.IndoorShare;
            places.HeightM[user] = Height(places.Indoor[user], ref random);
            int attempt = 0;
            do
            {
                int site = (int)(random.NextDouble() * layout.Sites.Count);
                (double x, double y) = InHexagon(layout.HexagonWidthM[site], ref random);
                places.X[user] = layout.Sites.X[site] + x;
                places.Y[user] = layout.Sites.Y[site] + y;
                attempt++;
            }
            while (attempt < AttemptsMax && IsTooNear(layout, places.X[user], places.Y[user], distanceMinM));
        }
        return places;
    }

    /// <summary>A user at each point of a traffic map.</summary>
    public static UserPlaces At(IReadOnlyList<TrafficPoint> points, int sites, ulong seed, string place)
    {
        if (points.Count < 1 || points.Count > OptimizationLimits.UsersMax)
        {
            InvalidInputException.Throw(place, FormattableString.Invariant($"{points.Count} points, must be 1..{OptimizationLimits.UsersMax}"));
        }
        GivenLinks.CheckCount((long)points.Count * sites, place);
        UserPlaces places = new(points.Count);
        for (int user = 0; user < points.Count; user++)
        {
            TrafficPoint point = points[user];
            string name = FormattableString.Invariant($"{place}/{user}");
            places.X[user] = SiteLayout.Coordinate(point.X, name + "/x");
            places.Y[user] = SiteLayout.Coordinate(point.Y, name + "/y");
            RandomStream random = UserStreams.Of(seed, user, UserStreams.Position);
            places.Indoor[user] = point.Indoor;
            places.HeightM[user] = Height(point.Indoor, ref random);
        }
        return places;
    }

    private static double Height(bool indoor, ref RandomStream random)
    {
        double floors = Math.Floor(FloorsMin + random.NextDouble() * (FloorsMax - FloorsMin + 1)), floor = Math.Floor(random.NextDouble() * floors);
        return indoor ? floor * FloorHeightM + OutdoorHeightM : OutdoorHeightM;
    }

    /// <summary>Uniform in a hexagon around 0 that neighbours touch with their sides: one of its three rhombs, and a place in that.</summary>
    private static (double X, double Y) InHexagon(double widthM, ref RandomStream random)
    {
        // A rhomb spans from the middle to two corners, which are at 0 and 120 degrees (or those turned) for sides that face 30, 90, .. degrees.
        int rhomb = (int)(random.NextDouble() * 3);
        double along = random.NextDouble(), across = random.NextDouble(), cornerM = widthM / Math.Sqrt(3);
        (double firstSine, double firstCosine) = Math.SinCos(rhomb * (2 * Math.PI / 3));
        (double nextSine, double nextCosine) = Math.SinCos((rhomb + 1) * (2 * Math.PI / 3));
        return (cornerM * (along * firstCosine + across * nextCosine), cornerM * (along * firstSine + across * nextSine));
    }

    private static bool IsTooNear(SiteLayout layout, double x, double y, double distanceMinM)
    {
        for (int site = 0; site < layout.Sites.Count; site++)
        {
            (double towardsX, double towardsY) = layout.Towards(x, y, site);
            if (towardsX * towardsX + towardsY * towardsY < distanceMinM * distanceMinM)
            {
                return true;
            }
        }
        return false;
    }
}
