using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>What lies between users and sites: loss and direction of every pair, and how much of the traffic each user is.</summary>
/// <remarks>Never changed after it is made, so threads may share it. All sectors of a site see the same loss: the antennas make the difference.</remarks>
internal sealed class LinkTable
{
    public LinkTable(int users, int sites, double[] lossDb, double[] azimuthDeg, double[] zenithDeg, double[] weights, UserPlaces? userPlaces = null, SitePlaces? sitePlaces = null)
    {
        Users = users;
        Sites = sites;
        LossDb = lossDb;
        AzimuthDeg = azimuthDeg;
        ZenithDeg = zenithDeg;
        Weights = weights;
        UserPlaces = userPlaces;
        SitePlaces = sitePlaces;
    }

    public int Users { get; }

    public int Sites { get; }

    /// <summary>Path loss, shadowing and building entry, dB, at [user * Sites + site].</summary>
    public double[] LossDb { get; }

    /// <summary>Of the user seen from the site, degrees, at [user * Sites + site].</summary>
    public double[] AzimuthDeg { get; }

    /// <summary>Of the user seen from the site, 90 = horizontal, degrees, at [user * Sites + site].</summary>
    public double[] ZenithDeg { get; }

    /// <summary>Share of the traffic by user; the sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>For a map; null when the links were given.</summary>
    public UserPlaces? UserPlaces { get; }

    /// <summary>For a map; null when the links were given.</summary>
    public SitePlaces? SitePlaces { get; }

    /// <summary>The links of a model: those given, or from its layout, users and propagation.</summary>
    /// <param name="network">The model.</param>
    /// <param name="argument">Name of the model in messages.</param>
    public static LinkTable From(NetworkModel network, string argument)
    {
        if (network.Points is not null && network.Users is not null)
        {
            InvalidInputException.Throw(argument + "/points", "cannot stand beside users");
        }
        if (network.Links is not { } links)
        {
            return LinkDrop.Table(network, argument);
        }
        if (network.Points is not null || network.Users is not null)
        {
            InvalidInputException.Throw(argument + "/links", "cannot stand beside users or points");
        }
        if (network.Layout is { } layout && (layout.List?.Count ?? layout.Sites) is var sites && sites != links.Sites)
        {
            InvalidInputException.Throw(argument + "/links", FormattableString.Invariant($"{links.Sites} sites, but the layout has {sites}"));
        }
        return GivenLinks.Table(links, argument + "/links");
    }
}
