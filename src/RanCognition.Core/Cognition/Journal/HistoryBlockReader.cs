using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Journal;

/// <summary>Reads the series of a block. Takes any bytes: what no writer has made is told, and nothing is allocated that the bytes do not bear out.</summary>
internal ref struct HistoryBlockReader
{
    private readonly ReadOnlySpan<byte> _block;
    private byte[] _name = [];
    private int _at;

    public HistoryBlockReader(ReadOnlySpan<byte> block)
    {
        _block = block;
        IsSound = block.Length > 0 && block[0] == HistoryBlockWriter.Version;
        _at = 1;
    }

    /// <summary>False once something cannot be read.</summary>
    public bool IsSound { get; private set; }

    public string Metric { get; private set; } = "";

    /// <summary>Ns, never decreasing.</summary>
    public ulong[] Times { get; private set; } = [];

    /// <summary>Finite.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>Steps to the next series; false at the end, and where <see cref="IsSound"/> becomes false.</summary>
    public bool Next()
    {
        if (!IsSound || _at == _block.Length)
        {
            return false;
        }
        IsSound = ReadName() && ReadSamples();
        return IsSound;
    }

    private bool ReadName()
    {
        if (!TryNumber(out ulong shared) || !TryNumber(out ulong length) || shared > (ulong)_name.Length || length > TemporalLimits.NameBytesMax - shared || length > (ulong)(_block.Length - _at))
        {
            return false;
        }
        byte[] name = new byte[(int)(shared + length)];
        _name.AsSpan(0, (int)shared).CopyTo(name);
        _block.Slice(_at, (int)length).CopyTo(name.AsSpan((int)shared));
        _at += (int)length;
        _name = name;
        if (!Utf8.IsValid(name))
        {
            return false;
        }
        Metric = Encoding.UTF8.GetString(name);
        return true;
    }

    private bool ReadSamples()
    {
        if (!TryNumber(out ulong count) || count is 0 or > TemporalLimits.SeriesSamplesMax || _at == _block.Length)
        {
            return false;
        }
        byte kind = _block[_at++];
        if (kind > (HistoryBlockWriter.SameTimes | HistoryBlockWriter.WholeValues) || count > (ulong)(_block.Length - _at))
        {
            return false;
        }
        bool areTimes = (kind & HistoryBlockWriter.SameTimes) != 0 ? Times.Length == (int)count : ReadTimes((int)count);
        return areTimes && ReadValues((int)count, (kind & HistoryBlockWriter.WholeValues) != 0);
    }

    private bool ReadTimes(int count)
    {
        ulong[] times = new ulong[count];
        if (!TryNumber(out times[0]))
        {
            return false;
        }
        ulong distance = 0;
        for (int i = 1; i < count; i++)
        {
            if (!TryNumber(out ulong change))
            {
                return false;
            }
            distance += (ulong)Signed(change);
            times[i] = times[i - 1] + distance;
            if (times[i] < times[i - 1])
            {
                return false;
            }
        }
        Times = times;
        return true;
    }

    private bool ReadValues(int count, bool areWhole)
    {
        if (!areWhole && (_block.Length - _at) / sizeof(double) < count)
        {
            return false;
        }
        double[] values = new double[count];
        long whole = 0;
        for (int i = 0; i < count; i++)
        {
            if (areWhole)
            {
                if (!TryNumber(out ulong change))
                {
                    return false;
                }
                whole += Signed(change);
                if (whole is > HistoryBlockWriter.WholeMax or < -HistoryBlockWriter.WholeMax)
                {
                    return false;
                }
                values[i] = whole;
                continue;
            }
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(_block[_at..]);
            _at += sizeof(double);
            if (!double.IsFinite(values[i]))
            {
                return false;
            }
        }
        Values = values;
        return true;
    }

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private bool TryNumber(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && _at < _block.Length; shift += 7)
        {
            byte part = _block[_at++];
            if (shift == 63 && part > 1)
            {
                return false;
            }
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }
        return false;
    }
}
