using System.Numerics;
using System.Runtime.InteropServices;
using static RanCognition.Optimization.Functions.BbobTransforms;

namespace RanCognition.Optimization.Functions;

/// <summary>f3, f4, f15 to f24: many valleys, with a common slope or without.</summary>
internal sealed partial class BbobFunction
{
    private const int WeierstrassTerms = 12;
    private const int KatsuuraTerms = 32;

    /// <summary>Weierstrass' sum at 0, its least value.</summary>
    private static readonly double WeierstrassLeast = WeierstrassSum(0);

    private double RastriginSeparable(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        z = z[..x.Length];
        Subtract(x, _place, z);
        Oscillate(z);
        Skew(z, 0.2);
        for (int i = 0; i < z.Length; i++)
        {
            z[i] *= _scales[i];
        }
        return Rastrigin(z);
    }

    private double BuecheRastrigin(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        z = z[..x.Length];
        Subtract(x, _place, z);
        Oscillate(z);
        for (int i = 0; i < z.Length; i++)
        {
            double steeper = z[i] > 0 && i % 2 == 0 ? 10 : 1;
            z[i] *= _scales[i] * steeper;
        }
        return Rastrigin(z) + 100 * Outside(x);
    }

    private double RastriginRotated(ReadOnlySpan<double> x)
    {
        Span<double> bent = stackalloc double[Room], z = stackalloc double[Room];
        Rotate(x, bent);
        bent = bent[..x.Length];
        Oscillate(bent);
        Skew(bent, 0.2);
        _mixing!.Multiply(bent, z);
        return Rastrigin(z[..x.Length]);
    }

    private double Weierstrass(ReadOnlySpan<double> x)
    {
        Span<double> bent = stackalloc double[Room], z = stackalloc double[Room];
        Rotate(x, bent);
        bent = bent[..x.Length];
        Oscillate(bent);
        _mixing!.Multiply(bent, z);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += WeierstrassSum(z[i]);
        }
        double above = sum / x.Length - WeierstrassLeast;
        return 10 * above * above * above + 10.0 / x.Length * Outside(x);
    }

    /// <summary>Sum of 2^-k cos(2 pi 3^k (z + 1/2)).</summary>
    private static double WeierstrassSum(double z)
    {
        double sum = 0, weight = 1, frequency = 1, angle = 2 * Math.PI * (z + 0.5);
        for (int k = 0; k < WeierstrassTerms; k++, weight *= 0.5, frequency *= 3)
        {
            sum += Math.Cos(angle * frequency) * weight;
        }
        return sum;
    }

    private double Schaffer(ReadOnlySpan<double> x)
    {
        Span<double> bent = stackalloc double[Room], z = stackalloc double[Room];
        Rotate(x, bent);
        bent = bent[..x.Length];
        Skew(bent, 0.5);
        _mixing!.Multiply(bent, z);
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double square = z[i] * z[i] + z[i + 1] * z[i + 1];
            double wave = Math.Sin(50 * Math.Pow(square, 0.1));
            sum += Math.Sqrt(Math.Sqrt(square)) * (1 + wave * wave);
        }
        double mean = sum / (x.Length - 1);
        return mean * mean + 10 * Outside(x);
    }

    private double GriewankRosenbrock(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        MixAroundHalf(x, z);
        double sum = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double across = z[i] * z[i] - z[i + 1], rest = 1 - z[i];
            double valley = 100 * across * across + rest * rest;
            sum += valley / 4000 - Math.Cos(valley);
        }
        return 10 + 10 * sum / (x.Length - 1);
    }

    private double Schwefel(ReadOnlySpan<double> x)
    {
        const double twiceBest = 4.2096874637; // 2 |x| of the optimum
        double sum = 0, outside = 0, before = twiceBest;
        for (int i = 0; i < x.Length; i++)
        {
            double turned = _scales[i] * x[i];
            double z = 100 * (_place[i] * (turned + 0.25 * (before - twiceBest) - twiceBest) + twiceBest);
            double distance = Math.Max(0, Math.Abs(z) - 500);
            outside += distance * distance;
            sum += z * Math.Sin(Math.Sqrt(Math.Abs(z)));
            before = turned;
        }
        return 0.01 * (outside + 418.9828872724339 - sum / x.Length);
    }

    private double Gallagher(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        _mixing!.Multiply(x, z);
        double depth = Oscillate(10 - _peaks!.Highest(z[..x.Length]));
        return depth * depth + Outside(x);
    }

    private double Katsuura(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room], sums = stackalloc double[Room];
        Mix(x, z);
        ref double from = ref MemoryMarshal.GetReference(z), to = ref MemoryMarshal.GetReference(sums);
        for (int i = 0; i < x.Length; i += Vector<double>.Count)
        {
            Vector<double> sum = Vector<double>.Zero, scaled = Vector.LoadUnsafe(ref from, (nuint)i);
            double weight = 1;
            for (int j = 1; j <= KatsuuraTerms; j++)
            {
                scaled += scaled;
                weight *= 0.5;
                sum += Vector.Abs(scaled - Vector.Floor(scaled + new Vector<double>(0.5))) * weight;
            }
            Vector.StoreUnsafe(sum, ref to, (nuint)i);
        }
        double product = 1, n = x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            product *= 1 + (i + 1) * sums[i];
        }
        return 10 / n / n * (Math.Pow(product, 10 / Math.Pow(n, 1.2)) - 1) + Outside(x);
    }

    private double LunacekBiRastrigin(ReadOnlySpan<double> x)
    {
        const double near = 2.5;
        double spread = 1 - 0.5 / (Math.Sqrt(x.Length + 20) - 4.1);
        double far = -Math.Sqrt((near * near - 1) / spread);
        Span<double> moved = stackalloc double[Room], mixed = stackalloc double[Room], z = stackalloc double[Room];
        double nearSquares = 0, farSquares = 0, cosines = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double turned = _scales[i] * x[i];
            moved[i] = turned - near;
            nearSquares += (turned - near) * (turned - near);
            farSquares += (turned - far) * (turned - far);
        }
        _mixing!.Multiply(moved, mixed);
        _rotation!.Multiply(mixed, z);
        for (int i = 0; i < x.Length; i++)
        {
            cosines += Math.Cos(2 * Math.PI * z[i]);
        }
        return Math.Min(nearSquares, x.Length + spread * farSquares) + 10 * (x.Length - cosines) + 1e4 * Outside(x);
    }
}
