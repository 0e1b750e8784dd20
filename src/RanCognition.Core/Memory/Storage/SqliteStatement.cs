using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace RanCognition.Memory.Storage;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as SQLite's do.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private const int TextBytesOnStack = 512;

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(handle, parameter, value));

    public void Bind(int parameter, ulong value) => Bind(parameter, (long)value);

    /// <summary>NaN becomes NULL.</summary>
    public void Bind(int parameter, double value) => Check(raw.sqlite3_bind_double(handle, parameter, value));

    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(handle, parameter));

    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(handle, parameter, utf8));

    public void BindText(int parameter, string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= TextBytesOnStack ? stackalloc byte[TextBytesOnStack] : new byte[most];
        BindText(parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    public void BindBlob(int parameter, ReadOnlySpan<byte> bytes) => Check(raw.sqlite3_bind_blob(handle, parameter, bytes));

    /// <summary>NULL when there are none.</summary>
    public void BindFloats(int parameter, ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            BindNull(parameter);
            return;
        }
        BindBlob(parameter, MemoryMarshal.AsBytes(values));
    }

    /// <summary>True: there is a row. False: it has run to its end, and can be bound anew.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }
        _ = raw.sqlite3_reset(handle);
        if (code != raw.SQLITE_DONE)
        {
            database.Fail(code, "step");
        }
        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    public void Reset() => _ = raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public ulong UInt64(int column) => (ulong)Int64(column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    /// <summary>NULL becomes NaN.</summary>
    public double Double(int column) => IsNull(column) ? double.NaN : raw.sqlite3_column_double(handle, column);

    /// <summary>Bytes of a blob or of a text, good until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public ReadOnlySpan<float> Floats(int column) => MemoryMarshal.Cast<byte, float>(Bytes(column));

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            database.Fail(code, "bind");
        }
    }
}
