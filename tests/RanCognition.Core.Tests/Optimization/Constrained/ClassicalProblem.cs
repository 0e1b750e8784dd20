namespace RanCognition.Tests.Optimization.Constrained;

/// <summary>A constrained problem whose optimum is published. Equations h = 0 are pairs h - 1e-4 and -h - 1e-4, as the optimum assumes.</summary>
internal sealed class ClassicalProblem(string name, double[] lower, double[] upper, int constraints, double optimum, Func<double[], double[], double> evaluate)
{
    public const double EquationTolerance = 1e-4;

    public string Name => name;

    public double[] Lower => lower;

    public double[] Upper => upper;

    public int Constraints => constraints;

    public double Optimum => optimum;

    /// <summary>Gives the objective and fills the constraints.</summary>
    public double Evaluate(double[] x, double[] g) => evaluate(x, g);

    /// <summary>Enters an equation as two constraints.</summary>
    public static void Equation(double[] g, ref int next, double value)
    {
        g[next++] = value - EquationTolerance;
        g[next++] = -value - EquationTolerance;
    }
}
