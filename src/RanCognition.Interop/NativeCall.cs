using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RanCognition.Json;

namespace RanCognition.Interop;

/// <summary>Turns what the C functions return into values and exceptions.</summary>
internal static unsafe class NativeCall
{
    private const int PrefixBytes = 4;

    /// <summary>Throws what a callback of the call just made on this thread threw, or else for a negative status.</summary>
    public static void Check(int status)
    {
        CallScope.Rethrow();
        if (status < 0)
        {
            throw LibraryMessage.Error((RanCognitionStatus)status, LastMessage(), CallScope.Token);
        }
    }

    public static void CheckLast() => Check(NativeMethods.rancog_last_status());

    /// <summary>Text of a result buffer, which is released in every case; throws when the call just made on this thread failed.</summary>
    public static string TakeText(byte* buffer) => Take(buffer, static text => Encoding.UTF8.GetString(text));

    /// <summary>Record of a result buffer, likewise.</summary>
    public static T TakeRecord<T>(byte* buffer) => Take(buffer, static text => ContractJson.Read<T>(text));

    /// <summary>A text that must be there, as the library takes it.</summary>
    public static byte[] Utf8(string text, [CallerArgumentExpression(nameof(text))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(text, name);
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>A record that must be there, as JSON.</summary>
    public static byte[] Json<T>(T record, [CallerArgumentExpression(nameof(record))] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(record, name);
        return ContractJson.Write(record);
    }

    /// <summary>Where an input begins that must not be empty. One that is has a place too: it is refused as empty, and not as NULL, which no caller gave.</summary>
    public static ref readonly T Start<T>(ReadOnlySpan<T> input) =>
        ref MemoryMarshal.GetReference(input.IsEmpty ? new ReadOnlySpan<T>(Array.Empty<T>()) : input);

    public static string Text(byte* terminated) => Marshal.PtrToStringUTF8((nint)terminated) ?? "";

    public static string LastMessage() => Text(NativeMethods.rancog_last_error_message());

    private static T Take<T>(byte* buffer, Func<ReadOnlySpan<byte>, T> read)
    {
        try
        {
            CheckLast();
            if (buffer is null)
            {
                throw LibraryMessage.Error(RanCognitionStatus.OutOfMemory, "memory is exhausted", default);
            }
            int length = checked((int)(buffer[0] | ((uint)buffer[1] << 8) | ((uint)buffer[2] << 16) | ((uint)buffer[3] << 24)));
            return read(new ReadOnlySpan<byte>(buffer + PrefixBytes, length));
        }
        finally
        {
            NativeMethods.rancog_buffer_free(buffer);
        }
    }
}
