using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>A few caches that any thread borrows for one call.</summary>
/// <remarks>Native memory that lives as long as this object, for a call may be under way while its pool is disposed.</remarks>
internal sealed unsafe class SharedPoolCaches
{
    private const int Places = 8;   // a power of two

    private readonly Place* _places = (Place*)NativeMemory.AllocZeroed(Places, (nuint)sizeof(Place));

    /// <summary>A place that is the caller's alone until it is given back; the threads spread over the places by their numbers.</summary>
    public Place* Borrow()
    {
        SpinWait wait = default;
        int number = Environment.CurrentManagedThreadId;
        for (int tries = 1; ; tries++, number++)
        {
            Place* place = &_places[number & (Places - 1)];
            if (Interlocked.Exchange(ref place->Busy, 1) == 0)
            {
                return place;
            }
            if (tries % Places == 0)
            {
                wait.SpinOnce();   // their users may need this processor to go on
            }
        }
    }

    /// <summary>The same, with a cache; null when none was opened yet.</summary>
    public Place* BorrowOpened()
    {
        SpinWait wait = default;
        bool any = true;
        for (; any; wait.SpinOnce())
        {
            any = false;
            int number = Environment.CurrentManagedThreadId;
            for (int i = 0; i < Places; i++)
            {
                Place* place = &_places[(number + i) & (Places - 1)];
                if (Volatile.Read(ref *(nint*)&place->Cache) == 0)
                {
                    continue;
                }
                any = true;
                if (Interlocked.Exchange(ref place->Busy, 1) == 0)
                {
                    return place;
                }
            }
        }
        return null;
    }

    ~SharedPoolCaches()
    {
        for (int i = 0; i < Places; i++)
        {
            if (_places[i].Cache != null)
            {
                MemoryPool.End(_places[i].Cache, PoolCache.ThreadEnded);
            }
        }
        NativeMemory.Free(_places);
    }

    public struct Place
    {
        public int Busy;

        /// <summary>Null until the place is first used.</summary>
        public PoolCache* Cache;

        public void GiveBack() => Volatile.Write(ref Busy, 0);
    }
}
