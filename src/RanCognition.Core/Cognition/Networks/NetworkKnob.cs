namespace RanCognition.Cognition.Networks;

/// <summary>One attribute of one cell, and the values that it may be given.</summary>
/// <param name="cell">0-based.</param>
/// <param name="attribute">One that <see cref="CellAttributes.With"/> sets.</param>
/// <param name="values">Ascending, the present one among them.</param>
/// <param name="present">Place of the present value.</param>
internal sealed class NetworkKnob(int cell, string attribute, double[] values, int present)
{
    public int Cell => cell;

    public string Attribute => attribute;

    public double[] Values => values;

    public int Present => present;
}
