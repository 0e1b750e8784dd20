using RanCognition.Optimization.Search.Constrained;
using RanCognition.Optimization.Search.Mixed;
using RanCognition.Optimization.Search.Pareto;

namespace RanCognition.Optimization.Search;

/// <summary>Chooses how a problem is searched, and runs it: the start points, then all points when the budget reaches for them, else the strategies that suit the problem.</summary>
internal sealed class SearchPlan
{
    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;

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
        _ledger.Arms.ChargeTo("start");
        foreach (Batch batch in StartPoints.All(_problem))
        {
            yield return batch;
        }
        if (first is not null && !IsExact)
        {
            _ledger.Arms.ChargeTo("problem_type");
            foreach (Batch batch in first)
            {
                yield return batch;
            }
        }
        foreach (Batch batch in Choose())
        {
            yield return batch;
        }
    }

    private IEnumerable<Batch> Choose()
    {
        if (IsExact)
        {
            _ledger.Arms.ChargeTo("enumeration");
            return Enumeration.All(_problem);
        }
        if (_ledger.Front is not null)
        {
            _ledger.Arms.ChargeTo("sms_emoa");
            return new ParetoSearch(_problem, _ledger).Run();
        }
        if (_problem.Space.HasLevels)
        {
            return new MixedSearch(_problem, _ledger).Run();
        }
        if (_problem.ConstraintCount > 0)
        {
            return new ConstrainedSearch(_problem, _ledger).Run();
        }
        return new Portfolio(new SearchArea(_problem, _ledger, SearchArea.Continuous(_problem.Space), _ledger.BestU), _problem.Seed).Run();
    }
}
