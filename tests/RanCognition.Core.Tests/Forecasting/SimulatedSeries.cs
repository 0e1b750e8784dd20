using RanCognition.Numerics;

namespace RanCognition.Tests.Forecasting;

/// <summary>Series whose law is known, for statistical tests with fixed seeds.</summary>
internal static class SimulatedSeries
{
    /// <summary>Level, day shape and AR(1) noise of unit innovations.</summary>
    public static double[] Seasonal(ref RandomStream random, int n, double phi, double amplitude, int day = 24)
    {
        var values = new double[n];
        var error = random.NextNormal() / Math.Sqrt(1 - phi * phi);
        for (var i = 0; i < n; i++)
        {
            values[i] = 50 + amplitude * Math.Sin(2 * Math.PI * i / day) + amplitude / 2 * Math.Cos(4 * Math.PI * i / day) + error;
            error = phi * error + random.NextNormal();
        }
        return values;
    }

    /// <summary>A shape of `day` steps, of variance `signalToNoise`, in white noise of variance 1.</summary>
    public static double[] InNoise(ref RandomStream random, string shape, int n, int day, double signalToNoise)
    {
        var form = new double[day];
        for (var i = 0; i < day; i++)
        {
            var phase = (double)i / day;
            form[i] = shape switch
            {
                "sine" => Math.Sin(2 * Math.PI * phase),
                "triangle" => 1 - Math.Abs(2 * phase - 1),
                "sawtooth" => phase,
                "square" => phase < .5 ? 1 : 0,
                "pulse" => i < Math.Max(1, day / 8) ? 1 : 0,
                _ => throw new ArgumentException(shape),
            };
        }
        var mean = form.Average();
        var scale = Math.Sqrt(signalToNoise / form.Average(v => (v - mean) * (v - mean)));
        var start = (int)(random.NextDouble() * day);
        var values = Noise(ref random, n);
        for (var i = 0; i < n; i++)
        {
            values[i] += (form[(i + start) % day] - mean) * scale;
        }
        return values;
    }

    public static double[] Noise(ref RandomStream random, int n)
    {
        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = random.NextNormal();
        }
        return values;
    }
}
