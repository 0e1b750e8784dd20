namespace RanCognition.Tests.Anomalies;

/// <summary>The generated series of tests/golden/make_anomaly_golden.py, operation by operation. NaN = missing.</summary>
internal static class GoldenSeries
{
    public static double[] Make(string kind, int n, int day, ulong seed)
    {
        var stream = new Stream(seed);
        var values = new double[n];
        double walk = 0, ar = 0;
        for (var i = 0; i < n; i++)
        {
            var u = stream.Uniform();
            var e = stream.Normal();
            var p = (double)(i % day) / day;
            var profile = 1 - Math.Abs(2 * p - 1);
            var weekend = i / day % 7 >= 5 ? .6 : 1.0;
            walk += e;
            ar = .8 * ar + e;
            var v = 100 * (.3 + profile * weekend) + 5 * e;
            values[i] = kind switch
            {
                "faults" => Faults(v, u, i, n),
                "walk" => walk,
                "integers" => Math.Floor(4 * profile + 2 * u),
                "sparse" => u < .9 ? 0 : 1000 * (u - .9),
                "constant" => 7.25,
                "zeros" => 0,
                "negative" => -v,
                "huge" => v * 1e297,
                "tiny" => v * 1e-302,
                "missing" => double.NaN,
                "spiked_constant" => i % 97 == 96 ? 50 : 3,
                "correlated_steps" => 20 + ar + (i >= n / 3 ? 15 : 0) + (i >= n * 2 / 3 ? -25 : 0),
                "steps" => 40 + e + (i >= n / 3 ? 15 : 0) + (i >= n * 2 / 3 ? -25 : 0),
                "season_steps" => v + ((i >= n / 4 ? 60 : 0) - (i >= n * 7 / 10 ? 45 : 0)),
                "trend" => 100 * ((double)i / n) + e + (i >= n / 2 ? 40 : 0),
                "level_logs" => (1 + .2 * u) * (i < n / 2 ? 5 : 60),
                "gaps_steps" => u < .2 ? double.NaN : 40 + e + (i >= n / 3 ? 15 : 0),
                "integer_steps" => Math.Floor(8 * u) + (i >= n / 2 ? 5 : 0),
                "noise" => e,
                _ => throw new ArgumentException(kind),
            };
        }
        return values;
    }

    private static double Faults(double v, double u, int i, int n)
    {
        if (u < .02)
        {
            v = double.NaN;
        }
        else if (u < .025)
        {
            v *= 3;
        }
        else if (u < .03)
        {
            v = 0;
        }
        if (i >= n * 6 / 10 && i < n * 7 / 10)
        {
            v *= 1.8;
        }
        if (i >= n * 8 / 10 && i < n * 8 / 10 + 40)
        {
            v = 55;
        }
        return i >= n * 9 / 10 && i < n * 9 / 10 + 30 ? double.NaN : v;
    }

    /// <summary>splitmix64</summary>
    internal sealed class Stream(ulong seed)
    {
        private ulong _state = seed;

        public double Uniform()
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }

        public double Normal()
        {
            var total = -6.0;
            for (var i = 0; i < 12; i++)
            {
                total += Uniform();
            }
            return total;
        }
    }
}
