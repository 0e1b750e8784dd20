using System.Runtime.InteropServices;

namespace RanCognition.Scheduling;

/// <summary>A task's bytes in native memory: their number, then they themselves.</summary>
internal static unsafe class TaskData
{
    /// <summary>Address of a copy; 0 for no bytes.</summary>
    public static ulong Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }
        int* block = (int*)NativeMemory.Alloc((nuint)bytes.Length + sizeof(int));
        *block = bytes.Length;
        bytes.CopyTo(new Span<byte>(block + 1, bytes.Length));
        return (ulong)block;
    }

    public static ReadOnlySpan<byte> Of(ulong block) => new((int*)block + 1, *(int*)block);

    public static int LengthOf(ulong block) => *(int*)block;

    public static void Free(ulong block) => NativeMemory.Free((void*)block);
}
