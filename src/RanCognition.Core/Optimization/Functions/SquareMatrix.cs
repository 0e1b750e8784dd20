using System.Numerics;
using System.Runtime.InteropServices;

namespace RanCognition.Optimization.Functions;

/// <summary>A square matrix for products with vectors. Each row is summed from left to right, so that the result does not depend on the width of the machine's vectors.</summary>
internal sealed class SquareMatrix
{
    private readonly int _dimension;
    private readonly int _stride; // rows, filled up with zeros to whole vectors
    private readonly double[] _columns;

    public SquareMatrix(int dimension)
    {
        _dimension = dimension;
        _stride = (dimension + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _columns = new double[dimension * _stride];
    }

    public Span<double> Column(int column) => _columns.AsSpan(column * _stride, _dimension);

    /// <summary>left diag(scales) right.</summary>
    public static SquareMatrix Product(SquareMatrix left, double[] scales, SquareMatrix right)
    {
        var product = new SquareMatrix(scales.Length);
        for (int j = 0; j < scales.Length; j++)
        {
            Span<double> sums = product.Column(j);
            for (int k = 0; k < scales.Length; k++)
            {
                ReadOnlySpan<double> column = left.Column(k);
                double factor = right.Column(j)[k];
                for (int i = 0; i < scales.Length; i++)
                {
                    sums[i] += column[i] * scales[k] * factor;
                }
            }
        }
        return product;
    }

    /// <summary>Multiplies each row by a number.</summary>
    public void ScaleRows(double[] scales)
    {
        for (int j = 0; j < _dimension; j++)
        {
            Span<double> column = Column(j);
            for (int i = 0; i < column.Length; i++)
            {
                column[i] *= scales[i];
            }
        }
    }

    /// <summary>The product with a vector.</summary>
    /// <param name="vector">At least as many numbers as the matrix has columns; not the same memory as the result.</param>
    /// <param name="result">Has room for the dimension rounded up to a multiple of 8.</param>
    public void Multiply(ReadOnlySpan<double> vector, Span<double> result)
    {
        vector = vector[.._dimension];
        ref double columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        ref double target = ref MemoryMarshal.GetReference(result[.._stride]);
        for (int row = 0; row < _stride; row += Vector<double>.Count)
        {
            Vector<double> sum = Vector<double>.Zero;
            int at = row;
            for (int j = 0; j < vector.Length; j++, at += _stride)
            {
                sum += Vector.LoadUnsafe(ref columns, (nuint)at) * vector[j];
            }
            Vector.StoreUnsafe(sum, ref target, (nuint)row);
        }
    }
}
