using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.StrangeLoop.FixedPoints;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>F(x) = A x + b.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed unsafe class LinearMap : IProvenMap
{
    private readonly int _stride;
    private readonly ScratchBuffer _matrix = new();   // A, rows padded
    private readonly ScratchBuffer _input = new();
    private readonly ScratchBuffer _product = new();
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
        _stride = ShiftedFactors.Stride(n);
        _matrix.Ensure(n * _stride);
        _input.Ensure(_stride);
        _product.Ensure(_stride);
        for (int i = 0; i < n; i++)
        {
            string place = $"{argument}/matrix/{Text(i)}";
            CheckNumbers(spec.Matrix[i], n, "rows", place);
            spec.Matrix[i].CopyTo(new Span<double>(_matrix.Pointer + (nint)i * _stride, n));
        }
        if (spec.Offset is { } offset)
        {
            CheckNumbers(offset, n, "rows of the matrix", argument + "/offset");
            _offset = (double[])offset.Clone();
        }
        else
        {
            _offset = new double[n];
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
        x.CopyTo(new Span<double>(_input.Pointer, Dimension));   // the padding stays 0
        RowProducts.Multiply(_matrix.Pointer, Dimension, _stride, _input.Pointer, _product.Pointer);
        for (int i = 0; i < Dimension; i++)
        {
            image[i] = _product.Pointer[i] + _offset[i];
        }
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }

    public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes)
    {
        Apply(x, image);
        for (int i = 0; i < Dimension; i++)
        {
            new ReadOnlySpan<double>(_matrix.Pointer + (nint)i * _stride, Dimension).CopyTo(slopes[(i * Dimension)..]);
        }
        GC.KeepAlive(this);
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
