using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Tests.Performance.Pool;

/// <summary>Memory that goes back to the system, threads that end, use after disposal.</summary>
[Collection(nameof(Scheduling.ManagedMemoryTests))]   // alone: others allocate too
public sealed unsafe class PoolSoakTests
{
    private const ulong Mebibyte = 1 << 20;

    [Theory]
    [InlineData(0ul)]
    [InlineData(4 * Mebibyte)]
    public void Freed_memory_goes_back_but_what_is_to_be_retained(ulong retainBytes)
    {
        using var pool = new MemoryPool(new MemoryPoolOptions { RetainBytes = retainBytes });
        var random = new Random(3);
        List<(nint Start, nuint Size)> blocks = [];
        foreach (int sizeMax in new[] { 100, 4000, 40_000, 1_000_000, 100, 1_000_000, 4000 })
        {
            for (ulong sum = 0; sum < 48 * Mebibyte; sum += blocks[^1].Size)
            {
                nuint size = (nuint)random.Next(1, sizeMax);
                blocks.Add((pool.Allocate(size), size));
            }
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(blocks));
            blocks.ForEach(b => pool.Deallocate(b.Start, b.Size));
            blocks.Clear();
            MemoryPoolStats stats = pool.GetStats();
            Assert.Equal(0ul, stats.TotalAllocated);
            Assert.InRange(stats.ReservedBytes, 0ul, retainBytes + 2 * Mebibyte);
            Assert.InRange(stats.PeakReservedBytes, 48 * Mebibyte, 80 * Mebibyte);
        }
    }

    [Fact]
    public void The_process_is_as_small_as_before_when_all_was_freed()
    {
        using var pool = new MemoryPool(new MemoryPoolOptions { RetainBytes = 0 });
        const int count = 100_000;
        const nuint size = 2000;
        nint[] blocks = new nint[count];
        ulong before = AnonymousBytes();
        for (int i = 0; i < count; i++)
        {
            blocks[i] = pool.Allocate(size);
            new Span<byte>((void*)blocks[i], (int)size).Fill(1);
        }
        Assert.True(AnonymousBytes() > before + count * size * 9 / 10);
        foreach (nint block in blocks)
        {
            pool.Deallocate(block, size);
        }
        Assert.True(AnonymousBytes() < before + count * size / 4, "other tests may take some meanwhile, but not that much");
    }

    [Fact]
    public void Hundreds_of_threads_leave_few_caches()
    {
        const int threadsAtOnce = 4;
        const int rounds = 50;
        using var pool = new MemoryPool(new MemoryPoolOptions());
        for (int round = 0; round < rounds; round++)
        {
            nint left = 0;
            Thread[] threads = [.. Enumerable.Range(0, threadsAtOnce).Select(i => new Thread(() =>
            {
                nint block = pool.Allocate(100);
                if (i == 0)
                {
                    left = block;
                }
                else
                {
                    pool.Deallocate(block, 100);
                }
            }))];
            Array.ForEach(threads, t => t.Start());
            Array.ForEach(threads, t => t.Join());
            pool.Deallocate(left, 100);
        }
        MemoryPoolStats stats = pool.GetStats();
        Assert.InRange(stats.ThreadCaches, 0, 16 * Environment.ProcessorCount);
        Assert.InRange(stats.ReservedBytes, 0ul, 4 * Mebibyte);
        Assert.Equal(((ulong)(rounds * threadsAtOnce), (ulong)(rounds * threadsAtOnce), 0ul), (stats.Allocations, stats.Deallocations, stats.LiveBlocks));
    }

    [Fact]
    public void A_disposed_pool_can_be_disposed_again()
    {
        var pool = new MemoryPool(new MemoryPoolOptions());
        pool.Allocate(100);
        pool.Dispose();
        pool.Dispose();
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(65535ul)]
    [InlineData((1ul << 40) + 1)]
    [InlineData(ulong.MaxValue)]
    public void A_budget_out_of_range_is_refused(ulong budgetBytes)
        => Assert.Contains("budget", Assert.Throws<InvalidInputException>(() => new MemoryPool(new MemoryPoolOptions { BudgetBytes = budgetBytes })).Message, StringComparison.Ordinal);

    private static ulong AnonymousBytes()
    {
        string line = File.ReadLines("/proc/self/smaps_rollup").First(l => l.StartsWith("Anonymous:", StringComparison.Ordinal));
        return ulong.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
