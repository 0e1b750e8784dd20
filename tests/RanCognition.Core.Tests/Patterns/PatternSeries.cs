using RanCognition.Numerics;

namespace RanCognition.Tests.Patterns;

/// <summary>Series that hold nothing to find, and shapes to plant into them.</summary>
internal static class PatternSeries
{
    /// <summary>Laws under which nothing happens; a finding in one of them is a false alarm.</summary>
    public static readonly string[] Quiet =
        ["white", "ar5", "ar9", "walk", "student3", "lognormal", "constant", "two_valued", "poisson", "zero_inflated"];

    public static readonly string[] Shapes = ["sine", "triangle", "sawtooth", "square", "pulse", "double_hump"];

    public static double[] Make(string law, int n, ref RandomStream random)
    {
        double[] values = new double[n];
        double carried = 0;
        for (int t = 0; t < n; t++)
        {
            double z = random.NextNormal();
            values[t] = law switch
            {
                "white" => 50 + 4 * z,
                "ar5" => 50 + 4 * (carried = .5 * carried + z),
                "ar9" => 50 + 4 * (carried = .9 * carried + z),
                "walk" => carried += z,
                "student3" => 50 + z / Math.Sqrt((Square(random.NextNormal()) + Square(random.NextNormal()) + Square(random.NextNormal())) / 3),
                "lognormal" => Math.Exp(2 + .8 * z),
                "constant" => 7.25,
                "two_valued" => z > 0 ? 1 : 0,
                "poisson" => Poisson(ref random, 4),
                "zero_inflated" => random.NextDouble() < .7 ? 0 : Math.Exp(1 + .7 * z),
                _ => throw new ArgumentException(law),
            };
        }
        return values;
    }

    /// <summary>One cycle of a shape, of mean 0 and variance 1 over equally distant places.</summary>
    public static Func<double, double> Shape(string shape)
    {
        Func<double, double> raw = phase => shape switch
        {
            "sine" => Math.Sin(2 * Math.PI * phase),
            "triangle" => 1 - Math.Abs(2 * phase - 1),
            "sawtooth" => phase,
            "square" => phase < .5 ? 1 : 0,
            "pulse" => phase < .125 ? 1 : 0,
            "double_hump" => Math.Exp(-Square((phase - .3) / .08)) + .7 * Math.Exp(-Square((phase - .7) / .1)),
            _ => throw new ArgumentException(shape),
        };
        const int Places = 840;
        double[] cycle = [.. Enumerable.Range(0, Places).Select(i => raw((i + .5) / Places))];
        double mean = cycle.Average(), scale = 1 / Math.Sqrt(cycle.Average(v => Square(v - mean)));
        return phase => (raw(phase - Math.Floor(phase)) - mean) * scale;
    }

    /// <summary>White noise of variance 1 with a season of a given variance that begins anywhere.</summary>
    public static double[] Seasonal(string shape, int n, double period, double signalToNoise, ref RandomStream random)
    {
        Func<double, double> form = Shape(shape);
        double start = random.NextDouble() * period;
        double[] season = [.. Enumerable.Range(0, n).Select(t => form((Math.Floor(start) + t + .001) / period))];
        double mean = season.Average(), scale = Math.Sqrt(signalToNoise / Math.Max(1e-9, season.Average(v => Square(v - mean))));
        double[] values = new double[n];
        for (int t = 0; t < n; t++)
        {
            values[t] = 50 + scale * (season[t] - mean) + random.NextNormal();
        }
        return values;
    }

    private static double Square(double x) => x * x;

    private static double Poisson(ref RandomStream random, double mean)
    {
        double limit = Math.Exp(-mean), product = random.NextDouble();
        int count = 0;
        for (; product > limit; count++)
        {
            product *= random.NextDouble();
        }
        return count;
    }
}
