namespace RanCognition.Optimization.Search.Pareto;

/// <summary>Search for the front of several objectives. It never ends by itself; the front is <see cref="Ledger.Front"/>.</summary>
/// <remarks>
/// Steady state: each point that was evaluated enters the population at once. Some points are made at a time, so that they can be evaluated side by side, always as many, whatever the number of threads.
/// </remarks>
internal sealed class ParetoSearch
{
    private const int MembersMax = 100;
    private const int MembersMin = 16;
    private const int EvaluationsPerMember = 100;
    private const int Together = 4;
    private readonly SearchProblem _problem;
    private readonly Ledger _ledger;
    private readonly Population _population;
    private readonly Variation _variation;
    private readonly Batch _batch;

    public ParetoSearch(SearchProblem problem, Ledger ledger)
    {
        (_problem, _ledger) = (problem, ledger);
        int n = problem.Space.Dimension, m = problem.Maximize.Length;
        _population = new Population(n, m, Members(ledger.EvaluationsLeft));
        _variation = new Variation(problem.Space, _population, new RandomSource(problem.Seed));
        _batch = new Batch(n, m, problem.ConstraintCount);
    }

    /// <summary>Searches without end, from what the ledger knows already.</summary>
    public IEnumerable<Batch> Run()
    {
        TakeKnown();
        int missing = _population.Size - _population.Count;
        if (missing > 0)
        {
            _batch.Resize(missing);
            for (int row = 0; row < missing; row++)
            {
                _variation.MakeRandom(_batch.Point(row));
            }
            yield return _batch;
            TakeBatch();
        }
        _batch.Resize(Together);
        while (true)
        {
            for (int row = 0; row < _batch.Count; row++)
            {
                _variation.Make(_batch.Point(row));
            }
            yield return _batch;
            TakeBatch();
        }
    }

    /// <summary>A small budget is better spent on generations than on a large first one; with a large one, more members keep apart fronts of several pieces.</summary>
    private static int Members(ulong evaluations) => (int)Math.Clamp(evaluations / EvaluationsPerMember, MembersMin, MembersMax);

    /// <summary>Starts with at most half of the members from the front that is known, or with the best point where none was feasible.</summary>
    private void TakeKnown()
    {
        double[] point = new double[_problem.Space.Dimension];
        if (_ledger.Front is { Count: > 0 } front)
        {
            int[] rows = front.Sorted();
            int most = Math.Min(rows.Length, _population.Size / 2);
            for (int k = 0; k < most; k++)
            {
                int row = rows[most == 1 ? 0 : (int)((long)k * (rows.Length - 1) / (most - 1))];
                _problem.Space.Coordinates(front.X(row), point);
                _population.Enter(point, front.F(row), 0);
            }
        }
        else if (_ledger.HasBest)
        {
            _population.Enter(_ledger.BestU, _ledger.BestF, _ledger.BestViolation);
        }
    }

    private void TakeBatch()
    {
        for (int row = 0; row < _batch.Count; row++)
        {
            _population.Enter(_batch.Point(row), _batch.Objectives(row), _batch.Violation(row));
        }
    }
}
