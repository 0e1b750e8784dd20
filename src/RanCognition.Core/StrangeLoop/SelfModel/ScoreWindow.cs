using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>The latest scores (errors in half widths of the predictions' intervals) and their quantiles, among pseudo-scores that say that the intervals are right.</summary>
/// <remarks>
/// The distribution is that of n scores and of <see cref="PriorScores"/> more that are spread as |Z| / z, Z standard normal and z the quantile at which |Z| has the coverage asked for: without
/// scores the scale at that coverage is 1.
/// </remarks>
internal sealed class ScoreWindow
{
    /// <summary>Scores that are not seen but believed.</summary>
    public const double PriorScores = 20;

    /// <summary>Larger ones are kept as this.</summary>
    public const double ScoreMax = 1e9;

    // Arrays grow with the history: there are many loops that have none.
    private const int LengthAtFirst = 8;

    private const double NearOne = 1 - 1e-15;

    private readonly int _length;
    private double[] _latest = [];   // a ring, once it is full
    private double[] _ordered = [];
    private int _count;
    private int _oldest;

    public ScoreWindow(int length) => _length = length;

    /// <summary>The latest of those scores.</summary>
    public ScoreWindow(int length, ReadOnlySpan<double> oldestFirst)
        : this(length)
    {
        foreach (double score in oldestFirst[Math.Max(0, oldestFirst.Length - length)..])
        {
            Add(score);
        }
    }

    public int Count => _count;

    public void Add(double score)
    {
        score = score < ScoreMax ? score : ScoreMax;
        if (_count == _length)
        {
            int place = FirstNotBelow(_latest[_oldest], _count);
            Array.Copy(_ordered, place + 1, _ordered, place, _count - place - 1);
            Insert(_count - 1, score);
            _latest[_oldest] = score;
            _oldest = _oldest + 1 == _length ? 0 : _oldest + 1;
            return;
        }
        if (_count == _latest.Length)
        {
            int longer = Math.Min(_length, Math.Max(LengthAtFirst, 2 * _count));
            Array.Resize(ref _latest, longer);
            Array.Resize(ref _ordered, longer);
        }
        Insert(_count, score);
        _latest[_count++] = score;
    }

    /// <summary>The least scale below which a share of the scores lies.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <param name="normalQuantile">z.</param>
    public double Quantile(double share, double normalQuantile)
    {
        double wanted = share * (_count + PriorScores);
        int low = 0, high = _count;   // the first score at which the distribution has reached what is wanted lies within
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            double prior = 2 * NormalQuantiles.Cdf(_ordered[middle] * normalQuantile) - 1;
            if (middle + 1 + PriorScores * prior < wanted)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        // Between two scores the distribution rises as the prior's. (A share within a rounding of 1 is no reason for an interval without end.)
        double needed = Math.Clamp((wanted - low) / PriorScores, 0, NearOne);
        double between = NormalQuantiles.Quantile((1 + needed) / 2) / normalQuantile;
        double least = low > 0 ? _ordered[low - 1] : 0, most = low < _count ? _ordered[low] : ScoreMax;
        return Math.Clamp(between, least, most);
    }

    public double[] OldestFirst()
    {
        double[] scores = new double[_count];
        for (int i = 0; i < _count; i++)
        {
            int place = _oldest + i;
            scores[i] = _latest[place < _count ? place : place - _count];
        }
        return scores;
    }

    private void Insert(int count, double score)
    {
        int place = FirstNotBelow(score, count);
        Array.Copy(_ordered, place, _ordered, place + 1, count - place);
        _ordered[place] = score;
    }

    private int FirstNotBelow(double score, int count)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_ordered[middle] < score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
