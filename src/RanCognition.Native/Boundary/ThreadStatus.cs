using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>Status and message of the last call, per thread.</summary>
internal static unsafe class ThreadStatus
{
    /// <summary>Longer messages are cut at a character boundary.</summary>
    public const int MessageBytesMax = 1023;

    // One object, so that a call looks up its thread once; null until the thread's first failure.
    [ThreadStatic] private static Failed? t_failed;

    // What a thread that never failed is shown; never written.
    private static readonly byte* Empty = Prepare();

    public static int Code => t_failed is { } failed ? failed.Status : Status.Ok;

    /// <summary>NUL-terminated UTF-8, borrowed until the next call on this thread; "" after a success.</summary>
    public static byte* Message => t_failed is { } failed ? failed.Text : Empty;

    public static void Clear()
    {
        if (t_failed is { } failed && failed.Status != Status.Ok)
        {
            failed.Set(Status.Ok, "");
        }
    }

    public static void Set(int status, string message) => (t_failed ??= new Failed()).Set(status, message);

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
    private sealed class Failed
    {
        public int Status;

        public readonly byte* Text = (byte*)NativeMemory.AllocZeroed(MessageBytesMax + 1);

        public void Set(int status, string message)
        {
            Status = status;
            // Encoder stops at a whole character; embedded NULs would cut a C string short, so they become blanks.
            Utf8Transcode(message, new Span<byte>(Text, MessageBytesMax), out int written);
            new Span<byte>(Text, written).Replace((byte)0, (byte)' ');
            Text[written] = 0;
        }

        private static void Utf8Transcode(string message, Span<byte> target, out int written) =>
            System.Text.Unicode.Utf8.FromUtf16(message, target, out _, out written, replaceInvalidSequences: true);

        ~Failed() => NativeMemory.Free(Text);
    }
}
