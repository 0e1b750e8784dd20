using RanCognition.Contracts;

namespace RanCognition.Memory.Ranking;

/// <summary>The parts of a score that do not depend on the query: how recent an episode is, and how well it went.</summary>
internal sealed class RankPrior
{
    public const ulong HalfLifeNsDefault = 86_400_000_000_000;

    /// <summary>What an unknown reward counts as, and every reward when all are alike.</summary>
    public const double RewardUnknown = 0.5;

    private readonly RankWeights _weights;
    private readonly ulong _referenceNs;
    private readonly double _perNs, _low, _span;   // rewards are halved before they are subtracted: the difference of two doubles may be too large for one

    /// <param name="weights">Of these Recency and Reward are used.</param>
    /// <param name="referenceNs">Ages are counted from here: the clock, or the time as of which is asked.</param>
    /// <param name="halfLifeNs">Null = one day.</param>
    /// <param name="rewardRange">Smallest and largest known reward of the memory; NaN or infinite when none is known.</param>
    public RankPrior(RankWeights weights, ulong referenceNs, ulong? halfLifeNs, (double Smallest, double Largest) rewardRange)
    {
        _weights = weights;
        _referenceNs = referenceNs;
        _perNs = Decay.PerNs(halfLifeNs ?? HalfLifeNsDefault);
        _low = rewardRange.Smallest / 2;
        double span = rewardRange.Largest / 2 - _low;
        _span = double.IsFinite(span) && span > 0 ? span : 0;
    }

    /// <summary>2^(-age / half life): 1 at the reference time and after it, towards 0 before.</summary>
    public double Recency(ulong timeNs) => Decay.At(timeNs, _referenceNs, _perNs);

    /// <summary>0 for the smallest known reward, 1 for the largest; null when it is unknown (NaN).</summary>
    public double? Reward(double reward) => double.IsNaN(reward) ? null : Scaled(reward);

    /// <summary>Weighted sum of both parts for each row.</summary>
    /// <param name="timesNs">Not read when recency has no weight.</param>
    /// <param name="rewards">NaN = unknown. Not read when reward has no weight.</param>
    /// <param name="prior">One number a row.</param>
    public void Fill(ReadOnlySpan<ulong> timesNs, ReadOnlySpan<double> rewards, Span<double> prior)
    {
        prior.Clear();
        if (_weights.Recency > 0)
        {
            Decay.Add(timesNs[..prior.Length], _referenceNs, _perNs, _weights.Recency, prior);
        }
        if (_weights.Reward > 0)
        {
            for (int row = 0; row < prior.Length; row++)
            {
                prior[row] += _weights.Reward * Scaled(rewards[row]);
            }
        }
    }

    private double Scaled(double reward) => _span > 0 && !double.IsNaN(reward) ? Math.Clamp((reward / 2 - _low) / _span, 0, 1) : RewardUnknown;
}
