using RanCognition.Contracts;

namespace RanCognition.Modules;

/// <summary>Reads a record line by line, however long the file is.</summary>
internal sealed class RecordLines : IDisposable
{
    private const string Argument = "path";
    private const int FirstRoom = 1 << 16;

    private readonly FileStream _file;
    private readonly int _lineBytesMax;
    private byte[] _room = new byte[FirstRoom];
    private int _start;      // of what has been read and not given
    private int _filled;
    private bool _atEnd;

    /// <exception cref="InvalidInputException">It cannot be opened.</exception>
    public RecordLines(string path, int lineBytesMax)
    {
        _lineBytesMax = lineBytesMax;
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(Argument, "the file cannot be opened for reading");
        }
    }

    /// <summary>Lines that were given.</summary>
    public ulong Number { get; private set; }

    /// <summary>Share of the file that has been given, 0..1.</summary>
    public double Fraction => _file.CanSeek && _file.Length > 0 ? Math.Clamp((double)(_file.Position - (_filled - _start)) / _file.Length, 0, 1) : 0;

    /// <summary>The next line without its end, good until the next call; false at the end.</summary>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        int looked = 0;
        while (true)
        {
            int end = _room.AsSpan(_start + looked, _filled - _start - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _room.AsSpan(_start, looked + end);
                _start += looked + end + 1;
                Number++;
                return true;
            }
            looked = _filled - _start;
            if (_atEnd)
            {
                line = _room.AsSpan(_start, looked);
                _start = _filled;
                Number += looked > 0 ? 1UL : 0;
                return looked > 0;
            }
            if (looked > _lineBytesMax)
            {
                throw new LimitExceededException(Argument, $"line {Number + 1} has more than {_lineBytesMax} bytes");
            }
            Fill();
        }
    }

    public void Dispose() => _file.Dispose();

    private void Fill()
    {
        if (_start > 0)
        {
            _room.AsSpan(_start, _filled - _start).CopyTo(_room);
            _filled -= _start;
            _start = 0;
        }
        if (_filled == _room.Length)
        {
            Array.Resize(ref _room, 2 * _room.Length);
        }
        try
        {
            int read = _file.Read(_room, _filled, _room.Length - _filled);
            _filled += read;
            _atEnd = read == 0;
        }
        catch (IOException)
        {
            throw new StorageException(Argument, "the file cannot be read");
        }
    }
}
