using RanCognition.Contracts;
using RanCognition.Memory.Index;
using RanCognition.Numerics;
using Xunit;

namespace RanCognition.Tests.Memory;

/// <summary>Whatever the rows are, a search gives what a plain loop gives, to the last bit.</summary>
public sealed class VectorIndexTests
{
    private static readonly DistanceMetric[] Metrics = [DistanceMetric.L2, DistanceMetric.Cosine, DistanceMetric.InnerProduct];

    public static TheoryData<string> Kinds => new(VectorRows.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Neighbours_are_those_of_a_plain_loop(string kind)
    {
        RandomStream random = new(7);
        foreach (DistanceMetric metric in Metrics)
        {
            foreach (int dimension in new[] { 1, 3, 16, 17, 64, 100 })
            {
                using Twin twin = new(dimension, metric, seed: 5);
                twin.Append(VectorRows.Make(kind, 1500, dimension, 11));
                float[] queries = VectorRows.Make(kind, 3, dimension, 12);
                for (int i = 0; i < 3; i++)
                {
                    twin.Check(queries.AsSpan(i * dimension, dimension), 1 + (int)(random.NextBits() % 40), ref random);
                }
                twin.Check(new float[dimension], 5, ref random);
                twin.Check(twin.Vectors[77], 3, ref random);
            }
        }
    }

    [Fact]
    public void Neighbours_stay_right_while_rows_come_change_and_go()
    {
        RandomStream random = new(21);
        foreach (DistanceMetric metric in Metrics)
        {
            const int Dimension = 20;
            using Twin twin = new(Dimension, metric, seed: 3);
            for (int step = 0; step < 14; step++)
            {
                string kind = VectorRows.Kinds[(int)(random.NextBits() % 6)];
                twin.Append(VectorRows.Make(kind, 1 + (int)(random.NextBits() % 700), Dimension, random.NextBits()));
                twin.AppendMissing((int)(random.NextBits() % 70));
                for (int change = 0; change < 30; change++)
                {
                    int row = (int)(random.NextBits() % (ulong)twin.Vectors.Count);
                    if (change % 2 == 0)
                    {
                        twin.Clear(row);
                    }
                    else
                    {
                        twin.Set(row, VectorRows.Make(kind, 1, Dimension, random.NextBits()));
                    }
                }
                if (step % 5 == 4)
                {
                    int[] kept = [.. Enumerable.Range(0, twin.Vectors.Count).Where(row => row % 3 != 0)];
                    Array.Reverse(kept, 0, 10);
                    twin.Compact(kept);
                }
                twin.Check(VectorRows.Make(kind, 1, Dimension, random.NextBits()), 10, ref random);
            }
        }
    }

    [Fact]
    public void Every_row_is_found_when_all_are_wanted()
    {
        RandomStream random = new(4);
        foreach (DistanceMetric metric in Metrics)
        {
            using Twin twin = new(8, metric, seed: 6);
            twin.Append(VectorRows.Make("clusters", 2600, 8, 2));
            twin.AppendMissing(100);
            foreach (int k in new[] { 1, 999, 1100, 2599, 2600, 2601, 5000 })
            {
                twin.Check(VectorRows.Make("clusters", 1, 8, 3), k, ref random);
            }
        }
    }

    [Fact]
    public void A_row_that_takes_far_larger_numbers_is_found_and_hides_no_other()
    {
        RandomStream random = new(5);
        foreach (DistanceMetric metric in Metrics)
        {
            foreach (float factor in new[] { 3f, 1e4f, 1e18f, 1e30f })
            {
                using Twin twin = new(24, metric, seed: 8);
                twin.Append(VectorRows.Make("isotropic", 1300, 24, 2));
                float[] large = VectorRows.Make("isotropic", 1, 24, 9);
                float[] query = VectorRows.Make("isotropic", 1, 24, 10);
                twin.Set(640, Array.ConvertAll(large, number => number * factor));
                twin.Check(query, 12, ref random);
                twin.Check(twin.Vectors[640], 12, ref random);
                twin.Append(Array.ConvertAll(large, number => number * factor * 2));
                twin.Check(query, 12, ref random);
                twin.Check(Array.ConvertAll(query, number => number * factor), 12, ref random);
            }
        }
    }

    [Fact]
    public void Ties_go_to_the_smaller_id_wherever_they_lie()
    {
        RandomStream random = new(6);
        using Twin twin = new(6, DistanceMetric.L2, seed: 9);
        float[] rows = VectorRows.Make("integers", 3000, 6, 4);
        twin.Append(rows);   // a few hundred different rows among many equal ones
        for (int i = 0; i < 20; i++)
        {
            twin.Check(rows.AsSpan(i * 60, 6), 1 + i * 7, ref random);
        }
    }

    [Fact]
    public void A_row_just_nearer_than_the_last_hit_is_never_lost()
    {
        RandomStream random = new(8);
        const int Dimension = 64;
        float[] rows = VectorRows.Make("walk", 1400, Dimension, 4);
        for (int round = 0; round < 60; round++)
        {
            using VectorIndex index = new(Dimension, DistanceMetric.L2);
            index.Append(rows, 1400);
            float[] query = rows.AsSpan(13 * Dimension, Dimension).ToArray();
            query[3] += 0.5f;
            ulong[] ids = [.. Enumerable.Range(0, 1400).Select(row => (ulong)row)];
            Neighbor[] found = new Neighbor[10];
            SearchCounts counts = default;
            index.Search(query, 10, RowSelection.All, ids, found, ref counts);
            // The planted row lies in a random direction, one rounding inside or outside the tenth hit.
            double[] direction = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextNormal())];
            double length = Math.Sqrt(direction.Sum(part => part * part));
            double target = found[9].Distance * (1 + (round % 2 == 0 ? -1e-7 : 1e-7));
            float[] planted = [.. query.Select((number, i) => (float)(number + direction[i] / length * target))];
            index.Set(1399, planted);
            double distance = VectorRows.Distance(DistanceMetric.L2, query, planted);
            index.Search(query, 10, RowSelection.All, ids, found, ref counts);
            Assert.Equal(found.Any(hit => hit.Row == 1399), distance <= found[9].Distance);
            Assert.True(found[9].Distance <= Math.Max(distance, found[8].Distance) || found.All(hit => hit.Row != 1399));
        }
    }

    [Fact]
    public void Vectors_distances_and_presence_are_kept()
    {
        using VectorIndex index = new(3, DistanceMetric.L2);
        index.AppendMissing(2);
        index.Append([1, 2, 3], 1);
        Assert.Equal((3, 1, false, true), (index.Rows, index.Living, index.Has(1), index.Has(2)));
        Assert.Equal([1f, 2f, 3f], index.Vector(2).ToArray());
        Assert.Equal(5.0, index.Distance([4, 6, 3], 2));
        index.Set(0, [4, 6, 3]);
        index.Clear(2);
        Neighbor[] found = new Neighbor[4];
        SearchCounts counts = default;
        Assert.Equal(1, index.Search([4, 6, 3], 4, RowSelection.All, [7, 8, 9], found, ref counts));
        Assert.Equal(new Neighbor(0, 0), found[0]);
        Assert.Equal((1L, 1L), (counts.Scanned, counts.Reranked));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Has(3));
    }

    [Fact]
    public void Similarity_falls_from_one_to_zero()
    {
        Assert.Equal((1.0, 0.5), (VectorIndex.Similarity(DistanceMetric.L2, 0), VectorIndex.Similarity(DistanceMetric.L2, 1)));
        Assert.Equal((1.0, 0.0), (VectorIndex.Similarity(DistanceMetric.Cosine, 0), VectorIndex.Similarity(DistanceMetric.Cosine, 2)));
        Assert.Equal((0.5, 0.0), (VectorIndex.Similarity(DistanceMetric.InnerProduct, 0), VectorIndex.Similarity(DistanceMetric.InnerProduct, 1e4)));
    }

    [Fact]
    public void Many_rows_are_searched_exactly_through_every_stage()
    {
        RandomStream random = new(31);
        foreach (string kind in new[] { "clusters", "isotropic", "walk" })
        {
            foreach (DistanceMetric metric in Metrics)
            {
                using Twin twin = new(16, metric, seed: 2);
                twin.Append(VectorRows.Make(kind, 14_000, 16, 5));   // more blocks than are probed
                twin.Clear(12);
                twin.Check(VectorRows.Make(kind, 1, 16, 6), 10, ref random);
            }
        }
    }

    private static readonly string[] LongKinds = ["isotropic", "near duplicates", "mixed scales"];

    [Fact]
    public void The_longest_vectors_are_searched_exactly()
    {
        RandomStream random = new(32);
        foreach ((string kind, DistanceMetric metric) in LongKinds.Zip(Metrics))
        {
            using Twin twin = new(MemoryLimits.DimensionMax, metric, seed: 2);
            twin.Append(VectorRows.Make(kind, 1030, MemoryLimits.DimensionMax, 5));
            twin.Check(VectorRows.Make(kind, 1, MemoryLimits.DimensionMax, 6), 5, ref random);
        }
    }

    [Fact]
    public void Tiny_rows_beside_a_single_large_one_are_told_apart()
    {
        RandomStream random = new(33);
        foreach (float factor in new[] { 1e-8f, 1e-13f, 1e-16f, 1e-18f })
        {
            using Twin twin = new(64, DistanceMetric.L2, seed: 2);
            float[] rows = Array.ConvertAll(VectorRows.Make("isotropic", 3000, 64, 5), number => number * factor);
            rows[77 * 64] = 1;
            twin.Append(rows);
            twin.Check(Array.ConvertAll(VectorRows.Make("isotropic", 1, 64, 6), number => number * factor), 10, ref random);
        }
    }

    [Fact]
    public void Searches_of_several_threads_find_the_same()
    {
        const int Dimension = 32, Rows = 5000, Queries = 60;
        using VectorIndex index = new(Dimension, DistanceMetric.L2);
        index.Append(VectorRows.Make("clusters", Rows, Dimension, 4), Rows);
        float[] queries = VectorRows.Make("clusters", Queries, Dimension, 5);
        ulong[] ids = [.. Enumerable.Range(0, Rows).Select(row => (ulong)row)];
        Neighbor[][] alone = [.. Enumerable.Range(0, Queries).Select(SearchOne)];
        Neighbor[][][] together = new Neighbor[4][][];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(t => new Thread(() => together[t] = [.. Enumerable.Range(0, Queries).Select(SearchOne)]))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.All(together, found => Assert.Equal(alone, found));

        Neighbor[] SearchOne(int query)
        {
            Neighbor[] found = new Neighbor[10];
            SearchCounts counts = default;
            index.Search(queries.AsSpan(query * Dimension, Dimension), 10, RowSelection.All, ids, found, ref counts);
            return found;
        }
    }

    [Fact]
    public void Rows_that_were_announced_are_found_before_and_after_codes_are_learned()
    {
        RandomStream random = new(34);
        using Twin twin = new(16, DistanceMetric.L2, seed: 2);
        twin.Reserve(8000);
        for (int part = 0; part < 4; part++)
        {
            twin.Append(VectorRows.Make("clusters", 1500, 16, (ulong)part));
            twin.Check(VectorRows.Make("clusters", 1, 16, 9), 10, ref random);
        }
    }

    [Fact]
    public void Most_rows_of_clusters_are_ruled_out_by_their_codes_and_a_row_takes_at_most_350_bytes()
    {
        const int Dimension = 64, Rows = 6000;
        float[] rows = VectorRows.Make("clusters", Rows, Dimension, 4);
        using VectorIndex index = new(Dimension, DistanceMetric.L2);
        index.Append(rows, Rows);
        SearchCounts counts = default;
        index.Search(rows.AsSpan(0, Dimension), 10, RowSelection.All, new ulong[Rows], new Neighbor[10], ref counts);
        Assert.Equal(Rows, counts.Scanned);
        Assert.InRange(counts.Estimated, 10, Rows / 4);
        Assert.InRange(counts.Reranked, 10, Rows / 10);
        Assert.InRange(index.Bytes, (ulong)Rows * 256, (ulong)Rows * 350);
    }

    /// <summary>An index with vector instructions, one without, and the same rows in a list.</summary>
    private sealed class Twin(int dimension, DistanceMetric metric, ulong seed) : IDisposable
    {
        private readonly VectorIndex _fast = new(dimension, metric);
        private readonly VectorIndex _plain = new(dimension, metric, simd: false);
        private RandomStream _random = new(seed);

        public List<float[]?> Vectors { get; } = [];

        public void Dispose()
        {
            _fast.Dispose();
            _plain.Dispose();
        }

        public void Append(float[] numbers)
        {
            _fast.Append(numbers, numbers.Length / dimension);
            _plain.Append(numbers, numbers.Length / dimension);
            Vectors.AddRange(numbers.Chunk(dimension));
        }

        public void Reserve(int rows)
        {
            _fast.Reserve(rows);
            _plain.Reserve(rows);
        }

        public void AppendMissing(int rows)
        {
            _fast.AppendMissing(rows);
            _plain.AppendMissing(rows);
            Vectors.AddRange(new float[]?[rows]);
        }

        public void Set(int row, float[] vector)
        {
            _fast.Set(row, vector);
            _plain.Set(row, vector);
            Vectors[row] = vector;
        }

        public void Clear(int row)
        {
            _fast.Clear(row);
            _plain.Clear(row);
            Vectors[row] = null;
        }

        public void Compact(int[] rows)
        {
            _fast.Compact(rows);
            _plain.Compact(rows);
            float[]?[] kept = [.. rows.Select(row => Vectors[row])];
            Vectors.Clear();
            Vectors.AddRange(kept);
        }

        /// <summary>Searches with every selection and with scores.</summary>
        public void Check(ReadOnlySpan<float> query, int k, ref RandomStream random)
        {
            int count = Vectors.Count;
            float[]?[] vectors = [.. Vectors];
            ulong[] ids = new ulong[count];
            double[] prior = new double[count];
            List<int> some = [], few = [];
            ulong[] someWords = new ulong[(count + 63) / 64], fewWords = new ulong[(count + 63) / 64];
            for (int row = 0; row < count; row++)
            {
                ids[row] = (ulong)row ^ 0x2AA;
                prior[row] = _random.NextDouble() * (row % 2) + (double)row / count;
                if (random.NextDouble() < 0.3)
                {
                    some.Add(row);
                    someWords[row >> 6] |= 1UL << (row & 63);
                }
                if (random.NextDouble() < 0.01)
                {
                    few.Add(row);
                    fewWords[row >> 6] |= 1UL << (row & 63);
                }
            }
            int[] someRows = [.. some];
            Compare(query, k, RowSelection.All, Enumerable.Range(0, count), vectors, ids, prior);
            Compare(query, k, new RowSelection(someWords, some.Count), some, vectors, ids, prior);
            Compare(query, k, new RowSelection(someRows), some, vectors, ids, prior);
            Compare(query, k, new RowSelection(fewWords, few.Count), few, vectors, ids, prior);
        }

        private void Compare(ReadOnlySpan<float> query, int k, RowSelection selection, IEnumerable<int> selected, float[]?[] vectors, ulong[] ids, double[] prior)
        {
            Neighbor[] found = new Neighbor[k];
            double[] scores = new double[k];
            (Neighbor Neighbor, double Score)[] expected = VectorRows.Nearest(metric, query, vectors, selected, ids, k);
            (Neighbor Neighbor, double Score)[] weighed = VectorRows.Nearest(metric, query, vectors, selected, ids, k, 2, prior);
            foreach (VectorIndex index in new[] { _fast, _plain })
            {
                SearchCounts counts = default;
                int hits = index.Search(query, k, selection, ids, found, ref counts);
                Assert.Equal(expected.Select(hit => hit.Neighbor), found.Take(hits));
                Assert.Equal(selected.Count(row => vectors[row] is not null), counts.Scanned);
                hits = index.SearchScored(query, k, selection, ids, 2, prior, found, scores, ref counts);
                Assert.Equal(weighed, found.Zip(scores).Take(hits));
            }
        }
    }
}
