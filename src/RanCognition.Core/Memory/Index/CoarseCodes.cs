using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RanCognition.Memory.Index;

/// <summary>
/// Four bits a coordinate, sixteen coordinates, in blocks of 64 rows: 64 bytes hold two coordinates of the block's rows, so that one byte shuffle looks up what the cells of
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
        float perUnit = 1 / unit * (1 - 1e-6f);
        for (int j = 0; j < CodeSpace.Coordinates; j++)
        {
            for (int cell = 0; cell < CodeSpace.Cells; cell++)
            {
                byte entry = (byte)Math.Min(255f, bounds[j * CodeSpace.Cells + cell] * perUnit);
                tables[j * 32 + cell] = tables[j * 32 + 16 + cell] = entry;
            }
        }
    }

    /// <summary>Bit i is set when row i of the block has a sum of at most the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Survivors(byte* block, byte* tables, int limit)
    {
        if (Avx2.IsSupported)
        {
            return SurvivorsAvx2(block, tables, (byte)limit);
        }
        return Ssse3.IsSupported ? SurvivorsSsse3(block, tables, (byte)limit) : SurvivorsPortable(block, tables, limit);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SurvivorsAvx2(byte* block, byte* tables, byte limit)
    {
        Vector256<byte> nibble = Vector256.Create((byte)15);
        Vector256<byte> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (int pair = 0; pair < Pairs; pair++)
        {
            Vector256<byte> rows0 = Vector256.Load(block + pair * BlockRows), rows1 = Vector256.Load(block + pair * BlockRows + 32);
            Vector256<byte> first = Vector256.Load(tables + pair * 64), second = Vector256.Load(tables + pair * 64 + 32);
            sum0 = Avx2.AddSaturate(sum0, Avx2.Shuffle(first, rows0 & nibble));
            sum1 = Avx2.AddSaturate(sum1, Avx2.Shuffle(first, rows1 & nibble));
            sum2 = Avx2.AddSaturate(sum2, Avx2.Shuffle(second, Avx2.ShiftRightLogical(rows0.AsUInt16(), 4).AsByte() & nibble));
            sum3 = Avx2.AddSaturate(sum3, Avx2.Shuffle(second, Avx2.ShiftRightLogical(rows1.AsUInt16(), 4).AsByte() & nibble));
        }
        Vector256<byte> most = Vector256.Create(limit);
        Vector256<byte> low = Avx2.AddSaturate(sum0, sum2), high = Avx2.AddSaturate(sum1, sum3);
        uint lowMask = (uint)Avx2.MoveMask(Avx2.CompareEqual(Avx2.Min(low, most), low));
        uint highMask = (uint)Avx2.MoveMask(Avx2.CompareEqual(Avx2.Min(high, most), high));
        return lowMask | (ulong)highMask << 32;
    }

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
