using RanCognition.Optimization.Search.Constrained;

namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Improves the variables without levels of a point, its levels held: the quasi-Newton search, or the one with constraints.</summary>
internal sealed class MixedDescent
{
    // Later rounds know the curvature and do not follow what cannot reach the best point known.
    private const int IterationsMax = 60;
    private const double Hope = 3;
    private const double DisturbProbability = 0.3;

    private readonly int[] _moving;
    private readonly RandomSource _random;
    private readonly SequentialQuadratic? _constrained;
    private readonly SearchArea? _area;
    private readonly QuasiNewton? _search;
    private readonly QuasiNewton? _known;
    private readonly double[] _coordinates;
    private bool _isFirst = true;

    /// <param name="problem">The problem.</param>
    /// <param name="ledger">Its book.</param>
    /// <param name="random">Its random numbers.</param>
    /// <param name="moving">The variables without levels, at least one.</param>
    public MixedDescent(SearchProblem problem, Ledger ledger, RandomSource random, int[] moving)
    {
        _moving = moving;
        _random = random;
        _coordinates = new double[moving.Length];
        if (problem.ConstraintCount > 0)
        {
            _constrained = new SequentialQuadratic(problem, ledger, moving);
            return;
        }
        _area = new SearchArea(problem, ledger, moving, ledger.BestU);
        _search = new QuasiNewton(_area);
        _known = new QuasiNewton(_area);
        _known.Forget();
    }

    /// <summary>Runs from a point and leaves there what it found.</summary>
    /// <param name="standing">The point.</param>
    /// <param name="isShort">Only as far as a point nearby is worth.</param>
    public IEnumerable<Batch> Run(Standing standing, bool isShort)
    {
        return _constrained is not null ? RunConstrained(standing, isShort) : RunFree(standing, isShort);
    }

    /// <summary>Moves some of them at random.</summary>
    public void Disturb(Span<double> point)
    {
        if (_random.NextDouble() < DisturbProbability)
        {
            int variable = _moving[_random.NextBelow(_moving.Length)];
            point[variable] = Math.Clamp(point[variable] + 0.2 * _random.NextNormal(), 0, 1);
        }
    }

    private IEnumerable<Batch> RunConstrained(Standing standing, bool isShort)
    {
        LocalGoal goal = new() { FirstRadius = _isFirst ? 0.3 : 0.1, IterationsMax = isShort ? IterationsMax / 4 : IterationsMax, MayBeHopeless = !_isFirst };
        foreach (Batch batch in _constrained!.Run(standing.Point, goal))
        {
            yield return batch;
        }
        _isFirst = false;
        if (Standing.IsBetter(_constrained.Violation, _constrained.Value, standing.Violation, standing.Value))
        {
            standing.Set(_constrained.Point, _constrained.Violation, _constrained.Value);
        }
    }

    private IEnumerable<Batch> RunFree(Standing standing, bool isShort)
    {
        if (standing.Value >= Batch.Failed)
        {
            yield break;
        }
        _area!.Hold(standing.Point);
        for (int i = 0; i < _moving.Length; i++)
        {
            _coordinates[i] = standing.Point[_moving[i]];
        }
        _search!.Place(_coordinates, standing.Value);
        _search.TakeCurvature(_known!);
        foreach (Batch batch in _search.Run(isShort ? IterationsMax / 4 : IterationsMax, _isFirst ? double.PositiveInfinity : Hope))
        {
            yield return batch;
        }
        _isFirst = false;
        if (_search.IsClean)
        {
            _known!.TakeCurvature(_search);
        }
        if (_search.Value < standing.Value)
        {
            for (int i = 0; i < _moving.Length; i++)
            {
                standing.Point[_moving[i]] = _search.Point[i];
            }
            standing.Set(standing.Point, 0, _search.Value);
        }
    }
}
