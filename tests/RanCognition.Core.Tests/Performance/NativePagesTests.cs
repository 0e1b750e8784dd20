using RanCognition.Performance;

namespace RanCognition.Tests.Performance;

public sealed unsafe class NativePagesTests
{
    [Theory]
    [InlineData(1ul)]
    [InlineData(4096ul)]
    [InlineData(2ul << 20)]
    [InlineData((2ul << 20) + 1)]
    [InlineData(5ul << 20)]
    public void Memory_is_zeroed_and_can_be_written_to_its_last_byte(ulong bytes)
    {
        using NativePages pages = new(bytes);
        byte* first = (byte*)pages.Address;
        Assert.Equal((0, 0), (first[0], first[bytes - 1]));
        first[0] = first[bytes - 1] = 1;
    }

    [Theory]
    [InlineData(1ul << 55)]
    [InlineData(1ul << 62)]
    public void What_the_system_refuses_is_out_of_memory(ulong bytes) => Assert.Throws<OutOfMemoryException>(() => new NativePages(bytes));

    [Fact]
    public void A_size_beyond_all_addresses_is_no_small_one() => Assert.Throws<OverflowException>(() => new NativePages(ulong.MaxValue - 1));

    [Fact]
    public void Disposing_twice_frees_once()
    {
        NativePages pages = new(100);
        pages.Dispose();
        pages.Dispose();
        Assert.True(pages.Address == null);
    }
}
