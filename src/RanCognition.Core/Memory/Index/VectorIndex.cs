using System.Diagnostics;
using System.Runtime.CompilerServices;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>Exact nearest neighbours of a vector among rows of f32 vectors in native memory.</summary>
/// <remarks>
/// Searches may run on several threads at once; whatever changes the index excludes them (the owner's lock). How bounds rule rows out and why none is lost: README.md in
/// this folder.
/// </remarks>
internal sealed unsafe partial class VectorIndex : IDisposable
{
    /// <summary>Below this number of rows codes cost more than they save.</summary>
    private const int LearnFromRows = 1024;

    // Codes are learned anew each time the rows are so many times as many.
    private const int LearnFactor = 4;

    private readonly DistanceMetric _metric;
    private readonly int _dimension;
    private readonly bool _simd;

    private readonly GrowingTable _vectors;
    private readonly GrowingTable _has = new(sizeof(ulong));   // a bit a row: it has a vector
    private readonly GrowingTable _terms = new(ByteTerms.LineBytes);
    private readonly GrowingTable _coarseFirst = new(CoarseCodes.HalfBytes);
    private readonly GrowingTable _coarseSecond = new(CoarseCodes.HalfBytes);
    private readonly GrowingTable _codes;
    private CodeSpace? _space;

    // Rows at which the space is learned anew.
    private int _learnAt = LearnFromRows;

    public VectorIndex(int dimension, DistanceMetric metric)
        : this(dimension, metric, simd: true)
    {
    }

    /// <summary>Without <paramref name="simd"/>, by kernels that need no vector instructions; answers are the same.</summary>
    internal VectorIndex(int dimension, DistanceMetric metric, bool simd)
    {
        Debug.Assert(dimension is >= 1 and <= MemoryLimits.DimensionMax, "the owner checks the dimension");
        _dimension = dimension;
        _metric = metric;
        _simd = simd;
        _vectors = new GrowingTable(dimension * sizeof(float));
        _codes = new GrowingTable((dimension + 15) / 16 * 16);
    }

    /// <summary>Rows, with and without a vector.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that have a vector.</summary>
    public int Living { get; private set; }

    public int Dimension => _dimension;

    public DistanceMetric Metric => _metric;

    /// <summary>Memory in use.</summary>
    public ulong Bytes
    {
        get
        {
            ulong bytes = _vectors.BytesOf(Rows) + _has.BytesOf(Blocks);
            if (_space is not null)
            {
                bytes += _codes.BytesOf(Rows) + _terms.BytesOf(ByteTerms.Lines(Rows)) + 2 * _coarseFirst.BytesOf(Blocks);
                bytes += (ulong)_space.Stride * (CodeSpace.Coordinates + 4) * sizeof(float);
            }
            return bytes;
        }
    }

    private int Blocks => (Rows + CoarseCodes.BlockRows - 1) / CoarseCodes.BlockRows;

    private float* Vectors => (float*)_vectors.Address;

    private ulong* HasWords => (ulong*)_has.Address;

    /// <summary>Rows are about to come until there are so many: appends up to there move nothing, and codes are learned once, when half of them are there.</summary>
    public void Reserve(int rows)
    {
        Ensure(rows);
        if (_learnAt < rows / 2)
        {
            _learnAt = rows / 2;
        }
    }

    /// <summary>The rows that were announced are there, or do not come.</summary>
    public void EndReserve()
    {
        if (_space is not null)
        {
            return;
        }
        _learnAt = LearnFromRows;
        if (Living >= LearnFromRows)
        {
            Learn();
        }
    }

    private void Ensure(int rows)
    {
        int blocks = (rows + CoarseCodes.BlockRows - 1) / CoarseCodes.BlockRows;
        _vectors.Ensure(rows, Rows);
        _has.Ensure(blocks, Blocks);
        if (_space is not null)
        {
            EnsureCodes(rows, Rows);
        }
    }

    /// <summary>Adds rows; vectors has their numbers one after another.</summary>
    public void Append(ReadOnlySpan<float> vectors, int rows)
    {
        Debug.Assert(vectors.Length == (long)rows * _dimension, "whole vectors");
        int first = Rows;
        Ensure(checked(first + rows));
        fixed (float* source = vectors)
        {
            long bytes = (long)rows * _dimension * sizeof(float);
            Buffer.MemoryCopy(source, Vectors + (long)first * _dimension, bytes, bytes);
        }
        Rows += rows;
        Living += rows;
        for (int row = first; row < Rows;)
        {
            int end = Math.Min(Rows, (row | 63) + 1);
            HasWords[row >> 6] |= ulong.MaxValue >> (64 - (end - row)) << row;
            row = end;
        }
        EncodeNew(first);
    }

    /// <summary>Adds rows that have no vector.</summary>
    public void AppendMissing(int rows)
    {
        Ensure(checked(Rows + rows));
        Rows += rows;
    }

    /// <summary>Gives a row a vector, or another one.</summary>
    public void Set(int row, ReadOnlySpan<float> vector)
    {
        Debug.Assert(vector.Length == _dimension, "a whole vector");
        CheckRow(row);
        vector.CopyTo(new Span<float>(Vectors + (long)row * _dimension, _dimension));
        ulong bit = 1UL << (row & 63);
        Living += (HasWords[row >> 6] & bit) == 0 ? 1 : 0;
        HasWords[row >> 6] |= bit;
        if (_space is null ? Living >= _learnAt : !EncodePair(row, row))
        {
            Learn();
        }
    }

    /// <summary>Takes a row's vector away.</summary>
    public void Clear(int row)
    {
        CheckRow(row);
        ulong bit = 1UL << (row & 63);
        Living -= (HasWords[row >> 6] & bit) != 0 ? 1 : 0;
        HasWords[row >> 6] &= ~bit;
    }

    public bool Has(int row)
    {
        CheckRow(row);
        return (HasWords[row >> 6] >> (row & 63) & 1) != 0;
    }

    /// <summary>Borrowed until the index changes. Means nothing for a row that has none.</summary>
    public ReadOnlySpan<float> Vector(int row)
    {
        CheckRow(row);
        return new ReadOnlySpan<float>(Vectors + (long)row * _dimension, _dimension);
    }

    /// <summary>The distance that a search reports.</summary>
    public double Distance(ReadOnlySpan<float> query, int row)
    {
        CheckRow(row);
        Debug.Assert(query.Length == _dimension, "a whole query");
        fixed (float* numbers = query)
        {
            double norm = Math.Sqrt(ExactDistance.Dot(numbers, numbers, _dimension));
            return ExactDistance.Between(_metric, numbers, norm, Vectors + (long)row * _dimension, _dimension);
        }
    }

    /// <summary>How alike a row at this distance is, 0..1.</summary>
    public static double Similarity(DistanceMetric metric, double distance) => metric switch
    {
        DistanceMetric.L2 => 1 / (1 + distance),
        DistanceMetric.Cosine => 1 - distance / 2,
        _ => 1 / (1 + Math.Exp(distance)),
    };

    /// <summary>Keeps these rows, in this order; the first becomes row 0.</summary>
    public void Compact(ReadOnlySpan<int> rows)
    {
        GrowingTable vectors = new(_dimension * sizeof(float));
        GrowingTable has = new(sizeof(ulong));
        int blocks = (rows.Length + CoarseCodes.BlockRows - 1) / CoarseCodes.BlockRows;
        vectors.Ensure(rows.Length, 0);
        has.Ensure(blocks, 0);
        int living = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            CheckRow(rows[i]);
            if (Has(rows[i]))
            {
                living++;
                ((ulong*)has.Address)[i >> 6] |= 1UL << (i & 63);
                Vector(rows[i]).CopyTo(new Span<float>((float*)vectors.Address + (long)i * _dimension, _dimension));
            }
        }
        _vectors.TakeOver(vectors);
        _has.TakeOver(has);
        Rows = rows.Length;
        Living = living;
        ForgetCodes();
        if (Living >= LearnFromRows)
        {
            Learn();
        }
    }

    public void Dispose()
    {
        ForgetCodes();
        _vectors.Dispose();
        _has.Dispose();
        Rows = Living = 0;
    }

    // Codes of rows that were added.
    private void EncodeNew(int first)
    {
        if (Living >= _learnAt)
        {
            Learn();
            return;
        }
        if (_space is null)
        {
            return;
        }
        if (!Encode(first, Rows))
        {
            Learn();
        }
    }

    // Codes of those of the rows that have a vector.
    private bool Encode(int first, int end)
    {
        int waiting = -1;
        for (int row = first; row < end; row++)
        {
            if ((HasWords[row >> 6] >> row & 1) == 0)
            {
                continue;
            }
            if (waiting < 0)
            {
                waiting = row;
                continue;
            }
            if (!EncodePair(waiting, row))
            {
                return false;
            }
            waiting = -1;
        }
        return waiting < 0 || EncodePair(waiting, waiting);
    }

    [SkipLocalsInit]
    private bool EncodePair(int row0, int row1)
    {
        const int CellBytes = CodeSpace.Coordinates / 2;
        byte* cells = stackalloc byte[2 * CellBytes];
        CodeSpace space = _space!;
        sbyte* codes = (sbyte*)_codes.Address;
        float* terms = (float*)_terms.Address, vectors = Vectors;
        bool fits = space.Encode(
            vectors + (long)row0 * _dimension, vectors + (long)row1 * _dimension, codes + (long)row0 * space.CodeBytes, codes + (long)row1 * space.CodeBytes,
            terms + ByteTerms.Place((uint)row0), terms + ByteTerms.Place((uint)row1), cells, cells + CellBytes);
        if (fits)
        {
            PutCells(row0, cells);
            PutCells(row1, cells + CellBytes);
        }
        return fits;
    }

    private void PutCells(int row, byte* cells)
    {
        long from = (long)(row / CoarseCodes.BlockRows) * CoarseCodes.HalfBytes;
        CoarseCodes.Put(_coarseFirst.Address + from, _coarseSecond.Address + from, row % CoarseCodes.BlockRows, cells);
    }

    private void Learn()
    {
        _space?.Dispose();
        _space = CodeSpace.Learn(_metric, _dimension, Vectors, HasWords, Rows);
        EnsureCodes(_vectors.Capacity, 0);
        if (!Encode(0, Rows))
        {
            ForgetCodes();   // numbers too far apart for f32: no row is ruled out then
            _learnAt = (int)Math.Min(int.MaxValue, (long)Living * LearnFactor);
            return;
        }
        _learnAt = (int)Math.Min(int.MaxValue, (long)Math.Max(Living, LearnFromRows) * LearnFactor);
    }

    private void EnsureCodes(int rows, int kept)
    {
        _codes.Ensure(rows, kept);
        _terms.Ensure(ByteTerms.Lines(rows), ByteTerms.Lines(kept));
        int blocks = (rows + CoarseCodes.BlockRows - 1) / CoarseCodes.BlockRows, keptBlocks = (kept + CoarseCodes.BlockRows - 1) / CoarseCodes.BlockRows;
        _coarseFirst.Ensure(blocks, keptBlocks);
        _coarseSecond.Ensure(blocks, keptBlocks);
    }

    private void ForgetCodes()
    {
        _space?.Dispose();
        _space = null;
        _codes.Dispose();
        _terms.Dispose();
        _coarseFirst.Dispose();
        _coarseSecond.Dispose();
        _learnAt = LearnFromRows;
    }

    private void CheckRow(int row)
    {
        if ((uint)row >= (uint)Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(row), row, "no such row");
        }
    }
}
