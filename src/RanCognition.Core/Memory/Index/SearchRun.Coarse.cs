using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Memory.Index;

internal sealed unsafe partial class VectorIndex
{
    private ref partial struct SearchRun
    {
        // Blocks whose rows all go on at first, to have a distance to begin with.
        private const int SeedBlocks = 4;

        // Before all other rows those go on whose sums are among the least one in so many: the distance is small before most rows are looked at.
        private const int HopefulEvery = 256;

        // Rows that are gathered before they go on.
        private const int GatherRows = 64;

        private const int SeedPass = 0;
        private const int HopefulPass = 1;
        private const int LastPass = 2;

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
                Scan(selected, 0, blocks, 1, SeedPass, ref gathering);
                Flush(ref gathering);
                return;
            }
            _space.MakeBounds(_point, _bounds);
            _priorMax = _prior is null ? 0 : Scoring.Largest(_prior, _index.Rows);
            int seedEvery = Math.Max(1, blocks / Math.Max(SeedBlocks, (Top.Wanted + 31) / 32));
            gathering.SeedEvery = seedEvery;
            Scan(selected, 0, blocks, seedEvery, SeedPass, ref gathering);
            Flush(ref gathering);
            if (seedEvery > 1)
            {
                byte* hopeful = stackalloc byte[CoarseCodes.TableBytes];
                ChooseHopeful(selected, blocks, hopeful, ref gathering);
                if (gathering.HopefulMost >= 0)
                {
                    Scan(selected, 0, blocks, 1, HopefulPass, ref gathering);
                    Flush(ref gathering);
                }
                Scan(selected, 0, blocks, 1, LastPass, ref gathering);
                Flush(ref gathering);
            }
        }

        // The limit below which about the wanted part of the seeds' sums lie; it proves nothing, but says where to look first.
        private readonly void ChooseHopeful(ulong* selected, int blocks, byte* tables, ref Gathering gathering)
        {
            if (float.IsPositiveInfinity(gathering.Unit))
            {
                return;
            }
            new Span<byte>(gathering.Tables, CoarseCodes.TableBytes).CopyTo(new Span<byte>(tables, CoarseCodes.TableBytes));
            gathering.HopefulTables = tables;
            long seeds = CountSeeds(selected, blocks, CoarseCodes.LimitMax + 1, gathering);
            long wanted = 1 + Math.Max(seeds / HopefulEvery, 2L * Top.Wanted * seeds / Math.Max(1, _index.Living));
            int least = 0, most = CoarseCodes.LimitMax + 1;
            while (least < most)
            {
                int middle = (least + most) / 2;
                if (CountSeeds(selected, blocks, middle, gathering) >= wanted)
                {
                    most = middle;
                }
                else
                {
                    least = middle + 1;
                }
            }
            gathering.HopefulMost = least < gathering.Most ? least : -1;
        }

        private readonly long CountSeeds(ulong* selected, int blocks, int limit, in Gathering gathering)
        {
            long count = 0;
            for (int block = 0; block < blocks; block += gathering.SeedEvery)
            {
                ulong rows = selected is null ? _index.HasWords[block] : _index.HasWords[block] & selected[block];
                count += BitOperations.PopCount(Survivors(block, gathering.HopefulTables, limit, rows));
            }
            return count;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly ulong Survivors(int block, byte* tables, int limit, ulong rows)
        {
            byte* codes = _index._coarse.Address + (long)block * CoarseCodes.BlockBytes;
            return _index._simd ? CoarseCodes.Survivors(codes, tables, limit, rows) : rows & CoarseCodes.SurvivorsPortable(codes, tables, limit);
        }

        // One pass; no row is looked at in two of them.
        private void Scan(ulong* selected, int first, int end, int step, int pass, ref Gathering gathering)
        {
            ulong* has = _index.HasWords;
            for (int block = first; block < end; block += step)
            {
                if (pass != SeedPass && block % gathering.SeedEvery == 0)
                {
                    continue;
                }
                ulong rows = selected is null ? has[block] : has[block] & selected[block];
                if (rows == 0)
                {
                    continue;
                }
                int count = BitOperations.PopCount(rows);
                if (pass == HopefulPass)
                {
                    rows = Survivors(block, gathering.HopefulTables, gathering.HopefulMost, rows);
                }
                else
                {
                    Scanned += count;
                    if (count > FewRows && pass == LastPass && SetLimit(block, ref gathering))
                    {
                        rows = gathering.Most < 0 ? 0 : Survivors(block, gathering.Tables, gathering.Most, rows);
                    }
                    if (rows != 0 && pass == LastPass && gathering.HopefulMost >= 0)
                    {
                        rows &= ~Survivors(block, gathering.HopefulTables, gathering.HopefulMost, rows);
                    }
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

            // What chose the rows that went on first; below zero: none did.
            public byte* HopefulTables;
            public int HopefulMost = -1;

            // Squared distance that one unit of the tables stands for; infinite: no tables yet.
            public float Unit;

            // The largest sum of a row that goes on.
            public int Most;
        }
    }
}
