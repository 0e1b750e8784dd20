using System.Buffers;
using System.Text;

namespace RanCognition.Interop;

/// <summary>Rows as the library takes them. Vectors and documents stay where they are and are pinned until this is disposed of; names of cells are copied.</summary>
internal sealed unsafe class EpisodeEntries : IDisposable
{
    private readonly RancogEpisode[] _entries;
    private readonly byte[] _cells;
    private readonly List<MemoryHandle> _pins = [];

    public EpisodeEntries(ReadOnlySpan<EpisodeRow> rows)
    {
        _entries = new RancogEpisode[rows.Length];
        _cells = new byte[CellBytes(rows)];
        try
        {
            Fill(rows);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<RancogEpisode> Entries => _entries;

    public void Dispose()
    {
        foreach (MemoryHandle pin in _pins)
        {
            pin.Dispose();
        }
        _pins.Clear();
    }

    /// <summary>Rows that follow each other often have the same cell: it is written once for them.</summary>
    private static int CellBytes(ReadOnlySpan<EpisodeRow> rows)
    {
        int bytes = 0;
        string? previous = null;
        foreach (ref readonly EpisodeRow row in rows)
        {
            if (row.Cell is { } cell && cell != previous)
            {
                bytes = checked(bytes + Encoding.UTF8.GetByteCount(cell));
                previous = cell;
            }
        }
        return bytes;
    }

    private void Fill(ReadOnlySpan<EpisodeRow> rows)
    {
        byte* cells = (byte*)Pin<byte>(_cells);
        int start = 0;
        int length = 0;
        string? previous = null;
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly EpisodeRow row = ref rows[i];
            if (row.Cell is { } cell && cell != previous)
            {
                start += length;
                length = Encoding.UTF8.GetBytes(cell, _cells.AsSpan(start));
                previous = cell;
            }
            bool hasCell = !string.IsNullOrEmpty(row.Cell);
            _entries[i] = new RancogEpisode
            {
                StructSize = (uint)sizeof(RancogEpisode),
                Id = row.Id,
                TimeNs = row.TimeNs,
                Cell = hasCell ? cells + start : null,
                CellLength = hasCell ? (nuint)length : 0,
                Vector = (float*)Pin(row.Vector),
                Dimension = (nuint)row.Vector.Length,
                Reward = row.Reward ?? double.NaN,
                Success = row.Success is { } success ? success ? 1 : 0 : -1,
                Document = (byte*)Pin(row.Document),
                DocumentLength = (nuint)row.Document.Length,
            };
        }
    }

    private void* Pin<T>(ReadOnlyMemory<T> memory)
    {
        if (memory.IsEmpty)
        {
            return null;
        }
        MemoryHandle pin = memory.Pin();
        _pins.Add(pin);
        return pin.Pointer;
    }
}
