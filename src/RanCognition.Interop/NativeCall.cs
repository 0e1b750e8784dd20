using System.Runtime.InteropServices;
using System.Text;

namespace RanCognition.Interop;

/// <summary>Turns what the C functions return into values and exceptions.</summary>
internal static unsafe class NativeCall
{
    private const int PrefixBytes = 4;

    /// <summary>Throws when the call just made on this thread gave a negative status.</summary>
    public static void Check(int status)
    {
        if (status < 0)
        {
            throw new RanCognitionException((RanCognitionStatus)status, LastMessage());
        }
    }

    /// <summary>Text of a result buffer, which is released in every case; throws when the call just made on this thread failed.</summary>
    public static string TakeText(byte* buffer)
    {
        try
        {
            Check(NativeMethods.rancog_last_status());
            if (buffer is null)
            {
                throw new RanCognitionException(RanCognitionStatus.OutOfMemory, "memory is exhausted");
            }
            int length = checked((int)(buffer[0] | ((uint)buffer[1] << 8) | ((uint)buffer[2] << 16) | ((uint)buffer[3] << 24)));
            return Encoding.UTF8.GetString(buffer + PrefixBytes, length);
        }
        finally
        {
            NativeMethods.rancog_buffer_free(buffer);
        }
    }

    public static string Text(byte* terminated) => Marshal.PtrToStringUTF8((nint)terminated) ?? "";

    public static string LastMessage() => Text(NativeMethods.rancog_last_error_message());
}
