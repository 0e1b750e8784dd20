using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace RanCognition.Reporting;

/// <summary>Numbers, times and names as an engineer reads them: the same on every machine, whatever its language settings.</summary>
internal static class Words
{
    /// <summary>What stands where a value is missing.</summary>
    public const string None = "–";

    /// <summary>Clocks that have not reached this (one year) count from a start of their own, not from 1970.</summary>
    public const ulong CalendarFromNs = 365UL * 24 * 3600 * 1_000_000_000;

    private const char NoBreak = '\u00A0';
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>Four significant digits; whole numbers below 1e9 in full.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }
        var size = Math.Abs(value);
        if (size == 0)
        {
            return "0";
        }
        if (size is >= 1e9 or < 1e-4)
        {
            return value.ToString("0.###e+0", Invariant);
        }
        if (size == Math.Floor(size))
        {
            return value.ToString("F0", Invariant);
        }
        return Fixed(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 7));
    }

    /// <summary>A number with as many decimals as the width of its interval makes worth reading.</summary>
    public static string NumberWithin(double value, double width)
    {
        if (!double.IsFinite(value) || !double.IsFinite(width) || width <= 0 || Math.Abs(value) >= 1e9 || width is >= 1e9 or < 1e-6)
        {
            return Number(value);
        }
        return value.ToString("F" + Math.Clamp(2 - (int)Math.Floor(Math.Log10(width)), 0, 8).ToString(Invariant), Invariant);
    }

    public static string Interval(double lower, double upper)
    {
        if (!double.IsFinite(lower) && !double.IsFinite(upper))
        {
            return None;
        }
        var width = upper - lower;
        return $"{NumberWithin(lower, width)} to {NumberWithin(upper, width)}";
    }

    /// <summary>A share in 0..1 as percent; never says 0 or 100 % of what is only close to it.</summary>
    public static string Percent(double share)
    {
        if (!double.IsFinite(share))
        {
            return None;
        }
        if (share is < 0 or > 1)
        {
            return Number(share * 100) + NoBreak + "%";
        }
        var text = share switch
        {
            0 => "0",
            1 => "100",
            < 0.001 => "<0.1",
            > 0.999 => ">99.9",
            < 0.1 or > 0.9 => Fixed(share * 100, 1),
            // 1 - 0.765 is a little less than 0.235, and must still read 24 %.
            _ => Math.Round(Math.Round(share * 100, 9), MidpointRounding.AwayFromZero).ToString("F0", Invariant),
        };
        return text + NoBreak + "%";
    }

    /// <summary>At most so many characters, with an ellipsis for the rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string Cut(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }
        return text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)] + "…";
    }

    public static string PValue(double p) => !double.IsFinite(p) ? None : p < 0.001 ? "<0.001" : Fixed(p, 3);

    /// <summary>"1 in 2000" for a tail probability given as -log10.</summary>
    public static string OneIn(double minusLog10) => !double.IsFinite(minusLog10) ? None
        : minusLog10 >= 9 ? "under 1 in 10^9"
        : "1 in " + RoundTo(Math.Pow(10, Math.Max(0, minusLog10)), 2).ToString("0", CultureInfo.InvariantCulture);

    private static double RoundTo(double value, int digits)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) + 1 - digits));
        return Math.Round(value / unit) * unit;
    }

    /// <summary>A size in B, kB, MB, GB or TB, of 1000 each.</summary>
    public static string Bytes(double count)
    {
        if (!double.IsFinite(count) || count < 0)
        {
            return None;
        }
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var unit = 0;
        while (count >= 999.5 && unit < units.Length - 1)
        {
            count /= 1000;
            unit++;
        }
        return Number(unit == 0 ? count : Round3(count)) + NoBreak + units[unit];
    }

    public static string Count(long n, string one, string? many = null) =>
        n.ToString(Invariant) + NoBreak + (n == 1 ? one : many ?? one + "s");

    /// <summary>A moment in UTC, or the time since the clock's own start when the clock does not count from 1970.</summary>
    public static string Time(ulong? nanoseconds)
    {
        if (nanoseconds is not { } ns)
        {
            return None;
        }
        if (ns < CalendarFromNs)
        {
            return "t\u00A0=\u00A0" + Duration(ns);
        }
        var moment = DateTime.UnixEpoch.AddSeconds(ns / 1_000_000_000);
        var fraction = ns % 1_000_000_000;
        var text = moment.ToString("yyyy-MM-dd' 'HH:mm", Invariant);
        if (moment.Second != 0 || fraction != 0)
        {
            text += moment.ToString(":ss", Invariant);
        }
        if (fraction != 0)
        {
            text += "." + fraction.ToString("D9", Invariant).TrimEnd('0');
        }
        return text + NoBreak + "UTC";
    }

    /// <summary>A length of time in its two largest units, or in ms, µs, ns below a second.</summary>
    public static string Duration(double nanoseconds)
    {
        if (!double.IsFinite(nanoseconds))
        {
            return None;
        }
        if (nanoseconds < 0)
        {
            return "-" + Duration(-nanoseconds);
        }
        switch (nanoseconds)
        {
            case < 1e3: return Number(nanoseconds) + NoBreak + "ns";
            case < 1e6: return Number(Round3(nanoseconds / 1e3)) + NoBreak + "µs";
            case < 1e9: return Number(Round3(nanoseconds / 1e6)) + NoBreak + "ms";
            case < 60e9: return Number(Round3(nanoseconds / 1e9)) + NoBreak + "s";
            case >= 1e20: return Number(nanoseconds / 1e9) + NoBreak + "s";
        }
        var seconds = (long)Math.Round(nanoseconds / 1e9);
        return seconds switch
        {
            < 3600 => Two(seconds, 60, "min", "s"),
            < 86400 => Two(seconds / 60 + (seconds % 60 >= 30 ? 1 : 0), 60, "h", "min"),
            _ => Two(seconds / 3600 + (seconds % 3600 >= 1800 ? 1 : 0), 24, "d", "h"),
        };
    }

    /// <summary>A length of time in one unit, with four digits: a period of 24.03 h is not one of 24 h.</summary>
    public static string Length(double nanoseconds)
    {
        if (!double.IsFinite(nanoseconds) || nanoseconds < 0 || nanoseconds >= 1e20)
        {
            return Duration(nanoseconds);
        }
        (double size, string unit) = nanoseconds switch
        {
            < 1e3 => (1, "ns"),
            < 1e6 => (1e3, "µs"),
            < 1e9 => (1e6, "ms"),
            < 120e9 => (1e9, "s"),
            < 7200e9 => (60e9, "min"),
            < 172_800e9 => (3600e9, "h"),
            _ => (86_400e9, "d"),
        };
        return Number(nanoseconds / size) + NoBreak + unit;
    }

    /// <summary>From one moment to another: "2017-11-14 00:00 to 06:00 UTC".</summary>
    public static string Span(ulong? from, ulong? to)
    {
        if (from is null || to is null || from == to)
        {
            return Time(from ?? to);
        }
        string first = Time(from), last = Time(to), unit = NoBreak + "UTC";
        if (!first.EndsWith(unit, StringComparison.Ordinal) || !last.EndsWith(unit, StringComparison.Ordinal))
        {
            return $"{first} to {last}";
        }
        const int DateLength = 11; // "2017-11-14 "
        var isOneDay = first[..DateLength] == last[..DateLength];
        return $"{first[..^unit.Length]} to {(isOneDay ? last[DateLength..] : last)}";
    }

    /// <summary><c>level_shift</c> as "Level shift"; names that are not plain snake_case (metrics, ids) stay as they are.</summary>
    public static string Name(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]))
        {
            return name;
        }
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return name;
            }
        }
        return char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
    }

    /// <summary>A number under its member's name: members that hold ns become times, to the nanosecond, or durations.</summary>
    public static string Measured(string name, JsonElement number)
    {
        var value = number.AsNumber();
        if (!double.IsFinite(value))
        {
            return None;
        }
        if (!HoldsNanoseconds(name))
        {
            return Number(value);
        }
        return number.AsNanoseconds() switch
        {
            ulong.MaxValue => "none", // what the library gives for a time that never comes
            >= 100_000_000_000_000_000 and var moment => Time(moment),
            _ => Duration(value),
        };
    }

    public static bool HoldsNanoseconds(string name) => name.EndsWith("_ns", StringComparison.Ordinal) || name.EndsWith("_time", StringComparison.Ordinal)
        || name is "timestamp" or "time_horizon";

    /// <summary>The member's name without the unit that <see cref="Measured"/> writes.</summary>
    public static string MeasuredName(string name) => Name(name.EndsWith("_ns", StringComparison.Ordinal) ? name[..^3] : name);

    private static string Two(long small, long perLarge, string large, string smallUnit)
    {
        var text = (small / perLarge).ToString(Invariant) + NoBreak + large;
        return small % perLarge == 0 ? text : text + NoBreak + (small % perLarge).ToString(Invariant) + NoBreak + smallUnit;
    }

    private static double Round3(double value) => Math.Round(value, value < 10 ? 2 : value < 100 ? 1 : 0);

    private static string Fixed(double value, int decimals)
    {
        var text = value.ToString("F" + decimals.ToString(Invariant), Invariant);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
