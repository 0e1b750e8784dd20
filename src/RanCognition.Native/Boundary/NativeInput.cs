using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using RanCognition.Contracts;

namespace RanCognition.Native.Boundary;

/// <summary>Inputs as pointer and count, checked before anything is read.</summary>
internal static unsafe class NativeInput
{
    /// <summary>Longest JSON or text input, bytes.</summary>
    public const long TextBytesMax = 256L << 20;

    /// <summary>Longest array of samples.</summary>
    public const long SamplesMax = 1L << 26;

    /// <summary>Text that must be there.</summary>
    public static ReadOnlySpan<byte> Require(byte* text, nuint length, string name, long bytesMax = TextBytesMax)
    {
        if (text is null)
        {
            InvalidInputException.Throw(name, "is NULL");
        }
        if (length == 0)
        {
            InvalidInputException.Throw(name, "has length 0");
        }
        return Checked(text, length, name, bytesMax);
    }

    /// <summary>Text that may be left out: NULL with length 0.</summary>
    public static ReadOnlySpan<byte> Optional(byte* text, nuint length, string name)
    {
        if (length == 0)
        {
            return default;
        }
        if (text is null)
        {
            InvalidInputException.Throw(name, $"is NULL with length {length}");
        }
        return Checked(text, length, name, TextBytesMax);
    }

    /// <summary>n samples that must be there.</summary>
    public static ReadOnlySpan<T> Samples<T>(T* values, nuint count, string name)
        where T : unmanaged
    {
        CheckCount(values, count, name);
        return new ReadOnlySpan<T>(values, (int)count);
    }

    /// <summary>Room for n results that must be there.</summary>
    public static Span<T> Room<T>(T* values, nuint count, string name)
        where T : unmanaged
    {
        CheckCount(values, count, name);
        return new Span<T>(values, (int)count);
    }

    // Short, so that it is part of each export: a kernel on a short array takes less than these calls would.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckCount(void* values, nuint count, string name)
    {
        if (values is null || count - 1 >= (nuint)SamplesMax)
        {
            Refuse(values, count, name);
        }
    }

    [DoesNotReturn]
    private static void Refuse(void* values, nuint count, string name)
    {
        if (values is null)
        {
            InvalidInputException.Throw(name, "is NULL");
        }
        if (count == 0)
        {
            InvalidInputException.Throw(name, "has 0 elements");
        }
        throw new LimitExceededException(name, $"{count} elements, at most {SamplesMax}");
    }

    private static ReadOnlySpan<byte> Checked(byte* text, nuint length, string name, long bytesMax)
    {
        if (length > (nuint)bytesMax)
        {
            throw new LimitExceededException(name, $"{length} bytes, at most {bytesMax}");
        }
        return new ReadOnlySpan<byte>(text, (int)length);
    }
}
