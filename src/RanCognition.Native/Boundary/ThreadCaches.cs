using RanCognition.Performance;

namespace RanCognition.Native.Boundary;

/// <summary>The caches that the calling thread has of memory pools, found by the pool's handle.</summary>
internal static unsafe class ThreadCaches
{
    /// <summary>The calling thread's cache of a pool of the host, which its next calls find at once.</summary>
    public static PoolCache* Of(MemoryPool pool)
    {
        NativeThread* thread = NativeThread.Current;
        return thread->Pool = Find(thread, pool);
    }

    /// <summary>A thread's cache of this pool, opened when there is none yet; null when the pool has no room for one, or the end of the thread would not be noticed.</summary>
    public static PoolCache* Find(NativeThread* thread, MemoryPool pool)
    {
        PoolCache** link = &thread->Pools;
        while (*link != null)
        {
            PoolCache* cache = *link;
            if (cache->Pool == pool.Key)
            {
                return cache;
            }
            if ((Volatile.Read(ref cache->Ended) & PoolCache.PoolEnded) != 0)
            {
                *link = cache->NextOfThread;
                thread->Pool = thread->Pool == cache ? null : thread->Pool;
                MemoryPool.End(cache, PoolCache.ThreadEnded);
                continue;
            }
            link = &cache->NextOfThread;
        }
        if (!NativeThread.WillEnd())
        {
            return null;
        }
        PoolCache* opened = pool.TryOpenCache();
        if (opened != null)
        {
            opened->NextOfThread = thread->Pools;
            thread->Pools = opened;
        }
        return opened;
    }

    /// <summary>The next cache of an ended thread that nobody needs any more, for the caller to free; null when there is no other.</summary>
    public static PoolCache* LetGo(NativeThread* thread)
    {
        while (thread->Pools != null)
        {
            PoolCache* cache = thread->Pools;
            thread->Pools = cache->NextOfThread;
            if (Interlocked.Or(ref cache->Ended, PoolCache.ThreadEnded) != 0)
            {
                return cache;
            }
        }
        return null;
    }
}
