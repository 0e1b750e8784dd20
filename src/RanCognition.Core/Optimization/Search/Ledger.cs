using RanCognition.Contracts;

namespace RanCognition.Optimization.Search;

/// <summary>The book of a search: every point that was evaluated is entered here, in a fixed order, and the best is known at any time.</summary>
internal sealed class Ledger
{
    private readonly SearchProblem _problem;
    private readonly double[] _bestU;
    private readonly double[] _bestX;
    private readonly double[] _bestF;
    private readonly double[] _bestG;

    public Ledger(SearchProblem problem)
    {
        _problem = problem;
        _bestU = new double[problem.Space.Dimension];
        _bestX = new double[problem.Space.Dimension];
        _bestF = new double[problem.Maximize.Length];
        _bestG = new double[problem.ConstraintCount];
        Array.Fill(_bestU, 0.5);
    }

    public ulong Evaluations { get; private set; }

    public ulong FailedEvaluations { get; private set; }

    public ulong EvaluationsLeft => _problem.Evaluations - Evaluations;

    /// <summary>Whether a point that did not fail is known.</summary>
    public bool HasBest { get; private set; }

    /// <summary>Total violation of the best point; 0 = feasible.</summary>
    public double BestViolation { get; private set; } = double.PositiveInfinity;

    /// <summary>First objective of the best point, smaller being better; 1e300 while there is none.</summary>
    public double BestValue { get; private set; } = Batch.Failed;

    /// <summary>The best point, in the unit cube.</summary>
    public ReadOnlySpan<double> BestU => _bestU;

    public ReadOnlySpan<double> BestX => _bestX;

    /// <summary>Its objectives, smaller being better.</summary>
    public ReadOnlySpan<double> BestF => _bestF;

    public ReadOnlySpan<double> BestG => _bestG;

    /// <summary>Why the search has to end; null = it goes on.</summary>
    public SearchStop? Stopped { get; set; }

    /// <summary>Enters one point that was evaluated.</summary>
    /// <param name="u">The point in the cube.</param>
    /// <param name="x">Its values.</param>
    /// <param name="f">Its objectives, smaller being better.</param>
    /// <param name="g">Its constraints.</param>
    /// <param name="failed">f and g say nothing.</param>
    public void Enter(ReadOnlySpan<double> u, ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, bool failed)
    {
        Evaluations++;
        if (failed)
        {
            FailedEvaluations++;
        }
        else
        {
            double violation = 0;
            foreach (double value in g)
            {
                violation += Math.Max(0, value);
            }
            if (violation < BestViolation || (violation == BestViolation && f[0] < BestValue))
            {
                HasBest = true;
                BestViolation = violation;
                BestValue = f[0];
                u.CopyTo(_bestU);
                x.CopyTo(_bestX);
                f.CopyTo(_bestF);
                g.CopyTo(_bestG);
            }
        }
        if (BestViolation == 0 && BestValue <= _problem.Target)
        {
            Stopped = SearchStop.Target;
        }
        else if (Evaluations >= _problem.Evaluations)
        {
            Stopped = SearchStop.Budget;
        }
    }
}
