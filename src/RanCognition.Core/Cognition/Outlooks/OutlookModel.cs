using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.Performance;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Outlooks;

/// <summary>What metrics and targets would be after changes, in the same simulated futures for every candidate of one decision.</summary>
/// <remarks>Not thread-safe. Without a deadline the same question, seed and book give the same numbers.</remarks>
internal sealed unsafe partial class OutlookModel
{
    // Time that is left below which fewer futures are judged, ns.
    private const ulong HurriedNs = 5_000_000;
    private const ulong VeryHurriedNs = 1_000_000;

    // The same for each candidate of the caller.
    private const ulong HurriedCandidateNs = 100_000;
    private const ulong VeryHurriedCandidateNs = 50_000;

    // Judging costs time for each target and future.
    private const int ManyTargets = 8;
    private const int VeryManyTargets = 32;

    private const int FutureUse = 0;
    private const int EffectUse = 1;
    private const int CommonUse = 2;

    private readonly SituationView _view;
    private readonly ITargetJudge _targets;
    private readonly ResponseBook _responses;
    private readonly IOutcomeAnswers? _answers;
    private readonly ScenarioScores _scores;
    private readonly MetricOutlookState[] _metrics;   // those of the targets first
    private readonly int _targetMetrics;
    private readonly int _objective;                   // place among the metrics; -1 = none
    private readonly string[] _keys;                   // of the metrics that the answers are asked for
    private readonly RankSelector _ranks;
    private readonly double[] _levelScores = ScenarioScores.Of(ScenarioScores.Fewest).Scores;
    private readonly double[] _level = new double[MetricOutlookState.EffectLevels];
    private readonly double[][] _changed;              // room for the values of each metric after changes
    private readonly double[][] _judged;               // values by metric of the targets that are judged now
    private readonly double[] _values;                 // room for those of one future
    private readonly int[][] _read;                    // by target: places of the metrics that it reads
    private readonly byte[][] _verdicts;               // by target and future when nothing is changed
    private readonly byte[] _room;
    private readonly byte[] _together;                 // verdict on all targets, by future
    private readonly Outlook _nothing;

    /// <param name="view">What is known.</param>
    /// <param name="targets">What is to hold.</param>
    /// <param name="objectives">Metrics of the objectives, the first being the one that is weighed.</param>
    /// <param name="causes">What ails which object.</param>
    /// <param name="responses">What actions did before.</param>
    /// <param name="scales">How far intervals could be believed.</param>
    /// <param name="answers">The network model, or the host; null = there is none.</param>
    public OutlookModel(
        SituationView view, ITargetJudge targets, IReadOnlyList<MetricReference> objectives, IReadOnlyList<CauseFinding> causes, ResponseBook responses, IIntervalScales scales,
        IOutcomeAnswers? answers)
    {
        (_view, _targets, _responses, _answers) = (view, targets, responses, answers);
        _ranks = new RankSelector(view.Kernels);
        _scores = ScenarioScores.Of(ScenarioScores.Most >> Math.Max(Hurry(view), targets.Count >= VeryManyTargets ? 2 : targets.Count >= ManyTargets ? 1 : 0));
        List<MetricReference> references = [.. targets.References];
        _targetMetrics = references.Count;
        _objective = objectives.Count > 0 ? PlaceOf(references, objectives[0]) : -1;
        foreach (MetricReference objective in objectives)
        {
            PlaceOf(references, objective);
        }
        foreach (CauseFinding cause in causes)
        {
            if (cause.Metric is { } text && MetricReference.FromKey(text) is { } reference && references.Count < CognitiveLimits.ExpectedMax)
            {
                PlaceOf(references, reference);
            }
        }
        _keys = KeysOf(references);
        double[]? asItIs = answers?.Values([], _keys);
        FutureBuilder builder = new(view, _scores);
        _metrics = new MetricOutlookState[references.Count];
        for (int i = 0; i < _metrics.Length; i++)
        {
            _metrics[i] = StateOf(references[i], builder, causes, scales, AnswerOf(references[i], asItIs));
        }
        _changed = new double[_metrics.Length][];
        SetValues();
        _judged = new double[_targetMetrics][];
        _values = new double[_targetMetrics];
        _read = ReadBy(targets);
        for (int i = 0; i < _targetMetrics; i++)
        {
            _judged[i] = _metrics[i].Judged;
        }
        _verdicts = new byte[targets.Count][];
        for (int target = 0; target < _verdicts.Length; target++)
        {
            _verdicts[target] = new byte[_scores.Count];
            Judge(target, _verdicts[target]);
        }
        (_room, _together) = (new byte[_scores.Count], new byte[_scores.Count]);
        _nothing = Summary([]);
    }

    /// <summary>Futures that are judged.</summary>
    public int Scenarios => _scores.Count;

    /// <summary>What is expected when these changes are made together; none = when nothing is done.</summary>
    /// <param name="actions">With their Before.</param>
    public Outlook Evaluate(IReadOnlyList<ConfigurationChange> actions) => actions.Count == 0 ? _nothing : Summary(actions);

    /// <summary>How often the futures are halved for want of time.</summary>
    private static int Hurry(SituationView view)
    {
        ulong left = view.Budget.Left, each = left / Math.Max(1, (ulong)(view.Question.Candidates?.Count ?? 0));
        bool isVery = left < VeryHurriedNs || each < VeryHurriedCandidateNs;
        return isVery ? 2 : left < HurriedNs || each < HurriedCandidateNs ? 1 : 0;
    }

    private static int PlaceOf(List<MetricReference> references, MetricReference wanted)
    {
        int place = references.IndexOf(wanted);
        if (place < 0)
        {
            place = references.Count;
            references.Add(wanted);
        }
        return place;
    }

    private MetricOutlookState StateOf(
        MetricReference reference, FutureBuilder builder, IReadOnlyList<CauseFinding> causes, IIntervalScales scales, double answer)
    {
        MetricPlace place = new(reference);
        string cause = "", text = MetricFamily.TextOf(reference);
        foreach (CauseFinding finding in causes)
        {
            if (finding.ManagedObject == place.ManagedObject && place.ManagedObject.Length > 0)
            {
                cause = finding.Name;
                break;
            }
        }
        double scale = Usable(scales.ScaleOf(place.Family, changed: false));
        WindowFuture future = builder.Build(reference);
        if (double.IsFinite(answer) && future.Kind is FutureKind.Unknown or FutureKind.Present)
        {
            future = builder.Modelled(answer, future, _responses.ErrorOf(place.Family));
        }
        MetricOutlookState state = new()
        {
            Place = place, Text = text, Cause = cause, Future = future, IntervalScale = scale, ChangedScale = Usable(scales.ScaleOf(place.Family, changed: true)), Answer = answer, Expected = new MetricExpectation { Metric = text },
        };
        if (state.IsKnown)
        {
            (double low, double middle, double high) = Quantiles.OfSorted(future.Values);
            state.Expected = ExpectationOf(state, low, middle, high, isChanged: false);
            double sum = 0;
            double part = 1.0 / future.Values.Length;
            foreach (double value in future.Values)
            {
                sum += part * (scale == 1 ? value : Widened(state, value, middle, scale));
            }
            state.Mean = sum;
        }
        return state;
    }

    /// <summary>Gives the metrics of the targets their values in each future: in orders of their own, or as they follow what they have in common.</summary>
    private void SetValues()
    {
        List<double[]> residuals = [];
        for (int i = 0; i < Math.Min(_targetMetrics, CommonFactor.MetricsMax); i++)
        {
            residuals.Add(_metrics[i].Future.Residuals);
        }
        double[] loadings = CommonFactor.Loadings(residuals), common = [];
        int[] order = new int[_scores.Count];
        for (int i = 0; i < _metrics.Length; i++)
        {
            MetricOutlookState metric = _metrics[i];
            double loading = i < loadings.Length ? loadings[i] : 0;
            if (loading != 0 && common.Length == 0)
            {
                common = new double[_scores.Count];
                _scores.Order(ScenarioScores.SeedOf(_view.Seed, "", CommonUse), order);
                for (int s = 0; s < order.Length; s++)
                {
                    common[s] = _scores.Scores[order[s]];
                }
            }
            if (i < _targetMetrics && metric.IsKnown)
            {
                SetValues(metric, loading, common);
            }
        }
    }

    private void SetValues(MetricOutlookState metric, double loading, double[] common)
    {
        int[] order = new int[_scores.Count];
        _scores.Order(ScenarioScores.SeedOf(_view.Seed, metric.Text, FutureUse), order);
        if (loading != 0)
        {
            double own = Math.Sqrt(1 - loading * loading);
            double[] mixed = new double[order.Length];
            for (int s = 0; s < mixed.Length; s++)
            {
                mixed[s] = loading * common[s] + own * _scores.Scores[order[s]];
            }
            _scores.Rank(mixed, order);   // the values keep their own distribution: ranks go together (Iman and Conover, 1982)
        }
        double[] values = new double[order.Length], sorted = metric.Future.Values;
        for (int s = 0; s < values.Length; s++)
        {
            values[s] = sorted[order[s]];
        }
        metric.Values = metric.Judged = values;
        if (metric.IntervalScale != 1)
        {
            metric.Judged = new double[values.Length];
            Widen(metric, values, Quantiles.OfSorted(sorted).P50, metric.IntervalScale, metric.Judged);
        }
    }

    private static double Usable(double scale) => scale > 0 && double.IsFinite(scale) ? scale : 1;

    private static void Widen(MetricOutlookState metric, double[] values, double middle, double scale, double[] widened)
    {
        for (int s = 0; s < values.Length; s++)
        {
            widened[s] = Widened(metric, values[s], middle, scale);
        }
    }

    /// <summary>Within the bounds, and so much further from the middle as was learned.</summary>
    private static double Widened(MetricOutlookState metric, double value, double middle, double scale)
    {
        double off = value == middle ? 0 : scale * (value - middle);
        return Math.Clamp(middle + off, Math.Max(metric.Future.Lower, -double.MaxValue), Math.Min(metric.Future.Upper, double.MaxValue));
    }

    private static MetricExpectation ExpectationOf(MetricOutlookState metric, double low, double middle, double high, bool isChanged)
    {
        double scale = isChanged ? metric.ChangedScale : metric.IntervalScale;
        return new MetricExpectation
        {
            Metric = metric.Text,
            P10 = Widened(metric, low, middle, scale),
            P50 = Widened(metric, middle, middle, scale),
            P90 = Widened(metric, high, middle, scale),
            Scale = scale,
            IsChanged = isChanged,
        };
    }
}
