using System.Text;

namespace RanCognition.Native.Boundary;

/// <summary>Status and message of the last call, per thread. Every export begins with a clear one: entry.c sees to it.</summary>
internal static unsafe class ThreadStatus
{
    // The first throw of a type needs memory, and were there none the runtime would throw again, and so on until the stack is full.
    // So the exception that says so is thrown once while there is enough.
    private static readonly bool Prepared = ThrowOnce();

    public static int Code => NativeThread.Current->Status;

    /// <summary>NUL-terminated UTF-8 of at most 1023 bytes, borrowed until the next call on this thread; "" after a success.</summary>
    public static byte* Message => NativeThread.MessageOf(NativeThread.Current);

    /// <summary>After callbacks, which may have made calls of their own.</summary>
    public static void Clear() => NativeThread.Current->Status = Status.Ok;

    public static void Set(int status, string message)
    {
        // Embedded NULs would cut a C string short, so they become blanks.
        byte[] text = Encoding.UTF8.GetBytes(message);
        text.AsSpan().Replace((byte)0, (byte)' ');
        NativeThread.Fail(status, text);
    }

    /// <summary>To be called while there is memory.</summary>
    public static void Prepare() => _ = Prepared;

    private static bool ThrowOnce()
    {
        try
        {
            throw new OutOfMemoryException();
        }
        catch (OutOfMemoryException)
        {
            return true;
        }
    }
}
