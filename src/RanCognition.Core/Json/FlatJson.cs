using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Json;

/// <summary>Writes results of few known numbers straight into memory that is large enough: loops ask for them, and the general writer takes longer than the call.</summary>
internal ref struct FlatJson(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Appends text that stands in the program, whose length the compiler then knows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_target[Length..]);
        Length += text.Length;
    }

    public void Number(ulong value)
    {
        if (value < 10)
        {
            _target[Length++] = (byte)('0' + value);
            return;
        }
        int count = DigitsOf(value);
        Span<byte> digits = _target.Slice(Length, count);
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            (value, ulong digit) = Math.DivRem(value, 10);
            digits[i] = (byte)('0' + digit);
        }
        Length += count;
    }

    /// <summary>A number that is not negative to a thousandth, so that it needs no search for the shortest digits.</summary>
    public void Thousandths(double value)
    {
        double scaled = Math.Round(value * 1000);
        if (scaled >= ulong.MaxValue)
        {
            Number((ulong)value);
            return;
        }
        (ulong whole, ulong rest) = Math.DivRem((ulong)scaled, 1000);
        Number(whole);
        if (rest != 0)
        {
            Span<byte> decimals = _target.Slice(Length, 4);
            decimals[0] = (byte)'.';
            decimals[1] = (byte)('0' + rest / 100);
            decimals[2] = (byte)('0' + rest / 10 % 10);
            decimals[3] = (byte)('0' + rest % 10);
            Length += 4;
        }
    }

    private static int DigitsOf(ulong value)
    {
        int about = (BitOperations.Log2(value) + 1) * 1233 >> 12;   // times log10(2)
        return about + (value >= PowersOfTen[about] ? 1 : 0);
    }

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
        100000000000000, 1000000000000000, 10000000000000000, 100000000000000000, 1000000000000000000, 10000000000000000000,
    ];
}
