using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RanCognition.Memory.Index;

/// <summary>Searches.</summary>
internal sealed unsafe partial class VectorIndex
{
    /// <summary>The k nearest of the selected rows, nearest first, ties by smaller id. Returns how many there are.</summary>
    /// <remarks>The ids are those of all rows; there is room for k in found.</remarks>
    public int Search(ReadOnlySpan<float> query, int k, in RowSelection selection, ReadOnlySpan<ulong> ids, Span<Neighbor> found, ref SearchCounts counts)
        => Search(query, k, selection, ids, 1, default, found, default, ref counts);

    /// <summary>The k selected rows of the highest score = similarityWeight * <see cref="Similarity"/> + prior, ties by smaller distance, then id.</summary>
    /// <remarks>The weight and the priors, which are those of all rows, are finite.</remarks>
    public int SearchScored(
        ReadOnlySpan<float> query, int k, in RowSelection selection, ReadOnlySpan<ulong> ids, double similarityWeight, ReadOnlySpan<double> prior, Span<Neighbor> found,
        Span<double> scores, ref SearchCounts counts)
    {
        Debug.Assert(prior.Length >= Rows, "a prior for each row");
        return Search(query, k, selection, ids, similarityWeight, prior, found, scores[..Math.Min(k, Rows)], ref counts);
    }

    [SkipLocalsInit]
    private int Search(
        ReadOnlySpan<float> query, int k, in RowSelection selection, ReadOnlySpan<ulong> ids, double weight, ReadOnlySpan<double> prior, Span<Neighbor> found,
        Span<double> scores, ref SearchCounts counts)
    {
        Debug.Assert(query.Length == _dimension && k >= 1 && ids.Length >= Rows, "the owner checks the request");
        int wanted = Math.Min(k, Living);
        if (selection.IsList)
        {
            wanted = Math.Min(wanted, selection.Count);
        }
        if (wanted == 0)
        {
            return 0;
        }
        int stride = _space is null ? 0 : _space.Stride;
        const int BoundCount = CodeSpace.Coordinates * CodeSpace.Cells;
        float* memory = stackalloc float[BoundCount + 2 * stride + 16];
        float* bounds = (float*)(((nuint)memory + 63) & ~(nuint)63);
        fixed (float* numbers = query)
        fixed (double* priors = prior)
        fixed (ulong* words = selection.Words)
        {
            TopRows top = new(found[..wanted], scores.IsEmpty ? default : scores[..wanted], ids);
            SearchRun run = new(this, numbers, weight, priors, (short*)(bounds + BoundCount), bounds + BoundCount + stride, bounds, top);
            if (selection.IsList)
            {
                run.ScanList(selection.Rows);
            }
            else
            {
                run.ScanWords(words, selection.IsAll ? -1 : selection.Words.Length);
            }
            counts.Scanned += run.Scanned;
            counts.Estimated += run.Estimated;
            counts.Reranked += run.Reranked;
            run.Top.Sort();
            return run.Top.Count;
        }
    }
}
