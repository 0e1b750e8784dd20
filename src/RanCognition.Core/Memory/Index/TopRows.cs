using System.Diagnostics;

namespace RanCognition.Memory.Index;

/// <summary>The best rows seen so far, the worst of them at hand: a heap in the caller's memory.</summary>
/// <remarks>Better is a higher score, then a smaller distance, then a smaller id. Without scores all scores are equal.</remarks>
internal ref struct TopRows
{
    private readonly Span<Neighbor> _rows;
    private readonly Span<double> _scores;
    private readonly ReadOnlySpan<ulong> _ids;
    private readonly bool _scored;

    /// <param name="rows">As many as are wanted.</param>
    /// <param name="scores">As many, or none: then rows are ranked by distance.</param>
    /// <param name="ids">Of all rows.</param>
    public TopRows(Span<Neighbor> rows, Span<double> scores, ReadOnlySpan<ulong> ids)
    {
        Debug.Assert(scores.IsEmpty || scores.Length == rows.Length, "a score for each row that is wanted");
        _rows = rows;
        _scores = scores;
        _scored = !scores.IsEmpty;
        _ids = ids;
    }

    public int Count { get; private set; }

    public readonly bool IsFull => Count == _rows.Length;

    public readonly int Wanted => _rows.Length;

    /// <summary>Of the worst row kept; the search is over for rows that are surely farther.</summary>
    public readonly double WorstDistance => _rows[0].Distance;

    public readonly double WorstScore => _scores[0];

    /// <summary>Takes the row when it is among the best so far.</summary>
    public void Offer(int row, double distance, double score = 0)
    {
        Neighbor neighbor = new(row, distance);
        if (!IsFull)
        {
            SiftUp(Count++, neighbor, score);
        }
        else if (IsWorse(_rows[0], _scored ? _scores[0] : 0, neighbor, score))
        {
            SiftDown(0, Count, neighbor, score);
        }
    }

    /// <summary>Puts the best first; nothing may be offered any more.</summary>
    public readonly void Sort()
    {
        for (int end = Count - 1; end > 0; end--)
        {
            Neighbor last = _rows[end];
            double score = _scored ? _scores[end] : 0;
            Put(end, _rows[0], _scored ? _scores[0] : 0);
            SiftDown(0, end, last, score);
        }
    }

    private readonly bool IsWorse(in Neighbor a, double aScore, in Neighbor b, double bScore)
    {
        if (_scored && aScore != bScore)
        {
            return aScore < bScore;
        }
        return a.Distance != b.Distance ? a.Distance > b.Distance : _ids[a.Row] > _ids[b.Row];
    }

    private readonly void Put(int place, in Neighbor neighbor, double score)
    {
        _rows[place] = neighbor;
        if (_scored)
        {
            _scores[place] = score;
        }
    }

    private readonly void SiftUp(int place, in Neighbor neighbor, double score)
    {
        while (place > 0)
        {
            int parent = (place - 1) / 2;
            double parentScore = _scored ? _scores[parent] : 0;
            if (!IsWorse(neighbor, score, _rows[parent], parentScore))
            {
                break;
            }
            Put(place, _rows[parent], parentScore);
            place = parent;
        }
        Put(place, neighbor, score);
    }

    private readonly void SiftDown(int place, int count, in Neighbor neighbor, double score)
    {
        for (int child = 2 * place + 1; child < count; child = 2 * place + 1)
        {
            if (child + 1 < count && IsWorse(_rows[child + 1], _scored ? _scores[child + 1] : 0, _rows[child], _scored ? _scores[child] : 0))
            {
                child++;
            }
            double childScore = _scored ? _scores[child] : 0;
            if (!IsWorse(_rows[child], childScore, neighbor, score))
            {
                break;
            }
            Put(place, _rows[child], childScore);
            place = child;
        }
        Put(place, neighbor, score);
    }
}
