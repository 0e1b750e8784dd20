namespace RanCognition.Cognition.Learning;

/// <summary>Weights of several models' probabilities by how well they foretold, with a share that never leaves any: another may be the best one tomorrow.</summary>
/// <remarks>Herbster and Warmuth, "Tracking the best expert", 1998 (fixed share), for the logarithmic loss: the weighted mean is the mixture of Bayes.</remarks>
internal sealed class ModelWeights
{
    private const double Share = 0.003;   // of the weight that is dealt anew, to all alike, after each outcome

    private readonly double[] _weights;

    /// <param name="first">Weights at first; their sum is 1.</param>
    public ModelWeights(double[] first) => _weights = first;

    public double Mix(ReadOnlySpan<double> predicted)
    {
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            sum += _weights[i] * predicted[i];
        }
        return sum;
    }

    public void Learn(ReadOnlySpan<double> predicted, bool held)
    {
        double sum = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            double likelihood = Math.Clamp(held ? predicted[i] : 1 - predicted[i], ConfidenceCalibrator.ClaimMin, 1);
            _weights[i] *= likelihood;
            sum += _weights[i];
        }
        for (int i = 0; i < _weights.Length; i++)
        {
            _weights[i] = (1 - Share) * _weights[i] / sum + Share / _weights.Length;
        }
    }
}
