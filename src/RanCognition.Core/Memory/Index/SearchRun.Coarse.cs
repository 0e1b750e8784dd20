using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Memory.Index;

internal sealed unsafe partial class VectorIndex
{
    private ref partial struct SearchRun
    {
        // Blocks whose rows all go on at first, to have a distance to begin with.
        private const int SeedBlocks = 4;

        // After the seeds one block in so many is looked at, then the others: the distance is small before most rows are looked at.
        private const int EarlyEvery = 16;

        // Rows that are gathered before they go on.
        private const int GatherRows = 64;

        // Blocks where so few rows are selected need no tables.
        private const int FewRows = 2;

        /// <summary>The selected rows are those of a bitmap of so many words; below zero: every row that has a vector.</summary>
        [SkipLocalsInit]
        public void ScanWords(ulong* words, int wordCount)
        {
            int blocks = wordCount < 0 ? _index.Blocks : Math.Min(_index.Blocks, wordCount);
            ulong* selected = wordCount < 0 ? null : words;
            int* batch = stackalloc int[BatchRows];
            byte* tables = stackalloc byte[CoarseCodes.TableBytes];
            Gathering gathering = new(batch, tables) { Unit = float.PositiveInfinity };
            if (_space is null)
            {
                Scan(selected, 0, blocks, 1, 0, ref gathering);
                Flush(ref gathering);
                return;
            }
            int seedEvery = Math.Max(1, blocks / Math.Max(SeedBlocks, (Top.Wanted + 31) / 32));
            gathering.SeedEvery = seedEvery;
            Scan(selected, 0, blocks, seedEvery, 0, ref gathering);
            Flush(ref gathering);
            if (seedEvery > 1)
            {
                Scan(selected, 0, blocks, EarlyEvery, 1, ref gathering);
                Flush(ref gathering);
                Scan(selected, 0, blocks, 1, 2, ref gathering);
                Flush(ref gathering);
            }
        }

        // One pass; later passes leave out the blocks of those before.
        private void Scan(ulong* selected, int first, int end, int step, int pass, ref Gathering gathering)
        {
            ulong* has = _index.HasWords;
            byte* coarse = _index._coarse.Address;
            bool simd = _index._simd;
            for (int block = first; block < end; block += step)
            {
                if (pass > 0 && (block % gathering.SeedEvery == 0 || (pass > 1 && block % EarlyEvery == 0)))
                {
                    continue;
                }
                ulong rows = selected is null ? has[block] : has[block] & selected[block];
                if (rows == 0)
                {
                    continue;
                }
                int count = BitOperations.PopCount(rows);
                Scanned += count;
                if (count > FewRows && pass > 0 && SetLimit(block, ref gathering))
                {
                    byte* at = coarse + (long)block * CoarseCodes.BlockBytes;
                    rows &= gathering.Most < 0 ? 0 : simd ? CoarseCodes.Survivors(at, gathering.Tables, gathering.Most) : CoarseCodes.SurvivorsPortable(at, gathering.Tables, gathering.Most);
                }
                for (; rows != 0; rows &= rows - 1)
                {
                    gathering.Rows[gathering.Count++] = block * 64 + BitOperations.TrailingZeroCount(rows);
                }
                if (gathering.Count >= GatherRows)
                {
                    Flush(ref gathering);
                }
            }
        }

        private void Flush(ref Gathering gathering)
        {
            Refine(gathering.Rows, gathering.Count);
            gathering.Count = 0;
            if (_space is not null && Top.IsFull)
            {
                SetTables(Limit(_priorMax), ref gathering);
            }
        }

        // Tables for this distance, anew when it is much smaller than the one that they were made for.
        private void SetTables(float limit, ref Gathering gathering)
        {
            float square = _space!.UnitFor(Math.Max(0, limit));
            if (!float.IsFinite(square))
            {
                return;
            }
            if (!(square > gathering.Unit / 2))
            {
                gathering.Unit = square;
                CoarseCodes.MakeTables(_bounds, square, gathering.Tables);
            }
            gathering.Most = MostFor(limit, gathering.Unit);
        }

        private readonly int MostFor(float limit, float unit)
            => limit < 0 ? -1 : (int)Math.Min(CoarseCodes.LimitMax, _space!.UnitFor(limit) / unit * CoarseCodes.LimitMax * (1 + 1e-5f));

        // False when the coarse codes cannot rule anything out yet.
        private readonly bool SetLimit(int block, ref Gathering gathering)
        {
            if (float.IsPositiveInfinity(gathering.Unit))
            {
                return false;
            }
            if (_prior is not null)
            {
                int from = block * CoarseCodes.BlockRows;
                double prior = Scoring.Largest(_prior + from, Math.Min(CoarseCodes.BlockRows, _index.Rows - from));
                gathering.Most = MostFor(Limit(prior), gathering.Unit);
            }
            return true;
        }

        /// <summary>Rows on their way to the byte codes, and the tables that chose them.</summary>
        private struct Gathering(int* rows, byte* tables)
        {
            public readonly int* Rows = rows;
            public readonly byte* Tables = tables;
            public int Count;
            public int SeedEvery = 1;

            // Squared distance that one unit of the tables stands for; infinite: no tables yet.
            public float Unit;

            // The largest sum of a row that goes on.
            public int Most;
        }
    }
}
