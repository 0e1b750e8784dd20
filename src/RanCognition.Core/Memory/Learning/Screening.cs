namespace RanCognition.Memory.Learning;

/// <summary>Which covariates the models get where there are too many for the episodes.</summary>
/// <remarks>
/// A covariate misleads an estimate when it goes with the action and with the outcome, so those that go most with either are kept, in turn: the double selection of Belloni, Chernozhukov and Hansen
/// (Review of Economic Studies 2014), by plain correlation. What goes little with both is left out, and can mislead little.
/// </remarks>
internal static class Screening
{
    private const int ColumnsLeast = 4;
    private const int RowsPerColumn = 5;

    /// <summary>The most covariates that models fitted to these arms may have.</summary>
    public static int ColumnsMost(int treated, int control) => Math.Max(ColumnsLeast, Math.Min(treated, control) / RowsPerColumn);

    /// <summary>Ascending; all when they are not too many.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="treated">Rows with the action.</param>
    /// <param name="control">Rows without.</param>
    /// <param name="outcomes">By row of x.</param>
    public static int[] Choose(Covariates x, ReadOnlySpan<int> treated, ReadOnlySpan<int> control, double[] outcomes)
    {
        int most = ColumnsMost(treated.Length, control.Length);
        int[] all = [.. Enumerable.Range(0, x.Columns)];
        if (x.Columns <= most)
        {
            return all;
        }
        Moments a = Moments.Of(x, treated, outcomes), b = Moments.Of(x, control, outcomes);
        double[] withAction = new double[x.Columns], withOutcome = new double[x.Columns];
        for (int column = 0; column < x.Columns; column++)
        {
            double within = a.Squares[column] + b.Squares[column];
            double apart = a.Means[column] - b.Means[column];
            double between = apart * apart * treated.Length * control.Length / (treated.Length + control.Length);
            withAction[column] = within + between > 0 ? between / (within + between) : 0;
            // Within the arms, so that what the action does to the outcome is no part of it.
            withOutcome[column] = within > 0 ? Math.Abs(a.Products[column] + b.Products[column]) / Math.Sqrt(within) : 0;
        }
        int[] byAction = [.. all.OrderByDescending(column => withAction[column]).ThenBy(column => column)];
        int[] byOutcome = [.. all.OrderByDescending(column => withOutcome[column]).ThenBy(column => column)];
        SortedSet<int> chosen = [];
        for (int place = 0; chosen.Count < most; place++)
        {
            chosen.Add(byOutcome[place]);
            if (chosen.Count < most)
            {
                chosen.Add(byAction[place]);
            }
        }
        return [.. chosen];
    }

    /// <summary>Means of the columns in an arm, sums of their squares about them, and of their products with the outcome.</summary>
    private sealed record Moments(double[] Means, double[] Squares, double[] Products)
    {
        public static Moments Of(Covariates x, ReadOnlySpan<int> rows, double[] outcomes)
        {
            double[] means = new double[x.Columns], squares = new double[x.Columns], products = new double[x.Columns];
            double outcomeMean = 0;
            foreach (int row in rows)
            {
                outcomeMean += outcomes[row] / rows.Length;
                for (int column = 0; column < means.Length; column++)
                {
                    means[column] += x.Row(row)[column] / rows.Length;
                }
            }
            foreach (int row in rows)
            {
                for (int column = 0; column < means.Length; column++)
                {
                    double off = x.Row(row)[column] - means[column];
                    squares[column] += off * off;
                    products[column] += off * (outcomes[row] - outcomeMean);
                }
            }
            return new Moments(means, squares, products);
        }
    }
}
