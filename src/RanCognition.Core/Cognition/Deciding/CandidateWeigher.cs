using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Deciding;

/// <summary>Tells what would come of candidates, in probabilities that can be believed.</summary>
internal sealed class CandidateWeigher
{
    private readonly DecisionTools _tools;
    private readonly SituationView _view;
    private readonly OutlookModel _model;
    private readonly Outlook _nothing;
    private readonly List<int> _ailing = [];   // places in Expected of what ails

    public CandidateWeigher(DecisionTools tools, SituationView view, OutlookModel model, IReadOnlyList<CauseFinding> causes)
    {
        _tools = tools;
        _view = view;
        _model = model;
        _nothing = model.Evaluate([]);
        foreach (CauseFinding cause in causes)
        {
            if (cause.Metric is { } metric && cause.Name is not (CauseNames.Healthy or CauseNames.Unknown))
            {
                AddAiling(metric);
            }
        }
    }

    public WeighedCandidate Nothing() => new()
    {
        Proposed = Candidate.Nothing,
        Kept = [],
        Outlook = _nothing,
        Probability = Calibrated(_nothing, acts: false),
        Ailment = Ailment(_nothing),
        Vetoes = [],
    };

    public WeighedCandidate Weigh(Candidate candidate, GuardOutcome examined)
    {
        Outlook outlook = Evaluate(examined.Kept);
        return new WeighedCandidate
        {
            Proposed = candidate,
            Kept = examined.Kept,
            Outlook = outlook,
            Probability = Calibrated(outlook, examined.Kept.Count > 0),
            Ailment = Ailment(outlook),
            Vetoes = [.. examined.Vetoes()],
        };
    }

    /// <summary>What would come of changes.</summary>
    public Outlook Evaluate(IReadOnlyList<ConfigurationChange> actions) => actions.Count == 0 ? _nothing : _model.Evaluate(actions);

    public double Calibrated(Outlook outlook, bool acts) =>
        outlook.TargetProbabilities.Length == 0 ? 1 : _tools.Learning.Calibrated(outlook.ProbabilityOfTargets, _view.Question.Mode, acts);

    private void AddAiling(string metric)
    {
        for (int i = 0; i < _nothing.Expected.Count; i++)
        {
            if (_nothing.Expected[i].Metric == metric && !_ailing.Contains(i))
            {
                _ailing.Add(i);
            }
        }
    }

    private double Ailment(Outlook outlook)
    {
        double sum = 0;
        foreach (int place in _ailing)
        {
            if (outlook.Expected[place].P50 is { } value && _nothing.Expected[place].P50 is { } untouched && untouched > 0)
            {
                sum += value / untouched;
            }
        }
        return sum;
    }
}
