namespace RanCognition.Temporal.Logic;

/// <summary>A formula prepared for evaluation at the instants of a path: one truth value a sample.</summary>
/// <param name="valid">Number of leading samples at which the formula can be evaluated: later ones would look past the paths.</param>
internal abstract class InstantNode(int valid)
{
    /// <summary>Truth at leads 1..Valid of the path evaluated last.</summary>
    public double[] Truth { get; } = new double[valid];

    public int Valid => Truth.Length;

    /// <summary>Fills <see cref="Truth"/> for one path.</summary>
    public abstract void Evaluate(int scenario);
}
