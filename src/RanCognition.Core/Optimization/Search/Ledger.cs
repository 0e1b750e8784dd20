using RanCognition.Contracts;
using RanCognition.Optimization.Search.Pareto;

namespace RanCognition.Optimization.Search;

/// <summary>The book of a search: every point that was evaluated is entered here, in a fixed order, and the best is known at any time.</summary>
internal sealed class Ledger
{
    private readonly SearchProblem _problem;
    private readonly double[] _bestU;
    private readonly double[] _bestX;
    private readonly double[] _bestF;
    private readonly double[] _bestG;
    private readonly SearchTrace _trace = new();
    private readonly SensitivitySample _sample;

    public Ledger(SearchProblem problem)
    {
        _problem = problem;
        _bestU = new double[problem.Space.Dimension];
        _bestX = new double[problem.Space.Dimension];
        _bestF = new double[problem.Maximize.Length];
        _bestG = new double[problem.ConstraintCount];
        _sample = new SensitivitySample(problem.Space);
        Conflicts = new ConflictBook(problem.ConstraintCount);
        Front = problem.Maximize.Length > 1 ? new FrontArchive(problem.Space.Dimension, problem.Maximize.Length) : null;
        Array.Fill(_bestU, 0.5);
    }

    /// <summary>Evaluations made, those that failed and points told by the host included.</summary>
    public ulong Evaluations { get; private set; }

    public ulong FailedEvaluations { get; private set; }

    /// <summary>Evaluations of points that were not evaluated before, as far as the run can tell.</summary>
    public ulong DistinctPoints { get; private set; }

    public ulong EvaluationsLeft => Evaluations < _problem.Evaluations ? _problem.Evaluations - Evaluations : 0;

    /// <summary>Every point of the space was evaluated.</summary>
    public bool IsExhausted => DistinctPoints >= _problem.Space.PointCount;

    /// <summary>Whether a point that did not fail is known.</summary>
    public bool HasBest { get; private set; }

    /// <summary>Total violation of the best point; 0 = feasible.</summary>
    public double BestViolation { get; private set; } = double.PositiveInfinity;

    /// <summary>First objective of the best point, smaller being better; 1e300 while there is none.</summary>
    public double BestValue { get; private set; } = Batch.Failed;

    /// <summary>First objective of the first point that was feasible, smaller being better; null while there is none.</summary>
    public double? FirstFeasibleValue { get; private set; }

    /// <summary>The best point, in the unit cube; its centre while there is none.</summary>
    public ReadOnlySpan<double> BestU => _bestU;

    public ReadOnlySpan<double> BestX => _bestX;

    /// <summary>Its objectives, smaller being better.</summary>
    public ReadOnlySpan<double> BestF => _bestF;

    public ReadOnlySpan<double> BestG => _bestG;

    /// <summary>Grows each time the best point changes.</summary>
    public int BestVersion { get; private set; }

    /// <summary>The sets of constraints that evaluated points did not satisfy; kept up to date until a point is feasible.</summary>
    public ConflictBook Conflicts { get; }

    /// <summary>With several objectives, the feasible points that no other one dominates; null with one.</summary>
    public FrontArchive? Front { get; }

    /// <summary>Evaluations by strategy.</summary>
    public ArmBook Arms { get; } = new();

    /// <summary>Why the search has to end; null = it goes on.</summary>
    public SearchStop? Stopped { get; set; }

    /// <summary>Enters one point that was evaluated.</summary>
    /// <param name="u">The point in the cube.</param>
    /// <param name="x">Its values.</param>
    /// <param name="f">Its objectives, smaller being better.</param>
    /// <param name="g">Its constraints.</param>
    /// <param name="failed">f and g say nothing.</param>
    /// <param name="isRepeat">The point is known to have been entered before.</param>
    /// <param name="isTold">No strategy asked for the point.</param>
    public void Enter(ReadOnlySpan<double> u, ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, bool failed, bool isRepeat = false, bool isTold = false)
    {
        Evaluations++;
        if (isTold)
        {
            Arms.CountTold();
        }
        else
        {
            Arms.Count();
        }
        DistinctPoints += isRepeat ? 0UL : 1;
        bool isBetter = false;
        if (failed)
        {
            FailedEvaluations++;
        }
        else
        {
            double violation = Violation(g);
            isBetter = !HasBest || violation < BestViolation || (violation == BestViolation && f[0] < BestValue);
            if (isBetter)
            {
                Improve(u, x, f, g, violation);
            }
            if (violation == 0)
            {
                FirstFeasibleValue ??= f[0];
                _sample.Enter(u, f[0]);
                Front?.Enter(x, f);
            }
            else if (BestViolation > 0)
            {
                Conflicts.Enter(g);
            }
        }
        if (Evaluations == 1 || (isBetter && BestViolation == 0))
        {
            _trace.Add(Evaluations, BestViolation == 0 ? BestValue : double.NaN);
        }
        if (BestViolation == 0 && BestValue <= _problem.Target)
        {
            Stopped = SearchStop.Target;
        }
        else if (Evaluations >= _problem.Evaluations)
        {
            Stopped = IsExhausted ? SearchStop.Exact : SearchStop.Budget;
        }
    }

    /// <summary>The first point, each improvement and the last point, with values in the sense of the first objective.</summary>
    public TraceEntry[] Trace() => Evaluations == 0 ? [] : _trace.Entries(Evaluations, _problem.Maximize[0] ? -1 : 1);

    /// <summary>Share of the variance of the first objective that each variable explains by itself, over the feasible points; null where unknown.</summary>
    public double?[] Sensitivity() => _sample.Shares(IsExhausted);

    /// <summary>Total violation of constraints, at most 1e300.</summary>
    public static double Violation(ReadOnlySpan<double> constraints)
    {
        double violation = 0;
        foreach (double value in constraints)
        {
            violation += Math.Max(0, value);
        }
        return Math.Min(violation, Batch.Failed);
    }

    private void Improve(ReadOnlySpan<double> u, ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, double violation)
    {
        HasBest = true;
        BestVersion++;
        BestViolation = violation;
        BestValue = f[0];
        u.CopyTo(_bestU);
        x.CopyTo(_bestX);
        f.CopyTo(_bestF);
        g.CopyTo(_bestG);
    }
}
