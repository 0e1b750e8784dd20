using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Optimization.Search;

/// <summary>Drives a strategy: takes its batches, has the points evaluated, enters them in the ledger.</summary>
internal sealed class SearchRun(SearchProblem problem, IEvaluator evaluator, IHost host)
{
    private readonly SearchSpace _space = problem.Space;
    private readonly double[] _x = new double[problem.Space.Dimension];
    private readonly double[] _f = new double[problem.Maximize.Length];

    public Ledger Ledger { get; } = new(problem);

    /// <summary>Runs until the ledger says stop or the strategy ends.</summary>
    public void Run(IEnumerable<Batch> strategy)
    {
        foreach (Batch batch in strategy)
        {
            for (int row = 0; row < batch.Count; row++)
            {
                Evaluate(batch, row);
                if (Ledger.Stopped is not null)
                {
                    return;
                }
            }
            if (host.NowNanoseconds() >= problem.EndNs)
            {
                Ledger.Stopped = SearchStop.Deadline;
                return;
            }
        }
        Ledger.Stopped = SearchStop.Converged;
    }

    private void Evaluate(Batch batch, int row)
    {
        _space.Values(batch.Point(row), _x);
        Span<double> objectives = batch.Objectives(row), constraints = batch.Constraints(row);
        bool failed = !evaluator.Evaluate(_x, objectives, constraints);
        for (int j = 0; j < objectives.Length; j++)
        {
            failed |= !double.IsFinite(objectives[j]);
            objectives[j] = problem.Maximize[j] ? -objectives[j] : objectives[j];
        }
        double violation = 0;
        foreach (double value in constraints)
        {
            failed |= double.IsNaN(value);
            violation += Math.Max(0, value);
        }
        if (failed)
        {
            objectives.Fill(Batch.Failed);
            constraints.Fill(Batch.Failed);
            violation = double.PositiveInfinity;
        }
        batch.Violation(row) = violation;
        objectives.CopyTo(_f);
        Ledger.Enter(batch.Point(row), _x, _f, constraints, failed);
    }
}
