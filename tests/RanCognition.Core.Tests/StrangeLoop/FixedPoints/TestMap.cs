using RanCognition.Numerics;

namespace RanCognition.Tests.StrangeLoop;

/// <summary>A map of a test: values, and slopes where the test gives them.</summary>
internal sealed class TestMap(int dimension, Action<double[], double[]> apply, Action<double[], double[]>? slopes = null) : IFixedPointMap
{
    public int Dimension => dimension;

    public bool HasSlopes => slopes is not null;

    public int Calls { get; private set; }

    public void Apply(ReadOnlySpan<double> x, Span<double> image)
    {
        Calls++;
        double[] result = new double[dimension];
        apply(x.ToArray(), result);
        result.CopyTo(image);
    }

    public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> jacobian)
    {
        Apply(x, image);
        double[] result = new double[dimension * dimension];
        slopes!(x.ToArray(), result);
        result.CopyTo(jacobian);
    }

    public static TestMap Of(Func<double, double> function, Func<double, double>? slope = null) =>
        new(1, (x, y) => y[0] = function(x[0]), slope is null ? null : (x, j) => j[0] = slope(x[0]));

    /// <summary>x -> matrix (x - point) + point.</summary>
    public static TestMap Linear(double[,] matrix, double[] point, bool hasSlopes = false)
    {
        int n = point.Length;
        return new TestMap(n, (x, y) =>
        {
            for (int i = 0; i < n; i++)
            {
                y[i] = point[i];
                for (int j = 0; j < n; j++)
                {
                    y[i] += matrix[i, j] * (x[j] - point[j]);
                }
            }
        }, hasSlopes ? (_, slopes) => Buffer.BlockCopy(matrix, 0, slopes, 0, n * n * sizeof(double)) : null);
    }
}
