using System.Buffers.Binary;
using System.Text;

namespace RanCognition.Cognition.Journal;

/// <summary>Series of one network as a block of bytes; README.md beside this file has the layout.</summary>
internal sealed class HistoryBlockWriter
{
    public const byte Version = 1;
    public const byte SameTimes = 1;
    public const byte WholeValues = 2;

    /// <summary>Whole numbers up to here are doubles, and their differences fit.</summary>
    public const long WholeMax = 1L << 53;

    private byte[] _bytes = new byte[4096];
    private byte[] _name = [];
    private ulong[] _times = [];

    public HistoryBlockWriter() => Clear();

    public int Length { get; private set; }

    public bool IsEmpty => Length == 1;

    /// <param name="name">Of the metric.</param>
    /// <param name="times">Ns, never decreasing; one at least.</param>
    /// <param name="values">Finite, as many.</param>
    public void Add(string name, ReadOnlySpan<ulong> times, ReadOnlySpan<double> values)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        int shared = bytes.AsSpan().CommonPrefixLength(_name);
        bool sameTimes = times.SequenceEqual(_times);
        bool areWhole = AreWhole(values);
        EnsureRoom(bytes.Length + 64 + 10 * (sameTimes ? 0 : times.Length) + (areWhole ? 10 : sizeof(double)) * values.Length);
        PutNumber((ulong)shared);
        PutNumber((ulong)(bytes.Length - shared));
        bytes.AsSpan(shared).CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length - shared;
        PutNumber((ulong)times.Length);
        _bytes[Length++] = (byte)((sameTimes ? SameTimes : 0) | (areWhole ? WholeValues : 0));
        if (!sameTimes)
        {
            PutTimes(times);
            _times = times.ToArray();
        }
        PutValues(values, areWhole);
        _name = bytes;
    }

    /// <summary>The block; the writer is empty then.</summary>
    public byte[] Take()
    {
        byte[] block = _bytes.AsSpan(0, Length).ToArray();
        Clear();
        return block;
    }

    private void Clear()
    {
        _bytes[0] = Version;
        Length = 1;
        _name = [];
        _times = [];
    }

    private void PutTimes(ReadOnlySpan<ulong> times)
    {
        PutNumber(times[0]);
        ulong distance = 0;
        for (int i = 1; i < times.Length; i++)
        {
            ulong next = times[i] - times[i - 1];
            PutSigned((long)(next - distance));   // around zero where periods are regular
            distance = next;
        }
    }

    private void PutValues(ReadOnlySpan<double> values, bool areWhole)
    {
        long previous = 0;
        foreach (double value in values)
        {
            if (areWhole)
            {
                PutSigned((long)value - previous);
                previous = (long)value;
                continue;
            }
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.AsSpan(Length), value);
            Length += sizeof(double);
        }
    }

    /// <summary>Counters mostly are. Minus zero is not: it would come back as zero.</summary>
    private static bool AreWhole(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!(Math.Abs(value) <= WholeMax) || BitConverter.DoubleToInt64Bits((long)value) != BitConverter.DoubleToInt64Bits(value))
            {
                return false;
            }
        }
        return true;
    }

    private void PutSigned(long value) => PutNumber((ulong)(value << 1 ^ value >> 63));

    private void PutNumber(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[Length++] = (byte)(value | 0x80);
        }
        _bytes[Length++] = (byte)value;
    }

    private void EnsureRoom(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(Length + more, 2 * _bytes.Length));
        }
    }
}
