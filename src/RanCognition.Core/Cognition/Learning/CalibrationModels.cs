namespace RanCognition.Cognition.Learning;

/// <summary>Models of what a claimed probability is worth: the claim itself, logistic ones, and ones by knots, each with several memories.</summary>
internal sealed class CalibrationModels
{
    /// <summary>Outcomes after which one counts 1/e.</summary>
    private static ReadOnlySpan<double> Memories => [double.PositiveInfinity, 1000, 200, 40];

    private readonly PlattScaling[] _logistic;
    private readonly OutcomeKnots[] _knots;

    public CalibrationModels()
    {
        _logistic = new PlattScaling[Memories.Length];
        _knots = new OutcomeKnots[Memories.Length];
        for (int i = 0; i < Memories.Length; i++)
        {
            _logistic[i] = new PlattScaling(Memories[i]);
            _knots[i] = new OutcomeKnots(Memories[i]);
        }
    }

    public static int Count => 1 + 2 * Memories.Length;

    /// <summary>What each model makes of a claim; the first is the claim.</summary>
    /// <param name="claimed">Above 0 and below 1.</param>
    /// <param name="predicted"><see cref="Count"/> numbers.</param>
    public void Predict(double claimed, Span<double> predicted)
    {
        double logOdds = Math.Log(claimed / (1 - claimed));
        predicted[0] = claimed;
        for (int i = 0; i < _logistic.Length; i++)
        {
            double logistic = _logistic[i].Predict(logOdds);
            predicted[1 + 2 * i] = logistic;
            predicted[2 + 2 * i] = _knots[i].Predict(claimed, logistic);
        }
    }

    public void Learn(double claimed, bool held)
    {
        double logOdds = Math.Log(claimed / (1 - claimed));
        for (int i = 0; i < _logistic.Length; i++)
        {
            _logistic[i].Learn(logOdds, held);
            _knots[i].Learn(claimed, held);
        }
    }
}
