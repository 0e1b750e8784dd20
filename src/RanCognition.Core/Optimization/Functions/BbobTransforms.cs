namespace RanCognition.Optimization.Functions;

/// <summary>The transformations that make the test functions irregular.</summary>
internal static class BbobTransforms
{
    /// <summary>T_osz of every coordinate: ripples that keep the order and the sign.</summary>
    public static void Oscillate(Span<double> z)
    {
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = Oscillate(z[i]);
        }
    }

    public static double Oscillate(double value)
    {
        if (value == 0)
        {
            return 0;
        }
        double log = Math.Log(Math.Abs(value)) / 0.1;
        return value > 0
            ? Math.Exp(0.1 * (log + 0.49 * (Math.Sin(log) + Math.Sin(0.79 * log))))
            : -Math.Exp(0.1 * (log + 0.49 * (Math.Sin(0.55 * log) + Math.Sin(0.31 * log))));
    }

    /// <summary>T_asy: stretches positive coordinates, the later ones more.</summary>
    public static void Skew(Span<double> z, double beta)
    {
        for (int i = 0; i < z.Length; i++)
        {
            if (z[i] > 0)
            {
                z[i] = Math.Pow(z[i], 1 + beta * i / (z.Length - 1) * Math.Sqrt(z[i]));
            }
        }
    }

    /// <summary>f_pen: sum of the squared distances to [-5, 5] of the coordinates.</summary>
    public static double Outside(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x)
        {
            double distance = Math.Max(0, Math.Abs(value) - 5);
            sum += distance * distance;
        }
        return sum;
    }

    /// <summary>z = x - place.</summary>
    public static void Subtract(ReadOnlySpan<double> x, double[] place, Span<double> z)
    {
        for (int i = 0; i < x.Length; i++)
        {
            z[i] = x[i] - place[i];
        }
    }

    /// <summary>Sum of the squares.</summary>
    public static double Squares(ReadOnlySpan<double> z)
    {
        double sum = 0;
        foreach (double value in z)
        {
            sum += value * value;
        }
        return sum;
    }

    /// <summary>Rastrigin's function.</summary>
    public static double Rastrigin(ReadOnlySpan<double> z)
    {
        double cosines = 0;
        foreach (double value in z)
        {
            cosines += Math.Cos(2 * Math.PI * value);
        }
        return 10 * (z.Length - cosines) + Squares(z);
    }
}
