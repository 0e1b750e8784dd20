using System.Runtime.InteropServices;
using System.Text;

namespace RanCognition.Memory.Storage;

/// <summary>A page as it lies in the file: many rows, each member packed. Good until the statement that gave it steps on.</summary>
/// <remarks>
/// columns = times u64.. | rewards f64.. | cells i32.. | success i8.. | has a vector u8..; vectors and situations have a place for each row. Ids that follow each other are not written;
/// else sparse_ids has ";" and 19 digits for each, so that SQL can find a row's place.
/// </remarks>
internal readonly ref struct StoredPage
{
    /// <summary>In the order in which <see cref="Read"/> takes them.</summary>
    public const string SelectedColumns = "first_id, last_id, rows, dimension, positions, checksum, sparse_ids, columns, vectors, situations";

    public const int SparseIdBytes = 20;
    private const int ColumnBytesPerRow = 8 + 8 + 4 + 1 + 1;

    private readonly ReadOnlySpan<byte> _columns;
    private readonly ReadOnlySpan<byte> _sparseIds;

    private StoredPage(SqliteStatement row)
    {
        FirstId = row.UInt64(0);
        LastId = row.UInt64(1);
        Rows = row.Int32(2);
        Dimension = row.Int32(3);
        Positions = row.Int32(4);
        _sparseIds = row.Bytes(6);
        _columns = row.Bytes(7);
        Vectors = row.Floats(8);
        Situations = row.Floats(9);
    }

    public ulong FirstId { get; }

    public ulong LastId { get; }

    public int Rows { get; }

    public int Dimension { get; }

    public int Positions { get; }

    public ReadOnlySpan<float> Vectors { get; }

    public ReadOnlySpan<float> Situations { get; }

    public ReadOnlySpan<ulong> Times => MemoryMarshal.Cast<byte, ulong>(_columns[..(8 * Rows)]);

    public ReadOnlySpan<double> Rewards => MemoryMarshal.Cast<byte, double>(_columns.Slice(8 * Rows, 8 * Rows));

    public ReadOnlySpan<uint> Cells => MemoryMarshal.Cast<byte, uint>(_columns.Slice(16 * Rows, 4 * Rows));

    public ReadOnlySpan<sbyte> Success => MemoryMarshal.Cast<byte, sbyte>(_columns.Slice(20 * Rows, Rows));

    public ReadOnlySpan<byte> HasVector => _columns.Slice(21 * Rows, Rows);

    /// <summary>The page of the statement's row, checked.</summary>
    public static StoredPage Read(SqliteStatement row)
    {
        var page = new StoredPage(row);
        if (!page.HasItsSizes() || row.UInt64(5) != page.Checksum())
        {
            throw StorageFailure.Damaged($"page of the episodes from {page.FirstId} on");
        }
        return page;
    }

    public ulong Id(int row) => _sparseIds.IsEmpty ? FirstId + (ulong)row : ParseId(_sparseIds.Slice(row * SparseIdBytes + 1, SparseIdBytes - 1));

    public void CopyIds(Span<ulong> ids)
    {
        for (int row = 0; row < Rows; row++)
        {
            ids[row] = Id(row);
        }
    }

    public ReadOnlySpan<float> Vector(int row) => HasVector[row] == 0 ? default : Vectors.Slice(row * Dimension, Dimension);

    public ReadOnlySpan<float> Situation(int row) => Situations.Slice(row * Positions, Positions);

    /// <summary>Place of an episode in the page; -1 when it is not there.</summary>
    public int Find(ulong id)
    {
        int low = 0;
        int high = Rows - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            ulong found = Id(middle);
            if (found == id)
            {
                return middle;
            }
            (low, high) = found < id ? (middle + 1, high) : (low, middle - 1);
        }
        return -1;
    }

    /// <summary>Binds the parameters 1.. of an INSERT of <see cref="SelectedColumns"/> to the rows, from one on.</summary>
    public static void Bind(SqliteStatement insert, EpisodeColumns rows, int from, int count)
    {
        ReadOnlySpan<ulong> ids = rows.Ids.Slice(from, count);
        bool sparse = ids[^1] - ids[0] != (ulong)(count - 1);
        byte[] columns = Pack(rows, from, count);
        byte[] sparseIds = sparse ? PackIds(ids) : [];
        int dimension = rows.AnyVector ? rows.Dimension : 0;
        ReadOnlySpan<byte> vectors = MemoryMarshal.AsBytes(dimension == 0 ? default : rows.Vectors.Slice(from * dimension, count * dimension));
        ReadOnlySpan<byte> situations = MemoryMarshal.AsBytes(rows.Situations.Slice(from * rows.Positions, count * rows.Positions));
        insert.Bind(1, ids[0]);
        insert.Bind(2, ids[^1]);
        insert.Bind(3, (long)count);
        insert.Bind(4, (long)dimension);
        insert.Bind(5, (long)rows.Positions);
        insert.Bind(6, Checksum(ids[0], ids[^1], count, dimension, rows.Positions, sparseIds, columns, vectors, situations));
        BindOrNull(insert, 7, sparseIds, isText: true);
        insert.BindBlob(8, columns);
        BindOrNull(insert, 9, vectors, isText: false);
        BindOrNull(insert, 10, situations, isText: false);
    }

    private static void BindOrNull(SqliteStatement insert, int parameter, ReadOnlySpan<byte> bytes, bool isText)
    {
        if (bytes.IsEmpty)
        {
            insert.BindNull(parameter);
        }
        else if (isText)
        {
            insert.BindText(parameter, bytes);
        }
        else
        {
            insert.BindBlob(parameter, bytes);
        }
    }

    private static byte[] Pack(EpisodeColumns rows, int from, int count)
    {
        var columns = new byte[ColumnBytesPerRow * count];
        Span<byte> rest = columns;
        rest = Put(rest, MemoryMarshal.AsBytes(rows.Times.Slice(from, count)));
        rest = Put(rest, MemoryMarshal.AsBytes(rows.Rewards.Slice(from, count)));
        rest = Put(rest, MemoryMarshal.AsBytes(rows.Cells.Slice(from, count)));
        rest = Put(rest, MemoryMarshal.AsBytes(rows.Success.Slice(from, count)));
        Put(rest, rows.HasVector.Slice(from, count));
        return columns;
    }

    private static Span<byte> Put(Span<byte> room, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room);
        return room[bytes.Length..];
    }

    private static byte[] PackIds(ReadOnlySpan<ulong> ids)
    {
        var text = new StringBuilder(ids.Length * SparseIdBytes);
        foreach (ulong id in ids)
        {
            text.Append(';').Append(id.ToString("D19", System.Globalization.CultureInfo.InvariantCulture));
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static ulong ParseId(ReadOnlySpan<byte> digits)
    {
        ulong id = 0;
        foreach (byte digit in digits)
        {
            id = 10 * id + (uint)(digit - '0');
        }
        return id;
    }

    private bool HasItsSizes() =>
        Rows > 0 && Dimension is >= 0 and <= ushort.MaxValue && Positions is >= 0 and <= ushort.MaxValue
        && _columns.Length == (long)ColumnBytesPerRow * Rows && Vectors.Length == (long)Dimension * Rows && Situations.Length == (long)Positions * Rows
        && (_sparseIds.IsEmpty || _sparseIds.Length == (long)SparseIdBytes * Rows);

    private ulong Checksum() =>
        Checksum(FirstId, LastId, Rows, Dimension, Positions, _sparseIds, _columns, MemoryMarshal.AsBytes(Vectors), MemoryMarshal.AsBytes(Situations));

    private static ulong Checksum(ulong firstId, ulong lastId, int rows, int dimension, int positions,
        ReadOnlySpan<byte> sparseIds, ReadOnlySpan<byte> columns, ReadOnlySpan<byte> vectors, ReadOnlySpan<byte> situations)
    {
        ReadOnlySpan<ulong> header = [firstId, lastId, (ulong)rows, (ulong)dimension, (ulong)positions];
        ulong hash = Checksum64.Of(sparseIds, Checksum64.Of(MemoryMarshal.AsBytes(header), 0));
        return Checksum64.Of(situations, Checksum64.Of(vectors, Checksum64.Of(columns, hash)));
    }
}
