using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>Memory of result buffers: a pool for those of common size, the system for large ones and when the pool is full.</summary>
internal static unsafe partial class ResultMemory
{
    private const ulong BudgetBytes = 256 << 20;

    private static long s_system;   // buffers that the system has

    public static ulong Outstanding => (ulong)Math.Max(0, Interlocked.Read(ref s_system)) + (Pooled.Pool is { } pool ? pool.LiveBlocks : 0);

    public static byte* Allocate(nuint bytes)
    {
        PoolCache* cache = bytes <= SharedPool.PooledBytesMax ? OwnCache() : null;
        if (cache != null)
        {
            void* block = PoolCache.TryAllocate(cache, Pooled.Key, bytes);
            if (block == null)
            {
                block = FromPool(cache, bytes);
            }
            if (block != null)
            {
                return (byte*)block;
            }
        }
        byte* buffer = (byte*)NativeMemory.Alloc(bytes);
        Interlocked.Increment(ref s_system);
        return buffer;
    }

    /// <summary>Releases a buffer that this thread allocated; false when <see cref="Free"/> must see it. Needs nothing of the runtime.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFree(NativeThread* thread, byte* buffer) => thread->Results != null && PoolCache.TryDeallocate(thread->Results, Pooled.Key, buffer);

    /// <summary>Releases a buffer; what lies in the pool and is no live buffer is left alone.</summary>
    public static void Free(byte* buffer)
    {
        if (!Pooled.Has(buffer))
        {
            Interlocked.Decrement(ref s_system);
            NativeMemory.Free(buffer);
            return;
        }
        try
        {
            MemoryPool pool = Pooled.Pool!;
            PoolCache* cache = OwnCache();
            if (cache != null)
            {
                pool.Deallocate(cache, buffer);
            }
            else
            {
                pool.Deallocate((nint)buffer);
            }
        }
        catch (InvalidInputException)
        {
            // Freed twice, or not what the library gave: there is nobody to tell.
        }
    }

    private static PoolCache* OwnCache()
    {
        NativeThread* thread = NativeThread.Current;
        if (thread->Results == null && Pooled.Pool is { } pool)
        {
            thread->Results = ThreadCaches.Find(thread, pool);
        }
        return thread->Results;
    }

    private static void* FromPool(PoolCache* cache, nuint bytes)
    {
        try
        {
            return Pooled.Pool!.Allocate(cache, bytes);
        }
        catch (LimitExceededException)
        {
            return null;
        }
    }

    [LibraryImport("rancog_entry", EntryPoint = "fork_guard_results")]
    private static partial void TellForkGuard(nuint start, nuint bytes);

    // Apart, so that it is made with the first result.
    private static class Pooled
    {
        public const ulong Key = 1;

        /// <summary>Null when there is no room for its addresses: then the system has all buffers.</summary>
        public static readonly MemoryPool? Pool = Create();

        private static readonly nuint Start = Pool is null ? 0 : Pool.Range.Start;
        private static readonly nuint Bytes = Pool is null ? 0 : Pool.Range.Length;

        public static bool Has(byte* address) => (nuint)address - Start < Bytes;

        private static MemoryPool? Create()
        {
            try
            {
                MemoryPool pool = new(new MemoryPoolOptions { BudgetBytes = BudgetBytes }) { Key = Key };
                (nuint start, nuint bytes) = pool.Range;
                TellForkGuard(start, bytes);
                return pool;
            }
            catch (OutOfMemoryException)
            {
                return null;
            }
        }
    }
}
