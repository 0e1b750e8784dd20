using RanCognition.Numerics;

namespace RanCognition.Memory.Learning;

/// <summary>The situations as a matrix for regression: columns with mean 0 and deviation 1.</summary>
/// <remarks>A column for each metric that varies, and one for whether it is there where only some episodes have it; a missing number counts as the median. Values are cut off ten scales from the
/// median, so that single values cannot bend a straight line.</remarks>
internal sealed class Covariates
{
    private const double ScalesFromMedianMax = 10;

    private readonly double[] _values;   // by rows

    private Covariates(double[] values, int rows, int columns, int candidates)
    {
        Candidates = candidates;
        _values = values;
        Rows = rows;
        Columns = columns;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Columns that these were chosen from.</summary>
    public int Candidates { get; }

    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Columns, Columns);

    public static Covariates Of(IReadOnlyList<EpisodeFacts> episodes)
    {
        int dimension = 0;
        foreach (EpisodeFacts episode in episodes)
        {
            dimension = Math.Max(dimension, episode.Point.Length);
        }
        List<double[]> columns = [];
        double[] values = new double[episodes.Count], missing = new double[episodes.Count];
        for (int position = 0; position < dimension; position++)
        {
            for (int row = 0; row < values.Length; row++)
            {
                ReadOnlySpan<float> point = episodes[row].Point.Span;
                values[row] = position < point.Length && float.IsFinite(point[position]) ? point[position] : double.NaN;
                missing[row] = double.IsNaN(values[row]) ? 1 : 0;
            }
            RobustScale scale = RobustScale.Of(values);
            double most = ScalesFromMedianMax * scale.Scale;
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = double.IsNaN(values[row]) ? 0 : Math.Clamp(values[row] - scale.Median, -most, most);
            }
            AddStandard(values, columns);
            AddStandard(missing, columns);
        }
        double[] matrix = new double[episodes.Count * columns.Count];
        for (int column = 0; column < columns.Count; column++)
        {
            for (int row = 0; row < episodes.Count; row++)
            {
                matrix[row * columns.Count + column] = columns[column][row];
            }
        }
        return new Covariates(matrix, episodes.Count, columns.Count, columns.Count);
    }

    /// <summary>The same rows with some of the columns.</summary>
    public Covariates With(ReadOnlySpan<int> columns)
    {
        double[] values = new double[Rows * columns.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                values[row * columns.Length + i] = _values[row * Columns + columns[i]];
            }
        }
        return new Covariates(values, Rows, columns.Length, Candidates);
    }

    // Constant columns say nothing and are left out.
    private static void AddStandard(double[] values, List<double[]> columns)
    {
        double largest = values.Max(Math.Abs), mean = 0, squares = 0;
        if (values.AsSpan().IndexOfAnyExcept(values[0]) < 0)
        {
            return;
        }
        double[] column = Array.ConvertAll(values, value => value / largest);
        foreach (double value in column)
        {
            mean += value / column.Length;
        }
        foreach (double value in column)
        {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.Sqrt(squares / column.Length);
        if (deviation > 0)
        {
            columns.Add(Array.ConvertAll(column, value => (value - mean) / deviation));
        }
    }
}
