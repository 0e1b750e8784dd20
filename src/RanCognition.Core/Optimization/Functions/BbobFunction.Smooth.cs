using static RanCognition.Optimization.Functions.BbobTransforms;

namespace RanCognition.Optimization.Functions;

/// <summary>f1, f2, f5 to f14: one valley, of ever worse shape.</summary>
internal sealed partial class BbobFunction
{
    private const double Condition = 1e6; // of the discus and the bent cigar

    private double Sphere(ReadOnlySpan<double> x)
    {
        double[] place = _place;
        double sum = 0;
        for (int i = 0; i < x.Length && i < place.Length; i++)
        {
            double distance = x[i] - place[i];
            sum += distance * distance;
        }
        return sum;
    }

    private double Ellipsoid(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        z = z[..x.Length];
        Subtract(x, _place, z);
        return WeightedRipples(z);
    }

    private double LinearSlope(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double slope = _scales[i], best = Math.CopySign(5, slope);
            sum += 5 * Math.Abs(slope) - slope * (x[i] * best >= 25 ? best : x[i]);
        }
        return sum;
    }

    private double AttractiveSector(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        Mix(x, z);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double value = z[i] * _place[i] > 0 ? 100 * z[i] : z[i];
            sum += value * value;
        }
        return Math.Pow(Oscillate(sum), 0.9);
    }

    private double StepEllipsoid(ReadOnlySpan<double> x)
    {
        Span<double> steps = stackalloc double[Room], z = stackalloc double[Room];
        Mix(x, steps);
        double first = Math.Abs(steps[0]);
        for (int i = 0; i < x.Length; i++)
        {
            steps[i] = Math.Abs(steps[i]) > 0.5 ? Math.Floor(steps[i] + 0.5) : Math.Floor(10 * steps[i] + 0.5) / 10;
        }
        _rotation!.Multiply(steps, z);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += _scales[i] * z[i] * z[i];
        }
        return 0.1 * Math.Max(first * 1e-4, sum) + Outside(x);
    }

    private double RosenbrockMoved(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        double scale = RosenbrockScale(x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            z[i] = scale * (x[i] - _place[i]) + 1;
        }
        return Rosenbrock(z[..x.Length]);
    }

    private double RosenbrockRotated(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        MixAroundHalf(x, z);
        return Rosenbrock(z[..x.Length]);
    }

    private double EllipsoidRotated(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        Rotate(x, z);
        return WeightedRipples(z[..x.Length]);
    }

    private double Discus(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        Rotate(x, z);
        z = z[..x.Length];
        Oscillate(z);
        return Condition * z[0] * z[0] + Squares(z[1..]);
    }

    private double BentCigar(ReadOnlySpan<double> x)
    {
        Span<double> bent = stackalloc double[Room], z = stackalloc double[Room];
        Rotate(x, bent);
        Skew(bent[..x.Length], 0.5);
        _rotation!.Multiply(bent, z);
        return z[0] * z[0] + Condition * Squares(z[1..x.Length]);
    }

    private double SharpRidge(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        Mix(x, z);
        return z[0] * z[0] + 100 * Math.Sqrt(Squares(z[1..x.Length]));
    }

    private double DifferentPowers(ReadOnlySpan<double> x)
    {
        Span<double> z = stackalloc double[Room];
        Rotate(x, z);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Pow(Math.Abs(z[i]), 2 + 4.0 * i / (x.Length - 1));
        }
        return Math.Sqrt(sum);
    }

    /// <summary>z = R (x - place).</summary>
    private void Rotate(ReadOnlySpan<double> x, Span<double> z)
    {
        Span<double> moved = stackalloc double[Room];
        Subtract(x, _place, moved);
        _rotation!.Multiply(moved, z);
    }

    /// <summary>z = M (x - place), M being the second matrix with what it is multiplied by.</summary>
    private void Mix(ReadOnlySpan<double> x, Span<double> z)
    {
        Span<double> moved = stackalloc double[Room];
        Subtract(x, _place, moved);
        _mixing!.Multiply(moved, z);
    }

    /// <summary>z = M x + 1/2: the optimum is at z = 1.</summary>
    private void MixAroundHalf(ReadOnlySpan<double> x, Span<double> z)
    {
        _mixing!.Multiply(x, z);
        for (int i = 0; i < x.Length; i++)
        {
            z[i] += 0.5;
        }
    }

    /// <summary>The ellipsoid of T_osz(z).</summary>
    private double WeightedRipples(Span<double> z)
    {
        Oscillate(z);
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            sum += _scales[i] * z[i] * z[i];
        }
        return sum;
    }

    private static double Rosenbrock(ReadOnlySpan<double> z)
    {
        double valley = 0, along = 0;
        for (int i = 0; i + 1 < z.Length; i++)
        {
            double across = z[i] * z[i] - z[i + 1], rest = z[i] - 1;
            valley += across * across;
            along += rest * rest;
        }
        return 100 * valley + along;
    }
}
