using RanCognition.Optimization.Search.Constrained;
using RanCognition.Optimization.Search.Mixed;
using RanCognition.Optimization.Search.Pareto;

namespace RanCognition.Optimization.Search;

/// <summary>Chooses how a problem is searched, and runs it: the start points, then all points when the budget reaches for them, else the strategies that suit the problem.</summary>
internal sealed class SearchPlan
{
    private const string Start = "start";

    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private ulong _startEvaluations;
    private ulong _firstEvaluations;
    private IReadOnlyList<string> _names = [];
    private IReadOnlyList<ulong> _used = [];

    public SearchPlan(SearchProblem problem, Ledger ledger)
    {
        _problem = problem;
        _ledger = ledger;
        IsExact = problem.Space.PointCount <= problem.Evaluations;
    }

    /// <summary>Whether all points are evaluated.</summary>
    public bool IsExact { get; }

    /// <summary>The batches to evaluate, until the ledger says stop or nothing is left to try.</summary>
    /// <param name="first">What is tried after the start points, unless all points are evaluated: what is known of this kind of problem.</param>
    public IEnumerable<Batch> Run(IEnumerable<Batch>? first = null)
    {
        foreach (Batch batch in StartPoints.All(_problem))
        {
            yield return batch;
        }
        _startEvaluations = _ledger.Evaluations;
        foreach (Batch batch in IsExact ? [] : first ?? [])
        {
            yield return batch;
            _firstEvaluations = _ledger.Evaluations - _startEvaluations;
        }
        foreach (Batch batch in Choose())
        {
            yield return batch;
        }
    }

    /// <summary>Evaluations by strategy: those that made any.</summary>
    public List<KeyValuePair<string, ulong>> Arms()
    {
        List<KeyValuePair<string, ulong>> arms = [];
        if (_ledger.Front is not null && !IsExact)
        {
            AddArm(arms, Start, _startEvaluations);
            AddArm(arms, "sms_emoa", _ledger.Evaluations - _startEvaluations);
            return arms;
        }
        ulong others = 0, most = 0;
        for (int i = 0; i < _names.Count; i++)
        {
            if (_names[i] != Start && _used[i] > 0)
            {
                others += _used[i];
                most = Math.Max(most, _used[i]);
                arms.Add(new(_names[i], _used[i]));
            }
        }
        // Strategies count when they go on, so that the batch in which a search stopped is nobody's: it goes to the one with most.
        ulong begin = others == 0 && !IsExact ? _ledger.Evaluations : StartEvaluations();
        ulong missing = _ledger.Evaluations - begin - others;
        if (IsExact && missing > 0)
        {
            arms.Add(new("enumeration", missing));
        }
        for (int i = 0; i < arms.Count && !IsExact; i++)
        {
            if (arms[i].Value == most)
            {
                arms[i] = new(arms[i].Key, most + missing);
                break;
            }
        }
        if (begin > 0)
        {
            arms.Insert(0, new(Start, begin));
        }
        return arms;
    }

    private static void AddArm(List<KeyValuePair<string, ulong>> arms, string name, ulong evaluations)
    {
        if (evaluations > 0)
        {
            arms.Add(new(name, evaluations));
        }
    }

    private ulong StartEvaluations()
    {
        ulong evaluations = _startEvaluations + _firstEvaluations;
        for (int i = 0; i < _names.Count; i++)
        {
            evaluations += _names[i] == Start ? _used[i] : 0;
        }
        return Math.Min(evaluations, _ledger.Evaluations);
    }

    private IEnumerable<Batch> Choose()
    {
        if (IsExact)
        {
            return Enumeration.All(_problem);
        }
        if (_ledger.Front is not null)
        {
            return new ParetoSearch(_problem, _ledger).Run();
        }
        if (_problem.Space.HasLevels)
        {
            MixedSearch mixed = new(_problem, _ledger);
            (_names, _used) = (MixedSearch.Names, mixed.Used);
            return mixed.Run();
        }
        if (_problem.ConstraintCount > 0)
        {
            ConstrainedSearch constrained = new(_problem, _ledger);
            (_names, _used) = (ConstrainedSearch.Names, constrained.Used);
            return constrained.Run();
        }
        Portfolio portfolio = new(new SearchArea(_problem, _ledger, SearchArea.Continuous(_problem.Space), _ledger.BestU), _problem.Seed);
        (_names, _used) = (Portfolio.Names, portfolio.Used);
        return portfolio.Run();
    }
}
