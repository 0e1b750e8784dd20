using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.FixedPoints;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>F(x) = A x + b.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class LinearMap : IProvenMap
{
    private readonly double[] _matrix;   // A, row by row
    private readonly double[] _offset;
    private readonly LinearProofs _proofs;

    /// <param name="spec">A and b.</param>
    /// <param name="argument">Where they were given, for messages.</param>
    public LinearMap(FixedPointMapSpec.Linear spec, string argument)
    {
        int n = Dimension = spec.Matrix.Count;
        if (n < 1)
        {
            InvalidInputException.Throw(argument + "/matrix", "has no rows");
        }
        if (n > StrangeLoopLimits.DimensionMax)
        {
            throw new LimitExceededException(argument + "/matrix", $"has {Text(n)} rows, at most {Text(StrangeLoopLimits.DimensionMax)}");
        }
        _matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            CheckNumbers(spec.Matrix[i], n, "rows", $"{argument}/matrix/{Text(i)}");
            spec.Matrix[i].CopyTo(_matrix, i * n);
        }
        _offset = new double[n];
        if (spec.Offset is { } offset)
        {
            CheckNumbers(offset, n, "rows of the matrix", argument + "/offset");
            offset.CopyTo(_offset, 0);
        }
        _proofs = new LinearProofs(_matrix, _offset);
    }

    public int Dimension { get; }

    public bool HasSlopes => true;

    public string? Infeasibility => _proofs.Infeasibility;

    public string? Remark => _proofs.Remark;

    public double? VerdictRadius => null;

    public double? CriticalScale => null;

    public double[]? SureStart => null;

    public void Apply(ReadOnlySpan<double> x, Span<double> image)
    {
        for (int i = 0; i < Dimension; i++)
        {
            image[i] = DenseVectors.Dot(_matrix.AsSpan(i * Dimension, Dimension), x) + _offset[i];
        }
    }

    public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes)
    {
        Apply(x, image);
        _matrix.CopyTo(slopes);
    }

    public double? ErrorBound(ReadOnlySpan<double> x, ReadOnlySpan<double> image) => _proofs.ErrorBound(x, image);

    private static void CheckNumbers(double[]? numbers, int count, string of, string place)
    {
        if (numbers is null || numbers.Length != count)
        {
            InvalidInputException.Throw(place, $"has {Text(numbers?.Length ?? 0)} numbers, must have as many as there are {of}, {Text(count)}");
        }
        for (int i = 0; i < count; i++)
        {
            if (!double.IsFinite(numbers[i]))
            {
                InvalidInputException.Throw($"{place}/{Text(i)}", "is not a finite number");
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
