using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>Native memory and kernels.</summary>
public unsafe class PoolAndSimdTests
{
    [Fact]
    public void A_block_is_memory_until_it_is_given_back()
    {
        using MemoryPool pool = new(new MemoryPoolOptions { BudgetBytes = 1 << 20 });
        PoolBlock block = pool.Allocate(1000);
        Assert.Equal((1000, 0L), (block.Length, block.Address % 16));
        block.Memory.Span.Fill(9);
        Assert.Equal(9_000, block.GetSpan().ToArray().Sum(value => (int)value));
        MemoryPoolStats stats = pool.GetStats();
        Assert.Equal((1000UL, 1UL), (stats.RequestedBytes, stats.LiveBlocks));
        Assert.Equal(stats.ReservedBytes, stats.TotalAllocated + stats.FreeBytes + stats.OverheadBytes);
        ((IDisposable)block).Dispose();
        ((IDisposable)block).Dispose();
        Assert.Equal((0UL, 0UL), (pool.GetStats().LiveBlocks, pool.GetStats().Refused));
        Assert.Throws<ObjectDisposedException>(() => block.GetSpan().Length);
        Assert.Throws<ObjectDisposedException>(() => block.Pin());
    }

    [Fact]
    public void A_pinned_block_stays_although_it_is_disposed_of_and_a_pool_stays_while_it_has_blocks()
    {
        MemoryPool pool = new();
        PoolBlock block = pool.Allocate(64);
        Assert.Throws<InvalidOperationException>(block.Unpin);
        MemoryHandle pin = block.Pin(8);
        ((IDisposable)block).Dispose();
        Assert.Equal(1UL, pool.GetStats().LiveBlocks);
        *(byte*)pin.Pointer = 7;
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Allocate(1));
        Assert.Throws<ObjectDisposedException>(() => pool.GetStats());
        Assert.Equal(7, *(byte*)pin.Pointer);
        pin.Dispose();
        Assert.Throws<InvalidOperationException>(block.Unpin);
    }

    [Fact]
    public void Wrong_sizes_and_wrong_frees_are_refused()
    {
        using MemoryPool pool = new("""{"budget_bytes":65536}"""u8);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => pool.Allocate(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Allocate(-1));
        Assert.Equal(RanCognitionStatus.Limit, Refusal.Of<RanCognitionException>(() => pool.Allocate(int.MaxValue)));
        nint block = (nint)pool.AllocateRaw(100);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => pool.DeallocateRaw((void*)block, 99)));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => pool.DeallocateRaw(null, 1)));
        pool.DeallocateRaw((void*)block, 100);
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of<RanCognitionArgumentException>(() => pool.DeallocateRaw((void*)block, 100)));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.OfNew(() => new MemoryPool("""{"budget_bytes":1}"""u8)));
        Assert.Equal(RanCognitionStatus.InvalidJson, Refusal.OfNew(() => new MemoryPool("{"u8)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Kernels_give_what_a_loop_gives(int seed)
    {
        Random random = new(seed);
        float[] a = new float[1003], b = new float[1003], c = new float[1003];
        foreach (float[] array in new[] { a, b, c })
        {
            for (int i = 0; i < array.Length; i++)
            {
                array[i] = (float)((random.NextDouble() * 4) - 2);
            }
        }
        (a[5], b[6]) = (float.NaN, float.NaN);
        byte[] reached = new byte[a.Length];
        Simd.VectorizedPatternMatching(a, b, c, reached);
        Assert.Equal(Enumerable.Range(0, a.Length).Select(i => (byte)((float)(a[i] * c[i]) >= b[i] ? 1 : 0)), reached);
        float[] product = new float[a.Length];
        Simd.ParallelTemporalComputation(a, c, 3, product);
        Assert.Equal(Enumerable.Range(0, a.Length).Select(i => (float)((float)((float)(a[i] * c[i]) * c[i]) * c[i])), product);
        Assert.Equal("thresholds", Assert.Throws<ArgumentException>(() => Simd.VectorizedPatternMatching(a, b.AsSpan(1), c, reached)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Simd.ParallelTemporalComputation(a, c, -1, product));
        Assert.Equal(RanCognitionStatus.InvalidArgument, Refusal.Of(() => Simd.ParallelTemporalComputation([], [], 1, [])));
        Assert.Equal(RanCognitionStatus.Limit, Refusal.Of(() => Simd.ParallelTemporalComputation(a, c, (1 << 20) + 1, product)));
    }

    [Fact]
    public void Huge_inputs_are_refused()
    {
        using TemporalCore core = new();
        Assert.Equal(RanCognitionStatus.Limit, Refusal.Of(() => core.ExpandSubjectiveTime(new byte[(256 << 20) + 1])));
        Assert.Equal(RanCognitionStatus.Limit, Refusal.Of(() => core.ScoreAnomalies(new double[(1 << 26) + 1], 0)));
    }
}
