using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Outlooks;

/// <summary>What actions did to metrics: learned from reported outcomes, in the order of their reports.</summary>
/// <remarks>
/// The logarithm of a metric's factor for each step of an attribute is normal with unknown mean and variance (conjugate normal-inverse-gamma: Murphy, "Conjugate
/// Bayesian analysis of the Gaussian distribution", 2007), kept by attribute, direction, nearness, metric and, besides, the cause that it was done for: other
/// causes count a quarter. An outcome counts by how little of it is noise; one that is far from anything expected counts as one at the edge of it (Huber's
/// bound). With several actions each takes the part of the surprise that its own variance is of the whole.
/// </remarks>
internal sealed class ResponseBook
{
    /// <summary>Effects, and metrics, that are remembered; the one whose last outcome is the oldest is forgotten beyond.</summary>
    public const int EntriesMax = 2048;

    // The prior weighs as much as so many outcomes, and its variance as twice so many degrees of freedom.
    private const double PriorWeight = 2;
    private const double PriorShape = 3;

    private const double OtherCausesPart = 0.25;
    private const double SurpriseMost = 3;
    private const double RatioMost = 3;

    /// <summary>Of a metric that became 0: what it is taken to have become, of what it was.</summary>
    private const double VanishedPart = 0.05;

    /// <summary>Periods that are watched, unless the caller says: what one period is noisier by than the mean of the window.</summary>
    private const double PeriodsOfWindow = 4;

    /// <summary>Of the spread that was expected, when an effect was doubted as much.</summary>
    private const double NoisePartLeast = 0.1;

    private const double P90Score = 1.2815515655446004;

    private readonly Dictionary<string, LearnedResponse> _effects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LearnedResponse> _errors = new(StringComparer.Ordinal);
    private long _outcomes;

    /// <summary>Effects that are remembered.</summary>
    public int EffectCount => _effects.Count;

    /// <summary>Takes in a decision whose outcome was reported; one without actions, or not executed, teaches nothing.</summary>
    public void Learn(DecisionRecord record)
    {
        if (record.Executed != true || record.Actions.Count == 0 || record.ReportSequence == 0)
        {
            return;
        }
        _outcomes++;
        foreach (MetricExpectation expected in record.Expected)
        {
            if (MetricReference.FromKey(expected.Metric) is { } metric && ValueOf(record.Observed, metric) is { } observed)
            {
                MetricPlace place = new(metric);
                LearnError(place, expected, observed);
                LearnEffect(record, place, expected, observed);
            }
        }
    }

    /// <summary>Adds the effect of an action to that of others on the same metric.</summary>
    /// <param name="change">With its Before.</param>
    /// <param name="metric">What it may reach.</param>
    /// <param name="cause">Name of what ails the metric's object; empty when unknown.</param>
    /// <param name="ofRest">Whether what is left to the upper bound is multiplied, rather than the value.</param>
    /// <param name="mean">Logarithm of the factor.</param>
    /// <param name="variance">Of it.</param>
    /// <returns>Whether the action reaches the metric.</returns>
    public bool AddEffect(ConfigurationChange change, MetricPlace metric, string cause, bool ofRest, ref double mean, ref double variance)
    {
        Nearness nearness = ActionReach.NearnessOf(change, metric);
        double steps = nearness == Nearness.None ? 0 : ActionReach.StepsOf(change);
        if (steps == 0)
        {
            return false;
        }
        ResponsePrior effect = EffectOf(change.Attribute, Math.Sign(steps), nearness, cause, metric.Family, ofRest);
        double size = Math.Abs(steps), deviation = size * effect.Deviation;
        mean += size * effect.Mean;
        variance += deviation * deviation;
        return true;
    }

    /// <summary>By how much predictions of a metric after actions are off beyond their own spread (logarithm); 0 before anything was learned.</summary>
    public double ErrorOf(string metricFamily)
    {
        const double Least = 1e-6;   // less is rounding
        double error = _errors.GetValueOrDefault(metricFamily) is { } learned ? Math.Sqrt(learned.Sum / (learned.Weight + 1)) : 0;
        return error > Least ? error : 0;
    }

    private static string KeyOf(string attribute, int direction, Nearness nearness, string cause, string family, bool ofRest)
    {
        string where = nearness switch { Nearness.Own => "own ", Nearness.Source => "source ", _ => "near " };
        return string.Concat(attribute, direction > 0 ? "+" : "-", where, string.Concat(cause, ofRest ? " rest of " : " ", family));
    }

    /// <summary>Posterior mean and deviation of the next case, for each step.</summary>
    private ResponsePrior EffectOf(string attribute, int direction, Nearness nearness, string cause, string family, bool ofRest)
    {
        ResponsePrior prior = ResponsePrior.Of(attribute, direction, nearness, family, cause, ofRest);
        LearnedResponse? all = _effects.Count == 0 ? null : _effects.GetValueOrDefault(KeyOf(attribute, direction, nearness, "", family, ofRest));
        if (all is null)
        {
            return prior;
        }
        LearnedResponse? own = cause.Length == 0 ? all : _effects.GetValueOrDefault(KeyOf(attribute, direction, nearness, cause, family, ofRest));
        double ownWeight = own?.Weight ?? 0, ownSum = own?.Sum ?? 0, ownSquares = own?.Squares ?? 0;
        bool isRest = all.Weight > ownWeight;   // not so when all were forgotten since
        double restWeight = isRest ? all.Weight - ownWeight : 0, restSum = isRest ? all.Sum - ownSum : 0, restSquares = isRest ? Math.Max(0, all.Squares - ownSquares) : 0;
        double weight = ownWeight + OtherCausesPart * restWeight, sum = ownSum + OtherCausesPart * restSum, squares = ownSquares + OtherCausesPart * restSquares;
        if (ownWeight > 0 && isRest)
        {
            double apart = ownSum / ownWeight - restSum / restWeight;
            squares += ownWeight * OtherCausesPart * restWeight / weight * apart * apart;
        }
        // The variance of the prior's prediction is b0 (1 + 1 / k0) / (a0 - 1).
        double total = PriorWeight + weight;
        double scale = prior.Deviation * prior.Deviation * (PriorShape - 1) / (1 + 1 / PriorWeight) + 0.5 * squares;
        double variance = scale * (1 + 1 / total) / (PriorShape + weight / 2 - 1);
        return new ResponsePrior((PriorWeight * prior.Mean + sum) / total, Math.Sqrt(variance));
    }

    private void LearnEffect(DecisionRecord record, MetricPlace metric, MetricExpectation expected, double observed)
    {
        if (ValueOf(record.Before, metric.Reference) is not { } before || !(before > 0) || !(observed >= 0))
        {
            return;
        }
        bool ofRest = metric.UpperBound is < double.PositiveInfinity and var bound && before > bound / 2 && before < bound && observed <= bound;
        if (ofRest)
        {
            (before, observed, expected) = (metric.UpperBound - before, metric.UpperBound - observed, RestOf(expected, metric.UpperBound));
        }
        string cause = metric.ManagedObject == record.ManagedObject ? record.CauseName : "", family = metric.Family;
        double mean = 0, variance = 0;
        foreach (ConfigurationChange change in record.Actions)
        {
            AddEffect(change, metric, cause, ofRest, ref mean, ref variance);
        }
        if (!(variance > 0))
        {
            return;   // no action reaches it
        }
        (double seen, double noise) = ChangeOf(record, metric.Reference, expected, variance, before, observed);
        double reach = SurpriseMost * Math.Sqrt(variance + noise), surprise = Math.Clamp(seen - mean, -reach, reach);
        foreach (ConfigurationChange change in record.Actions)
        {
            double ownMean = 0, ownVariance = 0;
            if (AddEffect(change, metric, cause, ofRest, ref ownMean, ref ownVariance))
            {
                double part = ownVariance / variance, steps = ActionReach.StepsOf(change), size = Math.Abs(steps);
                double value = (ownMean + part * surprise) / size, clear = part * ownVariance / (ownVariance + noise);
                Nearness nearness = ActionReach.NearnessOf(change, metric);
                double prior = ResponsePrior.Of(change.Attribute, Math.Sign(steps), nearness, family, "", ofRest).Mean;
                EntryOf(_effects, KeyOf(change.Attribute, Math.Sign(steps), nearness, "", family, ofRest)).Add(value, clear, prior, PriorWeight, _outcomes);
                if (cause.Length > 0)
                {
                    prior = ResponsePrior.Of(change.Attribute, Math.Sign(steps), nearness, family, cause, ofRest).Mean;
                    EntryOf(_effects, KeyOf(change.Attribute, Math.Sign(steps), nearness, cause, family, ofRest)).Add(value, clear, prior, PriorWeight, _outcomes);
                }
            }
        }
    }

    private void LearnError(MetricPlace metric, MetricExpectation expected, double observed)
    {
        if (expected.P50 is not { } middle || !(middle > 0) || !(observed >= 0))
        {
            return;
        }
        double off = Math.Clamp(Math.Log(Math.Max(observed, VanishedPart * middle) / middle), -RatioMost, RatioMost), noise = NoiseOf(expected);
        EntryOf(_errors, metric.Family).Add(Math.Max(0, off * off - noise), 1, 0, 0, _outcomes);
    }

    /// <summary>Logarithm of what a metric was multiplied by, and the variance of the noise in it.</summary>
    private static (double Change, double Noise) ChangeOf(DecisionRecord record, MetricReference metric, MetricExpectation expected, double effectVariance, double before, double observed)
    {
        double change, noise;
        if (metric.Denominator is { } denominator && Find(record.Before, denominator) is > 0 and var attemptsBefore
            && Find(record.Observed, denominator) is > 0 and var attemptsAfter)
        {
            // Counts are known: half a case more keeps 0 apart from nothing (Haldane's and Anscombe's correction), and 1 / count is the variance.
            double casesBefore = before * attemptsBefore + 0.5, casesAfter = observed * attemptsAfter + 0.5;
            change = Math.Log(casesAfter / (attemptsAfter + 1)) - Math.Log(casesBefore / (attemptsBefore + 1));
            noise = 1 / casesBefore + 1 / casesAfter;
        }
        else
        {
            change = Math.Log(Math.Max(observed, VanishedPart * before) / before);
            double spread = NoiseOf(expected);
            noise = (1 + PeriodsOfWindow) * Math.Max(spread - effectVariance, NoisePartLeast * spread);   // of the window, and of the one period before
        }
        return (Math.Clamp(change, -RatioMost, RatioMost), noise);
    }

    private static MetricExpectation RestOf(MetricExpectation expected, double upper) =>
        new() { Metric = expected.Metric, P10 = upper - expected.P90, P50 = upper - expected.P50, P90 = upper - expected.P10 };

    /// <summary>Variance of the logarithm, from the quantiles.</summary>
    private static double NoiseOf(MetricExpectation expected)
    {
        if (expected.P10 is not { } low || expected.P50 is not { } middle || expected.P90 is not { } high || !(middle > 0))
        {
            return RatioMost * RatioMost;
        }
        double deviation = low > 0 ? (Math.Log(high) - Math.Log(low)) / (2 * P90Score) : (high / middle - low / middle) / (2 * P90Score);
        return Math.Min(deviation * deviation, RatioMost * RatioMost);
    }

    private static LearnedResponse EntryOf(Dictionary<string, LearnedResponse> entries, string key)
    {
        if (entries.TryGetValue(key, out LearnedResponse? entry))
        {
            return entry;
        }
        if (entries.Count >= EntriesMax)
        {
            string? oldest = null;
            long last = long.MaxValue;
            foreach ((string other, LearnedResponse response) in entries)
            {
                if (response.LastOutcome < last || (response.LastOutcome == last && string.CompareOrdinal(other, oldest) < 0))
                {
                    (oldest, last) = (other, response.LastOutcome);
                }
            }
            entries.Remove(oldest!);
        }
        return entries[key] = new LearnedResponse();
    }

    /// <summary>Value of a metric: under its own key, else the quotient of its two metrics; null when it is missing or not finite.</summary>
    private static double? ValueOf(IReadOnlyList<KeyValuePair<string, double>> values, MetricReference metric)
    {
        if (Find(values, MetricFamily.TextOf(metric)) is { } value)
        {
            return value;
        }
        return metric.Denominator is { } denominator && Find(values, metric.Name) is { } above && Find(values, denominator) is { } below
            && MetricReference.Quotient(above, below) is var quotient && double.IsFinite(quotient) ? quotient : null;
    }

    private static double? Find(IReadOnlyList<KeyValuePair<string, double>> values, string key)
    {
        foreach ((string name, double value) in values)
        {
            if (name == key && double.IsFinite(value))
            {
                return value;
            }
        }
        return null;
    }
}
