using System.Numerics;
using RanCognition.Numerics;
using RanCognition.Performance;

namespace RanCognition.Temporal.Patterns;

/// <summary>Finds the seasons of a series, whatever their length, and tests each.</summary>
/// <remarks>
/// Candidates are the peaks of the autocorrelation after the spectrum was divided by its local median (so that slow movement neither hides nor feigns a peak),
/// the highest lines of that spectrum, and the calendar's periods. The one whose profile predicts left-out cycles best is taken, or the shortest part of it
/// that explains as much; then the search goes on in what is left. Not thread-safe: keeps the transform of the last size.
/// </remarks>
/// <param name="simd">Kernels to use.</param>
internal sealed class SeasonSearch(SimdOps simd)
{
    /// <summary>Longer series are searched in their newest part.</summary>
    public const int SamplesMax = 16_384;

    private const int SamplesMin = 16;
    private const int SeasonsMax = 2;
    private const int CyclesMin = 3;
    private const double SearchedPeriods = 4;   // for each sample: periods that could have been found, taken apart
    private const double PartCycle = .05;        // that may be lacking of the last cycle
    private const int CalendarCyclesMin = 2;
    private const double CyclesAlike = .5;        // one line of the spectrum
    private const double CalendarCyclesOff = .25; // over the series, between a period found and the calendar's
    private const double CalendarCyclesSame = .1; // so little is no drift of a clock but the noise's
    private const double CalendarNoises = 8;      // by which the calendar's may predict worse; autocorrelated noise counts for more than its variance
    private const double WholeNoises = 4;         // that of one parameter, twice over
    private const double CyclesApart = 1.5;       // over the series: nearer ones cannot be told apart
    private const int PeaksMax = 5;
    private const int LinesMax = 2;
    private const int RefinedMax = 3;
    private const int Harmonics = 6;
    private const double TopWidth = .3;        // of the distance between independent frequencies: where a line's top is a parabola
    private const double HarmonicPower = 6;   // times the noise: a harmonic that counts
    private const double ClipDeviations = 4;
    private const double PeakErrors = 3;      // standard errors of an autocorrelation that make a candidate
    private const double Nested = 1e-5;       // p-value below which a longer period is kept against a part of it
    private const double PartSignificance = 1e-3;
    private const double WeekOfDays = 7;
    private const double DayShare = .25;      // of what the week explains: the day is then a season of its own
    private const int BandMin = 16;           // independent frequencies behind a local median
    private const double Rounding = 1e-20;    // share of the squares that is no more than rounding

    private static readonly double[] CalendarSeconds = [60, 3600, 86_400, 604_800];

    private Fft _fft = new(64);
    private Fft _half = new(32);

    /// <summary>Seasons with a p-value of at most <paramref name="significance"/>, strongest first.</summary>
    /// <param name="x">The series without missing values.</param>
    /// <param name="stepSeconds">Sampling step; 0 = unknown.</param>
    /// <param name="significance">Bound on the p-value, corrected for the periods searched.</param>
    public List<Season> Find(ReadOnlySpan<double> x, double stepSeconds, double significance)
    {
        List<Season> seasons = [];
        if (x.Length < SamplesMin)
        {
            return seasons;
        }
        double[] rest = Detrended(x[Math.Max(0, x.Length - SamplesMax)..]);
        double total = simd.Dot(rest, rest);
        for (int round = 0; round < SeasonsMax && simd.Dot(rest, rest) > Rounding * total; round++)
        {
            SeasonFold? best = Best(rest, stepSeconds);
            if (best is not null && seasons.Exists(season => IsLeakage(best.Period, season.Period, rest.Length)))
            {
                break;
            }
            double pValue = best is null ? 1 : Math.Min(1, best.Test.PValue * SearchedPeriods * rest.Length);
            if (best is null || pValue > significance)
            {
                break;
            }
            seasons.Add(new Season(best.Period, best.Profile, (int)(rest.Length / best.Period), Math.Clamp(best.Explained / total, 0, 1), pValue));
            double[] left = new double[rest.Length];
            int[] bins = Season.Bins(rest.Length, best.Period, best.Profile.Length);
            for (int t = 0; t < rest.Length; t++)
            {
                left[t] = rest[t] - best.Profile[bins[t]];
            }
            rest = left;
        }
        return seasons;
    }

    /// <summary>Whether a period cannot be told from one already taken out, or from a whole part of it: what a shift or a growing swing leaves of that.</summary>
    private static bool IsLeakage(double period, double taken, int n)
    {
        double cycles = n / period, ofTaken = n / taken;
        double multiple = Math.Max(1, Math.Round(cycles / ofTaken));
        return Math.Abs(cycles - multiple * ofTaken) < CyclesApart;
    }

    private SeasonFold? Best(double[] x, double stepSeconds)
    {
        double[] spectrum = Spectrum(x), flat = Flattened(spectrum, x.Length);
        List<SeasonFold> folds = Candidates(x, spectrum, flat, stepSeconds).ConvertAll(period => new SeasonFold(simd, x, period));
        if (folds.Count == 0)
        {
            return null;
        }
        // The best ones more exactly: what the spectrum says of the period between whole numbers of samples.
        folds.Sort((a, b) => a.PredictionError.CompareTo(b.PredictionError));
        SeasonFold? best = null;
        List<double> refined = [];
        foreach (SeasonFold fold in folds.Take(RefinedMax))
        {
            if (refined.Exists(other => Math.Abs(x.Length / other - x.Length / fold.Period) < CyclesAlike))
            {
                continue;   // the same line of the spectrum, already placed
            }
            refined.Add(fold.Period);
            double period = Placed(x, spectrum, flat, Refined(spectrum, flat, fold.Period, x.Length));
            bool fits = period >= 2 && x.Length >= (CyclesMin - PartCycle) * period;
            SeasonFold better = fits ? Unless(fold, new SeasonFold(simd, x, period), x.Length, WholeNoises) : fold;
            best = best is null || better.PredictionError < best.PredictionError ? better : best;
        }
        return Usual(x, Shortest(x, Usual(x, best!, stepSeconds)), stepSeconds);
    }

    /// <summary>The calendar's period where it is near and predicts about as well; else a whole number of samples.</summary>
    private SeasonFold Usual(double[] x, SeasonFold fold, double stepSeconds)
    {
        foreach (double seconds in CalendarSeconds)
        {
            double period = stepSeconds > 0 ? seconds / stepSeconds : 0;
            if (period == fold.Period)
            {
                return fold;
            }
            double cyclesOff = Math.Abs(x.Length / period - x.Length / fold.Period);
            if (period >= 2 && cyclesOff < CalendarCyclesOff)
            {
                SeasonFold calendar = new(simd, x, period);
                if (cyclesOff < CalendarCyclesSame || Unless(fold, calendar, x.Length, CalendarNoises) == calendar)
                {
                    return calendar;
                }
            }
        }
        return Whole(x, fold);
    }

    private SeasonFold Whole(double[] x, SeasonFold fold)
    {
        double whole = Math.Round(fold.Period);
        return whole == fold.Period ? fold : Unless(fold, new SeasonFold(simd, x, Math.Max(2, whole)), x.Length, WholeNoises);
    }

    /// <summary>The preferred fold, unless the data contradict it: unless the other predicts better by more than so many times the noise.</summary>
    private static SeasonFold Unless(SeasonFold other, SeasonFold preferred, int n, double noises) =>
        preferred.PredictionError - other.PredictionError <= noises * other.PredictionError / n ? preferred : other;

    /// <summary>The shortest whole part of the period that explains as much; a day also where a week explains more, when it is much of it.</summary>
    private SeasonFold Shortest(double[] x, SeasonFold fold)
    {
        for (int divisor = Math.Min(24, (int)(fold.Period / 2)); divisor > 1; divisor--)
        {
            if (fold.Period == Math.Round(fold.Period) && fold.Period % divisor != 0)
            {
                continue;
            }
            (double share, double pValue) = fold.Test.Against(divisor);
            if (pValue > Nested || (divisor == WeekOfDays && share >= DayShare))
            {
                SeasonFold part = new(simd, x, fold.Period / divisor);
                if (part.Test.PValue * x.Length < PartSignificance)
                {
                    return part;
                }
            }
        }
        return fold;
    }

    private List<double> Candidates(double[] x, double[] spectrum, double[] flat, double stepSeconds)
    {
        int n = x.Length, size = _fft.Size;
        List<double> periods = [];

        foreach (int line in Highest(flat, Math.Max(2, size * CyclesMin / n), size / 2, LinesMax, 0))
        {
            Add(Refined(spectrum, flat, (double)size / line, n));
        }
        double[] correlation = Autocorrelations(flat);
        // Not corrected for the fewer pairs at long lags: of a period and its multiples the period comes first.
        double zero = correlation[0];
        for (int lag = 0; lag < correlation.Length; lag++)
        {
            correlation[lag] /= zero;
        }
        foreach (int lag in Highest(correlation, 2, n / CyclesMin + 2, PeaksMax, PeakErrors / Math.Sqrt(n)))
        {
            Add(lag);
        }
        foreach (double seconds in CalendarSeconds)
        {
            double period = stepSeconds > 0 ? seconds / stepSeconds : 0;
            if (period >= 2 && n >= CalendarCyclesMin * period && !periods.Contains(period))
            {
                periods.Add(period);
            }
        }
        return periods;

        void Add(double period)
        {
            if (period >= 2 && n >= (CyclesMin - PartCycle) * period && !periods.Exists(known => Math.Abs(known - period) < .01 * period))
            {
                periods.Add(period);
            }
        }
    }

    /// <summary>The period near the given one at which the spectrum over its first harmonics, each against its noise, is largest.</summary>
    private double Refined(double[] spectrum, double[] flat, double period, int n)
    {
        const int Steps = 12;
        double[] weights = HarmonicWeights(spectrum, flat, period, n);
        double spacing = 1.0 / Steps / n;
        double[] sums = new double[2 * Steps + 1];
        int best = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            double place = (1 / period + (i - Steps) * spacing) * _fft.Size;
            for (int h = 1; h <= weights.Length; h++)
            {
                sums[i] += weights[h - 1] == 0 ? 0 : weights[h - 1] * Interpolated(spectrum, place * h);
            }
            best = sums[i] > sums[best] ? i : best;
        }
        return 1 / (1 / period + (best - Steps) * spacing);
    }

    /// <summary>The period between the points of the transform: the top of a parabola through the power at three frequencies.</summary>
    private double Placed(double[] x, double[] spectrum, double[] flat, double period)
    {
        double[] weights = HarmonicWeights(spectrum, flat, period, x.Length);
        double frequency = 1 / period, apart = TopWidth / x.Length / (1 + Array.FindLastIndex(weights, weight => weight > 0));
        double left = PowerAt(x, frequency - apart, weights), middle = PowerAt(x, frequency, weights), right = PowerAt(x, frequency + apart, weights);
        double bend = left - 2 * middle + right;
        return 1 / (frequency + (bend < 0 ? Math.Clamp(.5 * (left - right) / bend, -1, 1) * apart : 0));
    }

    /// <summary>Weighted sum of the power at the harmonics of a frequency (cycles a sample).</summary>
    private static double PowerAt(double[] x, double frequency, double[] weights)
    {
        double sum = 0;
        for (int h = 1; h <= weights.Length; h++)
        {
            if (weights[h - 1] == 0)
            {
                continue;
            }
            (double turnSine, double turnCosine) = Math.SinCos(2 * Math.PI * frequency * h);
            double re = 0, im = 0, cosine = 1, sine = 0;
            foreach (double value in x)
            {
                re += value * cosine;
                im += value * sine;
                (cosine, sine) = (cosine * turnCosine - sine * turnSine, cosine * turnSine + sine * turnCosine);
            }
            sum += weights[h - 1] * (re * re + im * im);
        }
        return sum;
    }

    /// <summary>1 / noise at each harmonic that stands out of it, 0 at the others: they would only blur the place of the rest. The first when none stands out.</summary>
    private double[] HarmonicWeights(double[] spectrum, double[] flat, double period, int n)
    {
        double[] weights = new double[Math.Clamp((int)(period / 2), 1, Harmonics)];
        int reach = Math.Max(1, _fft.Size / n);
        for (int h = 1; h <= weights.Length; h++)
        {
            int place = (int)Math.Round(h * _fft.Size / period);
            int from = Math.Max(1, place - reach), to = Math.Min(flat.Length - 1, place + reach);
            int top = from;
            for (int k = from; k <= to; k++)
            {
                top = flat[k] > flat[top] ? k : top;
            }
            if (from <= to && flat[top] > HarmonicPower && spectrum[top] > 0)
            {
                weights[h - 1] = flat[top] / spectrum[top];
            }
        }
        if (Array.TrueForAll(weights, weight => weight == 0))
        {
            weights[0] = 1;
        }
        return weights;
    }

    // Cubic (Catmull and Rom) between the nearest four; 0 outside.
    private static double Interpolated(double[] values, double place)
    {
        int k = (int)place;
        if (k < 1 || k + 2 >= values.Length)
        {
            return 0;
        }
        double t = place - k, a = values[k - 1], b = values[k], c = values[k + 1], d = values[k + 2];
        return b + .5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    /// <summary>Local maxima of values[from..to], the highest first.</summary>
    private static IEnumerable<int> Highest(double[] values, int from, int to, int most, double least)
    {
        List<(double Value, int Place)> peaks = [];
        for (int i = from; i < to && i + 1 < values.Length; i++)
        {
            if (values[i] > least && values[i] >= values[i - 1] && values[i] > values[i + 1])
            {
                peaks.Add((values[i], i));
            }
        }
        peaks.Sort((a, b) => b.Value.CompareTo(a.Value));
        return peaks.Take(most).Select(peak => peak.Place);
    }

    /// <summary>Power at k / size cycles a sample, k = 0..size / 2, where size is at least twice n.</summary>
    private double[] Spectrum(double[] x)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * x.Length));
        if (_fft.Size != size)
        {
            (_fft, _half) = (new Fft(size), new Fft(size / 2));
        }
        double[] re = new double[size / 2 + 1], im = new double[size / 2 + 1];
        double mean = x.Average();
        for (int t = 0; t < x.Length; t++)
        {
            (t % 2 == 0 ? re : im)[t / 2] = x[t] - mean;
        }
        _half.TransformReal(re, im, _fft);
        double[] power = new double[size / 2 + 1];
        for (int k = 0; k < power.Length; k++)
        {
            power[k] = re[k] * re[k] + im[k] * im[k];
        }
        return power;
    }

    /// <summary>Transform of an even spectrum: at lag, up to a factor, the autocorrelation of the series that has it.</summary>
    private double[] Autocorrelations(double[] spectrum)
    {
        int size = _fft.Size;
        double[] re = new double[size / 2 + 1], im = new double[size / 2 + 1];
        for (int k = 0; k < size; k++)
        {
            (k % 2 == 0 ? re : im)[k / 2] = spectrum[Math.Min(k, size - k)];
        }
        _half.TransformReal(re, im, _fft);
        return re;
    }

    /// <summary>The spectrum divided by its median over bands of half an octave; what is slower than half the series is set to the mean.</summary>
    private double[] Flattened(double[] spectrum, int n)
    {
        double[] flat = new double[spectrum.Length];
        double[] band = new double[spectrum.Length];
        int perCycle = _fft.Size / n;   // bins for one independent frequency
        int slowest = 2 * perCycle;
        for (int from = slowest; from < spectrum.Length;)
        {
            int to = Math.Min(spectrum.Length, Math.Max(from + BandMin * perCycle, from + from / 2));
            to = spectrum.Length - to < BandMin * perCycle ? spectrum.Length : to;
            spectrum.AsSpan(from, to - from).CopyTo(band);
            double median = ChangePointMedian.Of(simd, band.AsSpan(0, to - from));
            for (int k = from; k < to; k++)
            {
                flat[k] = spectrum[k] / (median / Math.Log(2) + 1e-300);
            }
            from = to;
        }
        double mean = 0;
        for (int k = slowest; k < flat.Length; k++)
        {
            mean += flat[k] / (flat.Length - slowest);
        }
        flat.AsSpan(0, Math.Min(slowest, flat.Length)).Fill(mean);
        return flat;
    }

    /// <summary>The series without its straight line, clipped to a few deviations so that an outlier makes no season.</summary>
    private double[] Detrended(ReadOnlySpan<double> x)
    {
        StraightLine line = StraightLine.Fit(x);
        double[] rest = new double[x.Length];
        for (int t = 0; t < rest.Length; t++)
        {
            rest[t] = x[t] - line.At(t);
        }
        double clip = ClipDeviations * ChangePointMedian.Deviation(simd, (double[])rest.Clone());
        if (clip > 0)
        {
            foreach (ref double value in rest.AsSpan())
            {
                value = Math.Clamp(value, -clip, clip);
            }
        }
        return rest;
    }
}
