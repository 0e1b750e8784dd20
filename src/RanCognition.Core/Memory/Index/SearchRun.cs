using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

internal sealed unsafe partial class VectorIndex
{
    /// <summary>One search: rows pass the coarse codes, the byte codes and the exact distance, each of which rules out what is surely farther than the k-th so far.</summary>
    private ref partial struct SearchRun
    {
        /// <summary>Rows that are looked at together, so that their memory is fetched together.</summary>
        private const int BatchRows = 1024;

        // Of a batch whose upper bounds limit the k-th distance.
        private const int Groups = 64;

        private readonly VectorIndex _index;
        private readonly CodeSpace? _space;   // null: no codes, or none that serve this query
        private readonly float* _query;
        private readonly float* _point;
        private readonly short* _weights;     // of the byte codes
        private readonly double* _prior;
        private readonly double _weight;
        private readonly double _queryNorm;
        private readonly QueryPlace _place;
        private readonly float* _bounds;      // squared, by coordinate and cell
        private double _priorMax;

        public TopRows Top;
        public long Scanned;
        public long Estimated;
        public long Reranked;

        public SearchRun(VectorIndex index, float* query, double weight, double* prior, short* weights, float* point, float* bounds, TopRows top)
        {
            _index = index;
            _query = query;
            _weight = weight;
            _prior = prior;
            _weights = weights;
            _point = point;
            _bounds = bounds;
            Top = top;
            _queryNorm = index._metric == DistanceMetric.L2 ? 0 : Math.Sqrt(ExactDistance.Dot(query, query, index._dimension));
            bool isPruned = prior is null || weight > 0;
            if (isPruned && index._space is { } space && space.TryPlaceQuery(query, _queryNorm, point, weights, out _place))
            {
                _space = space;
            }
        }

        /// <summary>The selected rows are listed.</summary>
        [SkipLocalsInit]
        public void ScanList(ReadOnlySpan<int> rows)
        {
            int* batch = stackalloc int[BatchRows];
            int count = 0;
            if (!rows.IsEmpty)
            {
                _index.CheckRow(rows[0]);
                _index.CheckRow(rows[^1]);   // they ascend
            }
            ulong* has = _index.HasWords;
            while (!rows.IsEmpty)
            {
                ReadOnlySpan<int> some = rows[..Math.Min(rows.Length, BatchRows - count)];
                rows = rows[some.Length..];
                if (_index.Living == _index.Rows)
                {
                    some.CopyTo(new Span<int>(batch + count, some.Length));
                    count += some.Length;
                }
                else
                {
                    foreach (int row in some)
                    {
                        batch[count] = row;
                        count += (int)(has[row >> 6] >> row & 1);
                    }
                }
                if (count == BatchRows)
                {
                    Scanned += count;
                    Refine(batch, count);
                    count = 0;
                }
            }
            Scanned += count;
            Refine(batch, count);
        }

        /// <summary>Goes on with rows that the coarse codes let pass. There is room for a multiple of 8 of them.</summary>
        [SkipLocalsInit]
        private void Refine(int* rows, int count)
        {
            if (_space is null)
            {
                Rerank(rows, count);
                return;
            }
            if (count == 0)
            {
                return;
            }
            float* squares = stackalloc float[BatchRows];
            float* errors = stackalloc float[BatchRows];
            int padded = (count + 7) & ~7;
            new Span<int>(rows + count, padded - count).Fill(rows[count - 1]);
            Estimate(rows, padded, squares, errors);
            Estimated += count;
            float limit = Limit(PriorOf(rows, count));
            if (_prior is null && count > Top.Wanted && Top.Wanted <= Groups && (!Top.IsFull || count == BatchRows))
            {
                limit = Math.Min(limit, _space.Widen(SmallestAbove(squares, errors, padded - 8, Top.Wanted)));
            }
            Rerank(rows, KeepNearer(rows, count, squares, errors, limit));
        }

        // Squared distances to what the byte codes stand for, within the slack, and how far the rows are from that. The count is a multiple of 8.
        private readonly void Estimate(int* rows, int count, float* squares, float* errors)
        {
            const int Ahead = 16;
            nuint bytes = (nuint)_space!.CodeBytes;
            sbyte* codes = (sbyte*)_index._codes.Address;
            float* terms = (float*)_index._terms.Address;
            short* weights = _weights;
            bool simd = _index._simd;
            Vector128<float> perDot = Vector128.Create(-_place.PerDot), norm = Vector128.Create(_place.SquaredNorm);
            for (int i = 0; i < Math.Min(Ahead, count); i++)
            {
                Prefetch(codes + (uint)rows[i] * bytes);
                Prefetch(terms + ByteTerms.Place((uint)rows[i]));
            }
            uint* ahead = (uint*)rows + Ahead, end = (uint*)rows + count;
            for (uint* row = (uint*)rows; row < end; row += 4, ahead += 4, squares += 4, errors += 4)
            {
                if (ahead < end)
                {
                    Prefetch(codes + ahead[0] * bytes);
                    Prefetch(codes + ahead[1] * bytes);
                    Prefetch(codes + ahead[2] * bytes);
                    Prefetch(codes + ahead[3] * bytes);
                    Prefetch(terms + ByteTerms.Place(ahead[0]));
                    Prefetch(terms + ByteTerms.Place(ahead[1]));
                    Prefetch(terms + ByteTerms.Place(ahead[2]));
                    Prefetch(terms + ByteTerms.Place(ahead[3]));
                }
                sbyte* code0 = codes + row[0] * bytes, code1 = codes + row[1] * bytes, code2 = codes + row[2] * bytes, code3 = codes + row[3] * bytes;
                Vector128<int> dots = simd ? ByteCodes.Dots(code0, code1, code2, code3, weights, (int)bytes) : ByteCodes.DotsPortable(code0, code1, code2, code3, weights, (int)bytes);
                float* terms0 = terms + ByteTerms.Place(row[0]), terms1 = terms + ByteTerms.Place(row[1]);
                float* terms2 = terms + ByteTerms.Place(row[2]), terms3 = terms + ByteTerms.Place(row[3]);
                Vector128<float> square = Vector128.Create(*terms0, *terms1, *terms2, *terms3) + norm;
                Vector128.MultiplyAddEstimate(Vector128.ConvertToSingle(dots), perDot, square).Store(squares);
                Vector128.Create(terms0[ByteTerms.ErrorFrom], terms1[ByteTerms.ErrorFrom], terms2[ByteTerms.ErrorFrom], terms3[ByteTerms.ErrorFrom]).Store(errors);
            }
        }

        // A distance that at least k of the rows do not surpass: the k-th smallest of the least upper bounds of groups of rows. The count is a multiple of 8, k at most Groups.
        [SkipLocalsInit]
        private readonly float SmallestAbove(float* squares, float* errors, int count, int k)
        {
            float* least = stackalloc float[Groups];
            new Span<float>(least, Groups).Fill(float.PositiveInfinity);
            Vector256<float> slack = Vector256.Create(_place.SquareSlack), rounding = Vector256.Create(_place.Rounding);
            for (int i = 0; i < count; i += 8)
            {
                float* group = least + i % Groups;
                Vector256<float> above = Vector256.Sqrt(Vector256.MaxNative(Vector256.Load(squares + i), default) + slack) + Vector256.Load(errors + i) + rounding;
                Vector256.MinNative(Vector256.Load(group), above).Store(group);
            }
            return Smallest(least, Groups, k) * (1 + 8 * CodeSpace.Unit);
        }

        // The k-th smallest. The first k become the smallest in order; k is small.
        private static float Smallest(float* values, int count, int k)
        {
            for (int i = 1; i < count; i++)
            {
                float value = values[i];
                int place = Math.Min(i, k);
                if (place == k && value >= values[k - 1])
                {
                    continue;
                }
                place -= place == k ? 1 : 0;
                for (; place > 0 && values[place - 1] > value; place--)
                {
                    values[place] = values[place - 1];
                }
                values[place] = value;
            }
            return values[k - 1];
        }

        // Keeps the rows that may lie within the limit; how many there are.
        private readonly int KeepNearer(int* rows, int count, float* squares, float* errors, float limit)
        {
            if (limit < 0)
            {
                return 0;
            }
            Vector256<float> slack = Vector256.Create(_place.SquareSlack), reach = Vector256.Create((limit + _place.Rounding) * (1 + 16 * CodeSpace.Unit));
            Vector256<float> widening = Vector256.Create(1 + 16 * CodeSpace.Unit);
            int left = 0;
            for (int i = 0; i < count; i += 8)
            {
                Vector256<float> within = Vector256.Load(errors + i) + reach;
                uint kept = ~Vector256.GreaterThan(Vector256.Load(squares + i) - slack, within * within * widening).ExtractMostSignificantBits();
                kept &= count - i >= 8 ? 0xFF : (1u << (count - i)) - 1;
                for (; kept != 0; kept &= kept - 1)
                {
                    rows[left++] = rows[i + BitOperations.TrailingZeroCount(kept)];
                }
            }
            return left;
        }

        /// <summary>No row farther than this in code space can be among the best.</summary>
        private readonly float Limit(double prior)
        {
            if (!Top.IsFull)
            {
                return float.PositiveInfinity;
            }
            if (_prior is null)
            {
                return _space!.ToCode(Top.WorstDistance, _place);
            }
            double distance = Scoring.DistanceLimit(_index._metric, Top.WorstScore, prior, _weight);
            return double.IsNegativeInfinity(distance) ? -1 : _space!.ToCode(distance, _place);
        }

        private readonly double PriorOf(int* rows, int count)
        {
            double largest = double.NegativeInfinity;
            for (int i = 0; i < count && _prior is not null; i++)
            {
                largest = Math.Max(largest, _prior[rows[i]]);
            }
            return largest;
        }

        // Exact distances of what is left, four rows at a time.
        private void Rerank(int* rows, int count)
        {
            const int Ahead = 4;
            int dimension = _index._dimension;
            float* vectors = _index.Vectors;
            for (int i = 0; i < Math.Min(Ahead, count); i++)
            {
                PrefetchVector(vectors + (long)rows[i] * dimension, dimension);
            }
            int* left = stackalloc int[ExactDistance.Together];
            int waiting = 0;
            for (int i = 0; i < count; i++)
            {
                if (i + Ahead < count)
                {
                    PrefetchVector(vectors + (long)rows[i + Ahead] * dimension, dimension);
                }
                if (_index._simd && Top.IsFull && IsSurelyWorse(rows[i], vectors + (long)rows[i] * dimension))
                {
                    continue;
                }
                left[waiting++] = rows[i];
                if (waiting == ExactDistance.Together)
                {
                    Offer(left, waiting);
                    waiting = 0;
                }
            }
            Offer(left, waiting);
            Reranked += count;
        }

        private void Offer(int* rows, int count)
        {
            double* distances = stackalloc double[ExactDistance.Together];
            int dimension = _index._dimension;
            float* vectors = _index.Vectors;
            if (count == ExactDistance.Together && _index._simd)
            {
                float* row0 = vectors + (long)rows[0] * dimension, row1 = vectors + (long)rows[1] * dimension;
                float* row2 = vectors + (long)rows[2] * dimension, row3 = vectors + (long)rows[3] * dimension;
                ExactDistance.Between(_index._metric, _query, _queryNorm, row0, row1, row2, row3, dimension, distances);
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    distances[i] = ExactDistance.Between(_index._metric, _query, _queryNorm, vectors + (long)rows[i] * dimension, dimension);
                }
            }
            for (int i = 0; i < count; i++)
            {
                Top.Offer(rows[i], distances[i], _prior is null ? 0 : Scoring.Score(_index._metric, distances[i], _prior[rows[i]], _weight));
            }
        }

        // By sums that are fast but not those that are reported.
        private readonly bool IsSurelyWorse(int row, float* vector)
        {
            const double Slack = 4 * ExactDistance.FastError;
            double limit = _prior is null ? Top.WorstDistance : _weight > 0 ? Scoring.DistanceLimit(_index._metric, Top.WorstScore, _prior[row], _weight) : double.PositiveInfinity;
            if (double.IsNegativeInfinity(limit))
            {
                return true;
            }
            if (_index._metric == DistanceMetric.L2)
            {
                return ExactDistance.IsSurelyBeyond(_query, vector, _index._dimension, limit * limit);
            }
            double dot = ExactDistance.FastDot(_query, vector, _index._dimension, out double rowSquared);
            double norms = _queryNorm * Math.Sqrt(rowSquared);
            return _index._metric == DistanceMetric.InnerProduct ? -dot - Slack * norms > limit : norms != 0 && 1 - dot / norms - Slack > limit;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Prefetch(void* address)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(address);
            }
        }

        private static void PrefetchVector(float* vector, int dimension)
        {
            for (int i = 0; i < Math.Min(dimension, 256); i += 16)
            {
                Prefetch(vector + i);
            }
        }
    }
}
