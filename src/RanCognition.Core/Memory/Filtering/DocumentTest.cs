using System.Buffers;
using RanCognition.Contracts;

namespace RanCognition.Memory.Filtering;

/// <summary>Asks the documents themselves, where a field is not worth a column (free text). Only of the rows that pass everything else.</summary>
internal sealed class DocumentTest
{
    private readonly EpisodeTable _table;
    private readonly IEpisodeCodec _codec;
    private readonly DocumentsOfIds _readDocuments;

    public DocumentTest(EpisodeTable table, IEpisodeCodec codec, DocumentsOfIds readDocuments)
    {
        _table = table;
        _codec = codec;
        _readDocuments = readDocuments;
    }

    /// <summary>Those of the rows whose document satisfies all conditions; takes the candidates over. A row without a document is just being removed, and left out.</summary>
    public SelectedRows Keep(List<FilterTerm> terms, SelectedRows candidates)
    {
        int wordCount = _table.WordCount;
        ulong[] words = ArrayPool<ulong>.Shared.Rent(wordCount);
        words.AsSpan(0, wordCount).Clear();
        using (candidates)
        {
            int[] rows = candidates.ToArray();
            ulong[] ids = Array.ConvertAll(rows, row => _table.Ids[row]);
            _readDocuments(ids, (id, document) =>
            {
                if (_table.RowOf(id) is var row && row >= 0 && Holds(terms, document))
                {
                    words[row / RowBits.WordBits] |= 1UL << (row % RowBits.WordBits);
                }
            });
        }
        return SelectedRows.OfRented(_table, words, wordCount, RowBits.Count(words.AsSpan(0, wordCount)));
    }

    private bool Holds(List<FilterTerm> terms, ReadOnlySpan<byte> document)
    {
        foreach (FilterTerm term in terms)
        {
            if (!FilterValues.Holds(term.Operator, FilterFields.Present(term.Field, _codec.Field(document, term.Field)), term.Values))
            {
                return false;
            }
        }
        return true;
    }
}
