using Microsoft.Win32.SafeHandles;
using RanCognition.Contracts;
using RanCognition.Memory.Storage;

namespace RanCognition.Modules;

/// <summary>The file of a record: lines are added at its end, each handed to the operating system before a call returns. They outlive the end of the process, not that of the machine.</summary>
internal sealed class RecordFile : IDisposable
{
    public const string Argument = "record_to";

    private static ReadOnlySpan<byte> Beginning => "{\"call\":\"create\","u8;

    private readonly StoreLock _lock;        // two would write over each other's lines; others may read
    private readonly SafeFileHandle _file;
    private ReadOnlyMemory<byte> _pending;   // lines that could not be written
    private long _end;

    private RecordFile(StoreLock fileLock, SafeFileHandle file)
    {
        _lock = fileLock;
        _file = file;
        _end = RandomAccess.GetLength(file);
        Span<byte> last = stackalloc byte[1];
        if (_end > 0 && RandomAccess.Read(file, last, _end - 1) == 1 && last[0] != (byte)'\n')
        {
            _pending = new[] { (byte)'\n' };   // what an end of the process cut off is a line of its own
        }
    }

    /// <summary>Lines follow those that are there.</summary>
    /// <exception cref="InvalidInputException">It cannot be written, is no regular file, or has something else; nothing has changed.</exception>
    /// <exception cref="BusyException">Somebody else records to it.</exception>
    public static RecordFile Open(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full) || (File.Exists(full) && FileKind.IsSpecial(full)))
            {
                InvalidInputException.Throw(Argument, "is not a regular file");
            }
            StoreLock fileLock = TakeLock(full);
            try
            {
                return OpenLocked(full, fileLock);
            }
            catch
            {
                fileLock.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(Argument, "the file cannot be opened for writing");
        }
    }

    /// <summary>Lines that could not be written when they were to be.</summary>
    public bool IsBehind => !_pending.IsEmpty;

    /// <summary>Adds what comes next, after what is behind. When it cannot, it is behind, and the file ends with a whole line.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public void Append(ReadOnlySpan<byte> line)
    {
        byte[] all = [.. _pending.Span, .. line];
        try
        {
            RandomAccess.Write(_file, all, _end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _pending = all;
            CutOff();
            throw new StorageException(Argument, "the file cannot be written");
        }
        _end += all.Length;
        _pending = default;
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    /// <summary>The refusal names this argument instead of a memory's.</summary>
    private static StoreLock TakeLock(string path)
    {
        try
        {
            return StoreLock.Take(path);
        }
        catch (BusyException error)
        {
            throw new BusyException(Argument, error.Message[(StorageFailure.Argument.Length + 2)..]);
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException(Argument, error.Message[(StorageFailure.Argument.Length + 2)..]);
        }
    }

    private static RecordFile OpenLocked(string path, StoreLock fileLock)
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            RequireRecord(file);
            return new RecordFile(fileLock, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Nothing yet, or a first line of ours, however early the end of a process cut it off.</summary>
    private static void RequireRecord(SafeFileHandle file)
    {
        Span<byte> read = stackalloc byte[Beginning.Length];
        ReadOnlySpan<byte> first = read[..RandomAccess.Read(file, read, 0)];
        int end = first.IndexOf((byte)'\n');
        if (!first.IsEmpty && (end == 0 || !Beginning.StartsWith(end < 0 ? first : first[..end])))
        {
            InvalidInputException.Throw(Argument, "the file has something else than a record");
        }
    }

    private void CutOff()
    {
        try
        {
            RandomAccess.SetLength(_file, _end);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next attempt writes over it.
        }
    }
}
