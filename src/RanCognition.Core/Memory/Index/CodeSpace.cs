using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>
/// What was learned of the rows: the space in which codes are made, where every metric is a Euclidean distance, with the steps of the byte codes, the principal axes
/// and the cells of the coarse codes along them.
/// </summary>
/// <remarks>README.md in this folder has the mapping of the metrics and the proofs of the bounds. Learned from a sample; rows beyond its range keep true bounds.</remarks>
internal sealed unsafe partial class CodeSpace : IDisposable
{
    /// <summary>Coordinates of the coarse code.</summary>
    public const int Coordinates = PrincipalAxes.Width;

    /// <summary>Cells of one coordinate.</summary>
    public const int Cells = 16;

    /// <summary>Relative rounding of f32.</summary>
    public const float Unit = 1f / (1 << 24);

    /// <summary>Distances in code space below this are not told from zero: it covers what underflows in f32.</summary>
    public const float Floor = 1f / (1UL << 60);

    /// <summary>Beyond, squares may leave f32: such rows make a new space, such queries are answered without codes.</summary>
    public const float NormMax = 1e15f;

    // Cells 0..255 of the byte code are kept as -128..127.
    private const int CodeCentre = 128;

    private const int Lane = 16;

    // Cosine: a zero row is reported as at right angles to everything, sqrt(2) in code space, but lies 1 from every query.
    private const float ZeroRowError = 0.4143f;

    private readonly DistanceMetric _metric;
    private readonly int _dimension;

    // Numbers of a point in code space, with zeros up to a multiple of Lane; for the inner product one more than a vector has.
    private readonly int _stride;

    private readonly byte* _memory;
    private readonly float* _offset;
    private readonly float* _step;
    private readonly float* _perStep;
    private readonly float* _mean;
    private readonly float* _axes;
    private readonly float* _edges;        // 15 rows: the upper edges of cells 0..14 of the coordinates

    private float _scale = 1;
    private double _normMax;               // inner product: the largest norm that the extra coordinate can complete
    private float _offsetNorm;
    private float _meanNorm;
    private float _reach;                  // norm of the farthest row from the mean, for the rounding of its coordinates
    private float _codeNormMax;            // largest norm of a row's byte code
    private float _codeSquareMax;          // largest squared norm of what a row's byte code stands for, from the centre
    private double _defect;
    private int _axisCount;

    private CodeSpace(DistanceMetric metric, int dimension)
    {
        _metric = metric;
        _dimension = dimension;
        _stride = (dimension + (metric == DistanceMetric.InnerProduct ? 1 : 0) + Lane - 1) / Lane * Lane;
        CodeBytes = (dimension + Lane - 1) / Lane * Lane;
        long numbers = 4L * _stride + (long)_stride * Coordinates + 15 * Coordinates;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(numbers * sizeof(float)), 64);
        NativeMemory.Clear(_memory, (nuint)(numbers * sizeof(float)));
        _offset = (float*)_memory;
        _step = _offset + _stride;
        _perStep = _step + _stride;
        _mean = _perStep + _stride;
        _axes = _mean + _stride;
        _edges = _axes + _stride * Coordinates;
    }

    ~CodeSpace() => NativeMemory.AlignedFree(_memory);

    /// <summary>Bytes of a row's byte code.</summary>
    public int CodeBytes { get; }

    /// <summary>Numbers of a point in code space.</summary>
    public int Stride => _stride;

    /// <summary>The last coordinate is the norm of what the axes leave.</summary>
    public bool HasTail => _axisCount < Coordinates;

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the codes of two rows, which may be the same. False when one lies beyond the space, so that a new one has to be learned.</summary>
    /// <remarks>
    /// Terms are those of <see cref="ByteTerms"/>: the squared norm of what the byte code stands for, from the centre, and an upper bound of the distance between that and
    /// the row, infinite when unknown. There is a cell number a coordinate, two in a byte.
    /// </remarks>
    [SkipLocalsInit]
    public bool Encode(float* row0, float* row1, sbyte* code0, sbyte* code1, float* terms0, float* terms1, byte* cells0, byte* cells1)
    {
        float* point0 = stackalloc float[2 * _stride];
        float* point1 = point0 + _stride;
        float* y0 = stackalloc float[2 * Coordinates];
        float* y1 = y0 + Coordinates;
        bool fits0 = TryPlace(row0, point0, out float norm0), fits1 = TryPlace(row1, point1, out float norm1);
        Project(point0, point1, y0, y1, out float centred0, out float centred1);
        return Encode(fits0, point0, y0, norm0, centred0, code0, terms0, cells0) & Encode(fits1, point1, y1, norm1, centred1, code1, terms1, cells1);
    }

    private bool Encode(bool fits, float* point, float* y, float norm, float centredNorm, sbyte* code, float* terms, byte* cells)
    {
        if (!fits || !(norm < NormMax) || !(centredNorm < NormMax))
        {
            terms[ByteTerms.ErrorFrom] = float.PositiveInfinity;
            return false;
        }
        _reach = Math.Max(_reach, centredNorm * (1 + 1e-4f));
        float error = Quantize(point, code, out float square) * (1 + (_stride / 8 + 16) * Unit) + RoundingOf(norm);
        if (_metric == DistanceMetric.InnerProduct)
        {
            square += point[_dimension] * point[_dimension];   // the query's is zero
        }
        if (_metric == DistanceMetric.Cosine && norm == 0)
        {
            error += ZeroRowError;
        }
        terms[0] = square;
        terms[ByteTerms.ErrorFrom] = error;
        _codeSquareMax = Math.Max(_codeSquareMax, square);
        FindCells(y, cells);
        return true;
    }

    /// <summary>The row in code space. False when it lies beyond it.</summary>
    private bool TryPlace(float* row, float* point, out float norm)
    {
        for (int i = _dimension; i < _stride; i++)
        {
            point[i] = 0;
        }
        if (_metric == DistanceMetric.Cosine)
        {
            double squared = SquaredNorm(row);
            norm = squared > 0 ? 1 : 0;
            Scale(row, squared > 0 ? 1 / Math.Sqrt(squared) : 0, point);
            return true;
        }
        Scale(row, _scale, point);
        double square = SquaredNorm(point);
        norm = (float)Math.Sqrt(square);
        if (_metric == DistanceMetric.InnerProduct)
        {
            double rest = _normMax * _normMax - square;
            point[_dimension] = (float)Math.Sqrt(Math.Max(0, rest));
            norm = (float)_normMax;
            return rest >= 0;
        }
        return true;
    }

    private double SquaredNorm(float* x)
    {
        _ = ExactDistance.FastDot(x, x, _dimension, out double square);
        return square;
    }

    // Each number within 2^-23 of itself, or of the least normal number.
    private void Scale(float* x, double factor, float* scaled)
    {
        if (factor is > 1e-36 and < 1e36)
        {
            float single = (float)factor;
            Vector256<float> many = Vector256.Create(single);
            int i = 0;
            for (; i + 8 <= _dimension; i += 8)
            {
                (Vector256.Load(x + i) * many).Store(scaled + i);
            }
            for (; i < _dimension; i++)
            {
                scaled[i] = x[i] * single;
            }
            return;
        }
        for (int i = 0; i < _dimension; i++)
        {
            scaled[i] = (float)(x[i] * factor);
        }
    }

    /// <summary>How far a point of this norm and what is computed from it by f32 can be from the true ones.</summary>
    private float RoundingOf(float norm)
    {
        float sum = norm + _offsetNorm;
        return sum * (8 * Unit) + Floor + (_metric == DistanceMetric.InnerProduct ? (float)_normMax * (32 * Unit) : 0);
    }

    // Norm of what the code leaves; the square is that of what it stands for.
    private float Quantize(float* point, sbyte* code, out float square)
    {
        Vector256<float> sum = default, squares = default;
        Vector256<int> codes = default;
        for (int i = 0; i < CodeBytes; i += 8)
        {
            // The extra coordinate of the inner product may stand here; its step is zero and it is kept apart.
            Vector256<float> centred = (i + 8 <= _dimension ? Vector256.Load(point + i) : LoadPart(point, i)) - Vector256.Load(_offset + i);
            Vector256<float> step = Vector256.Load(_step + i), perStep = Vector256.Load(_perStep + i);
            Vector256<float> scaled = centred * perStep + Vector256.Create(0.5f);
            Vector256<int> cell = Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.MaxNative(scaled, default), Vector256.Create(255f)));
            Vector256<float> left = centred - Vector256.ConvertToSingle(cell) * step;
            sum += left * left;
            Vector256<int> number = (cell - Vector256.Create(CodeCentre)) & ~Vector256.Equals(perStep, default).AsInt32();   // where there are no steps, zero
            codes += number * number;
            Vector256<float> stands = Vector256.ConvertToSingle(number) * step;
            squares += stands * stands;
            Vector128<short> words = Vector128.Narrow(number.GetLower(), number.GetUpper());
            *(ulong*)(code + i) = Vector128.Narrow(words, words).AsUInt64().ToScalar();
        }
        square = Vector256.Sum(squares);
        _codeNormMax = Math.Max(_codeNormMax, MathF.Sqrt(Vector256.Sum(codes)) * (1 + 1e-5f));
        return MathF.Sqrt(Vector256.Sum(sum));
    }

    private Vector256<float> LoadPart(float* point, int from)
    {
        Vector256<float> part = default;
        for (int i = from; i < _dimension; i++)
        {
            part = part.WithElement(i - from, point[i]);
        }
        return part;
    }

    /// <summary>Coordinates of two points along the axes, and the norms of the rest; the points' distances from the mean.</summary>
    [SkipLocalsInit]
    private void Project(float* point0, float* point1, float* y0, float* y1, out float norm0, out float norm1)
    {
        float* centred0 = stackalloc float[2 * _stride];
        float* centred1 = centred0 + _stride;
        Vector256<float> square0 = default, square1 = default;
        for (int d = 0; d < _stride; d += 8)
        {
            Vector256<float> mean = Vector256.Load(_mean + d), value0 = Vector256.Load(point0 + d) - mean, value1 = Vector256.Load(point1 + d) - mean;
            value0.Store(centred0 + d);
            value1.Store(centred1 + d);
            square0 = Vector256.MultiplyAddEstimate(value0, value0, square0);
            square1 = Vector256.MultiplyAddEstimate(value1, value1, square1);
        }
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        float* axis = _axes;
        for (int d = 0; d < _stride; d++, axis += Coordinates)
        {
            Vector256<float> value0 = Vector256.Create(centred0[d]), value1 = Vector256.Create(centred1[d]);
            Vector256<float> part0 = Vector256.Load(axis), part1 = Vector256.Load(axis + 8), part2 = Vector256.Load(axis + 16), part3 = Vector256.Load(axis + 24);
            a0 = Vector256.MultiplyAddEstimate(value0, part0, a0);
            a1 = Vector256.MultiplyAddEstimate(value0, part1, a1);
            a2 = Vector256.MultiplyAddEstimate(value0, part2, a2);
            a3 = Vector256.MultiplyAddEstimate(value0, part3, a3);
            b0 = Vector256.MultiplyAddEstimate(value1, part0, b0);
            b1 = Vector256.MultiplyAddEstimate(value1, part1, b1);
            b2 = Vector256.MultiplyAddEstimate(value1, part2, b2);
            b3 = Vector256.MultiplyAddEstimate(value1, part3, b3);
        }
        norm0 = Finish(a0, a1, a2, a3, Vector256.Sum(square0), y0);
        norm1 = Finish(b0, b1, b2, b3, Vector256.Sum(square1), y1);
    }

    private float Finish(Vector256<float> part0, Vector256<float> part1, Vector256<float> part2, Vector256<float> part3, float square, float* y)
    {
        part0.Store(y);
        part1.Store(y + 8);
        part2.Store(y + 16);
        part3.Store(y + 24);
        if (HasTail)
        {
            y[_axisCount] = MathF.Sqrt(Math.Max(0, square - Vector256.Sum((part0 * part0 + part1 * part1) + (part2 * part2 + part3 * part3))));
        }
        return MathF.Sqrt(square);
    }

    // The number of upper edges that lie below the coordinate.
    private void FindCells(float* y, byte* cells)
    {
        Vector256<float> at0 = Vector256.Load(y), at1 = Vector256.Load(y + 8), at2 = Vector256.Load(y + 16), at3 = Vector256.Load(y + 24);
        Vector256<int> count0 = default, count1 = default, count2 = default, count3 = default;
        float* edge = _edges;
        for (int i = 0; i < Cells - 1; i++, edge += Coordinates)
        {
            count0 -= Vector256.GreaterThan(at0, Vector256.Load(edge)).AsInt32();
            count1 -= Vector256.GreaterThan(at1, Vector256.Load(edge + 8)).AsInt32();
            count2 -= Vector256.GreaterThan(at2, Vector256.Load(edge + 16)).AsInt32();
            count3 -= Vector256.GreaterThan(at3, Vector256.Load(edge + 24)).AsInt32();
        }
        Vector256<byte> bytes = Vector256.Narrow(Vector256.Narrow(count0, count1), Vector256.Narrow(count2, count3)).AsByte();
        Vector256<ushort> pairs = bytes.AsUInt16();
        Vector256<ushort> both = (pairs & Vector256.Create((ushort)15)) | Vector256.ShiftRightLogical(pairs, 4);
        Vector256.Narrow(both, both).GetLower().Store(cells);
    }
}
