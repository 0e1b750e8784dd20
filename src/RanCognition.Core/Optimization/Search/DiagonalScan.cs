namespace RanCognition.Optimization.Search;

/// <summary>A few points at which all variables stand at the same share of their ranges.</summary>
/// <remarks>Many knobs of one kind often want about the same value. Where the budget allows no more than some steps of every variable, this is the cheapest way to a good start.</remarks>
internal sealed class DiagonalScan(SearchArea area)
{
    private const int Points = 9;
    private const int EvaluationsPerVariable = 100;

    /// <summary>Whether the budget is so small that the scan is worth it.</summary>
    public bool IsWorthIt => area.Dimension > 1 && area.EvaluationsLeft < (ulong)(EvaluationsPerVariable * area.Dimension) && area.EvaluationsLeft > 2 * Points;

    /// <summary>One batch; the best point known is then the start.</summary>
    public IEnumerable<Batch> Run()
    {
        double[] point = new double[area.Dimension];
        area.Resize(Points);
        for (int row = 0; row < Points; row++)
        {
            Array.Fill(point, (row + 0.5) / Points);
            area.Set(row, point);
        }
        yield return area.Batch;
        for (int row = 0; row < Points; row++)
        {
            area.Value(row);   // a measure of its own learns its best from what is read
        }
    }
}
