using System.Security.Cryptography;
using RanCognition.Reporting;

namespace RanCognition.Tests.Reporting;

public class Sha256Tests
{
    [Fact]
    public void Hashes_of_every_length_around_the_blocks_are_the_frameworks()
    {
        byte[] data = new byte[300];
        new Random(1).NextBytes(data);
        for (int length = 0; length <= data.Length; length++)
        {
            Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), Sha256.Hash(data.AsSpan(0, length)));
        }
    }

    [Fact]
    public void The_example_of_the_standard_is_met() =>
        Assert.Equal("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD", Convert.ToHexString(Sha256.Hash("abc"u8)));
}
