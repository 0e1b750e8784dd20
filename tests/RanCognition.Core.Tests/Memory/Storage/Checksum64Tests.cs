using System.Text;
using RanCognition.Memory.Storage;

namespace RanCognition.Tests.Memory.Storage;

public class Checksum64Tests
{
    [Theory]
    [InlineData("", 0, 0xEF46DB3751D8E999)]
    [InlineData("a", 0, 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0, 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0, 0xFBCEA83C8A378BF1)]
    public void Gives_the_published_values_of_XXH64(string text, ulong seed, ulong expected) => Assert.Equal(expected, Checksum64.Of(Encoding.ASCII.GetBytes(text), seed));

    [Fact]
    public void Any_changed_bit_changes_it()
    {
        var random = new Random(1);
        foreach (int length in (int[])[1, 4, 7, 8, 31, 32, 33, 100, 1000])
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            ulong right = Checksum64.Of(bytes, 3);
            for (int bit = 0; bit < 8 * length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                Assert.NotEqual(right, Checksum64.Of(bytes, 3));
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
            }
            Assert.NotEqual(right, Checksum64.Of(bytes, 4));
        }
    }
}
