using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Memory.Index;

/// <summary>
/// Four bits a coordinate, in blocks of 64 rows: 64 bytes hold two coordinates of the block's rows, so that one byte shuffle looks up what the cells of
/// many rows add to the lower bound of their distances (the layout of Faiss' "fast scan").
/// </summary>
internal static unsafe class CoarseCodes
{
    public const int BlockRows = 64;

    /// <summary>Bytes of the first half of the coordinates of a block's rows, and of the second.</summary>
    public const int HalfBytes = BlockRows * CodeSpace.Coordinates / 4;

    /// <summary>Bytes of the tables: each of 16 entries, twice, for two lanes.</summary>
    public const int TableBytes = CodeSpace.Coordinates * 32;

    /// <summary>The largest sum that a row may have and still be near enough; 255 is where sums stop.</summary>
    public const int LimitMax = 254;

    private const int HalfPairs = CodeSpace.Coordinates / 4;
    private const int HalfTableBytes = TableBytes / 2;

    /// <summary>Writes one row's cells, two in a byte.</summary>
    public static void Put(byte* first, byte* second, int lane, byte* cells)
    {
        first += lane;
        second += lane;
        for (int pair = 0; pair < HalfPairs; pair++, first += BlockRows, second += BlockRows)
        {
            *first = cells[pair];
            *second = cells[HalfPairs + pair];
        }
    }

    /// <summary>Squared lower bounds in units, rounded down.</summary>
    public static void MakeTables(float* bounds, float unit, byte* tables)
    {
        Vector256<float> perUnit = Vector256.Create(1 / unit * (1 - 1e-6f)), most = Vector256.Create(255f);
        for (int j = 0; j < CodeSpace.Coordinates; j++)
        {
            float* cells = bounds + j * CodeSpace.Cells;
            Vector256<int> low = Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.Load(cells) * perUnit, most));
            Vector256<int> high = Vector256.ConvertToInt32Native(Vector256.MinNative(Vector256.Load(cells + 8) * perUnit, most));
            Vector256<ushort> words = Vector256.Narrow(low.AsUInt32(), high.AsUInt32());
            Vector128<byte> entries = Vector128.Narrow(words.GetLower(), words.GetUpper());
            entries.Store(tables + j * 32);
            entries.Store(tables + j * 32 + 16);
        }
    }

    /// <summary>Those of the rows whose sum is at most the limit; bit i is row i of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Survivors(byte* first, byte* second, byte* tables, int limit, ulong rows, bool simd)
    {
        if (Avx2.IsSupported && simd)
        {
            return SurvivorsAvx2(first, second, tables, (byte)limit, rows);
        }
        byte* sums = stackalloc byte[BlockRows];
        Sums(first, second, tables, sums, simd);
        return rows & AtMost(sums, limit);
    }

    /// <summary>The sums of all rows of a block; 255 is where they stop.</summary>
    public static void Sums(byte* first, byte* second, byte* tables, byte* sums, bool simd)
    {
        if (Avx2.IsSupported && simd)
        {
            AddHalf(AddHalf(default, first, tables), second, tables + HalfTableBytes).Store(sums);
            AddHalf(AddHalf(default, first + 32, tables), second + 32, tables + HalfTableBytes).Store(sums + 32);
        }
        else if (Ssse3.IsSupported && simd)
        {
            SumsSsse3(first, second, tables, sums);
        }
        else
        {
            SumsPortable(first, second, tables, sums);
        }
    }

    /// <summary>Those of a block's sums that are at most the limit.</summary>
    public static ulong AtMost(byte* sums, int limit)
    {
        Vector256<byte> most = Vector256.Create((byte)limit);
        uint low = Vector256.LessThanOrEqual(Vector256.Load(sums), most).ExtractMostSignificantBits();
        uint high = Vector256.LessThanOrEqual(Vector256.Load(sums + 32), most).ExtractMostSignificantBits();
        return low | (ulong)high << 32;
    }

    // The second half of the coordinates is looked at only where the first lets a row pass. Not inlined: in its callers the compiler would give up inlining the parts.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong SurvivorsAvx2(byte* first, byte* second, byte* tables, byte limit, ulong rows)
    {
        Vector256<byte> most = Vector256.Create(limit);
        Vector256<byte> low = AddHalf(default, first, tables), high = AddHalf(default, first + 32, tables);
        rows &= AtMost(low, high, most);
        if (rows != 0)
        {
            low = AddHalf(low, second, tables + HalfTableBytes);
            high = AddHalf(high, second + 32, tables + HalfTableBytes);
            rows &= AtMost(low, high, most);
        }
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AtMost(Vector256<byte> low, Vector256<byte> high, Vector256<byte> most)
    {
        uint lowMask = (uint)Avx2.MoveMask(Avx2.CompareEqual(Avx2.Min(low, most), low));
        uint highMask = (uint)Avx2.MoveMask(Avx2.CompareEqual(Avx2.Min(high, most), high));
        return lowMask | (ulong)highMask << 32;
    }

    // Eight pairs of coordinates of 32 rows, written out: a loop costs as much as what it does.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> AddHalf(Vector256<byte> sum, byte* rows, byte* tables)
    {
        Vector256<byte> nibble = Vector256.Create((byte)15), other = default;
        sum = AddFirst(sum, rows, tables, nibble);
        other = AddSecond(other, rows, tables, nibble);
        sum = AddFirst(sum, rows + 64, tables + 64, nibble);
        other = AddSecond(other, rows + 64, tables + 64, nibble);
        sum = AddFirst(sum, rows + 128, tables + 128, nibble);
        other = AddSecond(other, rows + 128, tables + 128, nibble);
        sum = AddFirst(sum, rows + 192, tables + 192, nibble);
        other = AddSecond(other, rows + 192, tables + 192, nibble);
        sum = AddFirst(sum, rows + 256, tables + 256, nibble);
        other = AddSecond(other, rows + 256, tables + 256, nibble);
        sum = AddFirst(sum, rows + 320, tables + 320, nibble);
        other = AddSecond(other, rows + 320, tables + 320, nibble);
        sum = AddFirst(sum, rows + 384, tables + 384, nibble);
        other = AddSecond(other, rows + 384, tables + 384, nibble);
        sum = AddFirst(sum, rows + 448, tables + 448, nibble);
        other = AddSecond(other, rows + 448, tables + 448, nibble);
        return Avx2.AddSaturate(sum, other);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> AddFirst(Vector256<byte> sum, byte* rows, byte* tables, Vector256<byte> nibble)
        => Avx2.AddSaturate(sum, Avx2.Shuffle(Vector256.Load(tables), Vector256.Load(rows) & nibble));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> AddSecond(Vector256<byte> sum, byte* rows, byte* tables, Vector256<byte> nibble)
        => Avx2.AddSaturate(sum, Avx2.Shuffle(Vector256.Load(tables + 32), Avx2.ShiftRightLogical(Vector256.Load(rows).AsUInt16(), 4).AsByte() & nibble));

    private static void SumsSsse3(byte* first, byte* second, byte* tables, byte* sums)
    {
        Vector128<byte> nibble = Vector128.Create((byte)15);
        for (int from = 0; from < BlockRows; from += 16)
        {
            Vector128<byte> sum0 = default, sum1 = default;
            for (int pair = 0; pair < HalfPairs; pair++)
            {
                byte* table = tables + pair * 64;
                Vector128<byte> rows = Vector128.Load(first + pair * BlockRows + from), others = Vector128.Load(second + pair * BlockRows + from);
                sum0 = Sse2.AddSaturate(sum0, Ssse3.Shuffle(Vector128.Load(table), rows & nibble));
                sum1 = Sse2.AddSaturate(sum1, Ssse3.Shuffle(Vector128.Load(table + 32), Sse2.ShiftRightLogical(rows.AsUInt16(), 4).AsByte() & nibble));
                sum0 = Sse2.AddSaturate(sum0, Ssse3.Shuffle(Vector128.Load(table + HalfTableBytes), others & nibble));
                sum1 = Sse2.AddSaturate(sum1, Ssse3.Shuffle(Vector128.Load(table + HalfTableBytes + 32), Sse2.ShiftRightLogical(others.AsUInt16(), 4).AsByte() & nibble));
            }
            Sse2.AddSaturate(sum0, sum1).Store(sums + from);
        }
    }

    private static void SumsPortable(byte* first, byte* second, byte* tables, byte* sums)
    {
        for (int lane = 0; lane < BlockRows; lane++)
        {
            int sum = 0;
            for (int pair = 0; pair < HalfPairs; pair++)
            {
                byte cells = first[pair * BlockRows + lane], others = second[pair * BlockRows + lane];
                sum += tables[pair * 64 + (cells & 15)] + tables[pair * 64 + 32 + (cells >> 4)];
                sum += tables[HalfTableBytes + pair * 64 + (others & 15)] + tables[HalfTableBytes + pair * 64 + 32 + (others >> 4)];
            }
            sums[lane] = (byte)Math.Min(sum, 255);
        }
    }
}
