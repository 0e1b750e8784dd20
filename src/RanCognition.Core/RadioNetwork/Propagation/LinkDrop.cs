using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Links of a layout by the statistics of TR 38.901: line of sight, path loss, shadowing, building entry.</summary>
/// <remarks>
/// Random numbers come from the seed and the number of the user, a user's own ones first and then site by site, so that neither more users nor more sites change what was there.
/// The shadowing of a user is partly common to all sites and the same for all sectors of a site. It is not correlated between users: they are a sample, not a path.
/// </remarks>
internal static class LinkDrop
{
    private const double FrequencyMinGHz = 0.5, FrequencyMaxGHz = 100;

    // Of the shadowing towards two sites, as in TR 36.814, annex A.2.1.1. TR 38.901 has none, which would serve users half a decibel better.
    private const double SiteCorrelation = 0.5;

    /// <summary>The links of a model that gives none itself.</summary>
    public static LinkTable Table(NetworkModel network, string argument)
    {
        PropagationSpec propagation = network.Propagation;
        if (propagation.Model > PropagationModel.UrbanMicro)
        {
            InvalidInputException.Throw(argument + "/propagation/model", "is not a model that is known");
        }
        if (!(propagation.FrequencyGHz >= FrequencyMinGHz && propagation.FrequencyGHz <= FrequencyMaxGHz))
        {
            InvalidInputException.Throw(argument + "/propagation/frequency_ghz", FormattableString.Invariant($"{propagation.FrequencyGHz}, must be {FrequencyMinGHz}..{FrequencyMaxGHz}"));
        }
        PathLoss pathLoss = new(propagation.Model, propagation.FrequencyGHz);
        SiteLayout layout = SiteLayout.From(network.Layout, pathLoss.SiteHeightM, argument);
        UserPlaces users;
        double[] weights;
        if (network.Points is { } points)
        {
            users = UserDrop.At(points, layout.Sites.Count, propagation.Seed, argument + "/points");
            weights = new double[points.Count];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = points[i].Weight;
            }
            weights = UserWeights.Shares(weights, argument + "/points", "/weight");
        }
        else
        {
            if (network.Users is null)
            {
                InvalidInputException.Throw(argument, "has neither users, points nor links: nobody to serve");
            }
            if (network.Layout is { List: null } hexagonal && hexagonal.InterSiteDistanceM < 2 * pathLoss.UserDistanceMinM)
            {
                InvalidInputException.Throw(argument + "/layout/inter_site_distance_m",
                    FormattableString.Invariant($"{hexagonal.InterSiteDistanceM}, must be at least {2 * pathLoss.UserDistanceMinM}: users stay {pathLoss.UserDistanceMinM} m away from sites"));
            }
            users = UserDrop.Uniform(layout, network.Users, pathLoss.UserDistanceMinM, argument + "/users");
            weights = UserWeights.Equal(users.Count);
        }
        return Table(layout, users, weights, pathLoss, propagation);
    }

    /// <summary>The links of users whose places are known.</summary>
    public static LinkTable Table(SiteLayout layout, UserPlaces users, double[] weights, PathLoss pathLoss, PropagationSpec propagation)
    {
        int sites = layout.Sites.Count, count = users.Count * sites;
        double[] loss = new double[count], azimuth = new double[count], zenith = new double[count];
        BuildingEntry entry = new(propagation.FrequencyGHz);
        double deviations = propagation.Shadowing ? 1 : 0;
        double common = Math.Sqrt(SiteCorrelation), own = Math.Sqrt(1 - SiteCorrelation);
        for (int user = 0; user < users.Count; user++)
        {
            RandomStream random = UserStreams.Of(propagation.Seed, user, UserStreams.Links);
            double commonNormal = random.NextNormal(), entryNormal = deviations * random.NextNormal();
            bool highLoss = random.NextDouble() < BuildingEntry.HighLossShare;
            double depth = BuildingEntry.DepthMaxM * Math.Min(random.NextDouble(), random.NextDouble());
            bool indoor = users.Indoor[user];
            double entryDb = indoor ? entry.LossDb(highLoss, depth, entryNormal) : 0, height = users.HeightM[user];
            for (int site = 0; site < sites; site++)
            {
                double sightDraw = random.NextDouble(), decision = random.NextDouble(), choice = random.NextDouble(), normal = common * commonNormal + own * random.NextNormal();
                (double x, double y) = layout.Towards(users.X[user], users.Y[user], site);
                double distance = Math.Sqrt(x * x + y * y), siteHeight = layout.Sites.HeightM[site], outdoor = indoor ? Math.Max(distance - depth, 0) : distance;
                bool sight = sightDraw < pathLoss.LineOfSightProbability(outdoor, height);
                double environment = pathLoss.EnvironmentHeightM(distance, height, decision, choice);
                double basic = sight
                    ? pathLoss.LineOfSightDb(distance, siteHeight, height, environment)
                    : pathLoss.NoLineOfSightDb(distance, siteHeight, height, environment);
                int link = user * sites + site;
                loss[link] = basic + entryDb + deviations * (indoor ? PathLoss.IndoorShadowingDb : pathLoss.ShadowingDb(sight)) * normal;
                azimuth[link] = Math.Atan2(y, x) * (180 / Math.PI);
                zenith[link] = Math.Atan2(distance, height - siteHeight) * (180 / Math.PI);
            }
        }
        return new LinkTable(users.Count, sites, loss, azimuth, zenith, weights, users, layout.Sites);
    }
}
