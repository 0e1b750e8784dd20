using RanCognition.Contracts;

namespace RanCognition.Cognition.Learning;

/// <summary>What confidences were worth: ten equal bins, the expected calibration error and the score of Brier.</summary>
/// <remarks>Naeini, Cooper, Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", AAAI 2015; Brier 1950. A bin holds its lower bound; the last one both.</remarks>
internal sealed class ReliabilityTable
{
    public const int Bins = 10;

    private readonly ulong[] _count = new ulong[Bins];
    private readonly ulong[] _held = new ulong[Bins];
    private readonly double[] _confidence = new double[Bins];
    private double _squares;

    public void Add(double confidence, bool held)
    {
        int bin = Math.Clamp((int)(confidence * Bins), 0, Bins - 1);
        _count[bin]++;
        _held[bin] += held ? 1UL : 0;
        _confidence[bin] += confidence;
        double distance = confidence - (held ? 1 : 0);
        _squares += distance * distance;
    }

    public CalibrationReport Report()
    {
        ReliabilityBin[] bins = new ReliabilityBin[Bins];
        ulong all = 0;
        double apart = 0;
        for (int i = 0; i < Bins; i++)
        {
            double count = _count[i];
            all += _count[i];
            apart += Math.Abs(_confidence[i] - _held[i]);
            bins[i] = new ReliabilityBin
            {
                Lower = (double)i / Bins,
                Upper = (double)(i + 1) / Bins,
                Count = _count[i],
                Confidence = count > 0 ? _confidence[i] / count : null,
                Held = count > 0 ? _held[i] / count : null,
            };
        }
        return new CalibrationReport { Ece = all > 0 ? apart / all : null, Brier = all > 0 ? _squares / all : null, Count = all, Bins = bins };
    }
}
