using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Scheduling;

/// <summary>Tasks' bytes in native memory: their number, then they themselves. In a pool, if there is one; what it has no room for in the system's memory, if that may be.</summary>
/// <remarks>The memory of a pool stays while the scheduler is open, and during the calls that hold it (<see cref="Hold"/>): those that have bytes and not yet, or no more, the turn.</remarks>
internal sealed unsafe class TaskData
{
    private readonly SharedPool? _shared;

    public TaskData(SharedPool? shared)
    {
        ObjectDisposedException.ThrowIf(shared?.TryHold() == false, this);
        _shared = shared;
    }

    /// <summary>Address of a copy; 0 for no bytes.</summary>
    public ulong Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return 0;
        }
        nuint size = SizeOf(bytes.Length);
        int* block = (int*)(_shared is null || (_shared.Spills && size > SharedPool.PooledBytesMax) ? (nint)NativeMemory.Alloc(size) : InPool(_shared, size));
        *block = bytes.Length;
        bytes.CopyTo(new Span<byte>(block + 1, bytes.Length));
        return (ulong)block;
    }

    public static ReadOnlySpan<byte> Of(ulong block) => new((int*)block + 1, *(int*)block);

    public static int LengthOf(ulong block) => *(int*)block;

    public void Free(ulong block)
    {
        if (_shared is null || !_shared.Pool.Has((nint)block))
        {
            NativeMemory.Free((void*)block);
            return;
        }
        _shared.Pool.Deallocate((nint)block, SizeOf(LengthOf(block)));
    }

    /// <summary>The memory stays until this is disposed; throws when it is gone.</summary>
    public Held Hold()
    {
        ObjectDisposedException.ThrowIf(_shared?.TryHold() == false, this);
        return new Held(_shared);
    }

    /// <summary>The scheduler is closed.</summary>
    public void Close() => _shared?.LetGo();

    private static nuint SizeOf(int length) => (nuint)length + sizeof(int);

    private static nint InPool(SharedPool shared, nuint size)
    {
        try
        {
            return shared.Pool.Allocate(size);
        }
        catch (LimitExceededException)
        {
            if (shared.Spills)
            {
                return (nint)NativeMemory.Alloc(size);
            }
            throw new LimitExceededException("data", $"the memory of the loader (maxMemorySize) has no room for {size - sizeof(int)} bytes");
        }
    }

    public readonly ref struct Held(SharedPool? shared)
    {
        private readonly SharedPool? _shared = shared;

        public void Dispose() => _shared?.LetGo();
    }
}
