namespace RanCognition.Optimization.Search;

internal sealed class SearchPlan(SearchProblem problem, Ledger ledger)
{
    private Portfolio? _portfolio;

    public IEnumerable<Batch> Run(IEnumerable<Batch>? first = null)
    {
        foreach (Batch batch in StartPoints.All(problem))
        {
            yield return batch;
        }
        if (problem.Space.PointCount <= problem.Evaluations)
        {
            foreach (Batch batch in Enumeration.All(problem))
            {
                yield return batch;
            }
            yield break;
        }
        if (first is not null)
        {
            foreach (Batch batch in first)
            {
                yield return batch;
            }
        }
        _portfolio = new Portfolio(new SearchArea(problem, ledger, [.. Enumerable.Range(0, problem.Space.Dimension)], ledger.BestU), problem.Seed);
        foreach (Batch batch in _portfolio.Run())
        {
            yield return batch;
        }
    }

    public IReadOnlyList<KeyValuePair<string, ulong>> Arms() => [];
}
