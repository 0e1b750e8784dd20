using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>Links that the caller measured or computed.</summary>
internal static class GivenLinks
{
    // Below it a received power in mW could leave the range of numbers; a passive path has no loss below 0 at all.
    private const double LossDbMin = -300;

    private const double AzimuthDegMax = 3600;

    /// <summary>The same as a table.</summary>
    /// <param name="links">What was given.</param>
    /// <param name="place">Where it was given, for messages.</param>
    public static LinkTable Table(LinkSpec links, string place)
    {
        if (links.Users < 1 || links.Users > OptimizationLimits.UsersMax)
        {
            InvalidInputException.Throw(place, $"{Text(links.Users)} users, must be 1..{Text(OptimizationLimits.UsersMax)}");
        }
        if (links.Sites < 1 || links.Sites > OptimizationLimits.SitesMax)
        {
            InvalidInputException.Throw(place, $"{Text(links.Sites)} sites, must be 1..{Text(OptimizationLimits.SitesMax)}");
        }
        long count = (long)links.Users * links.Sites;
        CheckCount(count, place);
        Check(links.LossDb, count, LossDbMin, double.MaxValue, place + "/loss_db");
        Check(links.AzimuthDeg, count, -AzimuthDegMax, AzimuthDegMax, place + "/azimuth_deg");
        Check(links.ZenithDeg, count, 0, 180, place + "/zenith_deg");
        double[] weights;
        if (links.Weights is { } given)
        {
            if (given.Length != links.Users)
            {
                InvalidInputException.Throw(place + "/weights", $"has {Text(given.Length)} numbers, must have one per user, {Text(links.Users)}");
            }
            weights = UserWeights.Shares(given, place + "/weights");
        }
        else
        {
            weights = UserWeights.Equal(links.Users);
        }
        return new LinkTable(links.Users, links.Sites, links.LossDb, links.AzimuthDeg, links.ZenithDeg, weights);
    }

    /// <summary>Refuses more links than a network may have.</summary>
    public static void CheckCount(long count, string place)
    {
        if (count > OptimizationLimits.LinksMax)
        {
            InvalidInputException.Throw(place, $"{Text(count)} links (users times sites), must be at most {Text(OptimizationLimits.LinksMax)}");
        }
    }

    private static void Check(double[] values, long count, double least, double most, string place)
    {
        if (values.Length != count)
        {
            InvalidInputException.Throw(place, $"has {Text(values.Length)} numbers, must have users times sites, {Text(count)}");
        }
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                InvalidInputException.Throw($"{place}/{Text(i)}", "is not a finite number");
            }
            if (values[i] < least || values[i] > most)
            {
                InvalidInputException.Throw($"{place}/{Text(i)}", most == double.MaxValue
                    ? string.Create(CultureInfo.InvariantCulture, $"{values[i]}, must be at least {least}")
                    : string.Create(CultureInfo.InvariantCulture, $"{values[i]}, must be {least}..{most}"));
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
