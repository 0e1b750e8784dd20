using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Memory.Filtering;

/// <summary>Hands over the documents of the ids that are there.</summary>
internal delegate void DocumentsOfIds(ReadOnlySpan<ulong> ids, DocumentReader read);

/// <summary>Finds the rows that pass a filter: by lists of the rows of each value, by places in time, and by scans of columns.</summary>
/// <remarks>Any number of readers, or one writer. A writer changes the table first, then tells the engine.</remarks>
internal sealed class FilterEngine
{
    private const int ListShare = 16;   // a list of fewer than one row in so many is tested row by row; more are tested as bits

    private readonly EpisodeTable _table;
    private readonly DocumentColumns _columns;
    private readonly DocumentTest _documents;
    private readonly TermCompiler _compiler;

    public FilterEngine(EpisodeTable table, IEpisodeCodec codec, Action<DocumentReader> readAllDocuments, DocumentsOfIds readDocuments)
    {
        _table = table;
        _columns = new DocumentColumns(table, codec, readAllDocuments);
        _documents = new DocumentTest(table, codec, readDocuments);
        _compiler = new TermCompiler(table, _columns);
    }

    /// <summary>Of the columns of document fields.</summary>
    public ulong Bytes => _columns.Bytes;

    /// <summary>Names every fault of a filter with its place.</summary>
    public static void Validate(EpisodeFilter filter) => FilterFields.Validate(filter);

    /// <summary>Whether one episode passes: what filters mean, and the way to ask of what an episode was before.</summary>
    /// <param name="filter">Valid.</param>
    /// <param name="id">Of the episode.</param>
    /// <param name="timeNs">Of the episode.</param>
    /// <param name="cell">Empty = none.</param>
    /// <param name="reward">NaN = unknown.</param>
    /// <param name="success">1, 0, or -1 = unknown.</param>
    /// <param name="field">Value of a field of its document; null = not there.</param>
    public static bool Matches(EpisodeFilter filter, ulong id, ulong timeNs, string cell, double reward, int success, Func<string, MetadataValue?> field)
    {
        foreach (FilterTerm term in filter.Terms)
        {
            MetadataValue? value = term.Field switch
            {
                FilterFields.Id => NumberOrder.Of(id),
                FilterFields.Time => NumberOrder.Of(timeNs),
                FilterFields.Cell => FilterFields.OfCell(cell),
                FilterFields.Reward => FilterFields.OfReward(reward),
                FilterFields.Success => FilterFields.OfSuccess(success),
                _ => FilterFields.Present(term.Field, field(term.Field)),
            };
            if (!FilterValues.Holds(term.Operator, value, term.Values))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The living rows that pass. The first filter that names a field of the documents reads them all; readers that name it meanwhile wait.</summary>
    /// <param name="filter">Refused when it is not valid.</param>
    /// <param name="asOfNs">Only rows whose time is not after it.</param>
    public SelectedRows Select(EpisodeFilter filter, ulong? asOfNs)
    {
        Validate(filter);
        List<RowTest> tests = new(filter.Terms.Count + 1);
        List<FilterTerm>? unkept = null;
        if (asOfNs is ulong last && last < _table.NewestTimeNs)
        {
            tests.Add(_compiler.NotAfter(last));
        }
        for (int i = 0; i < filter.Terms.Count; i++)
        {
            if (!_compiler.TryCompile(filter.Terms[i], out RowTest? test))
            {
                (unkept ??= []).Add(filter.Terms[i]);
            }
            else if (test is not null)
            {
                Add(tests, test);
            }
        }
        SelectedRows selected = Select(tests);
        return unkept is null ? selected : _documents.Keep(unkept, selected);
    }

    /// <summary>The row was added to the table.</summary>
    public void Added(int row, ReadOnlySpan<byte> document) => _columns.Set(row, document);

    /// <summary>The row's document is another.</summary>
    public void Changed(int row, ReadOnlySpan<byte> document) => _columns.Set(row, document);

    /// <summary>The row was removed from the table.</summary>
    public void Removed(int row) => _columns.Remove(row);

    /// <summary>Row i is what row kept[i] was.</summary>
    public void Compacted(ReadOnlySpan<int> kept) => _columns.Compact(kept);

    /// <summary>A window from here to there is named by two conditions as a rule, and each alone may be wide.</summary>
    private static void Add(List<RowTest> tests, RowTest test)
    {
        for (int i = 0; i < tests.Count; i++)
        {
            if (test is RowRangeTest range && tests[i] is RowRangeTest other && range.Within(other) is { } both)
            {
                tests[i] = both;
                return;
            }
        }
        tests.Add(test);
    }

    private SelectedRows Select(List<RowTest> tests)
    {
        if (tests.Count == 0)
        {
            return SelectedRows.All(_table);
        }
        int least = 0;
        for (int i = 1; i < tests.Count; i++)
        {
            least = tests[i].Most < tests[least].Most || (tests[i].Most == tests[least].Most && !tests[least].IsListed) ? i : least;
        }
        (tests[0], tests[least]) = (tests[least], tests[0]);
        bool isShort = tests[0].Most <= _table.Rows / ListShare;
        return isShort && tests[0].IsListed ? SelectFromList(tests) : SelectFromBits(tests, isShort);
    }

    private SelectedRows SelectFromList(List<RowTest> tests)
    {
        RowTest first = tests[0];
        if (tests.Count == 1 && !first.NeedsBuffer)
        {
            return SelectedRows.Ready(_table, first);
        }
        int[] buffer = ArrayPool<int>.Shared.Rent(first.Most);
        ReadOnlySpan<int> rows = first.List(buffer);
        for (int i = 1; i < tests.Count; i++)
        {
            rows = buffer.AsSpan(0, tests[i].Keep(rows, buffer));
        }
        return SelectedRows.OfRented(_table, buffer, rows.Length);
    }

    private SelectedRows SelectFromBits(List<RowTest> tests, bool isShort)
    {
        int wordCount = _table.WordCount;
        ulong[] buffer = ArrayPool<ulong>.Shared.Rent(wordCount);
        Span<ulong> words = buffer.AsSpan(0, wordCount);
        tests[0].Fill(words, _table.AliveWords);
        int next = 1;
        if (!isShort)
        {
            for (; next < tests.Count; next++)
            {
                tests[next].Restrict(words);
            }
        }
        int count = RowBits.Count(words);
        if (count > _table.Rows / ListShare)
        {
            return SelectedRows.OfRented(_table, buffer, wordCount, count);
        }
        int[] rows = ArrayPool<int>.Shared.Rent(count);
        RowBits.List(words, rows);
        ArrayPool<ulong>.Shared.Return(buffer);
        for (; next < tests.Count; next++)
        {
            count = tests[next].Keep(rows.AsSpan(0, count), rows);
        }
        return SelectedRows.OfRented(_table, rows, count);
    }
}
