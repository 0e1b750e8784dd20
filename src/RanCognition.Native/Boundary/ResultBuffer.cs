using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RanCognition.Native.Boundary;

/// <summary>Result buffers: u32 little-endian length, the bytes, one NUL that is not counted. Owned by the caller until rancog_buffer_free.</summary>
internal static unsafe class ResultBuffer
{
    private const int PrefixBytes = 4;

    // Results are written here first, then copied once into native memory; kept per thread up to this size.
    private const int KeptBytes = 1 << 20;

    [ThreadStatic] private static ArrayBufferWriter<byte>? t_scratch;

    public static ulong Outstanding => ResultMemory.Outstanding;

    /// <summary>Runs the writer and hands its bytes out as a buffer.</summary>
    public static byte* Write<TState>(TState state, Action<TState, IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> scratch = t_scratch ??= new ArrayBufferWriter<byte>(16 << 10);
        scratch.ResetWrittenCount();
        try
        {
            write(state, scratch);
            return Copy(scratch.WrittenSpan);
        }
        finally
        {
            if (scratch.Capacity > KeptBytes)
            {
                t_scratch = null;
            }
        }
    }

    public static byte* Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Begin(bytes.Length, out byte* buffer));
        End(buffer, bytes.Length);
        return buffer;
    }

    /// <summary>A buffer with room for this many bytes, and that room. For what cannot fail any more: nobody but <see cref="End"/> knows of it.</summary>
    public static Span<byte> Begin(int bytesMax, out byte* buffer)
    {
        buffer = ResultMemory.Allocate((nuint)bytesMax + PrefixBytes + 1);
        return new Span<byte>(buffer + PrefixBytes, bytesMax);
    }

    /// <summary>Makes a result of the first bytes of a buffer's room.</summary>
    public static void End(byte* buffer, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(buffer, PrefixBytes), (uint)length);
        buffer[PrefixBytes + length] = 0;
    }

    /// <summary>The document's error shape, from the thread's status and message. NULL when there is no memory even for that.</summary>
    public static byte* WriteError(int status)
    {
        try
        {
            string message = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(ThreadStatus.Message));
            ArrayBufferWriter<byte> target = new(256);
            using (Utf8JsonWriter json = new(target))
            {
                json.WriteStartObject();
                json.WriteBoolean("error"u8, true);
                json.WriteString("message"u8, message);
                json.WriteNumber("timestamp"u8, CallTime.Now);
                json.WriteNumber("status"u8, status);
                json.WriteEndObject();
            }
            return Copy(target.WrittenSpan);
        }
        catch (Exception)
        {
            return null;
        }
    }

    public static void Free(byte* buffer)
    {
        if (buffer is not null)
        {
            ResultMemory.Free(buffer);
        }
    }
}
