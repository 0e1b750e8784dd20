namespace RanCognition.Telemetry;

/// <summary>Times of measurement messages as text, exact to the nanosecond: ISO 8601 dates and durations as XML Schema has them, and decimal numbers of a unit.</summary>
/// <remarks>
/// A date without an offset is UTC; digits of a second beyond nine are cut. Days of the Gregorian calendar are counted in eras of 400 years from a year that begins with March
/// (H. Hinnant, "chrono-compatible low-level date algorithms").
/// </remarks>
internal ref struct MessageTime
{
    private const long DaySeconds = 86_400;
    private const ulong SecondNs = 1_000_000_000;
    private const double Beyond = 18446744073709551616.0;   // 2^64

    private ReadOnlySpan<byte> _rest;

    /// <summary>2020-01-01T00:00:00.5+01:00: nanoseconds since 1970; null when it is no such time, or before 1970, or beyond 2^64 ns.</summary>
    public static ulong? Moment(ReadOnlySpan<byte> text)
    {
        MessageTime time = new() { _rest = DecimalText.Trimmed(text) };
        if (!(time.Digits(4, out int year) && time.Skip('-') && time.Digits(2, out int month) && time.Skip('-') && time.Digits(2, out int day) && (time.Skip('T') || time.Skip('t') || time.Skip(' '))
            && time.Digits(2, out int hour) && time.Skip(':') && time.Digits(2, out int minute) && time.Skip(':') && time.Digits(2, out int second)))
        {
            return null;
        }
        uint fractionNs = 0;
        if (time.Skip('.') && !time.Fraction(out fractionNs))
        {
            return null;
        }
        bool isMidnight = hour == 24 && minute == 0 && second == 0 && fractionNs == 0;   // the end of that day
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || (hour > 23 && !isMidnight) || minute > 59 || second > 59
            || !time.Offset(out int offsetMinutes))
        {
            return null;
        }
        long seconds = Days(year, month, day) * DaySeconds + hour * 3600L + (minute - offsetMinutes) * 60L + second;
        UInt128 ns = seconds < 0 ? UInt128.MaxValue : (UInt128)(ulong)seconds * SecondNs + fractionNs;
        return ns > ulong.MaxValue ? null : (ulong)ns;
    }

    /// <summary>P1DT2H3M4.5S, PT900S: nanoseconds; null when it is no such duration, has years or months, whose length is not known, or is beyond 2^64 ns.</summary>
    /// <param name="text">The duration.</param>
    /// <param name="isNegative">It has a minus sign and is not 0.</param>
    public static ulong? Duration(ReadOnlySpan<byte> text, out bool isNegative)
    {
        MessageTime time = new() { _rest = DecimalText.Trimmed(text) };
        isNegative = time.Skip('-');
        if (!time.Skip('P'))
        {
            return null;
        }
        UInt128 ns = 0;
        int parts = 0;
        bool isTime = false;
        bool isTimePart = false;
        int last = -1;   // place of the unit before in the order of units
        while (!time._rest.IsEmpty)
        {
            if (!isTime && time.Skip('T'))
            {
                isTime = true;
                continue;
            }
            if (!time.Part(isTime, ref last, ref ns))
            {
                return null;
            }
            parts++;
            isTimePart |= isTime;
        }
        isNegative &= ns > 0;
        return parts == 0 || isTime != isTimePart || ns > ulong.MaxValue ? null : (ulong)ns;
    }

    /// <summary>The same for a start: one beyond 2^64 ns is the last moment that there is, and so behind every end.</summary>
    public static ulong? ScaledOrLast(ReadOnlySpan<byte> text, int digits) =>
        Scaled(text, digits) ?? (DecimalText.TryParse(DecimalText.Trimmed(text), out double value) && value > 0 ? ulong.MaxValue : null);

    /// <summary>A decimal number of some unit in nanoseconds, to the nearest; null when it is none, or below 0, or beyond 2^64 ns.</summary>
    /// <param name="text">The number, as written.</param>
    /// <param name="digits">Digits by which the unit is above a nanosecond: 9 for seconds.</param>
    public static ulong? Scaled(ReadOnlySpan<byte> text, int digits)
    {
        text = DecimalText.Trimmed(text);
        if (!DecimalText.TryParse(text, out double value) || value < 0)
        {
            return null;
        }
        UInt128 ns = 0;
        int decimals = -1;   // met after the point; minus one before it
        foreach (byte character in text)
        {
            if (character == '.')
            {
                decimals = 0;
            }
            else if (character is >= (byte)'0' and <= (byte)'9')
            {
                if (decimals >= digits)
                {
                    ns += decimals == digits && character >= '5' ? 1U : 0;
                    decimals++;
                    continue;
                }
                ns = ns * 10 + (uint)(character - '0');
                decimals += decimals < 0 ? 0 : 1;
                if (ns > ulong.MaxValue)
                {
                    return null;
                }
            }
            else if (character is not ((byte)'+' or (byte)'-'))
            {
                double scaled = Math.Round(value * Math.Pow(10, digits));   // an exponent: as a double
                return scaled < Beyond ? (ulong)scaled : null;
            }
        }
        for (int digit = Math.Max(decimals, 0); digit < digits && ns <= ulong.MaxValue; digit++)
        {
            ns *= 10;
        }
        return ns > ulong.MaxValue ? null : (ulong)ns;
    }

    /// <summary>One number and its unit; each unit at most once, from long to short.</summary>
    private bool Part(bool isTime, ref int last, ref UInt128 ns)
    {
        int length = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length <= 0)
        {
            return false;
        }
        UInt128 count = 0;
        for (int i = 0; i < length && count <= ulong.MaxValue; i++)
        {
            count = count * 10 + (uint)(_rest[i] - '0');
        }
        _rest = _rest[length..];
        uint fractionNs = 0;
        bool hasFraction = Skip('.');
        if (hasFraction && !Fraction(out fractionNs))
        {
            return false;
        }
        int unit = _rest.IsEmpty ? -1 : (isTime ? "HMS"u8 : "WD"u8).IndexOf(_rest[0]);
        if (unit < 0 || (hasFraction && !(isTime && unit == 2)) || (isTime ? unit + 2 : unit) <= last)
        {
            return false;
        }
        _rest = _rest[1..];
        last = isTime ? unit + 2 : unit;
        ulong seconds = last switch { 0 => 7 * (ulong)DaySeconds, 1 => (ulong)DaySeconds, 2 => 3600, 3 => 60, _ => 1 };
        ns += count > ulong.MaxValue ? UInt128.One << 64 : count * seconds * SecondNs + fractionNs;
        return true;
    }

    /// <summary>Nothing, Z, or +01:00, +0100, +01; minutes east of Greenwich.</summary>
    private bool Offset(out int minutes)
    {
        minutes = 0;
        if (_rest.IsEmpty || Skip('Z') || Skip('z'))
        {
            return _rest.IsEmpty;
        }
        int sign = Skip('+') ? 1 : Skip('-') ? -1 : 0;
        if (sign == 0 || !Digits(2, out int hours))
        {
            return false;
        }
        int rest = 0;
        if (!_rest.IsEmpty && !((Skip(':') || _rest.Length == 2) && Digits(2, out rest)))
        {
            return false;
        }
        minutes = sign * (hours * 60 + rest);
        return _rest.IsEmpty && hours < 24 && rest < 60;
    }

    private bool Digits(int count, out int value)
    {
        value = 0;
        if (_rest.Length < count)
        {
            return false;
        }
        foreach (byte character in _rest[..count])
        {
            if (character is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            value = value * 10 + (character - '0');
        }
        _rest = _rest[count..];
        return true;
    }

    /// <summary>Digits after the point of a second: at least one.</summary>
    private bool Fraction(out uint ns)
    {
        int count = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? _rest.Length : count;
        ns = 0;
        for (int i = 0; i < 9; i++)
        {
            ns = ns * 10 + (i < count ? (uint)(_rest[i] - '0') : 0);
        }
        _rest = _rest[count..];
        return count > 0;
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

    /// <summary>Days from 1970-01-01 on.</summary>
    private static long Days(int year, int month, int day)
    {
        long marchYear = month > 2 ? year : year - 1;
        long era = marchYear / 400;
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }
}
