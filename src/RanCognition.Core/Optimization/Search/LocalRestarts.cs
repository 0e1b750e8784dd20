namespace RanCognition.Optimization.Search;

/// <summary>Local searches from the best of a handful of random points, again and again.</summary>
internal sealed class LocalRestarts(SearchArea area, RandomSource random, QuasiNewton search)
{
    private const int PointsPerVariable = 10;
    private const int RowsMax = 256;
    private readonly double[] _point = new double[area.Dimension];
    private readonly double[] _best = new double[area.Dimension];

    /// <summary>Best value of its searches.</summary>
    public double BestValue { get; set; } = Batch.Failed;

    /// <summary>Searches since one found the best point known.</summary>
    public int SearchesSinceBest { get; private set; }

    /// <summary>One search.</summary>
    public IEnumerable<Batch> Step()
    {
        double bestValue = double.PositiveInfinity;
        for (int left = PointsPerVariable * area.Dimension; left > 0;)
        {
            int rows = Math.Min(left, RowsMax);
            area.Resize(rows);
            for (int row = 0; row < rows; row++)
            {
                random.FillPoint(_point, 0.1);
                area.Set(row, _point);
            }
            yield return area.Batch;
            for (int row = 0; row < rows; row++)
            {
                if (area.Value(row) < bestValue)
                {
                    bestValue = area.Value(row);
                    area.Get(row, _best);
                }
            }
            left -= rows;
        }
        double known = area.BestValue;
        search.Place(_best, bestValue);
        search.Forget();
        foreach (Batch batch in search.Run(int.MaxValue, 5))
        {
            yield return batch;
        }
        SearchesSinceBest++;
        BestValue = Math.Min(BestValue, search.Value);
        if (search.Value < known)
        {
            SearchesSinceBest = 0;
            foreach (Batch batch in search.Polish())
            {
                yield return batch;
            }
            BestValue = Math.Min(BestValue, search.Value);
        }
    }
}
