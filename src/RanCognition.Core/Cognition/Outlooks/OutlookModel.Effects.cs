using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Outlooks;

/// <summary>From actions to values: what the model answers, else what was learned, else nothing but doubt.</summary>
internal sealed unsafe partial class OutlookModel
{
    /// <summary>A model's change is believed to within this part of it, where history shows that the network is not the model.</summary>
    private const double DoubtOfModel = 0.25;

    /// <summary>A logarithm that is off by more says nothing any more.</summary>
    private const double ErrorMost = 2;

    /// <summary>Metrics that the answers are asked for, each once.</summary>
    private static string[] KeysOf(List<MetricReference> references)
    {
        List<string> keys = [];
        HashSet<string> there = new(StringComparer.Ordinal);
        foreach (MetricReference reference in references)
        {
            if (there.Add(reference.Name))
            {
                keys.Add(reference.Name);
            }
            if (reference.Denominator is { } denominator && there.Add(denominator))
            {
                keys.Add(denominator);
            }
        }
        return [.. keys];
    }

    private double AnswerOf(MetricReference reference, double[]? values)
    {
        if (values is null)
        {
            return double.NaN;
        }
        double value = values[Array.IndexOf(_keys, reference.Name)];
        value = reference.Denominator is { } denominator ? MetricReference.Quotient(value, values[Array.IndexOf(_keys, denominator)]) : value;
        return double.IsFinite(value) ? value : double.NaN;
    }

    private MetricEffect EffectOf(MetricOutlookState metric, IReadOnlyList<ConfigurationChange> actions, double answer)
    {
        if (!double.IsNaN(answer) && (!double.IsNaN(metric.Answer) || !metric.IsKnown))
        {
            return EffectByModel(metric, answer);
        }
        double center = 0, variance = 0;
        bool reached = false, ofRest = metric.IsKnown && metric.IsNonNegative && IsNearUpper(metric);
        foreach (ConfigurationChange action in actions)
        {
            reached |= _responses.AddEffect(action, metric.Place, metric.Cause, ofRest, ref center, ref variance);
        }
        if (!reached || !metric.IsKnown)
        {
            return default;
        }
        double deviation = Math.Sqrt(variance);
        if (metric.IsNonNegative)
        {
            return new MetricEffect(ofRest ? EffectKind.FactorOfRest : EffectKind.Factor, center, deviation);
        }
        double[] sorted = metric.Future.Values;   // of values on both sides of 0 the doubt is a part of how far they spread
        (double low, _, double high) = Quantiles.OfSorted(sorted);
        return new MetricEffect(EffectKind.Shift, 0, deviation * (high - low));
    }

    private MetricEffect EffectByModel(MetricOutlookState metric, double answer)
    {
        double before = metric.Answer, error = _responses.ErrorOf(metric.Place.Family);
        double[] sorted = metric.Future.Values;
        if (answer == before)
        {
            return default;
        }
        if (!metric.IsKnown || (metric.Future.Kind is FutureKind.Model && sorted[0] == before && sorted[^1] == before))
        {
            return new MetricEffect(EffectKind.Level, answer, error);
        }
        bool fromHistory = metric.Future.Kind is FutureKind.History or FutureKind.Rate;
        if (metric.IsNonNegative && before > 0 && answer > 0)
        {
            double upper = metric.Future.Upper;
            EffectKind kind = EffectKind.Factor;
            double center = Math.Log(answer / before);
            if (IsNearUpper(metric) && before < upper && answer < upper)
            {
                (kind, center) = (EffectKind.FactorOfRest, Math.Log((upper - answer) / (upper - before)));
            }
            double doubt = fromHistory ? DoubtOfModel * center : 0, learned = fromHistory ? error : 0;   // a modelled future has the error already
            learned *= kind == EffectKind.FactorOfRest ? answer / (upper - answer) : 1;                  // a part of the value, as a part of what is left
            learned = Math.Min(learned, ErrorMost);
            return new MetricEffect(kind, center, Math.Sqrt(doubt * doubt + learned * learned));
        }
        return new MetricEffect(EffectKind.Shift, answer - before, fromHistory ? DoubtOfModel * Math.Abs(answer - before) : 0);
    }

    /// <summary>Whether a bounded metric is rather full: what is left then changes by a factor, not what there is.</summary>
    private static bool IsNearUpper(MetricOutlookState metric) =>
        double.IsFinite(metric.Future.Upper) && metric.Future.Values[metric.Future.Values.Length / 2] > metric.Future.Upper / 2;

    /// <summary>Values of a metric after an effect, and what is to be expected of them.</summary>
    private MetricExpectation Change(MetricOutlookState metric, MetricEffect effect, ref double[] room, out double mean)
    {
        room ??= new double[_scores.Count];
        double upper = metric.Future.Upper;
        if (effect.Deviation == 0)
        {
            effect.Fill([0], _level.AsSpan(0, 1));
        }
        else
        {
            FillLevels(effect);
        }
        double[] from = metric.Values.Length > 0 ? metric.Values : metric.Future.Values;   // one that no target reads needs no order
        double lowest = Math.Max(metric.Future.Lower, -double.MaxValue), highest = Math.Min(upper, double.MaxValue);
        if (effect.Kind == EffectKind.Factor && effect.Deviation != 0)   // the usual one
        {
            byte[] places = EffectPlaces(metric);
            for (int s = 0; s < room.Length; s++)
            {
                room[s] = Math.Min(from[s] * _level[places[s]], highest);
            }
        }
        else
        {
            byte[] places = effect.Deviation == 0 ? [] : EffectPlaces(metric);
            for (int s = 0; s < room.Length; s++)
            {
                double level = places.Length == 0 ? _level[0] : _level[places[s]];
                double value = MetricEffect.Apply(effect.Kind, from.Length == 0 ? double.NaN : from[s], level, upper);
                room[s] = Math.Clamp(value, lowest, highest);
            }
        }
        Span<int> ranks = stackalloc int[6];
        Span<double> values = stackalloc double[6];
        Quantiles.Ranks(room.Length, ranks);
        fixed (double* first = room)
        {
            _ranks.Select(first, room.Length, ranks, values);
        }
        (double low, double middle, double high) = Quantiles.Between(room.Length, values);
        if (metric.ChangedScale != 1)
        {
            Widen(metric, room, middle, metric.ChangedScale, room);
        }
        double sum = 0, part = 1.0 / room.Length;
        foreach (double value in room)
        {
            sum += value * part;
        }
        mean = sum;
        return ExpectationOf(metric, low, middle, high, isChanged: true);
    }

    private void FillLevels(MetricEffect effect)
    {
        const int Each = ScenarioScores.Fewest / MetricOutlookState.EffectLevels;
        Span<double> middles = stackalloc double[MetricOutlookState.EffectLevels];
        for (int i = 0; i < middles.Length; i++)
        {
            middles[i] = 0.5 * (_levelScores[i * Each] + _levelScores[i * Each + 1]);
        }
        effect.Fill(middles, _level);
    }

    private byte[] EffectPlaces(MetricOutlookState metric)
    {
        if (metric.EffectPlaces.Length == 0)
        {
            int[] order = new int[_scores.Count];
            _scores.Order(ScenarioScores.SeedOf(_view.Seed, metric.Text, EffectUse), order);
            byte[] places = new byte[order.Length];
            int each = _scores.Count / MetricOutlookState.EffectLevels;
            for (int s = 0; s < places.Length; s++)
            {
                places[s] = (byte)(order[s] / each);
            }
            metric.EffectPlaces = places;
        }
        return metric.EffectPlaces;
    }
}
