using RanCognition.Cognition.Candidates;
using RanCognition.Cognition.Causes;
using RanCognition.Cognition.Guards;
using RanCognition.Cognition.Networks;
using RanCognition.Cognition.Outlooks;
using RanCognition.Cognition.Recalling;
using RanCognition.Cognition.Situations;
using RanCognition.Cognition.Targets;
using RanCognition.Contracts;
using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Deciding;

/// <summary>One decision: causes, similar cases, candidates, what would come of them, guards, choice.</summary>
internal sealed class DecisionMaker
{
    /// <summary>A candidate takes about this long; under a deadline no other is begun that would not fit.</summary>
    private const ulong CandidateNs = 200_000;

    private const string Stage = "decide";
    private const string NothingToJudge = "there is no change left to judge";

    private readonly DecisionTools _tools;
    private readonly SituationView _view;
    private readonly ulong _id;
    private readonly StageTimes _times = new();
    private readonly GuardTally _tally = new();
    private readonly List<IgnoredField> _ignored;
    private FailedChanges _failed = new([], 0);
    private NetworkAnswers? _network;   // judges candidates, and has finite loads without them
    private bool _leftOut;              // something was not proposed again
    private bool _isNetworkLeftOut;     // for want of time: what it would have judged is not weighed
    private ulong _markNs;

    /// <param name="tools">What the core knows.</param>
    /// <param name="view">The situation.</param>
    /// <param name="id">Of the decision.</param>
    /// <param name="ignored">Of the core's options.</param>
    public DecisionMaker(DecisionTools tools, SituationView view, ulong id, IReadOnlyList<IgnoredField> ignored)
    {
        _tools = tools;
        _view = view;
        _id = id;
        _ignored = [.. ignored, .. view.Problem.Ignored];
        _markNs = tools.Host.NowNanoseconds();
    }

    /// <param name="constraints">Of the second argument.</param>
    public MadeDecision Decide(IReadOnlyList<Constraint> constraints)
    {
        DecisionProblem question = _view.Question;
        TargetSet targets = TargetSet.Build(_view.Problem, constraints, question.Intent, _view.TimeNs, _view.ObserveNs);
        targets.SetBefore(Latest(targets));
        IReadOnlyList<string>? infeasible = targets.SmallestConflict();
        if (question.RollbackCondition is { } condition && !RollbackCondition.TryParse(condition, out string? reason))
        {
            InvalidInputException.Throw("problem/rollback_condition", reason);
        }
        List<CauseFinding> causes = CauseFinder.Find(_view, out List<KeyValuePair<string, double>> attempts);
        List<KeyValuePair<string, double>> features = SituationFeatures.Of(question, causes[0]);
        Spent(ns => _times.Forecast += ns);   // what is and was, before what comes
        List<SimilarCase> similar = _tools.Episodes.Recall(_view.Problem.ProblemType, causes[0].Name, features);
        _failed = new FailedChanges(similar, _view.TimeNs);
        Spent(ns => _times.Recall += ns);

        NetworkAnswers? network = _tools.HostAnswers is null ? Network() : null;
        IOutcomeAnswers? answers = _tools.HostAnswers ?? network;
        List<MetricReference> objectives = [];
        foreach (ObjectiveExpression objective in targets.Objectives)
        {
            objectives.Add(objective.Operand.Metric);
        }
        bool maximize = targets.Objectives.Count > 0 && targets.Objectives[0].Direction == ObjectiveDirection.Maximize;
        OutlookModel model = new(_view, targets, objectives, causes, _tools.Responses, _tools.Learning, answers);
        Spent(ns => _times.Forecast += ns);
        _network = network is { IsFeasible: true } ? network : null;
        NetworkGoal goal = new() { Targets = targets, Objective = objectives.Count > 0 ? objectives[0] : null, Maximize = maximize };
        List<Candidate> candidates = infeasible is null ? Propose(goal, causes, similar, network) : [];
        Spent(ns => _times.Optimise += ns);

        GuardKeeper keeper = new(_view, attempts, _tools.Executed);
        CandidateWeigher weigher = new(_tools, _view, model, causes);
        WeighedCandidate nothing = weigher.Nothing();
        List<WeighedCandidate> weighed = [nothing];
        for (int i = 0; i < candidates.Count; i++)
        {
            if (i > 0 && !_view.Budget.Allows(CandidateNs))
            {
                _ignored.Add(new IgnoredField("/deadline_ns", $"left no time for {candidates.Count - i} of {candidates.Count} candidates"));
                break;
            }
            _tools.Host.Progress(i / (double)candidates.Count, Stage);
            weighed.Add(Weigh(candidates[i], keeper, weigher, targets, nothing));
        }
        double enough = question.Guards.LowConfidence ? Math.Max(question.TargetProbability, question.Guards.MinConfidence) : question.TargetProbability;
        WeighedCandidate chosen = CandidateChoice.Best(weighed, enough, maximize);
        chosen = CheckConfidence(chosen, nothing);
        if (weighed.Count > 1)
        {
            _tally.AddIfMissing(GuardNames.Constraint, NothingToJudge);
            if (question.Guards.LowConfidence)
            {
                _tally.AddIfMissing(GuardNames.LowConfidence, NothingToJudge);
            }
        }
        Spent(ns => _times.Guards += ns);

        AddNotes(targets, nothing.Outlook, weighed.Count);
        MadeDecision made = new DecisionBuilder(_tools, _view, _id, targets, causes, similar, features)
        {
            Infeasible = infeasible,
            Guards = _tally,
            Ignored = _ignored,
            Weighed = weighed,
            Times = _times,
            Weigher = weigher,
            Maximize = maximize,
            IsSomethingLeftOut = _leftOut,
            IsNetworkLeftOut = _isNetworkLeftOut,
        }.Build(chosen, nothing);
        _tools.Host.Progress(1, Stage);   // the last question may be what made a host cancel; nothing is decided then
        return made;
    }

    /// <summary>The model of the problem's network; null when there is none, or no time to build it.</summary>
    private NetworkAnswers? Network()
    {
        NetworkAnswers? network = _tools.Networks.For(_view.Question, _view.Budget);
        if (network is null && _view.Question.Network is not null)
        {
            _isNetworkLeftOut = true;
            _ignored.Add(new IgnoredField("/network", _tools.HostAnswers is null
                ? "deadline_ns leaves no time to build its model, and without it no change can be judged; a decision with the time keeps it for the next ones"
                : "deadline_ns leaves no time to build its model; a decision with the time keeps it for the next ones"));
        }
        return network;
    }

    private List<Candidate> Propose(NetworkGoal goal, List<CauseFinding> causes, List<SimilarCase> similar, NetworkAnswers? network)
    {
        if (_isNetworkLeftOut)
        {
            return [];
        }
        if (_view.Question.Candidates is { } given)
        {
            return GivenCandidates.Read(_view, given);
        }
        List<Candidate> candidates = ActionProposer.Propose(_view, causes);
        candidates.AddRange(MemoryProposer.Propose(_view, causes[0], similar));
        if ((network ?? Network()) is { } proposing)
        {
            candidates.AddRange(NetworkProposer.Propose(_view, proposing, goal, causes));
        }
        return candidates;
    }

    private WeighedCandidate Weigh(Candidate candidate, GuardKeeper keeper, CandidateWeigher weigher, TargetSet targets, WeighedCandidate nothing)
    {
        GuardOutcome examined = keeper.Examine(candidate.Actions);
        _tally.Add(examined.Verdicts);
        if (candidate.Source != GivenCandidates.Source)
        {
            List<ConfigurationChange> rest = _failed.Without(examined.Kept);
            _leftOut |= rest.Count < examined.Kept.Count;
            examined = examined with { Kept = rest };
        }
        Spent(ns => _times.Guards += ns);
        WeighedCandidate weighed = weigher.Weigh(candidate, examined);
        Spent(ns => _times.Whatif += ns);
        if (weighed.Kept.Count > 0)
        {
            GuardVerdict verdict = ConstraintGuard.Examine(targets, weighed.Kept, nothing.Outlook, weighed.Outlook);
            if (verdict.Passed && _network is { IsFeasible: false })
            {
                verdict = new GuardVerdict { Name = verdict.Name, Reason = "the network has no finite loads with the changes", Vetoed = weighed.Kept };
            }
            _tally.Add(verdict);
            if (!verdict.Passed)
            {
                weighed.Vetoes.Add(verdict.Name);
                weighed.IsForbidden = true;
            }
            Spent(ns => _times.Guards += ns);
        }
        return weighed;
    }

    private WeighedCandidate CheckConfidence(WeighedCandidate chosen, WeighedCandidate nothing)
    {
        GuardSettings guards = _view.Question.Guards;
        if (!guards.LowConfidence || chosen.Kept.Count == 0)
        {
            return chosen;
        }
        GuardVerdict verdict = ConfidenceGuard.Examine(chosen.Probability, guards.MinConfidence, chosen.Kept);
        _tally.Add(verdict);
        if (verdict.Passed)
        {
            return chosen;
        }
        chosen.Vetoes.Add(verdict.Name);
        chosen.IsForbidden = true;
        return nothing;
    }

    private void AddNotes(TargetSet targets, Outlook nothing, int weighed)
    {
        _ignored.AddRange(targets.Ignored);
        if (weighed > CognitiveLimits.AlternativesMax)
        {
            _ignored.Add(new IgnoredField("/candidates", $"all {weighed} alternatives were weighed, the best {CognitiveLimits.AlternativesMax} are listed"));
        }
        if (!ProblemTypes.IsKnown(_view.Problem.ProblemType))
        {
            _ignored.Add(new IgnoredField("/problem_type", $"is not known: causes and targets alone decide; known are {ProblemTypes.Listed}"));
        }
        ulong clockNs = _tools.Host.NowNanoseconds();
        if (_view.TimeNs > clockNs && _view.TimeNs - clockNs > CognitiveLimits.FutureNsMax)
        {
            _ignored.Add(new IgnoredField("/time_ns", "lies more than a year after the clock; it is taken as it is"));
        }
        for (int i = 0; i < targets.Count; i++)
        {
            if (double.IsNaN(nothing.TargetProbabilities[i]))
            {
                _ignored.Add(new IgnoredField(targets.Places[i], "cannot be judged: a metric of it has neither history nor present value"));
            }
        }
        if (targets.Objectives.Count > 0 && double.IsNaN(nothing.Objective))
        {
            _ignored.Add(new IgnoredField("/objectives/0", "its metric has neither history nor present value"));
        }
        if (targets.Objectives.Count > 1)
        {
            _ignored.Add(new IgnoredField("/objectives/1", "the first objective decides; further ones are not used"));
        }
    }

    private double[] Latest(TargetSet targets)
    {
        double[] values = new double[targets.References.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _view.Series.Latest(targets.References[i]);
        }
        return values;
    }

    /// <summary>Time since the last mark goes to a stage.</summary>
    private void Spent(Action<ulong> add)
    {
        ulong now = _tools.Host.NowNanoseconds();
        add(now > _markNs ? now - _markNs : 0);
        _markNs = Math.Max(now, _markNs);
    }
}
