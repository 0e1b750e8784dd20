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
    public const int BlockBytes = BlockRows * CodeSpace.Coordinates / 2;

    /// <summary>Bytes of the tables: each of 16 entries, twice, for two lanes.</summary>
    public const int TableBytes = CodeSpace.Coordinates * 32;

    /// <summary>The largest sum that a row may have and still be near enough; 255 is where sums stop.</summary>
    public const int LimitMax = 254;

    private const int Pairs = CodeSpace.Coordinates / 2;

    /// <summary>Writes one row's cells.</summary>
    public static void Put(byte* block, int lane, byte* cells)
    {
        for (int pair = 0; pair < Pairs; pair++)
        {
            block[pair * BlockRows + lane] = (byte)(cells[2 * pair] | cells[2 * pair + 1] << 4);
        }
    }

    /// <summary>Squared lower bounds in units, rounded down.</summary>
    public static void MakeTables(float* bounds, float unit, byte* tables)
    {
        Vector256<float> perUnit = Vector256.Create(1 / unit * (1 - 1e-6f)), most = Vector256.Create(255f);
        for (int j = 0; j < CodeSpace.Coordinates; j++)
        {
            float* cells = bounds + j * CodeSpace.Cells;
            Vector256<int> low = Vector256.ConvertToInt32(Vector256.Min(Vector256.Load(cells) * perUnit, most));
            Vector256<int> high = Vector256.ConvertToInt32(Vector256.Min(Vector256.Load(cells + 8) * perUnit, most));
            Vector256<ushort> words = Vector256.Narrow(low.AsUInt32(), high.AsUInt32());
            Vector128<byte> entries = Vector128.Narrow(words.GetLower(), words.GetUpper());
            entries.Store(tables + j * 32);
            entries.Store(tables + j * 32 + 16);
        }
    }

    /// <summary>Those of the rows whose sum is at most the limit; bit i is row i of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Survivors(byte* block, byte* tables, int limit, ulong rows)
    {
        if (Avx2.IsSupported)
        {
            return SurvivorsAvx2(block, tables, (byte)limit, rows);
        }
        return rows & (Ssse3.IsSupported ? SurvivorsSsse3(block, tables, (byte)limit) : SurvivorsPortable(block, tables, limit));
    }

    public static ulong SurvivorsPortable(byte* block, byte* tables, int limit)
    {
        ulong survivors = 0;
        for (int lane = 0; lane < BlockRows; lane++)
        {
            int sum = 0;
            for (int pair = 0; pair < Pairs; pair++)
            {
                byte cells = block[pair * BlockRows + lane];
                sum += tables[pair * 64 + (cells & 15)] + tables[pair * 64 + 32 + (cells >> 4)];
            }
            survivors |= (sum <= limit ? 1UL : 0) << lane;
        }
        return survivors;
    }

    // The second half of the coordinates is looked at only where the first lets a row pass. Not inlined: in its callers the compiler would give up inlining the parts.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong SurvivorsAvx2(byte* block, byte* tables, byte limit, ulong rows)
    {
        Vector256<byte> most = Vector256.Create(limit);
        Vector256<byte> low = AddHalf(default, block, tables), high = AddHalf(default, block + 32, tables);
        rows &= AtMost(low, high, most);
        if (rows != 0)
        {
            const int Half = Pairs / 2;
            low = AddHalf(low, block + Half * BlockRows, tables + Half * 64);
            high = AddHalf(high, block + Half * BlockRows + 32, tables + Half * 64);
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

    private static ulong SurvivorsSsse3(byte* block, byte* tables, byte limit)
    {
        Vector128<byte> nibble = Vector128.Create((byte)15), most = Vector128.Create(limit);
        ulong survivors = 0;
        for (int from = 0; from < BlockRows; from += 16)
        {
            Vector128<byte> sum0 = default, sum1 = default;
            for (int pair = 0; pair < Pairs; pair++)
            {
                Vector128<byte> rows = Vector128.Load(block + pair * BlockRows + from);
                sum0 = Sse2.AddSaturate(sum0, Ssse3.Shuffle(Vector128.Load(tables + pair * 64), rows & nibble));
                sum1 = Sse2.AddSaturate(sum1, Ssse3.Shuffle(Vector128.Load(tables + pair * 64 + 32), Sse2.ShiftRightLogical(rows.AsUInt16(), 4).AsByte() & nibble));
            }
            Vector128<byte> sum = Sse2.AddSaturate(sum0, sum1);
            survivors |= (ulong)(uint)Sse2.MoveMask(Sse2.CompareEqual(Sse2.Min(sum, most), sum)) << from;
        }
        return survivors;
    }
}
