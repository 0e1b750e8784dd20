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

        private readonly VectorIndex _index;
        private readonly CodeSpace? _space;   // null: no codes, or none that serve this query
        private readonly float* _query;
        private readonly float* _point;
        private readonly float* _centred;
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

        public SearchRun(VectorIndex index, float* query, double weight, double* prior, float* centred, float* point, float* bounds, TopRows top)
        {
            _index = index;
            _query = query;
            _weight = weight;
            _prior = prior;
            _centred = centred;
            _point = point;
            _bounds = bounds;
            Top = top;
            _queryNorm = index._metric == DistanceMetric.L2 ? 0 : Math.Sqrt(ExactDistance.Dot(query, query, index._dimension));
            bool isPruned = prior is null || weight > 0;
            if (isPruned && index._space is { } space && space.TryPlaceQuery(query, _queryNorm, point, centred, out _place))
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
            foreach (int row in rows)
            {
                if (!_index.Has(row))
                {
                    continue;
                }
                Scanned++;
                batch[count++] = row;
                if (count == BatchRows)
                {
                    Refine(batch, count);
                    count = 0;
                }
            }
            Refine(batch, count);
        }

        /// <summary>Goes on with rows that the coarse codes let pass.</summary>
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
            float* below = stackalloc float[BatchRows];
            float* above = stackalloc float[BatchRows];
            Estimate(rows, count, below, above);
            Estimated += count;
            float limit = Limit(PriorOf(rows, count));
            if (_prior is null && count > Top.Wanted && (!Top.IsFull || count == BatchRows))
            {
                limit = Math.Min(limit, _space.Widen(Smallest(above, count, Top.Wanted)));
            }
            int left = 0;
            for (int i = 0; i < count; i++)
            {
                rows[left] = rows[i];
                left += below[i] > limit ? 0 : 1;   // not <=: what is no number passes
            }
            Rerank(rows, left);
        }

        // Bounds of the rows' distances in code space. There is room for a multiple of 8 rows.
        private readonly void Estimate(int* rows, int count, float* below, float* above)
        {
            const int Ahead = 12;
            CodeSpace space = _space!;
            int bytes = space.CodeBytes;
            byte* codes = _index._codes.Address;
            float* errors = (float*)_index._errors.Address, steps = space.Steps;
            float* extras = _index._metric == DistanceMetric.InnerProduct ? (float*)_index._extras.Address : null;
            bool simd = _index._simd;
            float rounding = space.DistanceRounding;
            for (int i = 0; i < Math.Min(Ahead, count); i++)
            {
                Prefetch(codes + (long)rows[i] * bytes);
            }
            for (int i = 0; i < count; i++)
            {
                if (i + Ahead < count)
                {
                    Prefetch(codes + (long)rows[i + Ahead] * bytes);
                }
                byte* code = codes + (long)rows[i] * bytes;
                float square = simd ? ByteCodes.SquaredDistance(code, _centred, steps, bytes) : ByteCodes.SquaredDistancePortable(code, _centred, steps, bytes);
                if (extras is not null)
                {
                    square += extras[rows[i]] * extras[rows[i]];
                }
                below[i] = square;
                above[i] = errors[rows[i]];
            }
            Vector256<float> relative = Vector256.Create(rounding), fixedPart = Vector256.Create(_place.Rounding);
            for (int i = 0; i < count; i += 8)
            {
                Vector256<float> distance = Vector256.Sqrt(Vector256.Load(below + i));
                Vector256<float> error = Vector256.Load(above + i) + fixedPart + distance * relative;
                (distance - error).Store(below + i);
                (distance + error).Store(above + i);
            }
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

        // The k-th smallest; count > k.
        [SkipLocalsInit]
        private static float Smallest(float* values, int count, int k)
        {
            float* heap = stackalloc float[k];   // the largest first
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                float value = values[i];
                if (kept < k)
                {
                    int place = kept++;
                    for (; place > 0 && heap[(place - 1) / 2] < value; place = (place - 1) / 2)
                    {
                        heap[place] = heap[(place - 1) / 2];
                    }
                    heap[place] = value;
                }
                else if (value < heap[0])
                {
                    int place = 0;
                    for (int child = 1; child < k; child = 2 * place + 1)
                    {
                        child += child + 1 < k && heap[child + 1] > heap[child] ? 1 : 0;
                        if (heap[child] <= value)
                        {
                            break;
                        }
                        heap[place] = heap[child];
                        place = child;
                    }
                    heap[place] = value;
                }
            }
            return heap[0];
        }

        // Exact distances of what is left.
        private void Rerank(int* rows, int count)
        {
            const int Ahead = 3;
            int dimension = _index._dimension;
            float* vectors = _index.Vectors;
            for (int i = 0; i < Math.Min(Ahead, count); i++)
            {
                PrefetchVector(vectors + (long)rows[i] * dimension, dimension);
            }
            for (int i = 0; i < count; i++)
            {
                if (i + Ahead < count)
                {
                    PrefetchVector(vectors + (long)rows[i + Ahead] * dimension, dimension);
                }
                float* row = vectors + (long)rows[i] * dimension;
                if (_index._simd && Top.IsFull && IsSurelyWorse(rows[i], row))
                {
                    continue;
                }
                double distance = ExactDistance.Between(_index._metric, _query, _queryNorm, row, dimension);
                double score = _prior is null ? 0 : Scoring.Score(_index._metric, distance, _prior[rows[i]], _weight);
                Top.Offer(rows[i], distance, score);
            }
            Reranked += count;
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
                return ExactDistance.FastSquaredL2(_query, vector, _index._dimension) * (1 - Slack) > limit * limit;
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
