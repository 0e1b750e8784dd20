using RanCognition.Contracts;

namespace RanCognition.Cognition.Learning;

/// <summary>From a probability that a model claims to one that can be believed, learned from outcomes.</summary>
/// <remarks>
/// Decisions are of four kinds: executed or recorded only, with and without actions. Each kind weighs models of its own and models of all decisions, so that a new kind begins with what the others
/// have taught. What is reported is hedged (<see cref="ReportedBins"/>).
/// </remarks>
internal sealed class ConfidenceCalibrator
{
    /// <summary>Claims closer to 0 or 1 are taken for this: 2000 scenarios cannot tell more.</summary>
    public const double ClaimMin = 0.0005;

    private const double Unknown = 0.5;   // what is claimed when nothing can be told
    private const double ClaimWeight = 0.5;   // of the claim itself at first
    private const int Kinds = 4;

    private readonly CalibrationModels _all = new();
    private readonly CalibrationModels[] _own = new CalibrationModels[Kinds];
    private readonly ModelWeights[] _weights = new ModelWeights[Kinds];
    private readonly ReportedBins _reported = new();

    public ConfidenceCalibrator()
    {
        for (int kind = 0; kind < Kinds; kind++)
        {
            _own[kind] = new CalibrationModels();
            _weights[kind] = new ModelWeights(FirstWeights());
        }
    }

    /// <summary>Probability to report.</summary>
    /// <param name="raw">Probability that is claimed; NaN when there is none.</param>
    /// <param name="mode">Shadow is not executed.</param>
    /// <param name="acts">Whether it is about actions.</param>
    public double Calibrated(double raw, DecisionMode mode, bool acts)
    {
        int kind = Kind(mode, acts);
        Span<double> predicted = stackalloc double[2 * CalibrationModels.Count];
        Predict(Claim(raw), kind, predicted);
        return _reported.Hedge(_weights[kind].Mix(predicted));
    }

    public void Learn(double raw, double reported, DecisionMode mode, bool acts, bool held)
    {
        int kind = Kind(mode, acts);
        double claim = Claim(raw);
        Span<double> predicted = stackalloc double[2 * CalibrationModels.Count];
        Predict(claim, kind, predicted);
        _weights[kind].Learn(predicted, held);
        _all.Learn(claim, held);
        _own[kind].Learn(claim, held);
        _reported.Learn(reported, held);
    }

    private void Predict(double claim, int kind, Span<double> predicted)
    {
        _all.Predict(claim, predicted);
        _own[kind].Predict(claim, predicted[CalibrationModels.Count..]);
    }

    private static double Claim(double raw) => double.IsNaN(raw) ? Unknown : Math.Clamp(raw, ClaimMin, 1 - ClaimMin);

    private static int Kind(DecisionMode mode, bool acts) => (mode == DecisionMode.Shadow ? 0 : 2) + (acts ? 1 : 0);

    /// <summary>The claim is among the models of all decisions and among those of the kind: each has half of its weight.</summary>
    private static double[] FirstWeights()
    {
        int count = CalibrationModels.Count;
        double[] first = new double[2 * count];
        Array.Fill(first, (1 - ClaimWeight) / (2 * count - 2));
        first[0] = first[count] = ClaimWeight / 2;
        return first;
    }
}
