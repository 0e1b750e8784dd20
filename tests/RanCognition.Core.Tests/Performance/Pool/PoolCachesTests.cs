using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>Several threads' caches of one pool: played by one thread, which makes every order repeatable, and by threads of their own.</summary>
public sealed unsafe class PoolCachesTests
{
    private const ulong SmallestBudget = MemoryPoolOptions.BudgetBytesMin;

    [Theory]
    [InlineData(1, 4UL << 20, 0UL)]
    [InlineData(2, 4UL << 20, 1UL << 20)]
    [InlineData(3, 32UL << 20, 4UL << 20)]
    [InlineData(4, 256UL << 10, 64UL << 10)]
    [InlineData(5, SmallestBudget, 0UL)]
    public void Every_sum_and_list_is_right_after_any_calls_of_any_threads(int seed, ulong budgetBytes, ulong retainBytes)
    {
        using var pool = new MemoryPool(new MemoryPoolOptions { BudgetBytes = budgetBytes, RetainBytes = retainBytes });
        var play = new PoolPlay(pool, seed);
        for (int step = 0; step < 30_000; step++)
        {
            play.Step();
            if (step % 50 == 0)
            {
                PoolWalk.Check(pool);
            }
        }
        play.FreeAll();
        PoolWalk.Check(pool);
        Assert.Equal(0ul, pool.GetStats().TotalAllocated);
    }

    [Fact]
    public void A_full_pool_takes_blocks_back_from_a_thread_that_has_no_cache()
    {
        using var pool = new MemoryPool(new MemoryPoolOptions { BudgetBytes = SmallestBudget });
        PoolCache* owner = pool.TryOpenCache();
        List<nint> blocks = Fill(pool, owner, 64);
        Assert.True(pool.TryOpenCache() == null);
        Assert.StartsWith("size: 64 ", Assert.Throws<LimitExceededException>(() => pool.Allocate(64)).Message, StringComparison.Ordinal);
        pool.Deallocate(blocks[0], 64);
        pool.Deallocate(blocks[1]);
        Assert.Throws<InvalidInputException>(() => pool.Deallocate(blocks[1], 64));
        Assert.Throws<InvalidInputException>(() => pool.Deallocate(blocks[1]));
        PoolWalk.Check(pool);
        MemoryPool.End(owner, PoolCache.ThreadEnded);
        foreach (nint block in blocks[2..])
        {
            pool.Deallocate(block, 64);
        }
        PoolWalk.Check(pool);
        Assert.Equal(0ul, pool.GetStats().LiveBlocks);
    }

    [Fact]
    public void The_peak_of_a_thread_that_ended_is_known()
    {
        using var pool = new MemoryPool(new MemoryPoolOptions());
        PoolCache* cache = pool.TryOpenCache();
        AllocateAndFree(pool, cache, 200, 16);
        MemoryPool.End(cache, PoolCache.ThreadEnded);
        Assert.Equal(3200ul, pool.GetStats().PeakUsage);
    }

    [Fact]
    public void The_peak_is_never_more_than_was_live_at_one_time()
    {
        using var pool = new MemoryPool(new MemoryPoolOptions());
        PoolCache* first = pool.TryOpenCache();
        PoolCache* second = pool.TryOpenCache();
        AllocateAndFree(pool, first, 200, 16);
        for (int i = 0; i < 200; i++)
        {
            pool.Allocate(second, 16);
        }
        MemoryPool.End(second, PoolCache.ThreadEnded);
        Assert.Equal(3200ul, pool.GetStats().PeakUsage);
        AllocateAndFree(pool, first, 200, 16);
        Assert.Equal(6400ul, pool.GetStats().PeakUsage);
    }

    [Fact]
    public void The_number_of_live_blocks_is_never_below_none()
    {
        using var pool = new MemoryPool(new MemoryPoolOptions());
        PoolCache* cache = pool.TryOpenCache();
        bool done = false;
        var worker = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                pool.Deallocate(cache, pool.Allocate(cache, 100), 100);
            }
        });
        worker.Start();
        ulong most = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            most = Math.Max(most, pool.LiveBlocks);
        }
        Volatile.Write(ref done, true);
        worker.Join();
        Assert.InRange(most, 0ul, uint.MaxValue);
        Assert.Equal(0ul, pool.LiveBlocks);
    }

    [Fact]
    public void A_block_that_two_threads_free_at_the_same_instant_is_free_once()
    {
        const nuint size = 48;
        using var pool = new MemoryPool(new MemoryPoolOptions());
        PoolCache* owner = pool.TryOpenCache();
        PoolCache* other = pool.TryOpenCache();
        HashSet<nint> blocks = [];
        for (int i = 0; i < 10; i++)
        {
            blocks.Add((nint)pool.Allocate(owner, size));
        }
        nint freed = blocks.Last();
        blocks.Remove(freed);
        pool.Deallocate(other, (void*)freed, size);
        // The owner's free, had it been stopped between its look and its free: nothing but a barrier at each free could tell.
        nuint offset = (nuint)freed - (nuint)owner->Start;
        Slab* slab = owner->Slabs[offset >> Slab.UnitShift];
        PoolCache.Give(owner, slab, Slab.BlockAt(slab, (uint)offset & (Slab.UnitBytes - 1)));
        PoolCache.CountBack(owner, slab->BlockBytes, size);
        pool.Allocate(owner, 5000);   // takes in what others freed
        for (int i = 0; i < 20_000; i++)
        {
            Assert.True(blocks.Add((nint)pool.Allocate(owner, size)), "no block is given twice");
        }
        PoolWalk.Check(pool);
        Assert.Equal(20_010ul, pool.GetStats().LiveBlocks);
    }

    private static void AllocateAndFree(MemoryPool pool, PoolCache* cache, int count, nuint size)
    {
        List<nint> blocks = [];
        for (int i = 0; i < count; i++)
        {
            blocks.Add((nint)pool.Allocate(cache, size));
        }
        blocks.ForEach(block => pool.Deallocate(cache, (void*)block, size));
    }

    private static List<nint> Fill(MemoryPool pool, PoolCache* cache, nuint size)
    {
        List<nint> blocks = [];
        try
        {
            while (true)
            {
                blocks.Add((nint)pool.Allocate(cache, size));
            }
        }
        catch (LimitExceededException)
        {
            return blocks;
        }
    }
}
