using System.Diagnostics.CodeAnalysis;

namespace RanCognition.Temporal.Patterns;

/// <summary>Finds anomalies in one series as it arrives: every answer depends on this and earlier values alone.</summary>
/// <remarks>
/// <para>Each value is compared with the median of the same time of the last 14 days, as square roots and as logarithms, and with its
/// own prediction one step ahead. The smoothed distances are the score; their Pareto tails, estimated from the series' own past, give the
/// likelihood; an adaptive threshold gives the alarms. Values that repeat for unusually long are a kind of their own.</para>
/// <para>Start-up: no alarm before about 70 values but for a flat line; the daily baseline starts after one day, before it the running
/// level is expected. A step of 16 hours or more has no time of day: the baseline is the median of the last 14 values.</para>
/// <para>Unknown step (0): the baseline of the last 14 values, and the smoothing, memory and alarm rate of hourly samples.</para>
/// <para>Memory: half a kilobyte and the values of the last 14 days (allocated as they come, rounded up to 16 days), at most 16 MiB: steps
/// below 0.66 s keep fewer days, below 0.17 s none, so that the running level is what is expected.</para>
/// <para>Very long steps: the threshold never falls below a tail probability of one half (it would from 1.75 days a step at two alarms a
/// week), so no more than about every other value could be an alarm.</para>
/// <para>Not thread-safe. Deterministic.</para>
/// </remarks>
public sealed class AnomalyDetector
{
    /// <summary>Values beyond this are taken as this, so that no square overflows.</summary>
    public const double MagnitudeMax = 1e300;

    /// <summary>Likelihood below which a point counts as quiet: an event ends after four quiet hours (at least four points).</summary>
    public const double QuietLikelihood = 1.25;

    private const double SecondsPerDay = 86400;
    private const double SecondsPerWeek = 7 * SecondsPerDay;
    private const double UnknownStepSeconds = 3600;

    // Scales and offset (see AnomalyDomain).
    private const double OffsetRate = 1.5;        // per day
    private const double OffsetRateMax = .1;      // per point
    private const double ScaleRateMin = .002;
    private const int FreePoints = 30;            // nothing is clipped so early
    private const int ScorePoints = 20;           // nothing is scored before
    private const double LogUnitShare = .1;       // of the mean magnitude: below it logarithms turn linear
    private const double LevelShare = .02;        // least scale, of the level

    // Score.
    private const double ScoreCap = 15;
    private const double OneStepShare = .3;
    private const double FastShare = .4;
    private const double FastRate = .3;
    private const double FlatShare = .5;

    // Likelihood and alarm.
    private const double TailCap = 20;
    private const double ShortRate = .4;
    private const double LongRate = .25;
    private const double OneStepHandicap = 1.1;
    private const double FamiliarShare = .8;      // of the likelihood, inside the envelope of earlier values
    private const double FlatLikelihoodShare = .4;
    private const double Worse = .3;              // by this much an event must grow for another alarm
    private const double HabituationStep = .6;
    private const double HabituationDays = 5;
    private const int QuietPointsMin = 4;
    private const double QuietSeconds = 4 * 3600;

    // Below it every value would be an alarm.
    private static readonly double ThresholdMin = Math.Log10(2);

    private readonly AnomalyBaseline _baseline;
    private readonly double _offsetRate;
    private readonly double _slowRate;
    private readonly double _threshold;
    private readonly double _habituationDecay;
    private readonly long _quietPoints;

    private AnomalyDomain _roots, _logs;
    private AnomalyFlatness _flatness;
    private AnomalyEnvelope _envelope;
    private AnomalyTail _longTail, _shortTail, _oneStepTail;

    private long _seen;              // finite values
    private double _level;           // running level, and its usual distance
    private double _levelScale;
    private double _magnitude;       // mean |value|
    private double _slow, _fast;     // exponential means behind the score
    private double _long, _short;    // and behind the likelihood
    private bool _below;             // side of the last finite value

    private bool _disarmed;
    private double _top;             // likelihood at the last alarm
    private double _habituation;
    private long _quiet;

    /// <param name="stepSeconds">Sampling step in seconds, finite, 0 or more; 0 = unknown.</param>
    /// <param name="alarmsPerWeek">Nominal alarms a week, finite, more than 0. Nominal: on noise there are far fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public AnomalyDetector(double stepSeconds, double alarmsPerWeek = 2)
    {
        if (!(stepSeconds >= 0 && stepSeconds <= double.MaxValue))
        {
            ThrowRange(nameof(stepSeconds), "must be 0 or more seconds, and finite");
        }
        if (!(alarmsPerWeek > 0 && alarmsPerWeek <= double.MaxValue))
        {
            ThrowRange(nameof(alarmsPerWeek), "must be more than 0 and finite");
        }
        var step = stepSeconds == 0 ? UnknownStepSeconds : stepSeconds;
        var pointsPerDay = stepSeconds == 0 ? 1 : ToCount(Math.Round(SecondsPerDay / step), 1);
        _baseline = new AnomalyBaseline(pointsPerDay);
        _envelope = new AnomalyEnvelope(step / SecondsPerDay);
        _offsetRate = Math.Min(OffsetRate / pointsPerDay, OffsetRateMax);
        _slowRate = Math.Max(.02, .25 * Math.Min(1, Math.Pow(step / 3600, .85)));
        _threshold = Math.Max(ThresholdMin, Math.Log10(SecondsPerWeek / step / alarmsPerWeek));
        _habituationDecay = Math.Exp(-step / SecondsPerDay / HabituationDays);
        _quietPoints = ToCount(Math.Floor(QuietSeconds / step), QuietPointsMin);
    }

    /// <summary>True from an alarm until four quiet hours have passed.</summary>
    internal bool InEvent => _disarmed;

    /// <summary>Values kept for the baseline, for tests of the bound.</summary>
    internal int BaselineCapacity => _baseline.Capacity;

    /// <summary>Judges the next value, one step after the one before.</summary>
    /// <param name="value">NaN or infinite = missing: nothing is learnt, score and likelihood fade.</param>
    public AnomalyPoint Step(double value)
    {
        var missing = !double.IsFinite(value);
        var distance = missing ? default : Measure(Math.Clamp(value, -MagnitudeMax, MagnitudeMax));
        _baseline.Add(missing ? double.NaN : Math.Clamp(value, -MagnitudeMax, MagnitudeMax));

        var oneStep = Math.Abs(distance.OneStep);
        var mix = distance.Root > 0 ? distance.Root : Math.Abs(distance.Log);
        var both = Math.Min(mix + OneStepShare * oneStep, ScoreCap);
        _slow += _slowRate * (both - _slow);
        _fast += FastRate * (both - _fast);
        var score = _slow + FastShare * _fast + FlatShare * distance.Flat;

        var capped = Math.Min(mix, TailCap);
        _long += LongRate * (capped - _long);
        _short += ShortRate * (capped - _short);
        var season = Math.Max(_longTail.Step(_long), _shortTail.Step(_short));
        var jump = _oneStepTail.Step(oneStep) - OneStepHandicap;
        var flat = FlatLikelihoodShare * distance.Flat;
        var likelihood = Math.Max(Math.Max(jump, season) * (distance.IsNew ? 1 : FamiliarShare), flat);

        var alarm = Alarm(likelihood);
        var kind = AnomalyKind.None;
        if (alarm || likelihood >= QuietLikelihood)
        {
            kind = flat > 0 && flat >= likelihood ? AnomalyKind.Flatline
                : jump > season ? AnomalyKind.Jump
                : _below ? AnomalyKind.Down : AnomalyKind.Up;
        }
        return missing
            ? new AnomalyPoint(score, likelihood, alarm, kind, double.NaN, double.NaN)
            : new AnomalyPoint(score, likelihood, alarm, kind, distance.Expected, distance.Spread);
    }

    private readonly record struct Distance(
        double Root, double Log, double OneStep, double Flat, bool IsNew, double Expected, double Spread);

    private Distance Measure(double value)
    {
        if (_seen == 0)
        {
            _level = value;
            _flatness.Start(value);
        }
        _seen++;
        var rate = Math.Max(ScaleRateMin, 1.0 / _seen);
        var free = _seen <= FreePoints ? 1e300 : 0;
        _magnitude += rate * (Math.Min(Math.Abs(value), Math.Max(free, 10 * _magnitude)) - _magnitude);
        var unit = LogUnitShare * _magnitude + 1e-12;
        var known = _baseline.TryQuartiles(out var median, out var lower, out var upper);
        if (!known)
        {
            median = lower = upper = _level;
        }
        var offsetRate = known ? _offsetRate : 0;
        var level = Math.Abs(_level);

        var roots = new AnomalyLandmarks(Root(value), Root(median), Root(lower), Root(upper), Root(_level));
        var root = _roots.Step(roots, LevelShare * (.5 * Math.Sqrt(level)), rate, free, offsetRate);
        var logs = new AnomalyLandmarks(
            Log(value, unit), Log(median, unit), Log(lower, unit), Log(upper, unit), Log(_level, unit));
        var log = _logs.Step(logs, LevelShare * (level / (level + unit)), rate, free, offsetRate);
        Follow(value, free);
        var flat = _flatness.Step(value, _seen);
        var isNew = _envelope.Step(value, _seen);
        if (root.Residual != 0)
        {
            _below = root.Residual < 0;
        }
        var spread = RootWidth(Math.Abs(roots.Median), _roots.Spread);
        return _seen > ScorePoints
            ? new Distance(root.Residual, log.Residual, root.OneStep, flat, isNew, median, spread)
            : new Distance(0, 0, 0, flat, isNew, median, spread);
    }

    private void Follow(double value, double free)
    {
        var distance = value - _level;
        var limit = Math.Max(free, 4 * _levelScale);
        _level += Math.Max(_offsetRate, 1.0 / _seen) * Math.Clamp(distance, -limit, limit);
        _levelScale += Math.Max(ScaleRateMin, 1.0 / _seen) * (Math.Min(Math.Abs(distance), limit) - _levelScale);
    }

    private bool Alarm(double likelihood)
    {
        _habituation *= _habituationDecay;
        var threshold = _threshold + HabituationStep * _habituation;
        if (!_disarmed)
        {
            if (likelihood < threshold)
            {
                return false;
            }
            _disarmed = true;
            _quiet = 0;
            _top = likelihood;
            _habituation++;
            return true;
        }
        var worse = likelihood >= _top + Worse && likelihood >= threshold;
        if (worse)
        {
            _top = likelihood;
        }
        _quiet = likelihood < QuietLikelihood ? _quiet + 1 : 0;
        _disarmed = _quiet < _quietPoints;
        return worse;
    }

    private static double Root(double value)
    {
        var root = Math.Sqrt(Math.Abs(value));
        return value >= 0 ? root : -root;
    }

    // sign(value) ln(1 + |value| / unit), without loss when the ratio is small.
    private static double Log(double value, double unit)
    {
        var ratio = Math.Min(Math.Abs(value) / unit, MagnitudeMax);
        var sum = 1 + ratio;
        var log = Math.Log(sum) + (ratio - (sum - 1)) / sum;
        return value >= 0 ? log : -log;
    }

    // Half the width, in the unit of the values, of root +- spread in the domain of roots.
    private static double RootWidth(double root, double spread)
        => root >= spread ? 2 * root * spread : root * root + spread * spread;

    private static long ToCount(double count, long least) => count < least ? least : count > 1e15 ? (long)1e15 : (long)count;

    [DoesNotReturn]
    private static void ThrowRange(string name, string message) => throw new ArgumentOutOfRangeException(name, message);
}
