using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RanCognition.Memory.Index;

internal sealed unsafe partial class VectorIndex
{
    private ref partial struct SearchRun
    {
        // Blocks whose rows all go on at first, to have a distance to begin with.
        private const int SeedBlocks = 4;

        // Then the best rows of so many blocks, spread evenly, go on: the distance is small before most rows are looked at.
        private const int ProbeBlocksMax = 192;

        // Rows that are gathered before they go on: few while the distance may shrink a lot, more where most rows go on anyway.
        private const int GatherRows = 64;
        private const int GatherRowsMany = 512;

        // Blocks where so few rows are selected need no tables.
        private const int FewRows = 2;

        // Where the tables let most rows pass, so many blocks go on without them before they are asked again.
        private const int TrialBlocks = 4;
        private const int SkippedBlocks = 28;

        /// <summary>The selected rows are those of a bitmap of so many words; below zero: every row that has a vector.</summary>
        [SkipLocalsInit]
        public void ScanWords(ulong* words, int wordCount)
        {
            int blocks = wordCount < 0 ? _index.Blocks : Math.Min(_index.Blocks, wordCount);
            ulong* selected = wordCount < 0 ? null : words;
            int* batch = stackalloc int[BatchRows];
            byte* tables = stackalloc byte[CoarseCodes.TableBytes];
            Gathering gathering = new(batch, tables) { Unit = float.PositiveInfinity };
            int seedEvery = Math.Max(1, blocks / Math.Max(SeedBlocks, (Top.Wanted + 31) / 32));
            gathering.SeedEvery = _space is null ? 1 : seedEvery;
            if (_space is not null)
            {
                _space.MakeBounds(_point, _bounds);
                _priorMax = _prior is null ? 0 : Scoring.Largest(_prior, _index.Rows);
            }
            for (int block = 0; block < blocks; block += gathering.SeedEvery)
            {
                ulong rows = RowsOf(selected, block);
                Scanned += BitOperations.PopCount(rows);
                Gather(block, rows, BatchRows - 64, ref gathering);
            }
            Flush(ref gathering);
            if (gathering.SeedEvery == 1)
            {
                return;
            }
            byte* sums = stackalloc byte[ProbeBlocksMax * CoarseCodes.BlockRows];
            Probe(selected, blocks, sums, ref gathering);
            ScanRest(selected, blocks, ref gathering);
            Flush(ref gathering);
        }

        private readonly ulong RowsOf(ulong* selected, int block) => selected is null ? _index.HasWords[block] : _index.HasWords[block] & selected[block];

        // The rows with the smallest sums among some blocks go on. Small sums prove nothing, but such rows are likely to be near.
        private void Probe(ulong* selected, int blocks, byte* sums, ref Gathering gathering)
        {
            if (float.IsPositiveInfinity(gathering.Unit))
            {
                return;
            }
            int every = (blocks + ProbeBlocksMax - 1) / ProbeBlocksMax, probes = 0;
            int nextSeed = 0;
            for (int block = every / 2; block < blocks; block += every, probes++)
            {
                byte* own = sums + probes * CoarseCodes.BlockRows;
                while (nextSeed < block)
                {
                    nextSeed += gathering.SeedEvery;
                }
                ulong rows = block == nextSeed ? 0 : RowsOf(selected, block);
                if (rows == 0)
                {
                    new Span<byte>(own, CoarseCodes.BlockRows).Fill(byte.MaxValue);
                    continue;
                }
                CoarseCodes.Sums(First(block), Second(block), gathering.Tables, own, _index._simd);
                for (ulong others = ~rows; others != 0; others &= others - 1)
                {
                    own[BitOperations.TrailingZeroCount(others)] = byte.MaxValue;
                }
            }
            gathering.ProbeUnit = gathering.Unit;
            gathering.ProbeEvery = every;
            gathering.ProbeMost = Math.Min(ChooseSum(sums, probes, Top.Wanted + Top.Wanted / 2 + 16), gathering.Most);
            gathering.ProbeSums = sums;
            for (int probe = 0; probe < probes && gathering.ProbeMost >= 0; probe++)
            {
                Gather(every / 2 + probe * every, CoarseCodes.AtMost(sums + probe * CoarseCodes.BlockRows, gathering.ProbeMost), BatchRows - 64, ref gathering);
            }
            Flush(ref gathering);
        }

        // A sum that about so many rows, at least some, do not surpass.
        [SkipLocalsInit]
        private static int ChooseSum(byte* sums, int blocks, int wanted)
        {
            // The least of each lane: half of those are below a sum that hardly more rows are below.
            byte* least = stackalloc byte[CoarseCodes.BlockRows];
            Vector256<byte> low = Vector256<byte>.AllBitsSet, high = low;
            for (int block = 0; block < blocks; block++)
            {
                low = Vector256.Min(low, Vector256.Load(sums + block * CoarseCodes.BlockRows));
                high = Vector256.Min(high, Vector256.Load(sums + block * CoarseCodes.BlockRows + 32));
            }
            low.Store(least);
            high.Store(least + 32);
            bool isMany = wanted > CoarseCodes.BlockRows * 2 / 3;
            int from = 0, to = CoarseCodes.LimitMax;
            while (from < to)
            {
                int middle = (from + to) / 2;
                if ((isMany ? CountAtMost(sums, blocks, middle) : CountAtMost(least, 1, middle)) >= wanted)
                {
                    to = middle;
                }
                else
                {
                    from = middle + 1;
                }
            }
            return from;
        }

        private static int CountAtMost(byte* sums, int blocks, int limit)
        {
            int count = 0;
            for (int block = 0; block < blocks; block++)
            {
                count += BitOperations.PopCount(CoarseCodes.AtMost(sums + block * CoarseCodes.BlockRows, limit));
            }
            return count;
        }

        // All rows that are neither seeds nor have gone on already.
        private void ScanRest(ulong* selected, int blocks, ref Gathering gathering)
        {
            int nextSeed = 0, nextProbe = gathering.ProbeSums is null ? blocks : gathering.ProbeEvery / 2, skipped = 0, tried = 0, seen = 0, passed = 0;
            byte* probeSums = gathering.ProbeSums;
            for (int block = 0; block < blocks; block++)
            {
                byte* sums = null;
                if (block == nextProbe)
                {
                    sums = probeSums;
                    probeSums += CoarseCodes.BlockRows;
                    nextProbe += gathering.ProbeEvery;
                }
                if (block == nextSeed)
                {
                    nextSeed += gathering.SeedEvery;
                    continue;
                }
                ulong rows = RowsOf(selected, block);
                if (rows == 0)
                {
                    continue;
                }
                int count = BitOperations.PopCount(rows);
                Scanned += count;
                if (sums is not null)
                {
                    // What has gone on is done with; of the others, the old sums tell already what most of the new ones would.
                    rows &= ~CoarseCodes.AtMost(sums, gathering.ProbeMost);
                    rows &= CoarseCodes.AtMost(sums, gathering.ProbeLimit);
                    count = BitOperations.PopCount(rows);
                    if (rows == 0)
                    {
                        continue;
                    }
                }
                if (skipped > 0)
                {
                    skipped--;
                }
                else if (count > FewRows && SetLimit(block, ref gathering))
                {
                    rows = gathering.Most < 0 ? 0 : CoarseCodes.Survivors(First(block), Second(block), gathering.Tables, gathering.Most, rows, _index._simd);
                    seen += count;
                    passed += BitOperations.PopCount(rows);
                    if (++tried == TrialBlocks)
                    {
                        bool isUseless = passed > seen - seen / 4;
                        skipped = isUseless ? SkippedBlocks : 0;
                        gathering.FlushAt = isUseless ? GatherRowsMany : GatherRows;
                        tried = seen = passed = 0;
                    }
                }
                Gather(block, rows, gathering.FlushAt, ref gathering);
            }
        }

        private readonly byte* First(int block) => _index._coarseFirst.Address + (long)block * CoarseCodes.HalfBytes;

        private readonly byte* Second(int block) => _index._coarseSecond.Address + (long)block * CoarseCodes.HalfBytes;

        private void Gather(int block, ulong rows, int flushAt, ref Gathering gathering)
        {
            int* to = gathering.Rows + gathering.Count;
            int first = block * CoarseCodes.BlockRows;
            gathering.Count += BitOperations.PopCount(rows);
            if (rows == ulong.MaxValue)
            {
                Vector256<int> numbers = Vector256<int>.Indices + Vector256.Create(first);
                for (int i = 0; i < CoarseCodes.BlockRows; i += 8, numbers += Vector256.Create(8))
                {
                    numbers.Store(to + i);
                }
            }
            else
            {
                for (; rows != 0; rows &= rows - 1)
                {
                    *to++ = first + BitOperations.TrailingZeroCount(rows);
                }
            }
            if (gathering.Count >= flushAt)
            {
                Flush(ref gathering);
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
            if (_prior is null)
            {
                // Any square within the limit is below Most + 1 of the new units.
                gathering.ProbeLimit = (int)Math.Min(byte.MaxValue, (gathering.Most + 1) * ((double)gathering.Unit / gathering.ProbeUnit) * (1 + 1e-6) + 1);
            }
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
            public int FlushAt = GatherRows;

            // Sums of the blocks that were probed, and up to which sum their rows have gone on.
            public byte* ProbeSums;
            public int ProbeEvery;
            public int ProbeMost;

            // The largest of those sums that does not prove a row to be farther, and what one unit of them stands for; zero: nothing was probed.
            public int ProbeLimit = byte.MaxValue;
            public float ProbeUnit;

            // Squared distance that one unit of the tables stands for; infinite: no tables yet.
            public float Unit;

            // The largest sum of a row that goes on.
            public int Most;
        }
    }
}
