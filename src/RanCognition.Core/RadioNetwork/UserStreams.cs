using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>Random numbers of a user's own, so that none depends on how many users there are.</summary>
internal static class UserStreams
{
    /// <summary>Where the user is.</summary>
    public const ulong Position = 1;

    /// <summary>What is between the user and the sites.</summary>
    public const ulong Links = 2;

    /// <summary>The stream of a seed, a user and a purpose. Neighbours in any of them have nothing in common.</summary>
    public static RandomStream Of(ulong seed, int user, ulong purpose) => new(Scatter(Scatter(seed + purpose * 0x9E3779B97F4A7C15) ^ (uint)user));

    /// <summary>Every bit of the result depends on every bit of the number (Stafford 2011, mixer 13).</summary>
    private static ulong Scatter(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
