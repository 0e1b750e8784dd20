namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Weights of experts that need no tuning, and how much they can lose to the best expert.</summary>
/// <remarks>
/// Source: de Rooij, van Erven, Grünwald, Koolen, "Follow the leader if you can, hedge if you must", JMLR 15, 2014: learning rate ln K / D, D the sum of mixability gaps h - m so far
/// (h mean loss under the weights, m mix loss); while D = 0 the leaders share the weight. Lemma 3: regret is at most 2 D. Theorem 6 with variance at most S^2 / 4 a step: it is at most
/// S sqrt(T ln K) + S (4/3 ln K + 2), S the largest spread of losses within a step.
/// Losses are kept less the least of their step: weights and regret stay the same, and no digits are lost to what all experts share.
/// </remarks>
internal sealed class AdaHedge(int experts)
{
    private const double Rounding = 1.0 / (1L << 50);   // eight units in the last place

    private readonly double[] _losses = new double[experts];   // sums since the record began
    private readonly double[] _weights = Uniform(experts);   // follow from losses and gap
    private readonly double _logExperts = Math.Log(experts);

    public ReadOnlySpan<double> Losses => _losses;

    public ReadOnlySpan<double> Weights => _weights;

    public double MixtureLoss { get; private set; }

    public double MixabilityGap { get; private set; }

    public double LargestSpread { get; private set; }

    public ulong Steps { get; private set; }

    /// <summary>Sum of weighted mean losses less the least total loss of one expert.</summary>
    public double Regret => MixtureLoss - Least(_losses);

    /// <summary>The smaller of the two proven bounds.</summary>
    /// <remarks>
    /// Rounding: each step adds at most a few units in the last place of the sums to them, which is as if its losses were other ones by as much; so much is added to 2 D. The bound over all
    /// sequences is nowhere near tight for few steps, and needs no such addition.
    /// </remarks>
    public double RegretBound
    {
        get
        {
            double largest = MixtureLoss;
            foreach (double loss in _losses)
            {
                largest = Math.Max(largest, loss);
            }
            double seen = 2 * MixabilityGap + (Steps + (double)_losses.Length) * Rounding * largest;
            double worst = LargestSpread * (Math.Sqrt(Steps * _logExperts) + 4.0 / 3 * _logExperts + 2);
            return Math.Min(seen, worst);
        }
    }

    /// <summary>One step's losses, 0 or more; the span is overwritten.</summary>
    public void Learn(Span<double> losses)
    {
        double least = Least(losses), spread = 0, mean = 0;
        for (int k = 0; k < losses.Length; k++)
        {
            losses[k] -= least;
            spread = Math.Max(spread, losses[k]);
            mean += _weights[k] * losses[k];
        }
        double gap = Math.Max(0, mean - MixLoss(losses, spread));
        for (int k = 0; k < losses.Length; k++)
        {
            _losses[k] += losses[k];
        }
        MixtureLoss += mean;
        MixabilityGap += gap;
        LargestSpread = Math.Max(LargestSpread, spread);
        Steps++;
        Weigh();
    }

    public void Restore(ReadOnlySpan<double> losses, double mixtureLoss, double mixabilityGap, double largestSpread, ulong steps)
    {
        losses.CopyTo(_losses);
        MixtureLoss = mixtureLoss;
        MixabilityGap = mixabilityGap;
        LargestSpread = largestSpread;
        Steps = steps;
        if (steps > 0)
        {
            Weigh();
        }
    }

    private void Weigh()
    {
        double least = Least(_losses), sum = 0;
        for (int k = 0; k < _losses.Length; k++)
        {
            double behind = _losses[k] - least;
            // Divided first: a rate that is infinite never meets a zero.
            _weights[k] = MixabilityGap > 0 ? Math.Exp(-_logExperts * (behind / MixabilityGap)) : behind == 0 ? 1 : 0;
            sum += _weights[k];
        }
        for (int k = 0; k < _losses.Length; k++)
        {
            _weights[k] /= sum;
        }
    }

    /// <summary>-ln(sum of w exp(-rate l)) / rate.</summary>
    private double MixLoss(ReadOnlySpan<double> losses, double spread)
    {
        double before = Least(_losses);
        if (!(MixabilityGap > 0) || _losses.Length == 1)
        {
            double after = double.PositiveInfinity;
            for (int k = 0; k < losses.Length; k++)
            {
                after = Math.Min(after, _losses[k] + losses[k]);
            }
            return after - before;
        }
        double sum = 0;
        if (_logExperts * (spread / MixabilityGap) < 1)
        {
            // 1 + a small number: its logarithm from the small number alone.
            for (int k = 0; k < losses.Length; k++)
            {
                sum += _weights[k] * ExponentialLessOne(-_logExperts * (losses[k] / MixabilityGap));
            }
            return -MixabilityGap / _logExperts * LogarithmOfOneMore(sum);
        }
        // The weights may be too small for a double where losses are large: logarithms of them, less the largest.
        double largest = double.NegativeInfinity, weightSum = 0;
        for (int k = 0; k < losses.Length; k++)
        {
            largest = Math.Max(largest, Exponent(_losses[k] - before + losses[k]));
        }
        for (int k = 0; k < losses.Length; k++)
        {
            weightSum += Math.Exp(Exponent(_losses[k] - before));
            sum += Math.Exp(Exponent(_losses[k] - before + losses[k]) - largest);
        }
        return MixabilityGap / _logExperts * (Math.Log(weightSum) - largest - Math.Log(sum));

        double Exponent(double loss) => Math.Max(-double.MaxValue, -_logExperts * (loss / MixabilityGap));
    }

    // W. Kahan's ways to keep the digits that 1 + x and exp(x) - 1 lose.
    private static double ExponentialLessOne(double x)
    {
        double power = Math.Exp(x);
        return power == 1 ? x : (power - 1) * x / Math.Log(power);
    }

    private static double LogarithmOfOneMore(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    private static double Least(ReadOnlySpan<double> values)
    {
        double least = values[0];
        foreach (double value in values)
        {
            least = Math.Min(least, value);
        }
        return least;
    }

    private static double[] Uniform(int experts)
    {
        double[] weights = new double[experts];
        Array.Fill(weights, 1.0 / experts);
        return weights;
    }
}
