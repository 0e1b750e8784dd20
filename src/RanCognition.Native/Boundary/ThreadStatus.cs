using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>Status and message of the last call, per thread.</summary>
internal static unsafe class ThreadStatus
{
    /// <summary>Longer messages are cut at a character boundary.</summary>
    public const int MessageBytesMax = 1023;

    [ThreadStatic] private static int t_status;
    [ThreadStatic] private static MessageBuffer? t_message;

    // What a thread that never failed is shown; never written.
    private static readonly byte* Empty = Prepare();

    public static int Code => t_status;

    /// <summary>NUL-terminated UTF-8, borrowed until the next call on this thread; "" after a success.</summary>
    public static byte* Message => t_message is null ? Empty : t_message.Text;

    public static void Clear()
    {
        _ = Empty;
        t_status = Status.Ok;
        t_message?.Set("");
    }

    public static void Set(int status, string message)
    {
        t_status = status;
        (t_message ??= new MessageBuffer()).Set(message);
    }

    // The first throw of a type needs memory, and were there none the runtime would throw again, and so on until the stack is full.
    // So the exception that says so is thrown once while there is enough.
    private static byte* Prepare()
    {
        try
        {
            throw new OutOfMemoryException();
        }
        catch (OutOfMemoryException)
        {
            return (byte*)NativeMemory.AllocZeroed(1);
        }
    }

    /// <summary>Native memory of one thread; the finalizer returns it some time after the thread has ended.</summary>
    private sealed class MessageBuffer
    {
        public readonly byte* Text = (byte*)NativeMemory.AllocZeroed(MessageBytesMax + 1);

        public void Set(string message)
        {
            if (message.Length == 0)
            {
                Text[0] = 0;
                return;
            }
            // Encoder stops at a whole character; embedded NULs would cut a C string short, so they become blanks.
            Utf8Transcode(message, new Span<byte>(Text, MessageBytesMax), out int written);
            new Span<byte>(Text, written).Replace((byte)0, (byte)' ');
            Text[written] = 0;
        }

        private static void Utf8Transcode(string message, Span<byte> target, out int written) =>
            System.Text.Unicode.Utf8.FromUtf16(message, target, out _, out written, replaceInvalidSequences: true);

        ~MessageBuffer() => NativeMemory.Free(Text);
    }
}
