using System.Text;

namespace RanCognition.Json;

/// <summary>Times of control messages as text, exact to the nanosecond.</summary>
/// <remarks>
/// Dates as C's asctime writes them, with a fraction of the second: <c>Wed Jan 01 00:00:00.000 2020</c>, always UTC, names in English; and ISO 8601: <c>2020-01-01T00:00:00.000Z</c>,
/// with an offset (<c>+01:00</c>), or without one, which is UTC. Days of the Gregorian calendar are counted in eras of 400 years from a year that begins with March, so that the leap day
/// ends it (H. Hinnant, "chrono-compatible low-level date algorithms").
/// </remarks>
internal ref struct CommandTime
{
    private const long DaySeconds = 86_400;
    private const ulong SecondNs = 1_000_000_000;
    private const ulong MillisecondNs = 1_000_000;
    private const int ShownMax = 100;

    private ReadOnlySpan<byte> _rest;
    private int _month;
    private int _day;
    private int _hour;
    private int _minute;
    private int _second;
    private int _year;
    private uint _fractionNs;

    /// <summary>Nanoseconds since 1970; fault says why there are none.</summary>
    public static ulong Moment(ReadOnlySpan<byte> text, out string? fault)
    {
        CommandTime time = new() { _rest = text };
        int offsetMinutes = 0;
        bool isDate = !text.IsEmpty && text[0] is >= (byte)'0' and <= (byte)'9' ? time.Iso(out offsetMinutes) : time.Messages();
        if (!isDate || time.HasNoSuchDay())
        {
            fault = $"'{Shown(text)}' is no time such as 'Wed Jan 01 00:00:00.000 2020' or '2020-01-01T00:00:00.000Z'";
            return 0;
        }
        long seconds = Days(time._year, time._month, time._day) * DaySeconds + time._hour * 3600 + (time._minute - offsetMinutes) * 60 + time._second;
        UInt128 ns = seconds < 0 ? 0 : (UInt128)(ulong)seconds * SecondNs + time._fractionNs;
        fault = seconds < 0 ? $"'{Shown(text)}' is before 1970" : ns > ulong.MaxValue ? $"'{Shown(text)}' is beyond 2^64 ns" : null;
        return fault is null ? (ulong)ns : 0;
    }

    /// <summary>Nanoseconds of a decimal number of milliseconds, to the nearest; fault says why there are none.</summary>
    public static ulong Milliseconds(ReadOnlySpan<byte> text, out string? fault)
    {
        ReadOnlySpan<byte> number = text.StartsWith("-"u8) ? text[1..] : text;
        int point = number.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? number : number[..point];
        ReadOnlySpan<byte> decimals = point < 0 ? [] : number[(point + 1)..];
        bool isNumber = whole.Length > 0 && (point < 0 || decimals.Length > 0) && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        fault = !isNumber ? $"'{Shown(text)}' is no number of milliseconds" : number.Length < text.Length ? $"'{Shown(text)}' is below 0" : null;
        if (fault is not null)
        {
            return 0;
        }
        UInt128 ns = 0;
        for (int i = 0; i < whole.Length && ns <= ulong.MaxValue; i++)
        {
            ns = ns * 10 + (ulong)(whole[i] - '0') * MillisecondNs;
        }
        ulong unit = MillisecondNs / 10;
        for (int i = 0; i < decimals.Length && unit > 0; i++, unit /= 10)
        {
            ns += (ulong)(decimals[i] - '0') * unit;
        }
        if (decimals.Length > 6 && decimals[6] >= '5')
        {
            ns++;
        }
        fault = ns > ulong.MaxValue ? $"'{Shown(text)}' milliseconds are beyond 2^64 ns" : null;
        return fault is null ? (ulong)ns : 0;
    }

    /// <summary>Wed Jan 01 00:00:00.000 2020; blanks may be several. The day of the week is not compared with the date.</summary>
    private bool Messages() =>
        Name("SunMonTueWedThuFriSat"u8, out _) && Blanks() && Name("JanFebMarAprMayJunJulAugSepOctNovDec"u8, out _month) && Blanks() && Number(1, 2, out _day) && Blanks()
        && Clock() && Blanks() && Number(4, 4, out _year) && _rest.IsEmpty;

    /// <summary>2020-01-01T00:00:00.000+01:00.</summary>
    private bool Iso(out int offsetMinutes)
    {
        offsetMinutes = 0;
        if (!(Number(4, 4, out _year) && Skip('-') && Number(2, 2, out _month) && Skip('-') && Number(2, 2, out _day) && (Skip('T') || Skip('t') || Skip(' ')) && Clock()))
        {
            return false;
        }
        if (_rest.IsEmpty || Skip('Z') || Skip('z'))
        {
            return _rest.IsEmpty;
        }
        int sign = Skip('+') ? 1 : Skip('-') ? -1 : 0;
        if (sign == 0 || !Number(2, 2, out int hours) || !(Skip(':') || _rest.Length == 2) || !Number(2, 2, out int minutes))
        {
            return false;
        }
        offsetMinutes = sign * (hours * 60 + minutes);
        return _rest.IsEmpty && hours < 24 && minutes < 60;
    }

    /// <summary>00:00:00, and a fraction of 1 to 9 digits or none.</summary>
    private bool Clock()
    {
        if (!(Number(2, 2, out _hour) && Skip(':') && Number(2, 2, out _minute) && Skip(':') && Number(2, 2, out _second)))
        {
            return false;
        }
        if (!Skip('.'))
        {
            return true;
        }
        int length = _rest.Length;
        if (!Number(1, 9, out int fraction))
        {
            return false;
        }
        _fractionNs = (uint)fraction;
        for (int digits = length - _rest.Length; digits < 9; digits++)
        {
            _fractionNs *= 10;
        }
        return true;
    }

    /// <summary>Digits, as many as there are up to a bound; another digit behind them is a fault of what follows.</summary>
    private bool Number(int fewest, int most, out int value)
    {
        value = 0;
        int count = 0;
        while (count < most && count < _rest.Length && _rest[count] is >= (byte)'0' and <= (byte)'9')
        {
            value = value * 10 + (_rest[count++] - '0');
        }
        _rest = _rest[count..];
        return count >= fewest;
    }

    /// <summary>One of some names of three letters, in any case; counted from 1.</summary>
    private bool Name(ReadOnlySpan<byte> names, out int which)
    {
        for (which = 1; names.Length >= 3; which++, names = names[3..])
        {
            if (_rest.Length >= 3 && Ascii.EqualsIgnoreCase(_rest[..3], names[..3]))
            {
                _rest = _rest[3..];
                return true;
            }
        }
        return false;
    }

    private bool Skip(char character)
    {
        bool isThere = !_rest.IsEmpty && _rest[0] == character;
        if (isThere)
        {
            _rest = _rest[1..];
        }
        return isThere;
    }

    private bool Blanks()
    {
        int length = _rest.Length;
        _rest = _rest.TrimStart((byte)' ');
        return _rest.Length < length;
    }

    private readonly bool HasNoSuchDay() =>
        _year == 0 || _month is < 1 or > 12 || _day < 1 || _day > DateTime.DaysInMonth(_year, _month) || _hour > 23 || _minute > 59 || _second > 59;

    /// <summary>Days from 1970-01-01 on.</summary>
    private static long Days(int year, int month, int day)
    {
        long marchYear = month > 2 ? year : year - 1;
        long era = marchYear / 400;
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static string Shown(ReadOnlySpan<byte> text) => text.Length <= ShownMax ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..ShownMax]) + "…";
}
