using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Tests whether a series repeats from cycle to cycle.</summary>
/// <remarks>
/// An autoregressive model makes the noise white; a periodic shape stays periodic under such a filter. Then Fisher's F test of the profile is exact for normal
/// noise: of its first harmonic, of its first four, and of all its bins; the smallest p-value counts, three times. The model is fitted to what the profile
/// leaves. A profile of few cycles takes much of slow noise with it, so there a model of order 1 of the series as it is must agree: the larger p-value counts.
/// </remarks>
internal sealed class SeasonTest
{
    private const int OrderMax = 8;
    private const int SamplesPerOrder = 12;
    private const int ManyCycles = 8;
    private const int SmoothHarmonics = 4;

    private readonly double _period;
    private readonly int _bins;
    private readonly WhiteFold[] _folds;

    /// <param name="simd">Kernels to use.</param>
    /// <param name="x">The series; no NaN.</param>
    /// <param name="profile">Its profile: what it leaves of x is taken as noise.</param>
    /// <param name="period">Samples, 2 or more.</param>
    public SeasonTest(SimdOps simd, double[] x, double[] profile, double period)
    {
        (_period, _bins) = (period, profile.Length);
        int[] bins = Season.Bins(x.Length, period, _bins);
        double[] rest = new double[x.Length];
        for (int t = 0; t < rest.Length; t++)
        {
            rest[t] = x[t] - profile[bins[t]];
        }
        WhiteFold fold = new(simd, AutoregressiveNoise.Fit(rest, Math.Min(OrderMax, x.Length / SamplesPerOrder)).Innovations(x), bins, _bins);
        _folds = x.Length >= ManyCycles * period ? [fold] : [fold, new WhiteFold(simd, AutoregressiveNoise.Fit(x, 1).Innovations(x), bins, _bins)];
    }

    /// <summary>Probability that noise repeats this well at this period.</summary>
    public double PValue => _folds.Max(fold => fold.PValue());

    /// <summary>Share of what the profile explains that one of period / divisor explains, and the probability that noise explains the rest.</summary>
    public (double Share, double PValue) Against(int divisor)
    {
        // Not more bins than whole samples: with more, a part that is no whole number of samples would tell all samples of the period apart.
        int bins = Math.Max(1, (int)(_period / divisor));
        return _folds[0].Against(Season.Bins(_folds[0].Length, _period / divisor, bins), bins);
    }

    /// <summary>A series of white noise and a repeating shape, folded.</summary>
    private sealed class WhiteFold
    {
        private readonly double[] _white;
        private readonly double[] _profile;
        private readonly double _explained;
        private readonly double _error;       // variance that the profile leaves
        private readonly double _freedom;

        public WhiteFold(SimdOps simd, double[] white, int[] bins, int count)
        {
            _white = white;
            double mean = white.Length > 0 ? white.Average() : 0;
            foreach (ref double value in white.AsSpan())
            {
                value -= mean;
            }
            _profile = new double[count];
            _explained = Fold(bins, _profile);
            _freedom = white.Length - count;
            _error = (simd.Dot(white, white) - _explained) / Math.Max(1, _freedom);
        }

        public int Length => _white.Length;

        public double PValue()
        {
            int bins = _profile.Length;
            double pValue = Tail(_explained, bins - 1);
            if (bins > 2)
            {
                pValue = Math.Min(pValue, Tail(OfHarmonics(1), 2));
            }
            if (bins > 2 * SmoothHarmonics + 1)
            {
                pValue = Math.Min(pValue, Tail(OfHarmonics(SmoothHarmonics), 2 * SmoothHarmonics));
            }
            return Math.Min(1, 3 * pValue);
        }

        public (double Share, double PValue) Against(int[] bins, int count)
        {
            double shorter = Fold(bins, new double[count]);
            return _explained > 0 ? (shorter / _explained, Tail(_explained - shorter, Math.Max(1, _profile.Length - count))) : (1, 1);
        }

        private double Tail(double explained, double freedom) =>
            explained > 0 && _freedom >= 1 ? TailProbability.Fisher(explained / freedom / (_error + 1e-300), freedom, _freedom) : 1;

        private double Fold(int[] bins, double[] profile)
        {
            int[] counts = new int[profile.Length];
            for (int t = 0; t < _white.Length; t++)
            {
                profile[bins[t]] += _white[t];
                counts[bins[t]]++;
            }
            double explained = 0;
            for (int bin = 0; bin < profile.Length; bin++)
            {
                profile[bin] /= Math.Max(1, counts[bin]);
                explained += counts[bin] * profile[bin] * profile[bin];
            }
            return explained;
        }

        /// <summary>Squares of the white series that the first harmonics of its profile explain.</summary>
        private double OfHarmonics(int count)
        {
            int bins = _profile.Length;
            double explained = 0;
            for (int h = 1; h <= count; h++)
            {
                double re = 0, im = 0, cosine = 1, sine = 0;
                (double turnSine, double turnCosine) = Math.SinCos(2 * Math.PI * h / bins);
                for (int b = 0; b < bins; b++)
                {
                    re += _profile[b] * cosine;
                    im += _profile[b] * sine;
                    (cosine, sine) = (cosine * turnCosine - sine * turnSine, cosine * turnSine + sine * turnCosine);
                }
                explained += 2.0 * _white.Length * (re * re + im * im) / bins / bins;
            }
            return Math.Min(explained, _explained);
        }
    }
}
