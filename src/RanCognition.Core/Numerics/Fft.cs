using System.Numerics;

namespace RanCognition.Numerics;

/// <summary>Discrete Fourier transform of one size, a power of two; keeps its table of roots.</summary>
/// <remarks>Radix 2 in place (Cooley and Tukey 1965), about 5 N log2 N operations. Immutable after construction.</remarks>
internal sealed class Fft
{
    private readonly double[] _cosines;
    private readonly double[] _sines;

    public Fft(int size)
    {
        if (size < 2 || !BitOperations.IsPow2(size))
        {
            throw new ArgumentException($"{size} is not a power of two from 2 on", nameof(size));
        }
        Size = size;
        _cosines = new double[size / 2];
        _sines = new double[size / 2];
        for (int i = 0; i < size / 2; i++)
        {
            (_sines[i], _cosines[i]) = Math.SinCos(-2 * Math.PI * i / size);
        }
    }

    public int Size { get; }

    /// <summary>Replaces (re, im) by its transform, sum over t of x[t] exp(-2 pi i k t / N); both hold Size numbers.</summary>
    public void Transform(Span<double> re, Span<double> im)
    {
        re = re[..Size];
        im = im[..Size];
        Reorder(re, im);
        for (int half = 1; half < Size; half *= 2)
        {
            int stride = Size / 2 / half;
            for (int start = 0; start < Size; start += 2 * half)
            {
                Span<double> ar = re.Slice(start, half), ai = im.Slice(start, half), br = re.Slice(start + half, half), bi = im.Slice(start + half, half);
                for (int k = 0; k < half; k++)
                {
                    double c = _cosines[k * stride], s = _sines[k * stride];
                    double tr = br[k] * c - bi[k] * s, ti = br[k] * s + bi[k] * c;
                    br[k] = ar[k] - tr;
                    bi[k] = ai[k] - ti;
                    ar[k] += tr;
                    ai[k] += ti;
                }
            }
        }
    }

    /// <summary>
    /// Transforms 2 Size real numbers, given as Size pairs in re (even places) and im (odd places); on return (re[k], im[k]) is the transform of all at
    /// k = 0..Size, so both have room for Size + 1 numbers. <paramref name="twice"/> is of twice this size and lends its roots.
    /// </summary>
    public void TransformReal(Span<double> re, Span<double> im, Fft twice)
    {
        Transform(re[..Size], im[..Size]);
        (double re0, double im0) = (re[0], im[0]);
        for (int k = 1; k <= Size / 2; k++)
        {
            // The transforms of the even and of the odd places, apart again by their symmetry.
            int mirror = Size - k;
            double er = (re[k] + re[mirror]) / 2, ei = (im[k] - im[mirror]) / 2;
            double or = (im[k] + im[mirror]) / 2, oi = (re[mirror] - re[k]) / 2;
            double c = twice._cosines[k], s = twice._sines[k];
            double tr = or * c - oi * s, ti = or * s + oi * c;
            re[k] = er + tr;
            im[k] = ei + ti;
            re[mirror] = er - tr;
            im[mirror] = ti - ei;
        }
        (re[0], im[0]) = (re0 + im0, 0);
        (re[Size], im[Size]) = (re0 - im0, 0);
    }

    // Bit-reversed order: j counts with its carry running to the right.
    private void Reorder(Span<double> re, Span<double> im)
    {
        for (int i = 1, j = 0; i < Size; i++)
        {
            int bit = Size >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }
            j |= bit;
            if (i < j)
            {
                (re[i], re[j]) = (re[j], re[i]);
                (im[i], im[j]) = (im[j], im[i]);
            }
        }
    }
}
