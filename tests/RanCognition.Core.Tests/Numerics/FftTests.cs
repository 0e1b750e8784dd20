using FsCheck;
using FsCheck.Fluent;
using RanCognition.Numerics;

namespace RanCognition.Tests.Numerics;

public class FftTests
{
    [Fact]
    public void The_transform_equals_the_sum_it_stands_for()
    {
        Prop.ForAll(Gen.Choose(1, 9).SelectMany(_ => Gen.Choose(0, int.MaxValue), (bits, seed) => (bits, seed)).ToArbitrary(), given =>
        {
            int size = 1 << given.bits;
            (double[] re, double[] im) = Random(size, given.seed);
            (double[] expectedRe, double[] expectedIm) = Naive(re, im);
            new Fft(size).Transform(re, im);
            return Distance(re, expectedRe) + Distance(im, expectedIm) <= 1e-12 * size;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(71, 3));
    }

    [Fact]
    public void The_energy_is_kept_and_conjugation_gives_the_way_back()
    {
        for (int size = 2; size <= 16_384; size *= 2)
        {
            (double[] re, double[] im) = Random(size, size);
            double[] startRe = [.. re], startIm = [.. im];
            Fft fft = new(size);
            fft.Transform(re, im);
            double before = startRe.Sum(v => v * v) + startIm.Sum(v => v * v), after = re.Sum(v => v * v) + im.Sum(v => v * v);
            Assert.Equal(1, after / size / before, 12);

            double[] backRe = [.. re], backIm = [.. im.Select(v => -v)];
            fft.Transform(backRe, backIm);
            Assert.True(Distance([.. backRe.Select(v => v / size)], startRe) < 1e-12);
            Assert.True(Distance([.. backIm.Select(v => -v / size)], startIm) < 1e-12);
        }
    }

    [Fact]
    public void A_pure_tone_stands_in_its_own_line_alone()
    {
        const int Size = 256, Line = 37;
        double[] re = [.. Enumerable.Range(0, Size).Select(t => Math.Cos(2 * Math.PI * Line * t / Size))], im = new double[Size];
        new Fft(Size).Transform(re, im);
        for (int k = 0; k < Size; k++)
        {
            Assert.Equal(k is Line or Size - Line ? Size / 2 : 0, re[k], 10);
            Assert.Equal(0, im[k], 10);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-4)]
    public void Sizes_that_are_no_power_of_two_are_refused(int size) => Assert.Throws<ArgumentException>(() => new Fft(size));

    [Fact]
    public void Longer_buffers_are_used_in_their_first_part_only()
    {
        double[] re = [1, 2, 3, 4, 99], im = [0, 0, 0, 0, 98];
        new Fft(4).Transform(re, im);
        Assert.True(Distance(re, [10, -2, -2, -2, 99]) < 1e-14);
        Assert.True(Distance(im, [0, 2, 0, -2, 98]) < 1e-14);
    }

    private static (double[] Re, double[] Im) Random(int size, int seed)
    {
        Random random = new(seed);
        return ([.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - .5)], [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - .5)]);
    }

    private static (double[] Re, double[] Im) Naive(double[] re, double[] im)
    {
        int n = re.Length;
        double[] outRe = new double[n], outIm = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int t = 0; t < n; t++)
            {
                double angle = -2 * Math.PI * ((long)k * t % n) / n;
                outRe[k] += re[t] * Math.Cos(angle) - im[t] * Math.Sin(angle);
                outIm[k] += re[t] * Math.Sin(angle) + im[t] * Math.Cos(angle);
            }
        }
        return (outRe, outIm);
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
