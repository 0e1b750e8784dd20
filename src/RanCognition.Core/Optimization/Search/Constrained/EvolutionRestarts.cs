namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Populations one after the other, each larger than the one before; their best members are polished by the local search.</summary>
internal sealed class EvolutionRestarts(SearchProblem problem, Ledger ledger, SequentialQuadratic local, RandomSource random)
{
    private const int GenerationsBetweenPolishes = 20;
    private const double MovedFar = 0.03;
    private const double Growth = 1.5;
    private const int SizeMax = 2000;

    private readonly double[] _polished = new double[problem.Space.Dimension];
    private double _size = 10 + 2 * problem.Space.Dimension;
    private EpsilonEvolution? _population;
    private bool _isPolished;
    private bool _isFirst = true;

    /// <summary>The best of its points but the one that it was given.</summary>
    public BestSeen Best { get; } = new();

    /// <summary>One generation, with what follows from it.</summary>
    public IEnumerable<Batch> Step()
    {
        if (_population is null)
        {
            double generations = Math.Min(0.2 * ledger.EvaluationsLeft, 1000.0 * _polished.Length) / _size;
            _population = new EpsilonEvolution(problem, (int)_size, generations, null, random, Best);
            _isPolished = false;
            double[]? first = _isFirst && ledger.HasBest ? ledger.BestU.ToArray() : null;
            _isFirst = false;
            foreach (Batch batch in _population.Begin(first))
            {
                yield return batch;
            }
        }
        EpsilonEvolution population = _population;
        foreach (Batch batch in population.Step())
        {
            yield return batch;
        }
        if ((population.Generation % GenerationsBetweenPolishes == 0 || population.IsOver) && HasMoved(population.BestPoint))
        {
            population.BestPoint.CopyTo(_polished);
            _isPolished = true;
            foreach (Batch batch in local.Run(_polished, new LocalGoal { MayBeHopeless = true, FirstRadius = 0.05 }))
            {
                yield return batch;
            }
            Best.Offer(local.Violation, local.Value);
            double violation = population.ViolationOf(local.Constraints);
            if (violation < population.BestViolation || (violation == population.BestViolation && local.Value < population.BestValue))
            {
                population.Replace(local.Point, local.Value, violation);
                local.Point.CopyTo(_polished, 0);
            }
        }
        if (population.IsOver)
        {
            _population = null;
            _size = Math.Min(SizeMax, _size * Growth);
        }
    }

    private bool HasMoved(ReadOnlySpan<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            if (Math.Abs(point[i] - _polished[i]) > MovedFar)
            {
                return true;
            }
        }
        return !_isPolished;
    }
}
