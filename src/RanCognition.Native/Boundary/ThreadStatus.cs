using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RanCognition.Native.Boundary;

/// <summary>Status and message of the last call, per thread.</summary>
internal static unsafe class ThreadStatus
{
    /// <summary>Longer messages are cut at a character boundary.</summary>
    public const int MessageBytesMax = 1023;

    // One object, so that a call looks up its thread once; null until the thread's first failure.
    [ThreadStatic] private static Failed? t_failed;

    public static int Code => Failing.Threads != 0 && t_failed is { } failed ? failed.Status : Status.Ok;

    /// <summary>NUL-terminated UTF-8, borrowed until the next call on this thread; "" after a success.</summary>
    public static byte* Message => t_failed is { } failed ? failed.Text : Success.Text;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Clear()
    {
        if (Failing.Threads != 0)   // to look up the thread takes as long as a short call
        {
            ClearThis();
        }
    }

    public static void Set(int status, string message) => (t_failed ??= new Failed()).Set(status, message);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ClearThis()
    {
        if (t_failed is { } failed && failed.Status != Status.Ok)
        {
            failed.Set(Status.Ok, "");
        }
    }

    /// <summary>To be called while there is memory.</summary>
    public static void Prepare() => _ = Success.Text;

    // Apart from the other statics, whose initial values would be asked for at each call.
    private static class Failing
    {
        /// <summary>Threads whose last call failed. A thread sees its own entry at once, and that is all it needs to see.</summary>
        public static int Threads;
    }

    private static class Success
    {
        /// <summary>What a thread that never failed is shown; never written.</summary>
        public static readonly byte* Text = First();
    }

    // The first throw of a type needs memory, and were there none the runtime would throw again, and so on until the stack is full.
    // So the exception that says so is thrown once while there is enough.
    private static byte* First()
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
            Count(status);
            Status = status;
            // Encoder stops at a whole character; embedded NULs would cut a C string short, so they become blanks.
            Utf8Transcode(message, new Span<byte>(Text, MessageBytesMax), out int written);
            new Span<byte>(Text, written).Replace((byte)0, (byte)' ');
            Text[written] = 0;
        }

        private static void Utf8Transcode(string message, Span<byte> target, out int written) =>
            System.Text.Unicode.Utf8.FromUtf16(message, target, out _, out written, replaceInvalidSequences: true);

        private void Count(int status)
        {
            if ((status != 0) != (Status != 0))
            {
                Interlocked.Add(ref Failing.Threads, status != 0 ? 1 : -1);
            }
        }

        ~Failed()
        {
            Count(0);
            NativeMemory.Free(Text);
        }
    }
}
